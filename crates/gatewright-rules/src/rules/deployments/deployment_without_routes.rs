use gatewright_source::Severity;

use crate::rules::cloudformation::property::is_absent;
use crate::rules::cloudformation::template::{api_id, logical_id};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "deployment-without-routes",
    page: include_str!("deployment_without_routes.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

/// What else brings an API its routes.
const DEFINITIONS: [&str; 4] = ["Body", "BodyS3Location", "CloneFrom", "Target"];

fn check(cx: &Context<'_>, out: &mut Findings) {
    let (Some(api), Some(template)) = (api_id(cx.ir), cx.template()) else { return };
    let Some(of) = template.get(api) else { return };
    let (part, key, what) = match of.of {
        "AWS::ApiGateway::RestApi" => ("AWS::ApiGateway::Method", "RestApiId", "method"),
        "AWS::ApiGatewayV2::Api" => ("AWS::ApiGatewayV2::Route", "ApiId", "route"),
        _ => return,
    };
    // Without properties it has no definition either.
    let is_defined = match of.whole.get("Properties") {
        Some(_) => of.properties().is_none_or(|it| DEFINITIONS.iter().any(|key| !is_absent(it, key))),
        None => false,
    };
    // One of which it is not known whose it is may be of this API.
    let may_have =
        template.of_type(part).any(|it| it.get(key).and_then(logical_id).is_none_or(|it| it == api));
    if is_defined
        || may_have
        || cx.ir.api.routes_unknown
        || !cx.ir.routes.is_empty()
        || !template.is_whole()
        || template.is_handed_on(api)
    {
        return;
    }
    for it in template.parts(api).filter(|it| it.is_deployment()) {
        out.report(it.id.span, format!("`{}` deploys `{api}`, which has no {what}", it.id.value))
            .label(of.id.span, "the API")
            .help(format!("add an `{part}` first, and let the deployment depend on it"));
    }
}
