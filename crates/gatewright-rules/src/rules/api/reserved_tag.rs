use gatewright_ir::{Located, Name, Origin};
use gatewright_source::{Severity, Text};

use crate::limits::RESERVED_TAG_PREFIX;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "reserved-tag",
    page: include_str!("reserved_tag.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    tags(&cx.ir.api.tags, out);
    for it in cx.ir.functions.values() {
        if let Origin::Created(it) = &it.origin {
            tags(&it.tags, out);
        }
    }
    cx.ir.api_keys.values().for_each(|it| tags(&it.tags, out));
    cx.ir.usage_plans.values().for_each(|it| tags(&it.tags, out));
    cx.ir.stages.values().for_each(|it| tags(&it.tags, out));
    cx.ir.domains.values().for_each(|it| tags(&it.tags, out));
}

fn tags(tags: &[(Name, Located<Text>)], out: &mut Findings) {
    for (name, _) in tags {
        let start = name.value.get(..RESERVED_TAG_PREFIX.len());
        if start.is_some_and(|it| it.eq_ignore_ascii_case(RESERVED_TAG_PREFIX)) {
            out.report(name.span, format!("the tag `{}` begins with `aws:`, which is reserved", name.value))
                .help("give the tag a prefix of your own");
        }
    }
}
