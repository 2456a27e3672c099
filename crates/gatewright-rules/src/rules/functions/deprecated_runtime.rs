use gatewright_ir::{Data, Format, Raw};
use gatewright_source::{Severity, Span};

use super::super::serverless::document::{certain, entries, under};
use super::runtimes::{RETIRED, of, successor};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "deprecated-runtime",
    page: include_str!("deprecated_runtime.md"),
    severity: Severity::Warning,
    category: Category::Reliability,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    for (name, span) in cx.ir.functions.values().filter_map(of).chain(of_unseen(cx)) {
        let Some((_, creatable)) = RETIRED.iter().find(|it| it.0 == name) else { continue };
        let message = if *creatable {
            format!("the runtime `{name}` gets no security updates any more")
        } else {
            format!("Lambda creates no functions with the runtime `{name}` any more")
        };
        out.report(span, message)
            .repeated("function", name)
            .help(format!("move to a newer one: `{}`", successor(name)));
    }
}

/// The runtime that a service gives to functions which stand in files that are not seen.
fn of_unseen<'c>(cx: &Context<'c>) -> Option<(&'c str, Span)> {
    let ir = cx.ir;
    if ir.provenance.format != Format::Serverless {
        return None;
    }
    let is_unseen = |it: &Raw| it.function().is_some();
    let functions = under(ir, &["functions"])?;
    let any_unseen = match &functions.data {
        Data::List(parts) => parts.iter().any(is_unseen),
        _ => is_unseen(functions) || entries(functions).iter().any(|it| is_unseen(&it.1)),
    };
    let runtime = certain(ir, &["provider", "runtime"]).filter(|_| any_unseen)?;
    Some((runtime.as_str()?, runtime.span))
}
