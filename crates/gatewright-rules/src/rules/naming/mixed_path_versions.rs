use gatewright_ir::{Generated, Method};
use gatewright_source::Severity;

use super::version::{version_of, wants_version};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "mixed-path-versions",
    page: include_str!("mixed_path_versions.md"),
    severity: Severity::Warning,
    category: Category::Design,
    preset: Preset::Strict,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::ALL,
    check: Check::Api(check),
};

/// How many paths with a version there are to be for each one without: fewer may be the beginning of a change.
const MANY: usize = 3;

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    let routes = ir.routes.iter().filter(|it| {
        !ir.provenance.is_deferred(Generated::Route(it.0)) && it.1.key.value.method() != Some(Method::Options)
    });
    let (with, without): (Vec<_>, Vec<_>) = routes
        .map(|it| &it.1.key)
        .filter(|it| it.value.path().is_some())
        .partition(|it| version_of(&it.value).is_some());
    let without: Vec<_> = without.into_iter().filter(|it| wants_version(&it.value)).collect();
    let (Some(first), Some(example)) = (without.first(), with.first()) else { return };
    if with.len() < MANY * without.len() {
        return;
    }
    let more = match without.len() {
        1 => "has".to_owned(),
        2 => "and one more have".to_owned(),
        many => format!("and {} more have", many - 1),
    };
    let message =
        format!("`{}` {more} no version, and {} other paths have one", first.value.as_str(), with.len());
    let version = version_of(&example.value).unwrap_or_default();
    let path = first.value.path().unwrap_or_default();
    out.report(first.span, message)
        .label(example.span, format!("this one bears `{version}`"))
        .help(format!("give it one, too, such as `/{version}{path}`"));
}
