use gatewright_ir::{Data, Raw};
use gatewright_source::Severity;

use super::document::{entries, under};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "api-key-outside-usage-plans",
    page: include_str!("api_key_outside_usage_plans.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::SERVERLESS,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let plans = under(cx.ir, &["provider", "apiGateway", "usagePlan"]);
    let Some(Data::List(keys)) = under(cx.ir, &["provider", "apiGateway", "apiKeys"]).map(|it| &it.data)
    else {
        return;
    };
    if plans.is_some_and(|it| it.function().is_some()) {
        return;
    }
    let (names, named): (Vec<&str>, bool) = match plans.map(|it| &it.data) {
        Some(Data::List(plans)) if plans.iter().all(|it| !entries(it).is_empty()) => {
            (plans.iter().flat_map(entries).map(|it| &*it.0.value).collect(), true)
        }
        Some(Data::List(_)) => return,
        _ => (Vec::new(), false),
    };
    for key in keys {
        let first = entries(key).first();
        // `free: [key]` is for the plan `free`; anything else is a key itself.
        let group = first.filter(|it| matches!(it.1.data, Data::List(_)));
        match group {
            Some((name, _)) if !names.contains(&&*name.value) => {
                let finding = out.report(name.span, format!("there is no usage plan `{}`", name.value));
                finding.help_in(
                    Formats::SERVERLESS,
                    format!("add it to `usagePlan`: `- {}: {{ … }}`", name.value),
                );
            }
            None if named && is_key(key) => {
                let message = "this API key belongs to none of the usage plans".to_owned();
                let example = names.first().copied().unwrap_or("free");
                let finding = out.report(key.span, message);
                finding.help_in(
                    Formats::SERVERLESS,
                    format!("put it under the name of its plan: `- {example}: [key]`"),
                );
            }
            _ => {}
        }
    }
}

/// Whether it is a key: text, or a mapping with a name. What a variable decides may be anything.
fn is_key(it: &Raw) -> bool {
    it.as_str().is_some() || it.get("name").is_some() || it.get("value").is_some()
}
