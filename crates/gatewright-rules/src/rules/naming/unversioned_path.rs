use gatewright_ir::{Data, Generated, Ir, Raw};
use gatewright_source::Severity;

use super::version::{has_version, version_of, wants_version};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unversioned-path",
    page: include_str!("unversioned_path.md"),
    severity: Severity::Warning,
    category: Category::Design,
    preset: Preset::All,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    let is_unknown = ir.api.routes_unknown || ir.provenance.is_fragment;
    if is_unknown
        || is_versioned_elsewhere(ir)
        || ir.routes.values().any(|it| version_of(&it.key.value).is_some())
    {
        return;
    }
    let Some(first) = ir.routes.values().find(|it| wants_version(&it.key.value)) else { return };
    let path = first.key.value.path().unwrap_or_default();
    out.report(ir.api.name.span, format!("no path of `{}` bears a version", ir.api.name.value))
        .label(first.key.span, "this one does not, for example")
        .help(format!(
            "begin paths with one, such as `/v1{path}`, or map the API below `v1` of a custom domain"
        ));
}

/// Whether something else in the URL may bear a version: the host, a mapping, the stage; or only CloudFormation knows it.
fn is_versioned_elsewhere(ir: &Ir) -> bool {
    let is_deferred = |it: &Generated| {
        matches!(
            it,
            Generated::Stage(_) | Generated::Domain(_) | Generated::Mapping(..) | Generated::Route(_)
        )
    };
    let domains = || ir.domains.values();
    has_version(&ir.api.name.value)
        || ir.provenance.deferred_names.keys().any(is_deferred)
        || ir.stages.values().any(|it| has_version(&it.name.value))
        || domains().any(|it| has_version(&it.name.value))
        || domains().flat_map(|it| &it.mappings).any(|it| has_version(&it.key.value))
        || ir.provenance.definition().is_some_and(|it| {
            it.get("servers").is_some_and(says_version) || it.get("basePath").is_some_and(says_version)
        })
}

/// Whether a text somewhere in a value has a version, or the value is for CloudFormation to find out.
fn says_version(it: &Raw) -> bool {
    match &it.data {
        Data::String(text) => has_version(text),
        Data::List(items) => items.iter().any(says_version),
        Data::Map(entries) => it.function().is_some() || entries.iter().any(|it| says_version(&it.1)),
        _ => false,
    }
}
