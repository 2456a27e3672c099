use gatewright_ir::{Backend, Integration, IntegrationId, Located, Value, substitution};
use gatewright_source::{Severity, Text};

use super::action::action;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "proxy-to-aws-service",
    page: include_str!("proxy_to_aws_service.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

/// The services that answer a proxy.
///
/// Source: what API Gateway says when it refuses others; see the page.
const PROXIED: [&str; 2] = ["lambda", "firehose"];

fn check(_: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    let Backend::Action { action, .. } = &integration.backend else { return };
    let Some(stated) =
        integration.transformation.as_ref().filter(|it| it.proxy).and_then(|it| it.proxy_stated)
    else {
        return;
    };
    let Some(service) = service(action).filter(|it| !PROXIED.contains(&&**it)) else { return };
    out.report(
        stated,
        format!("`{service}` is called as a proxy, which only functions and Firehose streams can be"),
    )
    .label(action.span, format!("this is `{service}`"))
    .help("write mapping templates and responses, and no proxy")
    .help_in(
        Formats::BODIES.and(Formats::SERVERLESS),
        "write the type `AWS`, and say what the service is sent and what callers get",
    );
}

/// The service that is called, as far as the text shows.
fn service(it: &Located<Text>) -> Option<String> {
    match &it.value {
        Value::Known(text) => {
            let service = action(text).ok()?.service;
            Some(service.rsplit('.').next().unwrap_or(service).to_owned())
        }
        Value::Deferred(raw) => {
            let rest = substitution(raw)?.split_once(":apigateway:")?.1;
            let region = if rest.starts_with("${") { rest.find('}')? + 1 } else { rest.find(':')? };
            let service = rest[region..].strip_prefix(':')?.split(':').next()?;
            let is_word =
                !service.is_empty() && service.bytes().all(|it| it.is_ascii_lowercase() || it == b'-');
            is_word.then(|| service.to_owned())
        }
    }
}
