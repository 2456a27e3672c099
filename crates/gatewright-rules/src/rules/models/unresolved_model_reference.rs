use gatewright_ir::BUILT_IN_MODELS;
use gatewright_source::{Edit, Fix, Safety, Severity};

use super::schema::{Models, Target, each, name_of_model};
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unresolved-model-reference",
    page: include_str!("unresolved_model_reference.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let models = Models::new(cx.ir);
    for schema in cx.ir.models.values().filter_map(|it| it.schema.as_ref()) {
        each(schema, &mut |_, keywords| {
            let Some((_, value)) = keywords.iter().find(|it| &*it.0.value == "$ref") else { return };
            let Some(text) = value.as_str() else { return };
            let name = name_of_model(text);
            if models.target(schema, text) != Target::Nothing
                || name.is_some_and(|it| BUILT_IN_MODELS.contains(&it))
            {
                return;
            }
            // A definition in OpenAPI may name its other parts and other files, which cannot all be seen here.
            let definition = cx.ir.provenance.definition();
            if definition
                .is_some_and(|it| !text.starts_with('#') || models.target(it, text) != Target::Nothing)
            {
                return;
            }
            let near = out.did_you_mean(name.unwrap_or(text), models.names());
            let finding = out.report(value.span, format!("`{}` leads to no model", shown(text)));
            let write = |meant: String| (format!("write `{meant}`"), [Edit::reword(value.span, text, meant)]);
            match (models.find(text), near) {
                (Some(_), _) => {
                    let (title, edit) = write(format!("#/models/{text}"));
                    finding.help(&*title).fix(Fix::safe(title, edit))
                }
                (None, Some(near)) => {
                    let (title, edit) = write(format!("#/models/{near}"));
                    let help = format!("did you mean `#/models/{near}`?");
                    finding.help(help).fix(Fix::needs_a_look(title, edit))
                }
                (None, None) => finding
                    .help("name a model as `#/models/NAME`, or a part of this one as `#/definitions/NAME`"),
            };
        });
    }
}
