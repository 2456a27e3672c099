use gatewright_ir::Segment;
use gatewright_source::Severity;
use rustc_hash::FxHashSet;

use super::definition::{and_more, operations};
use super::reference::parameters;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "undeclared-path-variable",
    page: include_str!("undeclared_path_variable.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Strict,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::BODIES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(definition) = cx.ir.provenance.definition() else { return };
    // The operations without a parameter, by path and variable; and the places of those without a variable.
    let mut undeclared: Vec<(&str, &str, gatewright_ir::Span, String, usize)> = Vec::new();
    let mut seen = FxHashSet::default();
    for operation in operations(definition) {
        let Some(declared) = parameters(definition, &operation) else { continue };
        let path = &*operation.path.value;
        let variables: Vec<&str> = path
            .split('/')
            .filter_map(|it| match Segment::parse(it) {
                Segment::Variable(name) | Segment::Greedy(name) => Some(name),
                Segment::Literal(_) => None,
            })
            .collect();
        let declared = declared.iter().filter(|it| it.place == "path");
        let declared: Vec<_> = declared.filter_map(|it| Some((it.name.as_str()?, it.name.span))).collect();
        let mut is_renamed = false;
        for (name, span) in &declared {
            // Some write the name as it stands in the path.
            if variables.contains(name) || variables.contains(&name.trim_end_matches('+')) {
                continue;
            }
            is_renamed = true;
            if !seen.insert((*span, path)) {
                continue;
            }
            let near = out.did_you_mean(name, variables.iter().copied());
            let finding = out.report(*span, format!("`{path}` has no variable `{name}`"));
            let finding = finding.label(operation.path.span, "the path");
            match near {
                Some(near) => finding.help(format!("did you mean `{near}`?")),
                None => finding.help("write the name that stands in the path, or remove the parameter"),
            };
        }
        // A name that differs is one mistake. Whose answer is the same for all values, or who passes the whole path on,
        // needs no parameter.
        if is_renamed || &*operation.method.value == "options" || path.ends_with("+}") {
            continue;
        }
        for variable in variables {
            if declared.iter().any(|it| it.0.trim_end_matches('+') == variable) {
                continue;
            }
            // The operations of a path stand together.
            let mut of_path = undeclared.iter_mut().rev().take_while(|it| it.0 == path);
            match of_path.find(|it| it.1 == variable) {
                Some(known) => known.4 += 1,
                None => undeclared.push((path, variable, operation.path.span, operation.to_string(), 0)),
            }
        }
    }
    for (_, variable, span, route, others) in undeclared {
        let message = format!("the variable `{variable}` is no parameter of `{route}`{}", and_more(others));
        out.report(span, message).help_in(
            Formats::BODIES,
            format!("add it to `parameters`: `name: {variable}`, `in: path`, `required: true`"),
        );
    }
}
