//! Checks what CloudFormation functions refer to: `!Ref`, `!GetAtt`, `!Sub`, `!If`, `!FindInMap`, `DependsOn`.

use gatewright_source::{Diagnostic, Span, did_you_mean};
use gatewright_spec::{Data, Raw};
use rustc_hash::FxHashSet;

use super::Lowering;

/// What a name must be.
#[derive(Clone, Copy, PartialEq)]
enum Sort {
    /// A parameter or a resource.
    Value,
    /// A resource.
    Resource,
    /// A condition.
    Condition,
    /// A mapping.
    Mapping,
}

struct Reference {
    sort: Sort,
    name: String,
    span: Span,
}

impl Lowering<'_> {
    pub(super) fn references(&mut self) {
        let mut found = Vec::new();
        for it in std::mem::take(&mut self.deferred) {
            collect(&it, &mut found);
        }
        let template = &self.ir.template;
        for (_, it) in template.resources.iter().chain(&template.overrides) {
            collect(it, &mut found);
            if let Some(it) = it.get("DependsOn") {
                let one = std::slice::from_ref(it);
                let names = if let Data::List(names) = &it.data { &names[..] } else { one };
                found.extend(names.iter().filter_map(|it| named(Sort::Resource, it)));
            }
            found.extend(it.get("Condition").and_then(|it| named(Sort::Condition, it)));
        }
        for (_, it) in template.conditions.iter().chain(&template.outputs) {
            collect(it, &mut found);
        }
        for (_, it) in &template.outputs {
            found.extend(it.get("Condition").and_then(|it| named(Sort::Condition, it)));
        }
        // Most refer to what stands in the file; only the others are looked for among what is generated.
        let names = |of: &'_ [(crate::Name, Raw)]| -> FxHashSet<String> {
            of.iter().map(|it| it.0.value.to_string()).collect()
        };
        let own = names(&template.resources);
        let (conditions, mappings) = (names(&template.conditions), names(&template.mappings));
        let parameters: FxHashSet<&str> = template.parameters.iter().map(|it| &*it.name.value).collect();
        found.retain(|it| {
            let name = &*it.name;
            !match it.sort {
                Sort::Value => PSEUDO.contains(&name) || parameters.contains(name) || own.contains(name),
                Sort::Resource => own.contains(name),
                Sort::Condition => conditions.contains(name),
                Sort::Mapping => mappings.contains(name),
            }
        });
        if found.is_empty() && template.overrides.is_empty() {
            return;
        }
        let generated: FxHashSet<String> = self.ir.generated().into_iter().map(|it| it.0).collect();
        found.retain(|it| {
            let resource = matches!(it.sort, Sort::Value | Sort::Resource);
            !(resource && (generated.contains(&it.name) || is_derived(&it.name, &generated)))
        });
        let mut problems = Vec::new();
        for (name, _) in &template.overrides {
            if !generated.contains(&*name.value) && !is_derived(&name.value, &generated) {
                let names = sorted(generated.iter().map(|it| &**it));
                problems.push(unknown("generated resource", &name.value, name.span, &names));
            }
        }
        let resources = || generated.iter().chain(&own).map(|it| &**it);
        for it in found {
            self.unknown += 1;
            let suggest = self.unknown <= super::MOST_SUGGESTIONS;
            let (what, all) = match it.sort {
                _ if !suggest => ("parameter, resource, condition or mapping", Vec::new()),
                Sort::Value => {
                    let others = parameters.iter().copied().chain(PSEUDO);
                    ("parameter or resource", sorted(resources().chain(others)))
                }
                Sort::Resource => ("resource", sorted(resources())),
                Sort::Condition => ("condition", sorted(conditions.iter().map(|it| &**it))),
                Sort::Mapping => ("mapping", sorted(mappings.iter().map(|it| &**it))),
            };
            problems.push(unknown(what, &it.name, it.span, &all));
        }
        self.problems.append(&mut problems);
    }
}

