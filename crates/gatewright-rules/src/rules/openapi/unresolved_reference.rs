use gatewright_ir::{BUILT_IN_MODELS, Data, Raw};
use gatewright_source::Severity;
use rustc_hash::FxHashMap;

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
        let mut references = References { definition, known: FxHashMap::default(), out };
        references.visit(paths, 0);
    }
}

/// The references of a definition, and what they lead through: thousands may lead through one mapping.
struct References<'d, 'o> {
    definition: &'d Raw,
    known: FxHashMap<*const Raw, Part<'d>>,
    out: &'o mut Findings,
}

/// A mapping that references lead through.
struct Part<'d> {
    entries: FxHashMap<&'d str, &'d Raw>,
    /// Whether something of it stands in another file, or is put in.
    is_open: bool,
}

impl<'d> Part<'d> {
    fn of(it: &'d Raw) -> Self {
        // Of two equal keys the first counts.
        let entries: FxHashMap<&str, &Raw> =
            entries(Some(it)).iter().rev().map(|(name, it)| (&*name.value, it)).collect();
        let is_open = entries.keys().any(|it| *it == "$ref" || it.starts_with("Fn::"));
        Self { entries, is_open }
    }
}

impl<'d> References<'d, '_> {
    fn visit(&mut self, it: &'d Raw, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        match &it.data {
            Data::List(items) => items.iter().for_each(|it| self.visit(it, depth + 1)),
            Data::Map(entries) => entries.iter().for_each(|(key, it)| self.entry(&key.value, it, depth)),
            _ => {}
        }
    }

    fn entry(&mut self, key: &str, value: &'d Raw, depth: usize) {
        match (key, value.as_str()) {
            ("$ref", Some(text)) => self.resolve(value, text),
            // What stands there is for people, and may look like anything.
            ("example" | "examples", _) => {}
            // Only the schema itself: what it is made of is the business of models.
            ("schema", _) => {
                let reference = value.get("$ref").or_else(|| value.get("items")?.get("$ref"));
                if let Some((at, text)) = reference.and_then(|it| Some((it, it.as_str()?))) {
                    self.resolve(at, text);
                }
            }
            (key, _) if key.starts_with("x-") && key != "x-amazon-apigateway-integration" => {}
            _ => self.visit(value, depth + 1),
        }
    }

    fn resolve(&mut self, at: &Raw, text: &str) {
        // What is escaped for URLs is left alone, and so are other files.
        let Some(pointer) = text.strip_prefix("#/").filter(|it| !it.contains(['%', '$'])) else { return };
        let mut found = self.definition;
        for step in pointer.split('/') {
            let name = step.replace("~1", "/").replace("~0", "~");
            if let Data::List(items) = &found.data {
                match name.parse::<usize>().ok().and_then(|it| items.get(it)) {
                    Some(next) => found = next,
                    None => return,
                }
                continue;
            }
            let part = self.known.entry(std::ptr::from_ref(found)).or_insert_with(|| Part::of(found));
            match part.entries.get(&*name) {
                _ if part.is_open => return,
                Some(next) => found = next,
                // Every REST API has these models.
                None if name_of_model(text).is_some_and(|it| BUILT_IN_MODELS.contains(&it)) => return,
                None => {
                    let near =
                        self.out.did_you_mean(&name, entries(Some(found)).iter().map(|it| &*it.0.value));
                    let near = near.map(|it| text.replace(step, it));
                    let finding = self.out.report(at.span, format!("`{}` leads to nothing", shown(text)));
                    finding.help(match near {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("there is no `{name}` there: add it, or name another"),
                    });
                    return;
                }
            }
        }
    }
}
