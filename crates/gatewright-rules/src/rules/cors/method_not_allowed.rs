use gatewright_ir::{ApiKind, Authorization, Located, Method, Route};
use gatewright_source::{Severity, Text};
use rustc_hash::FxHashSet;

use super::browsers::METHODS;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "cors-method-not-allowed",
    page: include_str!("method_not_allowed.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::ALL,
    check: Check::Api(check),
};

/// The methods that browsers ask for: they send GET, HEAD and POST unasked.
///
/// Source: https://fetch.spec.whatwg.org/#cors-safelisted-method
const ASKED_FOR: [Method; 3] = [Method::Put, Method::Patch, Method::Delete];

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(cors) = cx.ir.api.cors.policy() else { return };
    let methods = &cors.allow_methods;
    // Of a REST API's path, then those are allowed which it has.
    if methods.is_empty() && cx.ir.api.kind == ApiKind::Rest {
        return;
    }
    // A method that there is not was meant to be another one.
    let known = |it: &Located<Text>| it.value.as_str().is_some_and(|it| METHODS.contains(&it));
    if !methods.iter().all(known) {
        return;
    }
    // Where preflight requests are answered path by path, the others are not for web pages.
    let preflights: FxHashSet<&str> =
        cx.ir.provenance.preflights.iter().filter_map(|it| it.value.path()).collect();
    for method in ASKED_FOR {
        if methods.iter().any(|it| it.value.as_str() == Some(method.as_str())) {
            continue;
        }
        // Who signs requests with AWS credentials is rarely a browser.
        let is_meant = |it: &&Route| {
            let key = &it.key.value;
            key.method() == Some(method)
                && it.authorization != Authorization::Iam
                && (preflights.is_empty() || key.path().is_some_and(|it| preflights.contains(it)))
        };
        let Some(route) = cx.ir.routes.values().find(is_meant) else { continue };
        let key = route.key.value.as_str();
        let name = method.as_str();
        let finding = out
            .report(route.key.span, format!("web pages may not call `{key}`: its method is not allowed"))
            .help(format!("add `{name}` to `allowMethods`"));
        if let (Some(first), Some(last)) = (methods.first(), methods.last()) {
            finding.label(first.span.to(last.span), "what they may send");
        }
    }
}