/// Names in order, so that of two that are equally near the same one is suggested every time.
fn sorted<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut out: Vec<&str> = names.collect();
    out.sort_unstable();
    out
}

/// Parameters that CloudFormation brings.
///
/// Source: AWS CloudFormation User Guide, "Pseudo parameters".
const PSEUDO: [&str; 8] = [
    "AWS::AccountId",
    "AWS::NotificationARNs",
    "AWS::NoValue",
    "AWS::Partition",
    "AWS::Region",
    "AWS::StackId",
    "AWS::StackName",
    "AWS::URLSuffix",
];

/// Whether a name is that of a resource whose id is made when emitting: a function's version or permission, or a
/// stage's deployment, with or without the digest at its end.
fn is_derived(name: &str, generated: &FxHashSet<String>) -> bool {
    let bare = match name.len().checked_sub(8) {
        Some(at) if name.as_bytes()[at..].iter().all(u8::is_ascii_hexdigit) => &name[..at],
        _ => name,
    };
    let of = |name: &str, end: &str| name.strip_suffix(end).is_some_and(|it| generated.contains(it));
    let permission = || {
        name.match_indices("Function").any(|(at, it)| generated.contains(&name[..at + it.len()]))
            && name.ends_with("Permission")
    };
    [name, bare].iter().any(|it| of(it, "Version") || of(it, "Deployment")) || permission()
}

fn unknown(what: &str, name: &str, span: Span, known: &[&str]) -> Diagnostic {
    let problem = Diagnostic::error("unknown-reference", span, format!("there is no {what} `{name}`"));
    match did_you_mean(name, known.iter().copied()) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem,
    }
}

fn named(sort: Sort, it: &Raw) -> Option<Reference> {
    Some(Reference { sort, name: it.as_str()?.to_owned(), span: it.span })
}

/// Collects the names that a value refers to.
fn collect(raw: &Raw, out: &mut Vec<Reference>) {
    if let Some((function, argument)) = raw.function() {
        let items = if let Data::List(items) = &argument.data { &items[..] } else { &[] };
        match function {
            "Ref" => out.extend(named(Sort::Value, argument)),
            "Fn::GetAtt" => out.extend(items.first().and_then(|it| named(Sort::Resource, it))),
            "Fn::If" => out.extend(items.first().and_then(|it| named(Sort::Condition, it))),
            "Fn::FindInMap" => out.extend(items.first().and_then(|it| named(Sort::Mapping, it))),
            "Fn::Sub" => {
                let text = argument.as_str().or_else(|| items.first()?.as_str());
                let own = items.get(1);
                for name in text.map(substituted).unwrap_or_default() {
                    let base = name.split('.').next().unwrap_or_default();
                    if own.is_none_or(|it| it.get(name).is_none()) {
                        let sort = if base == name { Sort::Value } else { Sort::Resource };
                        out.push(Reference { sort, name: base.to_owned(), span: argument.span });
                    }
                }
            }
            // What a macro makes of its argument is its own affair.
            "Fn::Transform" => return,
            _ => {}
        }
    }
    match &raw.data {
        Data::List(items) => items.iter().for_each(|it| collect(it, out)),
        Data::Map(entries) => {
            if let [(name, argument)] = &entries[..]
                && &*name.value == "Condition"
            {
                out.extend(named(Sort::Condition, argument));
            }
            entries.iter().for_each(|it| collect(&it.1, out));
        }
        _ => {}
    }
}

/// The names in `${…}` of a `!Sub`; `${!…}` stays as it is.
fn substituted(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("${") {
        rest = &rest[at + 2..];
        let Some(end) = rest.find('}') else { break };
        let name = rest[..end].trim();
        if !name.starts_with('!') && !name.is_empty() {
            out.push(name);
        }
        rest = &rest[end + 1..];
    }
    out
}
