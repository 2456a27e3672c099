use gatewright_ir::{Method, Route, RouteId};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "body-validation-on-get",
    page: include_str!("body_validation_on_get.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Route(check),
};

fn check(cx: &Context<'_>, _: RouteId, route: &Route, out: &mut Findings) {
    let Some(method @ (Method::Get | Method::Head)) = route.key.value.method() else { return };
    let Some((_, model, span)) = route.validation.as_ref().and_then(|it| it.body.first()) else { return };
    let name = &cx.ir.models[*model].name.value;
    out.report(*span, format!("a {} request has no body that could fit `{name}`", method.as_str()))
        .help("validate `query` or `headers` instead, or take requests with a body by `POST`")
        .help_in(
            Formats::FOREIGN,
            "check the query string or the headers instead, or take requests with a body by `POST`",
        );
}
