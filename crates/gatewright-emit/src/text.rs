//! Text through Tera: the summary, and templates of the user's own.

mod model;

use gatewright_ir::{Ir, StageId};
use serde_json::Value;
use tera::{Context, Tera};

pub use model::model;

const SUMMARY: &str = include_str!("text/summary.md.tera");

/// The API at a glance, in Markdown: routes with their protection and throttles, stages with their URLs.
pub fn summary(ir: &Ir, stage: Option<StageId>) -> String {
    render("summary.md", SUMMARY, &model(ir, stage))
        .expect("our own template fits our own model; a test renders it")
}

/// Renders a template with the model that [`model`] describes. The ending of the name (without `.tera`) decides what
/// is escaped: `.html` and `.xml` are, Markdown and all else is not.
///
/// # Errors
/// What Tera says: where the template is wrong, or which variable is unknown.
pub fn render(name: &str, template: &str, model: &Value) -> Result<String, String> {
    let mut tera = Tera::new();
    tera.autoescape_on([".html", ".htm", ".xml", ".svg"]);
    tera.register_filter("cell", cell);
    tera.add_raw_template(name, template).map_err(|it| it.to_string())?;
    let context = Context::from_serialize(model).map_err(|it| it.to_string())?;
    tera.render(name, &context).map_err(|it| it.to_string())
}

/// The filter `cell`: text for a cell of a Markdown table.
fn cell(text: &str, _: tera::Kwargs, _: &tera::State<'_>) -> String {
    text.replace('\\', "\\\\").replace('|', "\\|").replace(['\r', '\n'], " ").replace('<', "&lt;")
}
