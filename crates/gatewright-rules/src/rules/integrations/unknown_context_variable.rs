use gatewright_ir::{ApiKind, Integration, IntegrationId};
use gatewright_source::{Severity, did_you_mean};

use super::mapping::{expressions, sources};
use crate::rules::stages::log_variables::{Support, names, replacement, support};
use crate::{Category, Check, Context, Findings, Kinds, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unknown-context-variable",
    page: include_str!("unknown_context_variable.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    kinds: Kinds::HTTP,
    check: Check::Integration(check),
};

/// Mappings know the variables of access logs.
///
/// Source: <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html>
fn check(_: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    const KIND: ApiKind = ApiKind::Http;
    for it in sources(integration) {
        let Some(text) = it.value.as_str() else { continue };
        let mut seen: Vec<&str> = Vec::new();
        for name in expressions(text).filter_map(|it| it.strip_prefix("context.")) {
            if name.is_empty() || seen.contains(&name) {
                continue;
            }
            seen.push(name);
            let message = match support(name, KIND) {
                Support::Full | Support::Doubtful(_) => continue,
                Support::Elsewhere => format!("HTTP APIs have no `$context.{name}`"),
                Support::Unknown => format!("the variable `$context.{name}` is not known"),
            };
            let nested = format!("identity.{name}");
            let near = names(KIND)
                .find(|it| *it == nested)
                .or_else(|| replacement(name))
                .or_else(|| did_you_mean(name, names(KIND)));
            out.report(it.span, message).help(match near {
                Some(near) => format!("did you mean `$context.{near}`?"),
                None => "take one that access logs know, or leave it out: it is empty".to_owned(),
            });
        }
    }
}
