use gatewright_ir::{AuthorizerKind, Callee, FunctionId, Generated, Origin, Qualifier};
use gatewright_source::{Severity, Span};
use rustc_hash::FxHashSet;

use crate::rules::words::list;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "undefined-stage-alias",
    page: include_str!("undefined_stage_alias.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    let integrations = ir.integrations.values().filter_map(|it| it.callee());
    let authorizers = ir.authorizers.values().filter_map(|it| match &it.kind {
        AuthorizerKind::Lambda { callee, .. } => Some(callee),
        _ => None,
    });
    let mut seen = FxHashSet::default();
    for callee in integrations.chain(authorizers) {
        if let Callee::Function { function, qualifier: Some(Qualifier::StageVariable(variable)), span } =
            callee
            && matches!(ir.functions[*function].origin, Origin::Created(_))
            && seen.insert((*function, &**variable))
        {
            stages(cx, *function, variable, *span, out);
        }
    }
}

fn stages(cx: &Context<'_>, id: FunctionId, variable: &str, span: Span, out: &mut Findings) {
    let function = &cx.ir.functions[id];
    // One that only CloudFormation knows may be any.
    if (0..function.aliases.len()).any(|at| cx.ir.provenance.is_deferred(Generated::FunctionAlias(id, at))) {
        return;
    }
    let aliases: Vec<&str> = function.aliases.iter().map(|it| &*it.name.value).collect();
    // A stage without the variable is reported by itself.
    for value in cx.ir.stages.values().flat_map(|it| it.variable_values(variable)) {
        let Some(alias) = value.value.as_str() else { continue };
        let version = alias == "$LATEST" || !alias.is_empty() && alias.bytes().all(|it| it.is_ascii_digit());
        if version || aliases.contains(&alias) {
            continue;
        }
        let name = &function.name.value;
        let near = out.did_you_mean(alias, aliases.iter().copied());
        let finding = out
            .report(value.span, format!("the function `{name}` has no alias `{alias}`"))
            .label(span, format!("here `{variable}` names the alias"));
        match near {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None if aliases.is_empty() => {
                finding.help(format!("add it to the function: `aliases: [{alias}]`"))
            }
            None => finding.help(format!("there are {}; add it, or name one of them", list(&aliases))),
        };
    }
}
