use gatewright_ir::ApiKind;
use gatewright_source::{Edit, Fix, Safety, Severity};

use super::definition::integrations;
use crate::rules::words::{list, shown};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unknown-integration-type",
    page: include_str!("unknown_integration_type.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::PATHS,
    formats: Formats::BODIES,
    check: Check::Api(check),
};

/// The types of integrations; those of HTTP APIs come first.
///
/// Source: API Gateway Developer Guide, "x-amazon-apigateway-integration object".
const TYPES: [&str; 5] = ["aws_proxy", "http_proxy", "aws", "http", "mock"];

fn check(cx: &Context<'_>, out: &mut Findings) {
    let provenance = &cx.ir.provenance;
    let Some(definition) = provenance.definition() else { return };
    let http = cx.ir.api.kind == ApiKind::Http && !provenance.kind_undecided;
    let known = if http { &TYPES[..2] } else { &TYPES[..] };
    for integration in integrations(definition) {
        let Some((text, span)) = integration.get("type").and_then(|it| Some((it.as_str()?, it.span))) else {
            continue;
        };
        let lower = text.to_ascii_lowercase();
        if known.contains(&&*lower) || text.contains("${") {
            continue;
        }
        if TYPES.contains(&&*lower) {
            // An import leaves the integration out, and says so in a warning only.
            let proxy = if lower == "mock" { "http_proxy".to_owned() } else { format!("{lower}_proxy") };
            out.report(span, format!("an HTTP API has no integrations of the type `{text}`"))
                .help(format!("write `{proxy}`, or make it a REST API"))
                .fix(Fix::needs_a_look(format!("write `{proxy}`"), [Edit::reword(span, text, &*proxy)]));
            continue;
        }
        let near = out.did_you_mean(&lower, known.iter().copied());
        let finding = out.report(span, format!("there is no integration type `{}`", shown(text)));
        match near {
            Some(near) => {
                finding.help(format!("did you mean `{near}`?")).fix(Fix::spelling(span, text, near))
            }
            None => finding.help(format!("known are {}", list(known))),
        };
    }
}
