use gatewright_ir::ModelId;
use gatewright_source::Severity;
use rustc_hash::FxHashSet;

use super::schema::{Models, Target, each};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unused-model",
    page: include_str!("unused_model.md"),
    severity: Severity::Warning,
    category: Category::Reliability,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::NOT_HTTP,
    formats: Formats::GATEWRIGHT,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    // The schemas of a definition in OpenAPI also describe what nobody checks.
    if ir.provenance.definition().is_some() {
        return;
    }
    // A name that was misspelt may mean any of them.
    if ir.models.is_empty() || ir.routes.is_empty() || ir.api.unknown_model {
        return;
    }
    let validated = ir.routes.values().filter_map(|it| it.validation.as_ref()).flat_map(|it| &it.body);
    let transformations = ir.integrations.values().filter_map(|it| it.transformation.as_ref());
    let answered = transformations.flat_map(|it| &it.responses).filter_map(|it| Some(it.model?.0));
    let mut used: FxHashSet<ModelId> = validated.map(|it| it.1).chain(answered).collect();
    let models = Models::new(ir);
    for (id, model) in ir.models.iter() {
        let Some(schema) = &model.schema else { continue };
        each(schema, &mut |it, _| {
            let reference = it.get("$ref").and_then(|it| it.as_str());
            if let Some(Target::Model(other)) = reference.map(|it| models.target(schema, it))
                && other != id
            {
                used.insert(other);
            }
        });
    }
    for (_, model) in ir.models.iter().filter(|it| !used.contains(&it.0)) {
        let name = &model.name;
        out.report(name.span, format!("nothing uses the model `{}`", name.value))
            .help("name it under `validate` of a route, or remove it");
    }
}
