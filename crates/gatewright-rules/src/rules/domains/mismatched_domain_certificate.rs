use gatewright_source::{Edit, Fix, Safety, Severity, Written};

use super::written::{OLDER, endpoint, key};
use crate::rules::cloudformation::property::{is_absent, is_given};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "mismatched-domain-certificate",
    page: include_str!("mismatched_domain_certificate.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::ALL,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(template) = cx.template().filter(|_| cx.is_first) else { return };
    for it in template.of_type(OLDER) {
        let (wrong, right, what) = match endpoint(it) {
            Some("EDGE") => ("RegionalCertificateArn", "CertificateArn", "edge-optimized"),
            Some("REGIONAL") => ("CertificateArn", "RegionalCertificateArn", "regional"),
            _ => continue,
        };
        let Some(properties) = it.properties() else { continue };
        let id = &it.id.value;
        if is_given(properties, wrong) {
            let Some(at) = key(properties, wrong) else { continue };
            let finding =
                out.report(at, format!("`{id}` is {what}, and has its certificate under `{wrong}`"));
            let title = format!("write `{right}`");
            let said = properties.get("EndpointConfiguration");
            let finding = match said {
                Some(said) => finding.label(said.span, "said here"),
                None => finding.label(it.id.span, "edge-optimized, as `EndpointConfiguration` is missing"),
            };
            let finding = finding.help(match said {
                Some(_) => title.clone(),
                None => "add `EndpointConfiguration: { Types: [REGIONAL] }`".to_owned(),
            });
            if said.is_some() && is_absent(properties, right) {
                let edit = Edit::Set { at, value: Written::text(right) };
                finding.fix(Fix::safe(title, [edit]));
            }
        } else if is_absent(properties, wrong) && is_absent(properties, right) {
            out.report(it.id.span, format!("`{id}` has no certificate")).help(format!("add `{right}`"));
        }
    }
}
