use gatewright_ir::{Located, RouteSettings};
use gatewright_source::{Severity, Span};
use rustc_hash::FxHashSet;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unencrypted-cache",
    page: include_str!("unencrypted_cache.md"),
    severity: Severity::Warning,
    category: Category::Security,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    let clusters = ir.stages.values().filter_map(|it| it.cache.as_ref());
    let clusters = clusters.filter(|it| is_no(&it.encrypted)).map(|it| it.span);
    let routes = ir.routes.values().filter_map(|it| own(it.settings.as_deref()?));
    let stages = ir.stages.values().flat_map(|it| &it.routes).filter_map(|it| own(&it.1));
    let mut seen = FxHashSet::default();
    for span in clusters.chain(routes).chain(stages).filter(|it| seen.insert(*it)) {
        out.report(span, "answers lie in this cache without encryption")
            .help("remove `encrypted: false`")
            .help_in(Formats::TEMPLATES, "set `CacheDataEncrypted: true`");
    }
}

fn own(it: &RouteSettings) -> Option<Span> {
    it.cache.as_ref().filter(|it| it.enabled && it.encrypted.as_ref().is_some_and(is_no)).map(|it| it.span)
}

fn is_no(it: &Located<bool>) -> bool {
    it.value.known() == Some(&false)
}
