use gatewright_ir::Raw;
use gatewright_source::Severity;

use super::definition::{integrations, names_function};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unstated-payload-format",
    page: include_str!("unstated_payload_format.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Strict,
    fix: None,
    kinds: Kinds::HTTP,
    formats: Formats::BODIES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(definition) = cx.ir.provenance.definition() else { return };
    let is_proxy = |it: &&Raw| {
        it.get("type").and_then(Raw::as_str).is_some_and(|it| it.eq_ignore_ascii_case("aws_proxy"))
    };
    let unstated = integrations(definition)
        .filter(is_proxy)
        .filter(|it| it.get("payloadFormatVersion").is_none() && it.get("integrationSubtype").is_none());
    let uris: Vec<&Raw> = unstated.filter_map(|it| it.get("uri")).filter(|it| names_function(it)).collect();
    let Some(first) = uris.first() else { return };
    let more = match uris.len() {
        1 => String::new(),
        2 => ", here and in another integration".to_owned(),
        many => format!(", here and in {} more integrations", many - 1),
    };
    out.report(first.span, format!("nothing says in which format the function gets requests{more}"))
        .help("write `payloadFormatVersion`, `1.0` or `2.0`, as the function expects it")
        .help_in(
            Formats::BODIES,
            "write `payloadFormatVersion: \"2.0\"`, or `\"1.0\"`, as the function expects it",
        );
}
