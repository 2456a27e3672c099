use gatewright_source::{Edit, Fix, Safety, Severity};

use super::method_settings::{PLACES, lists, settings};
use crate::rules::cloudformation::property::{is_absent, is_whole};
use crate::rules::cloudformation::template::api_id;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "empty-method-setting",
    page: include_str!("empty_method_setting.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Strict,
    fix: Some(Safety::Safe),
    kinds: Kinds::REST,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let (Some(api), Some(template)) = (api_id(cx.ir), cx.template()) else { return };
    for list in lists(template, api) {
        let is_empty = |it: &&gatewright_ir::Raw| {
            it.function().is_none()
                && is_whole(it)
                && settings(it) == 0
                && PLACES.iter().all(|place| !is_absent(it, place))
        };
        for entry in list.iter().filter(is_empty) {
            let edit = Edit::Remove { entry: entry.span };
            let finding = out.report(entry.span, "these method settings set nothing").help("remove them");
            // An empty list would be left.
            if list.len() > 1 {
                finding.fix(Fix::safe("remove them", [edit]));
            }
        }
    }
}
