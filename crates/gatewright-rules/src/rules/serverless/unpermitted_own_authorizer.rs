use gatewright_ir::{ApiKind, Data, Ir, Raw};
use gatewright_source::{Severity, Span};

use super::document::{at, entries, events, functions, is_true, under};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unpermitted-own-authorizer",
    page: include_str!("unpermitted_own_authorizer.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::SERVERLESS,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    // A permission that is written out may be the one.
    if ir.provenance.is_fragment || permits(ir) {
        return;
    }
    let mut told: Vec<&str> = Vec::new();
    for (function, span) in managed_externally(ir) {
        let is_here = || functions(ir).any(|it| *it.0.value == *function);
        let kind = if ir.api.kind == ApiKind::Rest { "http" } else { "httpApi" };
        // A function with events of its own may be called by the whole API.
        let has_own = || events(ir, kind).any(|it| *it.0.value == *function);
        if told.contains(&function) || !is_here() || has_own() {
            continue;
        }
        told.push(function);
        let message = format!("nothing lets API Gateway call `{function}`, which is in this service");
        out.report(span, message).help_in(
            Formats::SERVERLESS,
            "remove `managedExternally`, and the framework makes the permission",
        );
    }
}

/// The functions of authorizers that say that somebody else permits them to be called.
fn managed_externally(ir: &Ir) -> Vec<(&str, Span)> {
    let said = |it: &Raw| at(it, &["managedExternally"]).filter(|it| is_true(it)).map(|it| it.span);
    if ir.api.kind == ApiKind::Rest {
        let of = |event| {
            let it = at(event, &["authorizer"])?;
            if at(it, &["arn"]).is_some() || at(it, &["authorizerId"]).is_some() {
                return None;
            }
            Some((at(it, &["name"])?.as_str()?, said(it)?))
        };
        return events(ir, "http").filter_map(|it| of(it.1)).collect();
    }
    let all = under(ir, &["provider", "httpApi", "authorizers"]).map(entries).unwrap_or_default();
    all.iter().filter_map(|(_, it)| Some((at(it, &["functionName"])?.as_str()?, said(it)?))).collect()
}

/// Whether there are permissions among the resources, or there may be.
fn permits(ir: &Ir) -> bool {
    let Some(resources) = under(ir, &["resources"]) else { return false };
    let parts = match &resources.data {
        Data::List(parts) => &parts[..],
        _ => std::slice::from_ref(resources),
    };
    parts.iter().any(|part| {
        let unseen = |it: &Raw| it.function().is_some();
        let all = at(part, &["Resources"]);
        unseen(part)
            || all.is_some_and(unseen)
            || all.map(entries).unwrap_or_default().iter().any(|(_, it)| {
                unseen(it)
                    || at(it, &["Type"]).is_some_and(|it| it.as_str() == Some("AWS::Lambda::Permission"))
            })
    })
}
