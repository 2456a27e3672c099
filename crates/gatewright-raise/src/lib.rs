//! Raise: back from the model to a specification, as a careful person would write it, with a note for everything that
//! could not be carried over.

mod access;
mod adopt;
mod api;
mod carried;
mod defaults;
mod expressions;
mod fold;
mod functions;
mod held;
mod integrations;
mod note;
mod rename;
mod routes;
mod section;
mod stages;
mod template;
mod values;

use std::borrow::Cow;

use gatewright_ir::{Format, Generated, Ir};
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

pub use note::Note;
pub use values::PLACEHOLDER;

use defaults::Defaults;
use rename::Renames;
use section::Section;

/// How a specification is written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'o> {
    /// The way from the folder of the specification to that of the file that it comes from: empty, or with a `/` at its
    /// end.
    pub base: &'o str,
    /// Whether resources keep the logical ids that they have in the file.
    pub keep_logical_ids: bool,
}

/// A specification, and what it lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raised {
    /// The text of the specification.
    pub text: String,
    /// What could not be carried over, by place.
    pub notes: Vec<Note>,
}

/// Writes the specification of an API. Never fails: for what is unknown stands [`PLACEHOLDER`], which no check lets
/// pass, and a note says where.
pub fn raise(ir: &Ir, options: Options<'_>) -> Raised {
    let ours = ir.provenance.format == Format::Gatewright;
    let (ir, notes) = if ours { (Cow::Borrowed(ir), Vec::new()) } else { adopt_all(ir, options) };
    let ids = Ids::of(&ir, ours || options.keep_logical_ids);
    let mut cx = Raising { defaults: Defaults::of(&ir), ir: &ir, options, notes };
    let text = cx.document(&ids);
    let mut notes = cx.notes;
    notes.sort();
    notes.dedup();
    Raised { text, notes }
}

fn adopt_all<'r>(ir: &Ir, options: Options<'_>) -> (Cow<'r, Ir>, Vec<Note>) {
    let (ir, notes) = adopt::adopt(ir, options);
    (Cow::Owned(ir), notes)
}

/// What resources are called.
#[derive(Default)]
struct Ids {
    /// Other logical ids than those that are generated, by these.
    kept: Section,
    /// What is called otherwise than in the file.
    renames: Renames,
}

impl Ids {
    /// The ids that are kept, or the other names for all.
    fn of(ir: &Ir, keep: bool) -> Self {
        let written = &ir.provenance.logical_ids;
        if written.is_empty() {
            return Self::default();
        }
        let mut plain = ir.clone();
        plain.provenance.logical_ids = FxHashMap::default();
        let (mut seen, mut used) = (FxHashSet::default(), FxHashSet::default());
        let mut pairs: Vec<(String, String)> = Vec::new();
        for (id, of) in plain.generated() {
            if let Some(old) = written.get(&of)
                && seen.insert(id.clone())
                // One resource there may be several here: only one of them can keep its id.
                && used.insert(old.clone())
                && !matches!(of, Generated::DocumentationPart(_))
            {
                pairs.push((old.to_string(), id));
            }
        }
        if keep {
            let kept = pairs.into_iter().filter(|(old, id)| old != id);
            return Self { kept: kept.map(|(old, id)| (id, Value::from(old))).collect(), ..Self::default() };
        }
        Self { renames: Renames::new(pairs), ..Self::default() }
    }
}

/// A specification that is being written.
struct Raising<'r> {
    ir: &'r Ir,
    options: Options<'r>,
    notes: Vec<Note>,
    defaults: Defaults,
}

impl Raising<'_> {
    /// All sections, in the order in which a reader wants to know them.
    fn document(&mut self, ids: &Ids) -> String {
        let mut out = Document { text: String::new(), renames: &ids.renames };
        out.add(self.head(), 1);
        out.each("tags", self.tags(), 1);
        out.each("parameters", self.parameters(), 2);
        out.each("conditions", self.raw(&self.ir.template.conditions), 2);
        out.each("mappings", self.raw(&self.ir.template.mappings), 2);
        out.each("functions", self.functions(), 2);
        out.each("vpcLinks", self.vpc_links(), 2);
        out.each("integrations", self.integrations(), 2);
        out.each("authorizers", self.authorizers(), 2);
        out.add(self.gate(), 1);
        out.add(self.cors(), 1);
        let defaults = self.route_defaults();
        out.each("defaults", defaults, 1);
        out.each("models", self.models(), 2);
        out.each("routes", self.routes(), 2);
        out.each("gatewayResponses", self.gateway_responses(), 2);
        out.each("apiKeys", self.api_keys(), 2);
        out.each("usagePlans", self.usage_plans(), 2);
        out.each("stages", self.stages(), 2);
        out.each("domains", self.domains(), 2);
        out.each("resources", self.raw(&self.ir.template.resources), 2);
        let overrides = self.ir.template.overrides.iter();
        let overrides = overrides.map(|(id, it)| (ids.renames.of(&id.value).to_owned(), it.to_json()));
        out.each("overrides", overrides.collect(), 2);
        out.each("logicalIds", ids.kept.clone(), 2);
        out.each("outputs", self.raw(&self.ir.template.outputs), 2);
        out.text
    }
}

/// The text of a specification, section by section.
struct Document<'d> {
    text: String,
    renames: &'d Renames,
}

impl Document<'_> {
    /// Adds keys, of which the outermost `open` levels have a line for each entry.
    fn add(&mut self, it: Section, open: usize) {
        if it.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let mut value = it.into();
        self.renames.apply(&mut value);
        self.text.push_str(&gatewright_yaml::write_short(&value, open));
    }

    /// Adds one key, if something stands under it.
    fn each(&mut self, key: &str, it: Section, open: usize) {
        if !it.is_empty() {
            self.add(Section::new().with(key, it), open);
        }
    }
}
