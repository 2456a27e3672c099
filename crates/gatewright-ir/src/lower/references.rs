//! Checks what CloudFormation functions refer to: `!Ref`, `!GetAtt`, `!Sub`, `!If`, `!FindInMap`, `DependsOn`.

use gatewright_source::{Diagnostic, Span, did_you_mean};
use gatewright_spec::Raw;
use rustc_hash::FxHashSet;

use super::Lowering;
use crate::{Reference, ReferenceSort, depends_on, is_sam, references};

impl Lowering<'_> {
    pub(super) fn references(&mut self) {
        self.ir.deferred = std::mem::take(&mut self.deferred);
        let deferred = &self.ir.deferred;
        let template = &self.ir.template;
        let written = template.resources.iter().chain(&template.overrides);
        let others = template.conditions.iter().chain(&template.outputs);
        let all = deferred.iter().map(|it| &**it).chain(written.clone().chain(others).map(|it| &it.1));
        let mut found: Vec<Reference<'_>> = all.flat_map(references).filter(|it| !it.in_macro).collect();
        found.extend(written.clone().flat_map(|it| depends_on(&it.1)));
        let conditional = written.chain(&template.outputs).filter_map(|it| it.1.get("Condition"));
        found.extend(conditional.filter_map(|it| {
            let name = it.as_str()?;
            Some(Reference { sort: ReferenceSort::Condition, name, span: it.span, in_macro: false })
        }));
        // Most refer to what stands in the file; only the others are looked for among what is generated.
        let names = |of: &'_ [(crate::Name, Raw)]| -> FxHashSet<String> {
            of.iter().map(|it| it.0.value.to_string()).collect()
        };
        let own = names(&template.resources);
        let (conditions, mappings) = (names(&template.conditions), names(&template.mappings));
        let parameters: FxHashSet<&str> = template.parameters.iter().map(|it| &*it.name.value).collect();
        found.retain(|it| {
            let name = it.name;
            !match it.sort {
                ReferenceSort::Value => {
                    PSEUDO.contains(&name) || parameters.contains(name) || own.contains(name)
                }
                ReferenceSort::Resource => own.contains(name),
                ReferenceSort::Condition => conditions.contains(name),
                ReferenceSort::Mapping => mappings.contains(name),
            }
        });
        if found.is_empty() && template.overrides.is_empty() {
            return;
        }
        let generated: FxHashSet<String> = self.ir.generated().into_iter().map(|it| it.0).collect();
        found.retain(|it| {
            !(it.sort.is_resource() && (generated.contains(it.name) || is_derived(it.name, &generated)))
        });
        // What SAM makes of a resource is called after it: `OrdersFunctionRole`, `OrdersFunction.Version`.
        let sam: Vec<&str> =
            template.resources.iter().filter(|it| is_sam(&it.1)).map(|it| &*it.0.value).collect();
        found.retain(|it| !(it.sort.is_resource() && sam.iter().any(|of| it.name.starts_with(of))));
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
            let suggest = self.unknown <= gatewright_source::MOST_SUGGESTIONS;
            let (what, all) = match it.sort {
                _ if !suggest => ("parameter, resource, condition or mapping", Vec::new()),
                ReferenceSort::Value => {
                    let others = parameters.iter().copied().chain(PSEUDO);
                    ("parameter or resource", sorted(resources().chain(others)))
                }
                ReferenceSort::Resource => ("resource", sorted(resources())),
                ReferenceSort::Condition => ("condition", sorted(conditions.iter().map(|it| &**it))),
                ReferenceSort::Mapping => ("mapping", sorted(mappings.iter().map(|it| &**it))),
            };
            problems.push(unknown(what, it.name, it.span, &all));
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
