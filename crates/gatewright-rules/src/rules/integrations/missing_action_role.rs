use gatewright_ir::{Backend, Credentials, Integration, IntegrationId, Value};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "missing-action-role",
    page: include_str!("missing_action_role.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::NOT_HTTP,
    formats: Formats::GATEWRIGHT,
    check: Check::Integration(check),
};

fn check(_: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    let Backend::Action { action, .. } = &integration.backend else { return };
    if !matches!(integration.credentials, Credentials::Generated) {
        return;
    }
    // Of `!Sub "sqs:path/${AWS::AccountId}/queue"` the service is known.
    let is_unknown = match &action.value {
        Value::Known(it) => it.starts_with("${stageVariables.") || it.starts_with("$stageVariables."),
        Value::Deferred(it) => matches!(it.function(), Some(("Ref" | "Fn::GetAtt" | "Fn::ImportValue", _))),
    };
    if is_unknown {
        let message = format!(
            "which service `{}` calls is not known, and so no role can be made",
            integration.name.value
        );
        out.report(action.span, message).help("say `role`, or write the service: `sqs:SendMessage`");
    }
}
