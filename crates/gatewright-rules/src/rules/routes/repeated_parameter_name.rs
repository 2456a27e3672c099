use gatewright_ir::{Ir, Route, Value};
use gatewright_source::{Severity, Span};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "repeated-parameter-name",
    page: include_str!("repeated_parameter_name.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

/// Where a parameter of a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Path,
    Query,
    Header,
}

impl Place {
    fn what(self) -> &'static str {
        match self {
            Self::Path => "path variable",
            Self::Query => "query parameter",
            Self::Header => "header",
        }
    }
}

struct Parameter<'i> {
    name: &'i str,
    place: Place,
    span: Span,
}

fn check(cx: &Context<'_>, out: &mut Findings) {
    // What an integration maps is the mistake of all routes that use it: one finding.
    let mut seen: FxHashSet<Span> = FxHashSet::default();
    for route in cx.ir.routes.values() {
        let mut known: FxHashMap<&str, Parameter<'_>> = FxHashMap::default();
        for it in declared(cx.ir, route) {
            let Some(first) = known.get(it.name) else {
                known.insert(it.name, it);
                continue;
            };
            if first.place != it.place && seen.insert(it.span) {
                let (name, place, other) = (it.name, it.place.what(), first.place.what());
                out.report(it.span, format!("the {place} `{name}` has the name of a {other}"))
                    .label(first.span, format!("the {other}"))
                    .help("rename one of them: all parameters of a method need different names");
            }
        }
    }
}

/// The parameters that a method declares, in the order in which they are best understood.
fn declared<'i>(ir: &'i Ir, route: &'i Route) -> impl Iterator<Item = Parameter<'i>> {
    let path = route.key.value.variables().map(|name| (name, Place::Path, route.key.span));
    let validation = route.validation.iter();
    let validated = validation.flat_map(|it| {
        let query = it.query.iter().map(|it| (&*it.value, Place::Query, it.span));
        query.chain(it.headers.iter().map(|it| (&*it.value, Place::Header, it.span)))
    });
    let keys = route.cache_key.iter().filter_map(|it| read(&it.value, it.span));
    let integration = route.target.integration().map(|it| &ir.integrations[it]);
    let mapped = integration.into_iter().flat_map(|it| &it.request_parameters);
    let mapped = mapped.filter_map(|it| match &it.source.value {
        Value::Known(text) => read(text, it.source.span),
        Value::Deferred(_) => None,
    });
    let all = path.chain(validated).chain(keys).chain(mapped);
    all.map(|(name, place, span)| Parameter { name, place, span })
}

/// The parameter that an expression reads.
fn read(text: &str, span: Span) -> Option<(&str, Place, Span)> {
    let (place, name) = text.strip_prefix("method.request.")?.split_once('.')?;
    let place = match place {
        "path" => Place::Path,
        "querystring" | "multivaluequerystring" => Place::Query,
        "header" | "multivalueheader" => Place::Header,
        _ => return None,
    };
    Some((name, place, span))
}
