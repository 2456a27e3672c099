use gatewright_ir::{Backend, Integration, IntegrationId};
use gatewright_source::Severity;

use super::uri::{Uri, variables};
use crate::{Category, Check, Context, Findings, Kinds, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-integration-uri",
    page: include_str!("malformed_integration_uri.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    kinds: Kinds::ALL,
    check: Check::Integration(check),
};

fn check(_: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    let Backend::Http { uri, link: None, .. } = &integration.backend else { return };
    let Some(text) = uri.value.as_str() else { return };
    match Uri::parse(text) {
        Uri::Unknown => {}
        Uri::Relative if text.starts_with("arn:") => {
            out.report(uri.span, format!("the backend of `{}` is an ARN, not a URL", integration.name.value))
                .help("name the VPC link that leads there with `vpcLink`, or give a URL");
        }
        Uri::Relative => {
            let message = format!("the backend of `{}` is not an absolute URL", integration.name.value);
            out.report(uri.span, message).help("write it out: `https://backend.example.com/path`");
        }
        Uri::Hostless => {
            let message = format!("the URL of `{}` has no host", integration.name.value);
            out.report(uri.span, message).help("write it out: `https://backend.example.com/path`");
        }
        Uri::Url { host, .. } => {
            if let Some(name) = variables(host).next() {
                out.report(uri.span, format!("the path variable `{{{name}}}` stands in the host"))
                    .help(format!("use a stage variable there: `${{stageVariables.{name}}}`"));
            }
        }
    }
}
