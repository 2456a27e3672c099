use gatewright_ir::{Integration, IntegrationId};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "compressed-stream",
    page: include_str!("compressed_stream.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

fn check(cx: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    // Of one that is no proxy something worse is said.
    let stream = integration.transformation.as_ref().filter(|it| it.proxy).and_then(|it| it.stream);
    let (Some(stream), Some(size)) = (stream, &cx.ir.api.minimum_compression_size) else { return };
    let message = format!("`{}` is streamed, and so not compressed", integration.name.value);
    out.report(stream, message)
        .label(size.span, "other answers are")
        .help("let the backend compress what it streams, or do not stream it");
}
