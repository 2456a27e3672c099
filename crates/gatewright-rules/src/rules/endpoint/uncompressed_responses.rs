use gatewright_ir::{Backend, Ir};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "uncompressed-responses",
    page: include_str!("uncompressed_responses.md"),
    severity: Severity::Warning,
    category: Category::Performance,
    preset: Preset::All,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let api = &cx.ir.api;
    if api.minimum_compression_size.is_some() || cx.ir.provenance.is_fragment || !answers_at_once(cx.ir) {
        return;
    }
    out.report(api.name.span, format!("no answer of `{}` is compressed", api.name.value))
        .help(
            "write `minimumCompressionSize: 1kB`: larger answers are compressed for callers that ask for it",
        )
        .help_in(Formats::TEMPLATES, "set `MinimumCompressionSize: 1000`")
        .help_in(Formats::OPENAPI, "write `x-amazon-apigateway-minimum-compression-size: 1000`")
        .help_in(
            Formats::SERVERLESS,
            "write `apiGateway: { minimumCompressionSize: 1000 }` under `provider`",
        );
}

/// Whether some backend answers, and none as a stream: those are not compressed.
fn answers_at_once(ir: &Ir) -> bool {
    let streams =
        |it: &gatewright_ir::Integration| it.transformation.as_ref().is_some_and(|it| it.stream.is_some());
    let answers =
        |it: &gatewright_ir::Integration| !matches!(it.backend, Backend::Mock { .. } | Backend::Unknown);
    ir.integrations.values().any(answers) && !ir.integrations.values().any(streams)
}
