use gatewright_ir::{Name, Route, RouteId};
use gatewright_source::{Edit, Fix, Safety, Severity};

use crate::rules::integrations::rest_mapping::is_name;
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-parameter-name",
    page: include_str!("malformed_parameter_name.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Route(check),
};

fn check(_: &Context<'_>, _: RouteId, route: &Route, out: &mut Findings) {
    if let Some(it) = &route.validation {
        it.headers.iter().for_each(|it| name(it, "header", out));
        it.query.iter().for_each(|it| name(it, "query parameter", out));
    }
}

fn name(it: &Name, what: &str, out: &mut Findings) {
    let text = &*it.value;
    let bare = text.rsplit('.').next().unwrap_or(text);
    let is_expression = ["method.request.", "$request.", "header.", "querystring.", "query."];
    if is_expression.iter().any(|start| text.starts_with(start)) && is_name(bare) {
        out.report(it.span, format!("`{}` is an expression, not the name of a {what}", shown(text)))
            .help(format!("write `{bare}`"))
            .fix(Fix::safe(format!("write `{bare}`"), [Edit::reword(it.span, text, bare)]));
    } else if !is_name(text) {
        out.report(it.span, format!("`{}` may be refused as the name of a {what}", shown(text)))
            .help("use letters, digits and `._$-`");
    }
}
