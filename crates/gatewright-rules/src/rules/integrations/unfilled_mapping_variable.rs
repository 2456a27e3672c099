use gatewright_ir::{ApiKind, Id, Ir, RouteId, RouteKey};
use gatewright_source::{Severity, Span, did_you_mean};

use super::mapping::{expressions, sources};
use super::unfilled_uri_variable::is_malformed;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unfilled-mapping-variable",
    page: include_str!("unfilled_mapping_variable.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::ALL,
    check: Check::Api(check),
};

/// A path variable that an integration reads, and whether a route has it.
struct Variable<'i> {
    name: &'i str,
    span: Span,
    filled: bool,
}

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    // In the syntax of each kind of API.
    let prefix = if ir.api.kind == ApiKind::Rest { "method.request.path." } else { "$request.path." };
    let mut read = read(ir);
    if read.iter().all(Vec::is_empty) {
        return;
    }
    let mut user: Vec<Option<RouteId>> = vec![None; ir.integrations.len()];
    for (id, route) in ir.routes.iter() {
        let Some(integration) = route.target.integration() else { continue };
        user[integration.index()].get_or_insert(id);
        for it in &mut read[integration.index()] {
            it.filled |= fills(&route.key.value, it.name);
        }
    }
    for (variables, user) in read.iter().zip(user) {
        // One that no route uses is reported by itself.
        let Some(user) = user else { continue };
        let key = &ir.routes[user].key;
        for it in variables.iter().filter(|it| !it.filled) {
            let name = it.name;
            let finding = out
                .report(it.span, format!("no route gives `{prefix}{name}` a value"))
                .label(key.span, format!("no `{{{name}}}` here"));
            finding.help(match (name.strip_suffix('+'), did_you_mean(name, key.value.variables())) {
                (Some(greedy), _) => {
                    format!("write `{prefix}{greedy}`: a greedy variable is named without its `+`")
                }
                (None, Some(near)) => format!("did you mean `{prefix}{near}`?"),
                (None, None) => format!("add `{{{name}}}` to the path of the route, or take it out of here"),
            });
        }
    }
}

/// The path variables that each integration reads, once each.
fn read(ir: &Ir) -> Vec<Vec<Variable<'_>>> {
    let of = |it| {
        let mut out: Vec<Variable<'_>> = Vec::new();
        for source in sources(it) {
            let Some(text) = source.value.as_str() else { continue };
            let names: Vec<&str> = if ir.api.kind == ApiKind::Rest {
                text.strip_prefix("method.request.path.").into_iter().collect()
            } else {
                expressions(text).filter_map(|it| it.strip_prefix("request.path.")).collect()
            };
            for name in names {
                if !name.is_empty() && !out.iter().any(|it| it.name == name) {
                    out.push(Variable { name, span: source.span, filled: false });
                }
            }
        }
        out
    };
    ir.integrations.values().map(of).collect()
}

/// Whether a route has a variable, or nobody can be sure.
fn fills(key: &RouteKey, name: &str) -> bool {
    // What `$default` makes of the variable of a greedy route is not documented.
    key.variables().any(|it| it == name)
        || key.is_malformed()
        || if key.is_default() { name == "proxy" } else { is_malformed(key.segments()) }
}
