//! Lowers `logicalIds:`.

use gatewright_source::{Diagnostic, did_you_mean};
use rustc_hash::FxHashMap;

use super::Lowering;
use crate::{Generated, Name};

/// How long a logical id may be.
///
/// Source: AWS CloudFormation User Guide, "Resources": alphanumeric; "Understand CloudFormation quotas": 255 characters.
const LONGEST: usize = 255;

impl<'s> Lowering<'s> {
    /// Gives generated resources the ids that were asked for.
    pub(super) fn logical_ids(&mut self) {
        let section = self.section(|it| &it.logical_ids);
        if section.is_empty() {
            return;
        }
        // One resource may be generated for several entities: the resource of a path for all routes below it.
        let mut generated: FxHashMap<String, Vec<Generated>> = FxHashMap::default();
        for (id, it) in self.ir.generated() {
            generated.entry(id).or_default().push(it);
        }
        let mut wanted: Vec<(&'s Name, Name)> = Vec::new();
        for (id, it) in section {
            let Some(all) = generated.get(&*id.value) else {
                let message = format!("there is no generated resource `{}`", id.value);
                let problem = Diagnostic::error("unknown-reference", id.span, message);
                let mut names: Vec<&str> = generated.keys().map(String::as_str).collect();
                names.sort_unstable();
                self.report(match did_you_mean(&id.value, names) {
                    Some(near) => problem.help(format!("did you mean `{near}`?")),
                    None => problem.help("name it by the logical id that it has without this line"),
                });
                continue;
            };
            let Some(it) = it else { continue };
            let is_id = |it: &str| {
                (1..=LONGEST).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_alphanumeric())
            };
            if !is_id(&it.value) {
                let problem =
                    Diagnostic::error("wrong-type", it.span, format!("`{}` is no logical id", it.value));
                self.report(problem.help("use letters and digits, 255 at most"));
                continue;
            }
            for of in all {
                self.ir.provenance.logical_ids.insert(*of, it.value.clone());
            }
            wanted.push((id, (*it).clone()));
        }
        let renamed: FxHashMap<&str, &Name> = wanted.iter().map(|(id, it)| (&*id.value, it)).collect();
        let mut taken: FxHashMap<&str, &str> = FxHashMap::default();
        for id in generated.keys().filter(|it| !renamed.contains_key(it.as_str())) {
            taken.insert(id, id);
        }
        let mut found = Vec::new();
        for (id, it) in &wanted {
            if let Some(other) = taken.insert(&it.value, &id.value) {
                let message = match *it.value == *other {
                    true => format!("`{other}` is the logical id of another generated resource"),
                    false => format!("`{}` is the logical id of `{other}`, too", it.value),
                };
                found.push(Diagnostic::error("colliding-names", it.span, message).help("choose another one"));
            }
        }
        self.problems.append(&mut found);
    }
}
