use gatewright_ir::{ApiKind, Backend, Integration, IntegrationId};
use gatewright_source::Severity;

use super::uri::{Uri, variables};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-integration-uri",
    page: include_str!("malformed_integration_uri.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

fn check(cx: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    let Backend::Http { uri, link, .. } = &integration.backend else { return };
    // Behind a VPC link, only a REST API always has a URL.
    if link.is_some() && cx.ir.api.kind != ApiKind::Rest {
        return;
    }
    let Some(text) = uri.value.as_str() else { return };
    match Uri::parse(text) {
        Uri::Unknown => {}
        Uri::Relative if text.starts_with("arn:") => {
            let help = match cx.ir.api.kind {
                ApiKind::Http => "name the VPC link that leads there with `vpcLink`, or give a URL",
                _ => "give the URL that the backend is called with; a `target` behind a VPC link is an ARN",
            };
            out.report(uri.span, format!("the backend of `{}` is an ARN, not a URL", integration.name.value))
                .help(help);
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
