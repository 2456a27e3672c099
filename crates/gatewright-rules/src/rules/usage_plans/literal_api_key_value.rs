use gatewright_source::{Edit, Fix, Safety, Severity};

use super::values::{LENGTH, values};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "literal-api-key-value",
    page: include_str!("literal_api_key_value.md"),
    severity: Severity::Warning,
    category: Category::Security,
    preset: Preset::Recommended,
    fix: Some(Safety::Unsafe),
    kinds: Kinds::NOT_HTTP,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    // One that API Gateway refuses lets nobody in.
    for (name, _, span) in values(cx.ir).filter(|it| LENGTH.contains(&it.1.chars().count())) {
        out.report(span, format!("the value of the API key `{name}` stands here in clear"))
            .help("leave `value` out, or refer to a secret: `\"{{resolve:secretsmanager:NAME}}\"`")
            .fix_in(Formats::GATEWRIGHT.and(Formats::TEMPLATES), || {
                Some(Fix::needs_a_look("leave it to API Gateway", [Edit::remove(span)]))
            });
    }
}
