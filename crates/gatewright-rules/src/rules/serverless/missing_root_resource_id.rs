use gatewright_source::Severity;

use super::document::{certain, under};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "missing-root-resource-id",
    page: include_str!("missing_root_resource_id.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::SERVERLESS,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(id) = certain(cx.ir, &["provider", "apiGateway", "restApiId"]) else { return };
    if under(cx.ir, &["provider", "apiGateway", "restApiRootResourceId"]).is_none() {
        out.report(id.span, "`restApiId` needs `restApiRootResourceId` beside it: paths begin at the root")
            .help_in(
                Formats::SERVERLESS,
                "add it: the service that makes the API exports `!GetAtt ApiGatewayRestApi.RootResourceId`",
            );
    }
}
