use gatewright_ir::{ApiKind, Authorization, AuthorizerKind, AuthorizerResponse, Id, Located, RouteId};
use gatewright_source::{Severity, Text};

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "shared-authorizer-cache",
    page: include_str!("shared_authorizer_cache.md"),
    severity: Severity::Warning,
    category: Category::Security,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::ALL,
    check: Check::Api(check),
};

/// With one of these in the key, requests to different routes do not share an answer.
const TELL_ROUTES_APART: [&str; 4] =
    ["$context.routeKey", "$context.path", "context.resourcePath", "context.path"];

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    let mut uses: Vec<[Option<RouteId>; 2]> = vec![[None; 2]; ir.authorizers.len()];
    for (id, route) in ir.routes.iter() {
        if let Authorization::Authorizer(authorizer) = route.authorization {
            match &mut uses[authorizer.index()] {
                [first @ None, _] => *first = Some(id),
                [_, second @ None] => *second = Some(id),
                _ => {}
            }
        }
    }
    for (id, authorizer) in ir.authorizers.iter() {
        let AuthorizerKind::Lambda { response: AuthorizerResponse::Iam, cache: Some(cache), token, .. } =
            &authorizer.kind
        else {
            continue;
        };
        let [Some(first), Some(second)] = uses[id.index()] else { continue };
        let apart = |it: &Located<Text>| it.value.as_str().is_none_or(|it| TELL_ROUTES_APART.contains(&it));
        if cache.value.known().is_none_or(|it| it.milliseconds == 0)
            || authorizer.identity.is_empty()
            || authorizer.identity.iter().any(apart)
        {
            continue;
        }
        let name = &authorizer.name.value;
        let help = match (ir.api.kind, token) {
            (ApiKind::Http, _) => {
                "add `$context.routeKey` to `identity`, unless every policy covers all routes"
            }
            (_, true) => "remove `cache`, unless every policy covers all routes",
            (_, false) => {
                "add `$context.resourcePath` to `identity` or remove `cache`, unless every policy covers all routes"
            }
        };
        out.report(
            cache.span,
            format!("a policy that `{name}` returns for one route is used for others, too"),
        )
        .label(ir.routes[first].key.span, "a policy for this route")
        .label(ir.routes[second].key.span, "decides about this one")
        .help(help);
    }
}
