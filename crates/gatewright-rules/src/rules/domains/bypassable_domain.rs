use gatewright_ir::{EndpointType, Generated};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "bypassable-domain",
    page: include_str!("bypassable_domain.md"),
    severity: Severity::Warning,
    category: Category::Security,
    preset: Preset::Strict,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::DEPLOYMENTS,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    let disabled = ir.api.disable_default_endpoint.as_ref();
    if disabled.is_some_and(|it| it.value.known() != Some(&false))
        || ir.api.endpoint.kind == EndpointType::Private
    {
        return;
    }
    let domains = || ir.domains.values();
    // With mutual TLS it is a mistake of its own.
    if domains().any(|it| it.mutual_tls.is_some()) {
        return;
    }
    // A distribution of the template may call the default endpoint.
    let has_distribution = |it: &crate::rules::cloudformation::template::Template<'_>| {
        it.of_type("AWS::CloudFront::Distribution").next().is_some()
    };
    if cx.template().is_some_and(has_distribution) {
        return;
    }
    let leads_here = ir.domains.iter().find(|(_, it)| !it.existing && !it.mappings.is_empty());
    let Some((id, domain)) = leads_here else { return };
    // The model has a logical id in place of a name that is not known.
    let name = match ir.provenance.is_deferred(Generated::Domain(id)) {
        true => "its custom domain".to_owned(),
        false => format!("`{}`", domain.name.value),
    };
    let finding = out
        .report(domain.name.span, format!("callers can go round {name} by the default endpoint"))
        .help("set `disableDefaultEndpoint: true`, so that only custom domains answer")
        .help_in(
            Formats::TEMPLATES.and(Formats::SERVERLESS),
            "set `DisableExecuteApiEndpoint` to `true`, so that only custom domains answer",
        );
    if let Some(it) = disabled {
        finding.label(it.span, "open here");
    }
}
