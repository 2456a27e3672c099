use gatewright_ir::{Backend, ContentHandling, Integration, IntegrationId};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "binary-mock-request",
    page: include_str!("binary_mock_request.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

fn check(cx: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    let Backend::Mock { .. } = &integration.backend else { return };
    let all = cx.ir.api.binary_media_types.iter().find(|it| it.value.as_str() == Some("*/*"));
    let Some(all) = all else { return };
    let conversion = integration.transformation.as_ref().and_then(|it| it.content_handling);
    if let Some(conversion) = conversion.filter(|it| it.value == ContentHandling::Binary) {
        let message =
            format!("`{}` gets requests as binary data, which no template reads", integration.name.value);
        out.report(conversion.span, message)
            .label(all.span, "this makes all requests binary")
            .help("remove `contentHandling`: a mock has them converted to text");
    }
}
