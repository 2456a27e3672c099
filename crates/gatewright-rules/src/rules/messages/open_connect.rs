use gatewright_ir::{Authorization, AuthorizationSource};
use gatewright_source::Severity;

use super::super::words::advise_protection;
use super::keys::{CONNECT, has, key};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "open-connect",
    page: include_str!("open_connect.md"),
    severity: Severity::Warning,
    category: Category::Security,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::WEBSOCKET,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    if ir.routes.is_empty() {
        return;
    }
    let Some((id, route)) = ir.routes.iter().find(|it| key(it.1) == CONNECT) else {
        if !has(ir, CONNECT) && !ir.api.routes_unknown {
            let message =
                format!("anybody may connect to `{}`: it has no route `{CONNECT}`", ir.api.name.value);
            let finding = out.report(ir.api.name.span, message).help(format!(
                "add `{CONNECT}` with an `authorizer`, or say there why it is right: `public: REASON`"
            ));
            advise_protection(cx, None, finding);
        }
        return;
    };
    let is_public = route.public.as_ref().is_some_and(|it| !it.value.trim().is_empty());
    if route.authorization != Authorization::None || is_public {
        return;
    }
    let finding = out
        .report(route.key.span, "anybody may connect, and API Gateway asks nothing later")
        .help("name an `authorizer`, or say why it is right: `public: REASON`");
    let finding = advise_protection(cx, Some(id), finding);
    match route.authorization_source {
        AuthorizationSource::Stated(span) => drop(finding.label(span, "nobody is asked for credentials")),
        AuthorizationSource::Default(span) => drop(finding.label(span, "no authorizer by default")),
        AuthorizationSource::Nowhere => {}
    }
}
