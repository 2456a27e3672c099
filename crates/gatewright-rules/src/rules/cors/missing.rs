use gatewright_ir::{CorsSetting, Method, Route};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "cors-missing",
    page: include_str!("missing.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::GATEWRIGHT,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let api = &cx.ir.api;
    // Who takes OPTIONS requests answers browsers himself.
    let answers = |it: &Route| it.key.value.method() == Some(Method::Options);
    if matches!(api.cors, CorsSetting::Missing)
        && !cx.ir.routes.is_empty()
        && !cx.ir.routes.values().any(answers)
    {
        out.report(api.name.span, "nothing is said about `cors`, so that no web page may call this API")
            .help("name the web pages: `cors: { allowOrigins: [\"https://…\"] }`; if there are none, `cors: none`");
    }
}
