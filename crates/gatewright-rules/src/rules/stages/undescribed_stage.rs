use gatewright_ir::{Format, Stage, StageId};
use gatewright_source::Severity;

use super::posture::{PLAIN, is_decided, resource};
use crate::{Category, Check, Context, Findings, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "undescribed-stage",
    page: include_str!("undescribed_stage.md"),
    severity: Severity::Warning,
    category: Category::Design,
    preset: Preset::All,
    fix: None,
    kinds: Kinds::ALL,
    // SAM and the Serverless Framework have no word for it.
    formats: PLAIN,
    check: Check::Stage(check),
};

fn check(cx: &Context<'_>, id: StageId, stage: &Stage, out: &mut Findings) {
    let is_said = || {
        let resource = resource(cx, id);
        resource.is_some_and(|it| it.get("Description").or_else(|| it.get("StageDescription")).is_some())
    };
    // What a stage that nobody declared is for, nobody can say.
    if !stage.declared || !is_decided(cx.ir, stage) || stage.description.is_some() || is_said() {
        return;
    }
    let is_ours = cx.ir.provenance.format == Format::Gatewright;
    out.report(stage.name.span, format!("nothing says what the stage `{}` is for", stage.name.value))
        .help(if is_ours { "write a `description`" } else { "set `Description`" });
}
