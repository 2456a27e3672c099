use gatewright_ir::{ApiKind, Backend, Integration, IntegrationId, Link};
use gatewright_source::Severity;

use super::uri::Uri;
use crate::rules::words::is_in_definition;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "private-integration-without-tls",
    page: include_str!("private_integration_without_tls.md"),
    severity: Severity::Warning,
    category: Category::Security,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

fn check(cx: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    let Backend::Http { uri, link: Some(Link::Known(_, span)), tls, .. } = &integration.backend else {
        return;
    };
    let message = || format!("`{}` sends requests through the VPC unencrypted", integration.name.value);
    if cx.ir.api.kind == ApiKind::Http {
        if tls.is_none() {
            const DEFINITION: &str = "give the name on the backend's certificate, and have its listener speak HTTPS: \
                                      `tlsConfig: { serverNameToVerify: internal.example.com }`";
            let inside = is_in_definition(cx.ir, *span);
            out.report(*span, message())
                .help("give the name on the backend's certificate: `tls: internal.example.com`").help_in(Formats::TEMPLATES, if inside { DEFINITION } else { "give the name on the backend's certificate, and have its listener speak HTTPS: `TlsConfig: { ServerNameToVerify: internal.example.com }`" }).help_in(Formats::OPENAPI, DEFINITION);
        }
    } else if let Some(Uri::Url { plain: true, .. }) = uri.value.as_str().map(Uri::parse) {
        out.report(uri.span, message()).label(*span, "through this VPC link").help("use `https://`");
    }
}
