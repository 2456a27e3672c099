use gatewright_ir::{Authorization, Id};
use gatewright_source::Severity;

use super::browsers::{has_credentials, has_deferred, header, is_asked_for};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "cors-header-not-allowed",
    page: include_str!("header_not_allowed.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::HTTP,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    let Some(cors) = ir.api.cors.policy() else { return };
    let headers = &cors.allow_headers;
    let wildcard = headers.iter().any(|it| it.value.as_str() == Some("*"));
    // An item with several headers is reported by itself.
    if headers.iter().any(|it| it.value.as_str().is_some_and(|it| it.contains(','))) {
        return;
    }
    // With credentials, `cors-wildcard-ignored-with-credentials` says what is wrong.
    if has_deferred(headers) || wildcard && has_credentials(cors) {
        return;
    }
    let is_allowed = |header: &str| {
        wildcard && header != "authorization"
            || headers
                .iter()
                .any(|it| it.value.as_str().is_some_and(|it| it.trim().eq_ignore_ascii_case(header)))
    };
    let mut used = vec![false; ir.authorizers.len()];
    for route in ir.routes.values() {
        if let Authorization::Authorizer(id) = route.authorization {
            used[id.index()] = true;
        }
    }
    let mut missing = Vec::new();
    for (id, authorizer) in ir.authorizers.iter().filter(|it| used[it.0.index()]) {
        let asked = || {
            let of = |it| header(it).filter(|header| is_asked_for(header)).map(|header| (it, header));
            authorizer.identity.iter().filter_map(of)
        };
        let before = missing.len();
        missing.extend(asked().filter(|it| !is_allowed(&it.1)).map(|(it, header)| (id, it.span, header)));
        // Web pages have a way in: the other authorizers may be for other programs.
        if before == missing.len() && asked().next().is_some() {
            return;
        }
    }
    for (id, span, header) in missing {
        let name = &ir.authorizers[id].name.value;
        let finding = if wildcard {
            out.report(span, format!("`*` does not let web pages send `authorization`, which `{name}` reads"))
        } else {
            out.report(span, format!("web pages may not send `{header}`, which `{name}` reads"))
        };
        let finding = finding.help(format!("add `{header}` to `allowHeaders`"));
        if let (Some(first), Some(last)) = (headers.first(), headers.last()) {
            finding.label(first.span.to(last.span), "what they may send");
        }
    }
}
