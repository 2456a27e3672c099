use gatewright_ir::{Authorization, Method, Route, RouteId};
use gatewright_source::Severity;
use rustc_hash::FxHashMap;

use super::super::words::advise_protection;
use super::protection::{is_answered, is_behind_policy, is_left_to_others, is_open_by_nature, is_public};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "api-key-only-protection",
    page: include_str!("api_key_only_protection.md"),
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
    // Who may reach the API at all was decided before.
    if is_behind_policy(ir) || ir.provenance.is_fragment && is_left_to_others(ir) {
        return;
    }
    let has_only_key = |it: &Route| {
        it.authorization == Authorization::None
            && it.key.value.method().is_some_and(|it| it != Method::Options)
            && !is_public(it)
            && !is_answered(ir, it)
            && !is_open_by_nature(it)
    };
    // A default holds for many routes: one finding.
    let mut places = Vec::new();
    let mut routes: FxHashMap<_, (RouteId, usize)> = FxHashMap::default();
    for (id, route) in ir.routes.iter().filter(|it| has_only_key(it.1)) {
        let Some(span) = route.api_key else { continue };
        let found = routes.entry(span).or_insert_with(|| {
            places.push(span);
            (id, 0)
        });
        found.1 += 1;
    }
    for span in places {
        let (id, count) = routes[&span];
        let key = ir.routes[id].key.value.as_str();
        let more = match count - 1 {
            0 => String::new(),
            1 => " and one more route".to_owned(),
            more => format!(" and {more} more routes"),
        };
        let finding = out
            .report(span, format!("an API key is all that protects `{key}`{more}"))
            .help("name an `authorizer`, too, or say why a key is enough: `public: REASON`");
        advise_protection(cx, Some(id), finding);
    }
}
