use gatewright_source::Severity;
use rustc_hash::FxHashMap;

use super::template::{Resource, api_id};
use crate::rules::words::list;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "repeated-integration",
    page: include_str!("repeated_integration.md"),
    severity: Severity::Warning,
    category: Category::Design,
    preset: Preset::All,
    fix: None,
    kinds: Kinds::V2,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

/// How many of them are named.
const SHOWN: usize = 3;

fn check(cx: &Context<'_>, out: &mut Findings) {
    let (Some(template), Some(api)) = (cx.template(), api_id(cx.ir)) else { return };
    let mut groups: Vec<Vec<&Resource<'_>>> = Vec::new();
    let mut known: FxHashMap<String, usize> = FxHashMap::default();
    for it in template.parts(api).filter(|it| it.of == "AWS::ApiGatewayV2::Integration") {
        // What answers are made of is a part of its own in WebSocket APIs.
        let Some(properties) = it.whole.get("Properties").filter(|_| it.condition.is_none()) else {
            continue;
        };
        let at = *known.entry(properties.to_json().to_string()).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.push(it),
            None => groups.push(vec![it]),
        }
    }
    for group in groups.iter().filter(|it| it.len() > 1) {
        let Some((first, others)) = group.split_first() else { continue };
        let names: Vec<&str> = others.iter().take(SHOWN).map(|it| &*it.id.value).collect();
        let message = match others.len() {
            many if many > SHOWN => {
                format!("`{}` and {many} more integrations are all the same", first.id.value)
            }
            _ => format!("{} repeats `{}` in everything", list(&names), first.id.value),
        };
        let message =
            if (2..=SHOWN).contains(&others.len()) { message.replace("repeats", "repeat") } else { message };
        let mut finding = out.report(others[0].id.span, message).label(first.id.span, "the first of them");
        for it in others.iter().skip(1).take(SHOWN - 1) {
            finding = finding.label(it.id.span, "and this one");
        }
        finding.help("keep one, and let all routes name it as their `Target`");
    }
}
