use gatewright_ir::Raw;
use gatewright_source::Severity;

use super::definition::{and_more, entries, operations};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "undocumented-error-response",
    page: include_str!("undocumented_error_response.md"),
    severity: Severity::Warning,
    category: Category::Design,
    preset: Preset::All,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::BODIES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(definition) = cx.ir.provenance.definition() else { return };
    let written = operations(definition).filter(|it| it.is_written_out() && &*it.method.value != "options");
    let mut silent = written.filter(|it| it.it.get("responses").is_none_or(|it| !names_error(it)));
    let Some(first) = silent.next() else { return };
    let more = silent.count();
    let verb = if more == 0 { "describes" } else { "describe" };
    out.report(first.method.span, format!("`{first}`{} {verb} no error", and_more(more)))
        .help("describe what callers get when it goes wrong, at least as `4XX` or `default`");
}

/// Whether there is an answer for a mistake: of the caller, of the server, or for everything else.
fn names_error(responses: &Raw) -> bool {
    responses.function().is_some()
        || entries(Some(responses)).iter().any(|(status, _)| {
            let status = &*status.value;
            status == "default" || status == "$ref" || status.starts_with(['4', '5'])
        })
}
