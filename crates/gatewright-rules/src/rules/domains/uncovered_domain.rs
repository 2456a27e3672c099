use gatewright_ir::{has_holes, sole_hole};
use gatewright_source::Severity;

use super::written::{NEWER, OLDER};
use crate::rules::cloudformation::property::items;
use crate::rules::cloudformation::template::{Resource, Template, text};
use crate::rules::words::list;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "uncovered-domain",
    page: include_str!("uncovered_domain.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(template) = cx.template().filter(|_| cx.is_first) else { return };
    for it in template.of_type(OLDER).chain(template.of_type(NEWER)) {
        let Some(domain) = it.text("DomainName").filter(|it| is_plain(it)) else { continue };
        let own = it.whole.get("Properties").into_iter();
        for said in own.chain(items(it.get("DomainNameConfigurations"))) {
            for key in ["CertificateArn", "RegionalCertificateArn"] {
                let Some(named) = said.get(key) else { continue };
                let Some(certificate) = text(named).and_then(|it| certificate(template, &it)) else {
                    continue;
                };
                let Some(names) = names(certificate) else { continue };
                if !names.iter().any(|it| covers(it, &domain)) {
                    let names: Vec<&str> = names.iter().map(|it| &**it).collect();
                    out.report(named.span, format!("the certificate does not cover `{domain}`"))
                        .label(certificate.id.span, format!("it is for {}", list(&names)))
                        .help("add the name under `SubjectAlternativeNames`, or name another certificate");
                }
            }
        }
    }
}

fn is_plain(text: &str) -> bool {
    !has_holes(text) && !text.contains("{{")
}

/// The certificate of the template that a text names.
fn certificate<'s, 't>(template: &'s Template<'t>, text: &str) -> Option<&'s Resource<'t>> {
    let (id, None) = sole_hole(text)? else { return None };
    template.get(id).filter(|it| it.of == "AWS::CertificateManager::Certificate")
}

/// The names that a certificate is for, if all of them are known.
fn names(certificate: &Resource<'_>) -> Option<Vec<String>> {
    certificate.properties()?;
    let others = certificate.get("SubjectAlternativeNames");
    if others.is_some_and(|it| it.function().is_some()) {
        return None;
    }
    let others = items(others).iter().map(text);
    let names: Vec<String> =
        [certificate.text("DomainName")].into_iter().chain(others).collect::<Option<_>>()?;
    names.iter().all(|it| is_plain(it)).then_some(names)
}

/// Whether a name of a certificate covers a domain: `*` stands for one label.
///
/// Source: AWS Certificate Manager User Guide, "Concepts": wildcard names.
fn covers(name: &str, domain: &str) -> bool {
    name.eq_ignore_ascii_case(domain)
        || name.strip_prefix("*.").is_some_and(|name| {
            domain.split_once('.').is_some_and(|(_, rest)| rest.eq_ignore_ascii_case(name))
        })
}
