use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule, limits};

pub(super) static RULE: Rule = Rule {
    name: "reserved-path",
    page: include_str!("reserved_path.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(domain) = cx.ir.domains.values().find(|it| !it.mappings.is_empty()) else { return };
    for route in cx.ir.routes.values() {
        let key = &route.key;
        if let Some(path) = key.value.path().filter(|it| limits::RESERVED_PATHS.contains(it)) {
            out.report(key.span, format!("behind a custom domain, `{path}` belongs to API Gateway"))
                .label(domain.name.span, "the domain")
                .help("choose another path, such as `/health`");
        }
    }
}
