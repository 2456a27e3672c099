use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "default-endpoint-open",
    page: include_str!("default_endpoint_open.md"),
    severity: Severity::Warning,
    category: Category::Security,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    let disabled = ir.api.disable_default_endpoint.as_ref();
    if disabled.is_some_and(|it| it.value.known() != Some(&false)) {
        return;
    }
    // One finding is enough: what is missing is missing once. What is said of a domain that exists has no effect,
    // which is reported by itself.
    let mut created = ir.domains.values().filter(|it| !it.existing);
    let Some((domain, mutual_tls)) = created.find_map(|it| Some((it, it.mutual_tls.as_ref()?))) else {
        return;
    };
    let name = &domain.name.value;
    let finding = out
        .report(
            domain.name.span,
            format!("`{name}` asks clients for a certificate, the default endpoint does not"),
        )
        .label(mutual_tls.truststore.span, "mutual TLS here")
        .help("set `disableDefaultEndpoint: true`, so that only custom domains answer")
        .help_in(
            Formats::TEMPLATES,
            "set `DisableExecuteApiEndpoint: true`, so that only custom domains answer",
        )
        .help_in(
            Formats::SERVERLESS,
            "set `disableDefaultEndpoint: true`, so that only custom domains answer",
        );
    if let Some(it) = disabled {
        finding.label(it.span, "open here");
    }
}
