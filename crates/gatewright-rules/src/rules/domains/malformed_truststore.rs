use gatewright_ir::{Domain, DomainId};
use gatewright_source::Severity;

use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-truststore",
    page: include_str!("malformed_truststore.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::ALL,
    check: Check::Domain(check),
};

fn check(_: &Context<'_>, _: DomainId, domain: &Domain, out: &mut Findings) {
    let Some(mutual_tls) = &domain.mutual_tls else { return };
    let Some(uri) = mutual_tls.truststore.value.as_str() else { return };
    let parts = match uri.split_at_checked("s3://".len()) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("s3://") => rest.split_once('/'),
        _ => None,
    };
    if parts.is_some_and(|(bucket, key)| !bucket.is_empty() && !key.is_empty()) && !uri.contains("${") {
        return;
    }
    let span = mutual_tls.truststore.span;
    if uri.contains("${") {
        out.report(span, "the truststore holds `${…}`, which nothing replaces here")
            .help("write `!Sub` before the text");
    } else {
        out.report(span, format!("the truststore `{}` is not an object in S3", shown(uri)))
            .help("name the object with the trusted certificates: `s3://bucket/ca.pem`");
    }
}
