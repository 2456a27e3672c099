use gatewright_graph::{Entity, name};
use gatewright_ir::is_sam;
use gatewright_source::Severity;

use crate::place::place;
use crate::rules::policies::policy_names_own_api;
use crate::rules::words::list;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "circular-reference",
    page: include_str!("circular_reference.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::GATEWRIGHT,
    check: Check::Api(check),
};

/// How many of a circle are named in the message.
const NAMED: usize = 3;

fn check(cx: &Context<'_>, out: &mut Findings) {
    for circle in cx.graph.cycles() {
        let Some(first) = circle.first() else { continue };
        // Another rule says more about this one.
        if circle == [Entity::Api] && !policy_names_own_api::places(cx.ir).is_empty() {
            continue;
        }
        // SAM makes several resources of one: which of them need each other, only it knows.
        let is_sam = |it: &Entity| match it {
            Entity::Resource(at) => cx.ir.template.resources.get(*at).is_some_and(|it| is_sam(&it.1)),
            _ => false,
        };
        if circle.iter().any(is_sam) {
            continue;
        }
        let names: Vec<String> = circle.iter().map(|it| name(cx.ir, *it)).collect();
        let short: Vec<&str> = names.iter().map(|it| &**it).collect();
        let message = match short.len() {
            1 => format!("`{}` refers to itself", short[0]),
            all if all <= NAMED => format!("{} need each other in a circle", list(&short)),
            all => format!("`{}` and {} others need each other in a circle", short[0], all - 1),
        };
        let mut finding = out.report(place(cx.ir, *first), message);
        for (at, it) in circle.iter().enumerate().skip(1) {
            let next = short[(at + 1) % short.len()];
            finding = finding.label(place(cx.ir, *it), format!("needs `{next}`"));
        }
        finding.help("take one of the references away, or move it into a resource of its own");
    }
}
