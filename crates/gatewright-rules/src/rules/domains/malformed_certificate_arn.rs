use gatewright_ir::{Domain, DomainId};
use gatewright_source::Severity;

use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-certificate-arn",
    page: include_str!("malformed_certificate_arn.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Domain(check),
};

fn check(_: &Context<'_>, _: DomainId, domain: &Domain, out: &mut Findings) {
    let ownership = domain.mutual_tls.as_ref().and_then(|it| it.ownership_certificate.as_ref());
    for it in domain.certificate.iter().chain(ownership) {
        let Some(arn) = it.value.as_str() else { continue };
        if arn.contains("${") {
            out.report(it.span, "the certificate holds `${…}`, which nothing replaces here")
                .help("write `!Sub` before the text");
        } else if !is_certificate(arn) {
            out.report(it.span, format!("`{}` is not the ARN of an ACM certificate", shown(arn)))
                .help("write `arn:aws:acm:REGION:ACCOUNT:certificate/ID`, or refer to it with `!Ref`");
        }
    }
}

/// Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscertificatemanager.html
fn is_certificate(arn: &str) -> bool {
    let mut parts = arn.splitn(6, ':');
    let mut next = || parts.next().unwrap_or_default();
    let start = (next(), next(), next());
    let (region, account, resource) = (next(), next(), next());
    let partition = start.1 == "aws" || start.1.starts_with("aws-");
    start.0 == "arn"
        && partition
        && start.2 == "acm"
        && !region.is_empty()
        && account.len() == 12
        && account.bytes().all(|it| it.is_ascii_digit())
        && resource.strip_prefix("certificate/").is_some_and(|it| !it.is_empty())
}
