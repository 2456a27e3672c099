use gatewright_ir::{ApiKind, Generated, Ir, Stage, StageId};
use gatewright_source::{Edit, Fix, Safety, Severity};

use crate::rules::routes::part::part;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule, limits};

pub(super) static RULE: Rule = Rule {
    name: "malformed-stage-name",
    page: include_str!("malformed_stage_name.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Stage(check),
};

fn check(cx: &Context<'_>, id: StageId, stage: &Stage, out: &mut Findings) {
    let name: &str = &stage.name.value;
    let is_deferred = cx.ir.provenance.is_deferred(Generated::Stage(id));
    // Where there is no such stage, that is reported by itself.
    let is_http = cx.ir.api.kind == ApiKind::Http;
    if !stage.declared || is_deferred || is_http && name == "$default" {
        return;
    }
    let span = stage.name.span;
    if name.is_empty() {
        out.report(span, "the stage has no name").help("name it, for example `prod`");
    } else if name.eq_ignore_ascii_case("$default") {
        let finding = out.report(span, format!("the stage name `{name}` may not contain `$`"));
        if is_http {
            finding.help("did you mean `$default`?").fix(Fix::spelling(span, name, "$default"));
        } else {
            finding.help("only HTTP APIs have a stage `$default`: name it, for example `prod`");
        }
    } else if let Some((at, it)) = name.char_indices().find(|(_, it)| !is_allowed(*it)) {
        let shown =
            if it.is_control() || it.is_whitespace() { "spaces".to_owned() } else { format!("`{it}`") };
        out.report(
            part(cx, span, name, at..at + it.len_utf8()),
            format!("the stage name `{name}` may not contain {shown}"),
        )
        .help("use letters, digits and `_`");
    } else if name.chars().count() > limits::STAGE_NAME_CHARACTERS {
        let most = limits::STAGE_NAME_CHARACTERS;
        let message =
            format!("the name of the stage has {} characters, and may have {most}", name.chars().count());
        out.report(span, message).help("shorten it");
    } else if let Some(at) = name.find('-') {
        // The documentation allows it, and a message of AWS does not: "Stage name only allows a-zA-Z0-9_".
        out.report(
            part(cx, span, name, at..at + 1),
            format!("`-` in `{name}` may be refused in the name of a stage"),
        )
        .help(format!("write `{}`", name.replace('-', "_")))
        .fix_in(Formats::ALL, || {
            let meant = name.replace('-', "_");
            let is_free = !cx.ir.stages.values().any(|it| *it.name.value == *meant) && !is_named(cx.ir, id);
            let edit = Edit::reword(span, name, &*meant);
            is_free.then(|| Fix::needs_a_look(format!("write `{meant}`"), [edit]))
        })
        .warning();
    }
}

/// Source: API Gateway Developer Guide, "Stages for HTTP APIs in API Gateway".
fn is_allowed(it: char) -> bool {
    it.is_ascii_alphanumeric() || "_-".contains(it)
}

/// Whether something else names a stage.
fn is_named(ir: &Ir, stage: StageId) -> bool {
    let mut mappings = ir.domains.values().flat_map(|it| &it.mappings);
    let mut plans = ir.usage_plans.values().flat_map(|it| &it.stages);
    mappings.any(|it| it.stage == Some(stage)) || plans.any(|it| it.stage == stage)
}
