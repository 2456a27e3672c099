use gatewright_source::Severity;

use super::source::Source;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "stray-stage",
    page: include_str!("stray_stage.md"),
    severity: Severity::Warning,
    category: Category::Security,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::SAM,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(source) = Source::of(cx.ir) else { return };
    if source.get(&["OpenApiVersion"]).is_some() {
        return;
    }
    let message = format!("`{}` gets a second stage, `Stage`, without the settings of its own", source.id);
    out.report(cx.ir.api.name.span, message)
        .help("set `OpenApiVersion: 3.0.1`, once for all APIs under `Globals.Api`");
}
