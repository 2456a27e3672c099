use gatewright_source::Severity;

use super::document::{at, events, integration, is_true};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "async-proxy",
    page: include_str!("async_proxy.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::SERVERLESS,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    for (_, event) in events(cx.ir, "http") {
        let Some(setting) = at(event, &["async"]).filter(|it| is_true(it)) else { continue };
        if integration(event).as_deref() != Some("AWS_PROXY") {
            continue;
        }
        let finding =
            out.report(setting.span, "a proxy waits for its function, whatever `async` says").help_in(
                Formats::SERVERLESS,
                "remove `integration`: then the framework calls it without a proxy",
            );
        if let Some(it) = at(event, &["integration"]) {
            finding.label(it.span, "a proxy");
        }
    }
}
