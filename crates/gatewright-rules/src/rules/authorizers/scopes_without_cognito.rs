use gatewright_ir::{Authorization, Authorizer, AuthorizerKind, Route, RouteId};
use gatewright_source::{Safety, Severity};

use super::scopes::remove;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "scopes-without-cognito",
    page: include_str!("scopes_without_cognito.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Route(check),
};

fn check(cx: &Context<'_>, id: RouteId, route: &Route, out: &mut Findings) {
    let Some(scope) = route.scopes.iter().find(|it| it.value.known().is_some()) else { return };
    let who = match route.authorization {
        Authorization::None => "anybody may call it".to_owned(),
        Authorization::Iam => "IAM decides".to_owned(),
        Authorization::Authorizer(id) => match &cx.ir.authorizers[id] {
            Authorizer { kind: AuthorizerKind::Lambda { .. }, name, .. } => {
                format!("the function of `{}` decides", name.value)
            }
            _ => return,
        },
        Authorization::Unknown => return,
    };
    let message = format!("`{}` asks for scopes, but {who}", route.key.value.as_str());
    let finding = out
        .report(scope.span, message)
        .fix_in(Formats::DEPLOYMENTS, || remove(cx.ir, id, route, scope.span))
        .help("remove `scopes`, or name an authorizer with a user pool: `cognito: ARN`");
    if let Some(span) = route.authorization_source.span() {
        finding.label(span, "only tokens of user pools have scopes here");
    }
}
