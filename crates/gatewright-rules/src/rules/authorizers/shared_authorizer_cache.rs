use gatewright_ir::{
    ApiKind, Authorization, AuthorizerKind, AuthorizerResponse, Format, Id, Ir, Located, RouteId,
};
use gatewright_source::{Severity, Span, Text};

use crate::rules::words::is_in_definition;
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
        .help(help)
        .help_in(Formats::FOREIGN, elsewhere(ir, cache.span));
    }
}

/// What to do in files that are not ours. Without any time, 300 seconds hold.
///
/// Source: AWS CloudFormation Template Reference, `AWS::ApiGateway::Authorizer`: `AuthorizerResultTtlInSeconds`.
fn elsewhere(ir: &Ir, place: Span) -> String {
    let how = match ir.provenance.format {
        _ if is_in_definition(ir, place) => "set `authorizerResultTtlInSeconds: 0`",
        Format::Sam => {
            "set `ReauthorizeEvery: 0`, or `AuthorizerResultTtlInSeconds: 0` in a resource of its own"
        }
        Format::Serverless => "set `resultTtlInSeconds: 0`",
        _ => "set `AuthorizerResultTtlInSeconds: 0`",
    };
    format!("{how}, unless every policy covers all routes")
}
