use gatewright_ir::{Data, Raw, Span};
use gatewright_source::Severity;
use rustc_hash::{FxHashMap, FxHashSet};

use super::definition::{Operation, and_more, entries, operations, schemes};
use crate::rules::cloudformation::property::is_whole;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "undefined-security-scheme",
    page: include_str!("undefined_security_scheme.md"),
    severity: Severity::Warning,
    category: Category::Security,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::BODIES,
    check: Check::Api(check),
};

/// What AWS SAM defines itself where an API asks for it, or leaves undefined where nobody is asked.
const OF_SAM: [&str; 4] = ["NONE", "AWS_IAM", "api_key", "sigv4"];

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(definition) = cx.ir.provenance.definition().filter(|it| is_whole(it)) else { return };
    let components = definition.get("components");
    let parts = [
        components,
        components.and_then(|it| it.get("securitySchemes")),
        definition.get("securityDefinitions"),
    ];
    if parts.into_iter().flatten().any(|it| !is_whole(it) || it.get("$ref").is_some()) {
        return;
    }
    let mut known: FxHashSet<&str> = schemes(definition).iter().map(|it| &*it.0.value).collect();
    known.extend(OF_SAM);
    // A template may declare authorizers outside of the definition.
    known.extend(cx.ir.authorizers.values().map(|it| &*it.name.value));
    // One mistake may stand at many operations.
    let mut undefined: Vec<(&str, Span, String, usize)> = Vec::new();
    let mut places: FxHashMap<&str, usize> = FxHashMap::default();
    for operation in operations(definition) {
        for (name, span) in required(&operation).filter(|it| !known.contains(it.0)) {
            match places.get(name).and_then(|at| undefined.get_mut(*at)) {
                Some(first) => first.3 += 1,
                None => {
                    places.insert(name, undefined.len());
                    undefined.push((name, span, operation.to_string(), 0));
                }
            }
        }
    }
    let names: Vec<&str> = schemes(definition).iter().map(|it| &*it.0.value).collect();
    for (name, span, route, others) in undefined {
        let near = out.did_you_mean(name, names.iter().copied());
        let message = format!("`{route}`{} asks for `{name}`, which is no security scheme", and_more(others));
        let finding = out.report(span, message);
        match near {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding.help("define it where the security schemes stand: else nobody may be asked"),
        };
    }
}

/// The security schemes that an operation names.
fn required<'d>(operation: &Operation<'d>) -> impl Iterator<Item = (&'d str, Span)> {
    let list = match operation.it.get("security").map(|it| &it.data) {
        Some(Data::List(items)) => &items[..],
        _ => &[],
    };
    list.iter().filter(|it: &&Raw| it.function().is_none()).flat_map(|it| {
        entries(Some(it))
            .iter()
            .filter(|it| !it.0.value.starts_with("Fn::"))
            .map(|it| (&*it.0.value, it.0.span))
    })
}
