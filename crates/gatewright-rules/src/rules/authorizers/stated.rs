//! Methods and routes of templates that say who may call, with words of their own for each sort of authorizer.

use gatewright_ir::{Raw, Span};

use crate::rules::cloudformation::property::{named, word};
use crate::rules::cloudformation::template::{Resource, Template};

/// The methods and routes of a template, with their properties.
pub(super) fn routes<'s, 't>(
    template: &'s Template<'t>,
) -> impl Iterator<Item = (&'s Resource<'t>, &'t Raw)> {
    let types = ["AWS::ApiGateway::Method", "AWS::ApiGatewayV2::Route"];
    let all = types.into_iter().flat_map(|of| template.of_type(of));
    all.filter_map(|it| Some((it, it.properties()?)))
}

/// Whether a method or route names an authorizer by its type of authorization.
///
/// Source: API Gateway API References, `PutMethod` and `CreateRoute`: `authorizationType`.
pub(super) fn needs_authorizer(sort: &str) -> bool {
    matches!(sort, "CUSTOM" | "COGNITO_USER_POOLS" | "JWT")
}

/// The authorizer of the template that a method or route names; its type; and the type of authorization that goes with
/// that.
pub(super) fn authorizer<'t>(
    template: &Template<'t>,
    of: &Raw,
) -> Option<(Resource<'t>, Span, &'static str)> {
    let (name, _) =
        named(of.get("AuthorizerId")?).filter(|it| matches!(it.1.as_deref(), None | Some("AuthorizerId")))?;
    let it = *template.get(&name)?;
    let key = match it.of {
        "AWS::ApiGateway::Authorizer" => "Type",
        "AWS::ApiGatewayV2::Authorizer" => "AuthorizerType",
        _ => return None,
    };
    let (sort, span) = word(it.properties()?, key)?;
    let wanted = match sort {
        "TOKEN" | "REQUEST" => "CUSTOM",
        "COGNITO_USER_POOLS" => "COGNITO_USER_POOLS",
        "JWT" => "JWT",
        _ => return None,
    };
    Some((it, span, wanted))
}
