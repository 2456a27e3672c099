use gatewright_ir::{Generated, Segment};
use gatewright_source::Severity;

use super::casing::{Subject, report};
use crate::rules::routes::part::part;
use crate::rules::routes::shape::places;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "inconsistent-path-variable-case",
    page: include_str!("inconsistent_path_variable_case.md"),
    severity: Severity::Warning,
    category: Category::Design,
    preset: Preset::All,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let routes = cx.ir.routes.iter().filter(|it| !cx.ir.provenance.is_deferred(Generated::Route(it.0)));
    let names = routes.flat_map(|(_, route)| {
        let key = &route.key;
        places(&key.value).filter_map(|(at, segment)| match segment {
            Segment::Variable(it) | Segment::Greedy(it) => {
                Some((it, part(cx, key.span, key.value.as_str(), at)))
            }
            Segment::Literal(_) => None,
        })
    });
    let of = Subject { names: "path variables", agreed: cx.settings.naming.path_variables };
    report(&of, names, out);
}
