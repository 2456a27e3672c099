use gatewright_source::{Edit, Fix, Safety, Severity, Written};
use rustc_hash::FxHashSet;

use super::malformed_route_key::is_path_part;
use crate::rules::cloudformation::property::{named, word};
use crate::rules::cloudformation::template::Template;
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-path-part",
    page: include_str!("malformed_path_part.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::REST,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

const RESOURCE: &str = "AWS::ApiGateway::Resource";

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(template) = cx.template().filter(|_| cx.is_first) else { return };
    let used = used(template);
    for it in template.of_type(RESOURCE) {
        let Some((part, span)) = it.properties().and_then(|it| word(it, "PathPart")) else { continue };
        let bare = part.trim_matches('/');
        if part.is_empty() {
            out.report(span, format!("the path part of `{}` is empty", it.id.value))
                .help("the root is there already: `!GetAtt Api.RootResourceId`");
        } else if bare.contains('/') {
            out.report(span, format!("`{}` is more than one part of a path", shown(part)))
                .help("make a resource for each part, the one the parent of the next");
        } else if bare.is_empty() {
            out.report(span, format!("the path part `{}` has a slash", shown(part)))
                .help("the root is there already: `!GetAtt Api.RootResourceId`");
        } else if bare != part {
            let title = format!("write `{bare}`");
            let finding = out.report(span, format!("the path part `{}` has a slash", shown(part)));
            let edit = Edit::Set { at: span, value: Written::text(bare) };
            finding.help(title.clone()).fix(Fix::safe(title, [edit]));
        } else if !used.contains(&*it.id.value) && !is_right(part) {
            // What is wrong in the path of a route is said there.
            out.report(span, format!("`{}` is no part of a path", shown(part)))
                .help("use letters, digits and `-._:`, or a variable alone: `{id}`, `{proxy+}`");
        }
    }
}

/// Whether API Gateway takes a path part.
fn is_right(part: &str) -> bool {
    match part.strip_prefix('{').and_then(|it| it.strip_suffix('}')) {
        Some(name) => !name.trim_end_matches('+').is_empty() && !name.contains(['{', '}']),
        None => part.chars().all(|it| is_path_part(it) || it == ','),
    }
}

/// The resources on whose paths there are methods.
fn used(template: &Template<'_>) -> FxHashSet<String> {
    let mut out = FxHashSet::default();
    for method in template.of_type("AWS::ApiGateway::Method") {
        let mut next = method.get("ResourceId").and_then(named);
        while let Some((id, _)) = next {
            let Some(it) = template.get(&id).filter(|it| it.of == RESOURCE) else { break };
            if !out.insert(id) {
                break;
            }
            next = it.get("ParentId").and_then(named);
        }
    }
    out
}
