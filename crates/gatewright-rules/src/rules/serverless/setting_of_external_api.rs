use gatewright_ir::ApiKind;
use gatewright_source::Severity;

use super::document::certain;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "setting-of-external-api",
    page: include_str!("setting_of_external_api.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::SERVERLESS,
    check: Check::Api(check),
};

/// What names an API that another stack makes, and what the framework refuses beside it.
///
/// Source: serverless/serverless v3, `lib/plugins/aws/package/compile/events`: `api-gateway/lib/validate.js`,
/// `http-api.js`.
const REST: (&[&str], &[&[&str]]) =
    (&["provider", "apiGateway", "restApiId"], &[&["tracing", "apiGateway"], &["logs", "restApi"]]);

/// The same of HTTP APIs.
const HTTP: (&[&str], &[&[&str]]) = (
    &["provider", "httpApi", "id"],
    &[&["httpApi", "cors"], &["httpApi", "authorizers"], &["logs", "httpApi"]],
);

fn check(cx: &Context<'_>, out: &mut Findings) {
    let (id, refused) = if cx.ir.api.kind == ApiKind::Rest { REST } else { HTTP };
    let Some(id) = certain(cx.ir, id) else { return };
    // Before version 3 it was left out with a warning.
    let version = certain(cx.ir, &["frameworkVersion"]).and_then(|it| it.as_str());
    let version = version.map(|it| it.trim_start_matches(|it: char| !it.is_ascii_digit()));
    let is_lenient = version.is_some_and(|it| it.starts_with(['1', '2']));
    for keys in refused {
        let path: Vec<&str> = std::iter::once("provider").chain(keys.iter().copied()).collect();
        let Some(it) = certain(cx.ir, &path) else { continue };
        // For HTTP APIs the framework takes `false` as if nothing was said.
        if cx.ir.api.kind == ApiKind::Http && matches!(it.data, gatewright_ir::Data::Bool(false)) {
            continue;
        }
        let message = format!("`{}` cannot be set here: another stack makes the API", path.join("."));
        let finding = out
            .report(it.span, message)
            .label(id.span, "the API")
            .help_in(Formats::SERVERLESS, "set it in the service that makes the API");
        if is_lenient {
            finding.warning();
        }
    }
}
