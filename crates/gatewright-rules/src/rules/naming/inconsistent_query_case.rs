use gatewright_ir::{Data, Raw};
use gatewright_source::Severity;

use super::casing::{Place, Subject, report};
use crate::rules::openapi::definition::parameters;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "inconsistent-query-case",
    page: include_str!("inconsistent_query_case.md"),
    severity: Severity::Warning,
    category: Category::Design,
    preset: Preset::All,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let mut names: Vec<Place<'_>> = Vec::new();
    match cx.ir.provenance.definition() {
        Some(definition) => {
            let parameters = parameters(definition).filter(|it| is_query(it));
            names.extend(parameters.filter_map(|it| it.get("name")).filter_map(|it| match &it.data {
                Data::String(name) => Some((&**name, it.span)),
                _ => None,
            }));
        }
        None => {
            let checked = cx.ir.routes.values().filter_map(|it| it.validation.as_ref());
            names.extend(checked.flat_map(|it| &it.query).map(|it| (&*it.value, it.span)));
        }
    }
    let of = Subject { names: "query parameters", agreed: cx.settings.naming.query };
    report(&of, names, out);
}

fn is_query(parameter: &Raw) -> bool {
    parameter.get("in").and_then(Raw::as_str) == Some("query")
}
