use gatewright_ir::{Stage, StageId};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "canary-share-out-of-range",
    page: include_str!("canary_share_out_of_range.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Stage(check),
};

fn check(_: &Context<'_>, _: StageId, stage: &Stage, out: &mut Findings) {
    let Some(percent) = stage.canary.as_ref().and_then(|it| it.percent.as_ref()) else { return };
    let Some(it) = percent.value.known().copied() else { return };
    let name = &stage.name.value;
    if !(0.0..=100.0).contains(&it) {
        out.report(percent.span, format!("the canary of `{name}` cannot get {it} percent of the requests"))
            .help("write a share between 0 and 100");
    } else if it == 0.0 {
        out.report(percent.span, format!("the canary of `{name}` gets no requests"))
            .help("write a small share, such as `percent: 10`")
            .help_in(Formats::TEMPLATES, "write a small share, such as `PercentTraffic: 10`")
            .warning();
    } else if it == 100.0 {
        out.report(percent.span, format!("the canary of `{name}` gets all requests"))
            .help("remove `canary`, and all requests go to the latest deployment; or write a smaller share").help_in(Formats::TEMPLATES, "remove `CanarySetting`, and all requests go to the latest deployment; or write a smaller share")
            .warning();
    }
}
