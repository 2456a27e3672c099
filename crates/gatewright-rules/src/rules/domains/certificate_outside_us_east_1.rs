use gatewright_ir::{Domain, DomainId, EndpointType};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "certificate-outside-us-east-1",
    page: include_str!("certificate_outside_us_east_1.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Domain(check),
};

/// The region of CloudFront's certificates.
///
/// Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-edge-optimized-custom-domain-name.html
const CLOUDFRONT_REGION: &str = "us-east-1";

fn check(_: &Context<'_>, _: DomainId, domain: &Domain, out: &mut Findings) {
    if domain.endpoint != EndpointType::Edge || domain.existing {
        return;
    }
    let Some(certificate) = &domain.certificate else { return };
    let Some(arn) = certificate.value.as_str() else { return };
    let mut parts = arn.split(':').skip(2);
    if let (Some("acm"), Some(region)) = (parts.next(), parts.next())
        && !region.is_empty()
        && !region.contains('$')
        && region != CLOUDFRONT_REGION
    {
        let name = &domain.name.value;
        let finding = out
            .report(
                certificate.span,
                format!("the certificate of `{name}` is in {region}, and not in us-east-1"),
            )
            .help("request it in us-east-1, or write `endpoint: regional`");
        if let Some(span) = domain.endpoint_span {
            finding.label(span, "CloudFront takes certificates from there only");
        }
    }
}
