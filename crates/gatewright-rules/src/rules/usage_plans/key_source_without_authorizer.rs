use gatewright_ir::{ApiKeySource, Authorization, AuthorizerKind, Route};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "key-source-without-authorizer",
    page: include_str!("key_source_without_authorizer.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::NOT_HTTP,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    let Some(source) = ir.api.api_key_source.filter(|it| it.value == ApiKeySource::Authorizer) else {
        return;
    };
    let is_without = |it: &&Route| match it.authorization {
        Authorization::None | Authorization::Iam => true,
        Authorization::Authorizer(id) => matches!(ir.authorizers[id].kind, AuthorizerKind::Cognito { .. }),
        Authorization::Unknown => false,
    };
    let mut without =
        ir.routes.values().filter_map(|it| Some((it, it.api_key?))).filter(|it| is_without(&it.0));
    let Some((route, span)) = without.next() else { return };
    let more = match without.count() {
        0 => String::new(),
        1 => " and to one more route".to_owned(),
        more => format!(" and to {more} more routes"),
    };
    let key = route.key.value.as_str();
    out.report(span, format!("no function says which API key a request to `{key}`{more} has"))
        .label(source.span, "keys come from the function of the authorizer")
        .help("name an authorizer with `lambda` at the route, or write `apiKeySource: header`")
        .help_in(
            Formats::TEMPLATES,
            "name an authorizer with a function at the method, or set `ApiKeySourceType: HEADER`",
        )
        .help_in(
            Formats::OPENAPI,
            "name an authorizer with a function, or write `x-amazon-apigateway-api-key-source: HEADER`",
        )
        .help_in(
            Formats::SERVERLESS,
            "give the event an `authorizer` with a function, or write `apiKeySourceType: HEADER`",
        );
}
