use gatewright_ir::{ApiKind, Backend, Located, Name, VpcLink};
use gatewright_source::{Severity, Span, Text};

use crate::limits::{
    MAX_API_NAME, MAX_API_VERSION, MAX_AUTHORIZER_NAME, MAX_DESCRIPTION, MAX_INTEGRATION_URI,
    MAX_OPERATION_NAME, MAX_SERVER_NAME, MAX_VPC_LINK_NAME,
};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "overlong-name",
    page: include_str!("overlong_name.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    // What is created by version 2 of API Gateway, in every kind of API.
    let created = |it: &&VpcLink| it.existing.is_none() && it.target.is_none();
    for it in ir.vpc_links.values().filter(created) {
        name(Some(&it.name), "the name of the VPC link", MAX_VPC_LINK_NAME, out);
    }
    if ir.api.kind == ApiKind::Rest {
        return;
    }
    name(Some(&ir.api.name), "the name of the API", MAX_API_NAME, out);
    name(ir.api.description.as_ref(), "this description", MAX_DESCRIPTION, out);
    name(ir.api.version.as_ref(), "the version of the API", MAX_API_VERSION, out);
    for it in ir.integrations.values() {
        name(it.description.as_ref(), "this description", MAX_DESCRIPTION, out);
        if let Backend::Http { uri, tls, .. } = &it.backend {
            located(Some(uri), "the URL of the backend", MAX_INTEGRATION_URI, out);
            located(tls.as_ref(), "the name on the certificate", MAX_SERVER_NAME, out);
        }
    }
    for it in ir.authorizers.values() {
        name(Some(&it.name), "the name of the authorizer", MAX_AUTHORIZER_NAME, out);
    }
    for it in ir.routes.values() {
        name(it.operation_name.as_deref(), "the name of the operation", MAX_OPERATION_NAME, out);
    }
    for it in ir.stages.values() {
        name(it.description.as_ref(), "this description", MAX_DESCRIPTION, out);
    }
}

fn located(it: Option<&Located<Text>>, what: &str, limit: usize, out: &mut Findings) {
    if let Some(it) = it
        && let Some(text) = it.value.as_str()
    {
        measure(text, it.span, what, limit, out);
    }
}

fn name(it: Option<&Name>, what: &str, limit: usize, out: &mut Findings) {
    if let Some(it) = it {
        measure(&it.value, it.span, what, limit, out);
    }
}

fn measure(text: &str, span: Span, what: &str, limit: usize, out: &mut Findings) {
    // Bytes are at least as many as characters: mostly nothing has to be counted.
    if text.len() > limit {
        let length = text.chars().count();
        if length > limit {
            out.report(span, format!("{what} has {length} characters"))
                .help(format!("shorten it to at most {limit}"));
        }
    }
}
