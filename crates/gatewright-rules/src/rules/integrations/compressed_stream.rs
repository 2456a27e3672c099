use gatewright_ir::{Integration, IntegrationId};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Kinds, Rule};

pub(super) static RULE: Rule = Rule {
    name: "compressed-stream",
    page: include_str!("compressed_stream.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    kinds: Kinds::REST,
    check: Check::Integration(check),
};

fn check(cx: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    let Some(compression) = &cx.ir.api.minimum_compression_size else { return };
    if let Some(stream) = integration.transformation.as_ref().filter(|it| it.proxy).and_then(|it| it.stream) {
        out.report(stream, format!("what `{}` streams is not compressed", integration.name.value))
            .label(compression.span, "this asks for compression")
            .help("compress in the backend, or remove `stream`");
    }
}
