use gatewright_ir::{Backend, Credentials, Integration, IntegrationId};
use gatewright_source::Severity;

use super::action::action;
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unrestricted-action-role",
    page: include_str!("unrestricted_action_role.md"),
    severity: Severity::Warning,
    category: Category::Security,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::NOT_HTTP,
    formats: Formats::GATEWRIGHT,
    check: Check::Integration(check),
};

fn check(_: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    let Backend::Action { action: it, resources, .. } = &integration.backend else { return };
    if !matches!(integration.credentials, Credentials::Generated) {
        return;
    }
    let Some(text) = it.value.as_str().filter(|it| !it.contains("stageVariables.")) else { return };
    // What is malformed, or a function, is reported by itself.
    let Some(called) = action(text).ok().filter(|it| it.service != "lambda") else { return };
    let name = &integration.name.value;
    // The first segments of such a path say on what it acts, unless they are variables.
    let parts = match (called.service, called.path) {
        (_, None) => None,
        ("s3", Some(path)) => Some((path, 1)),
        ("sqs", Some(path)) => Some((path, 2)),
        (service, Some(_)) => {
            out.report(it.span, format!("the role of `{name}` may do everything that `{service}` can"))
                .help("say `role`: which actions stand behind a path of this service is not known here");
            return;
        }
    };
    let is_narrow = parts.is_some_and(|(path, wanted)| {
        let mut first = path.trim_start_matches('/').split('/').take(wanted);
        first.clone().count() == wanted && first.all(|it| !it.is_empty() && !it.contains('{'))
    });
    if resources.is_empty() && !is_narrow {
        let message = format!("the role of `{name}` may do `{}` on everything", shown(text));
        out.report(it.span, message).help("name the ARNs on which it may, with `resource`");
    }
}
