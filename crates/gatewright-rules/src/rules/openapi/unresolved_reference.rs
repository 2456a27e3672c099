use gatewright_ir::{BUILT_IN_MODELS, Data, Raw};
use gatewright_source::Severity;

use super::definition::entries;
use crate::rules::models::schema::name_of_model;
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unresolved-reference",
    page: include_str!("unresolved_reference.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::BODIES,
    check: Check::Api(check),
};

/// How deep a definition is looked at.
const DEEPEST: usize = 12;

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(definition) = cx.ir.provenance.definition() else { return };
    // What a macro or an include puts in may be named.
    let puts_in = |it: &Raw| entries(Some(it)).iter().any(|it| it.0.value.starts_with("Fn::"));
    if puts_in(definition) || definition.get("components").is_some_and(puts_in) {
        return;
    }
    if let Some(paths) = definition.get("paths") {
        visit(definition, paths, 0, out);
    }
}

fn visit(definition: &Raw, it: &Raw, depth: usize, out: &mut Findings) {
    if depth > DEEPEST {
        return;
    }
    match &it.data {
        Data::List(items) => items.iter().for_each(|it| visit(definition, it, depth + 1, out)),
        Data::Map(entries) => {
            for (key, value) in entries {
                match (&*key.value, value.as_str()) {
                    ("$ref", Some(text)) => resolve(definition, value, text, out),
                    // What stands there is for people, and may look like anything.
                    ("example" | "examples", _) => {}
                    // Only the schema itself: what it is made of is the business of models.
                    ("schema", _) => {
                        let reference = value.get("$ref").or_else(|| value.get("items")?.get("$ref"));
                        if let Some((at, text)) = reference.and_then(|it| Some((it, it.as_str()?))) {
                            resolve(definition, at, text, out);
                        }
                    }
                    (key, _) if key.starts_with("x-") && key != "x-amazon-apigateway-integration" => {}
                    _ => visit(definition, value, depth + 1, out),
                }
            }
        }
        _ => {}
    }
}

fn resolve(definition: &Raw, at: &Raw, text: &str, out: &mut Findings) {
    // What is escaped for URLs is left alone, and so are other files.
    let Some(pointer) = text.strip_prefix("#/").filter(|it| !it.contains(['%', '$'])) else { return };
    let mut found = definition;
    for step in pointer.split('/') {
        let name = step.replace("~1", "/").replace("~0", "~");
        // What stands in another file, or is put in, is not seen.
        if found.get("$ref").is_some() || entries(Some(found)).iter().any(|it| it.0.value.starts_with("Fn::"))
        {
            return;
        }
        let next = match &found.data {
            Data::List(items) => name.parse::<usize>().ok().and_then(|it| items.get(it)),
            _ => found.get(&name),
        };
        let Some(next) = next else {
            // Every REST API has these models.
            if name_of_model(text).is_some_and(|it| BUILT_IN_MODELS.contains(&it)) {
                return;
            }
            let near = out.did_you_mean(&name, entries(Some(found)).iter().map(|it| &*it.0.value));
            let near = near.map(|it| text.replace(step, it));
            let finding = out.report(at.span, format!("`{}` leads to nothing", shown(text)));
            match near {
                Some(near) => finding.help(format!("did you mean `{near}`?")),
                None => finding.help(format!("there is no `{name}` there: add it, or name another")),
            };
            return;
        };
        found = next;
    }
}
