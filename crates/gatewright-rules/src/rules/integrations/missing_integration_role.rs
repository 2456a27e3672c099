use gatewright_ir::{ApiKind, Backend, Credentials, Integration, IntegrationId, Span};
use gatewright_source::Severity;

use super::action::action;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "missing-integration-role",
    page: include_str!("missing_integration_role.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::BODIES.and(Formats::SERVERLESS),
    check: Check::Integration(check),
};

fn check(cx: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    if !matches!(integration.credentials, Credentials::None) {
        return;
    }
    let Some((span, what)) = called(&integration.backend) else { return };
    let key = match cx.ir.api.kind {
        _ if cx.ir.provenance.definition().is_some() => "credentials",
        ApiKind::Rest => "Credentials",
        ApiKind::Http | ApiKind::WebSocket => "CredentialsArn",
    };
    out.report(span, format!("`{}` calls {what} without a role", integration.name.value))
        .help(format!("name the ARN of a role as `{key}`"));
}

/// The service that is called, and what it is for a message. Functions have permissions of their own.
fn called(backend: &Backend) -> Option<(Span, String)> {
    match backend {
        Backend::Service { subtype, .. } => Some((subtype.span, format!("`{}`", subtype.value))),
        Backend::Action { action: it, .. } => match it.value.known() {
            // One that is no action is another finding.
            Some(text) if text.contains("stageVariables.") => None,
            Some(text) => {
                let called = action(text).ok().filter(|it| !it.service.ends_with("lambda"))?;
                Some((it.span, format!("`{}`", called.service)))
            }
            None => {
                let text = it.value.deferred()?.to_json().to_string();
                (!text.contains("lambda")).then_some((it.span, "an AWS service".to_owned()))
            }
        },
        _ => None,
    }
}
