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
        if found.is_empty() && template.overrides.is_empty() {
            return;
        }
        let parameters: FxHashSet<&str> = template.parameters.iter().map(|it| &*it.name.value).collect();
        let mut resources: FxHashSet<String> = self.ir.generated().into_iter().map(|it| it.0).collect();
        let mut problems = Vec::new();
        for (name, _) in &template.overrides {
            if !resources.contains(&*name.value) && !is_derived(&name.value, &resources) {
                let names = resources.iter().map(|it| &**it);
                problems.push(unknown("generated resource", &name.value, name.span, names));
            }
        }
        resources.extend(template.resources.iter().map(|it| it.0.value.to_string()));
        let names = |of: &[(crate::Name, Raw)]| -> FxHashSet<String> {
            of.iter().map(|it| it.0.value.to_string()).collect()
        };
        let (conditions, mappings) = (names(&template.conditions), names(&template.mappings));
        for it in found {
            let name = &*it.name;
            let known = match it.sort {
                Sort::Value => {
                    name.starts_with("AWS::") || parameters.contains(name) || resources.contains(name)
                }
                Sort::Resource => resources.contains(name),
                Sort::Condition => conditions.contains(name),
                Sort::Mapping => mappings.contains(name),
            };
            if known || matches!(it.sort, Sort::Value | Sort::Resource) && is_derived(name, &resources) {
                continue;
            }
            let texts = |set: &FxHashSet<String>| set.iter().cloned().collect::<Vec<_>>();
            let (what, mut all) = match it.sort {
                Sort::Value => ("parameter or resource", texts(&resources)),
                Sort::Resource => ("resource", texts(&resources)),
                Sort::Condition => ("condition", texts(&conditions)),
                Sort::Mapping => ("mapping", texts(&mappings)),
            };
            if it.sort == Sort::Value {
                all.extend(parameters.iter().map(|it| (*it).to_owned()));
            }
            problems.push(unknown(what, name, it.span, all.iter().map(|it| &**it)));
        }
        self.problems.append(&mut problems);
    }
}

/// Whether a name is that of a resource whose id is made when emitting: a version, permission or deployment.
fn is_derived(name: &str, resources: &FxHashSet<String>) -> bool {
    let base = |end: &str| name.rfind(end).is_some_and(|at| resources.contains(&name[..at]));
    base("Version") || base("Deployment") || name.ends_with("Permission")
}

fn unknown<'a>(what: &str, name: &str, span: Span, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let mut known: Vec<&str> = known.collect();
    known.sort_unstable();
    let problem = Diagnostic::error("unknown-reference", span, format!("there is no {what} `{name}`"));
    match did_you_mean(name, known) {
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
