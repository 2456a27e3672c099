use gatewright_ir::UNKNOWN;
use gatewright_source::Severity;
use rustc_hash::FxHashMap;

use super::template::Resource;
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "duplicate-resource",
    page: include_str!("duplicate_resource.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

/// What there can be only one of: the type, what tells one from another, what is repeated, and whether AWS is known to
/// refuse the second. Stages, methods, routes and mappings have rules of their own.
///
/// Source: API Gateway API Reference, the `ConflictException` of each operation.
const UNIQUE: [(&str, &[&str], &str, bool); 7] = [
    ("AWS::ApiGateway::Resource", &["RestApiId", "ParentId", "PathPart"], "path", true),
    ("AWS::ApiGateway::Model", &["RestApiId", "Name"], "model", true),
    ("AWS::ApiGateway::Authorizer", &["RestApiId", "Name"], "authorizer", true),
    ("AWS::ApiGateway::GatewayResponse", &["RestApiId", "ResponseType"], "gateway response", false),
    ("AWS::ApiGateway::UsagePlanKey", &["UsagePlanId", "KeyId"], "key of the plan", false),
    ("AWS::ApiGatewayV2::Model", &["ApiId", "Name"], "model", true),
    ("AWS::ApiGatewayV2::Authorizer", &["ApiId", "Name"], "authorizer", true),
];

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(template) = cx.template().filter(|_| cx.is_first) else { return };
    for (of, keys, what, is_refused) in UNIQUE {
        let mut seen: FxHashMap<Vec<String>, &Resource<'_>> = FxHashMap::default();
        for it in template.of_type(of) {
            let identity = keys.iter().map(|key| it.text(key).filter(|it| !it.contains(UNKNOWN)));
            let Some(identity) = identity.collect::<Option<Vec<String>>>() else { continue };
            let name = identity.last().cloned().unwrap_or_default();
            let Some(first) = seen.get(&identity) else {
                seen.insert(identity, it);
                continue;
            };
            // Of two under conditions only one may be there.
            if first.condition.is_some() || it.condition.is_some() {
                continue;
            }
            let message = format!("`{}` is the {what} `{}` again", it.id.value, shown(&name));
            let finding = out.report(it.id.span, message).label(first.id.span, "it is made here already");
            let finding = finding.help(format!("remove it, and name `{}` in its place", first.id.value));
            if !is_refused {
                finding.warning();
            }
        }
    }
}
