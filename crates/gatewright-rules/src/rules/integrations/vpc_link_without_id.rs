use gatewright_ir::{Raw, Span};
use gatewright_source::Severity;

use crate::rules::cloudformation::property::{entries, is_absent, is_whole};
use crate::rules::openapi::definition::integrations;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "vpc-link-without-id",
    page: include_str!("vpc_link_without_id.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::BODIES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    for it in cx.ir.provenance.definition().into_iter().flat_map(integrations) {
        look(it, ["connectionType", "connectionId"], out);
    }
    let Some(template) = cx.template().filter(|_| cx.is_first) else { return };
    let own = |it: &Raw| it.get("Integration").is_some();
    for it in template.of_type("AWS::ApiGateway::Method").filter(|it| it.properties().is_some_and(own)) {
        look(it.get("Integration").unwrap_or(it.whole), ["ConnectionType", "ConnectionId"], out);
    }
    for it in template.of_type("AWS::ApiGatewayV2::Integration").filter_map(|it| it.properties()) {
        look(it, ["ConnectionType", "ConnectionId"], out);
    }
}

fn look(it: &Raw, [kind, id]: [&str; 2], out: &mut Findings) {
    if let Some(span) = private(it, kind).filter(|_| is_whole(it) && is_absent(it, id)) {
        out.report(span, "the integration goes through a VPC link and names none")
            .help(format!("add `{id}` with the id of the VPC link"));
    }
}

/// Where it is said that a VPC link is used.
fn private(it: &Raw, key: &str) -> Option<Span> {
    let (_, value) = entries(it).iter().find(|it| &*it.0.value == key)?;
    value.as_str().filter(|it| it.eq_ignore_ascii_case("VPC_LINK")).map(|_| value.span)
}
