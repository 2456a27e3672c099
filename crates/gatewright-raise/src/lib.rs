//! Raise: back from the model to a specification, as a careful person would write it, with a note for everything that
//! could not be carried over.

mod access;
mod api;
mod defaults;
mod expressions;
mod functions;
mod integrations;
mod note;
mod routes;
mod section;
mod stages;
mod template;
mod values;

use gatewright_ir::Ir;

pub use note::Note;
pub use values::PLACEHOLDER;

use defaults::Defaults;
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
    let mut cx = Raising { ir, options, notes: Vec::new(), defaults: Defaults::of(ir) };
    let text = cx.document();
    let mut notes = cx.notes;
    notes.sort();
    notes.dedup();
    Raised { text, notes }
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
    fn document(&mut self) -> String {
        let mut out = Document::default();
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
        out.each("overrides", self.raw(&self.ir.template.overrides), 2);
        out.each("outputs", self.raw(&self.ir.template.outputs), 2);
        out.0
    }
}

/// The text of a specification, section by section.
#[derive(Default)]
struct Document(String);

impl Document {
    /// Adds keys, of which the outermost `open` levels have a line for each entry.
    fn add(&mut self, it: Section, open: usize) {
        if it.is_empty() {
            return;
        }
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.0.push_str(&gatewright_yaml::write_short(&it.into(), open));
    }

    /// Adds one key, if something stands under it.
    fn each(&mut self, key: &str, it: Section, open: usize) {
        if !it.is_empty() {
            self.add(Section::new().with(key, it), open);
        }
    }
}
