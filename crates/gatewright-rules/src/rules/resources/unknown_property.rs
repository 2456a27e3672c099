use gatewright_source::{Edit, Fix, Safety, Severity, Written};

use super::shape::{Part, parts};
use super::types;
use crate::rules::cloudformation::property::entries;
use crate::rules::cloudformation::template::Resource;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unknown-property",
    page: include_str!("unknown_property.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Unsafe),
    kinds: Kinds::ALL,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(template) = cx.template().filter(|_| cx.is_first) else { return };
    for (resource, shape) in types(template) {
        for part in parts(resource, shape) {
            report(resource, part, out);
        }
    }
}

fn report(resource: &Resource<'_>, part: Part<'_>, out: &mut Findings) {
    let Some(keys) = part.shape.keys else { return };
    for (name, _) in entries(part.it) {
        let key = &*name.value;
        // SAM marks templates that it made with keys such as `__MANAGE_SWAGGER`.
        if keys.split(' ').any(|it| it == key) || key.starts_with("__") {
            continue;
        }
        let near = out.did_you_mean(key, keys.split(' '));
        let whose = match part.key {
            None => format!("`{}`", resource.of),
            Some(it) => format!("`{}` of `{}`", it.value, resource.of),
        };
        let finding = out.report(name.span, format!("{whose} has no property `{key}`"));
        let Some(near) = near else {
            // The registry may have learnt a new one.
            finding.help("CloudFormation refuses what it does not know; leave it out").warning();
            continue;
        };
        let finding = finding.help(format!("did you mean `{near}`?"));
        if part.it.get(near).is_none() {
            let edit = Edit::Set { at: name.span, value: Written::text(near) };
            finding.fix(Fix::needs_a_look(format!("write `{near}`"), [edit]));
        }
    }
}
