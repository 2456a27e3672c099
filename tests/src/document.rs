//! What is built is read back: an OpenAPI document means what the specification does of which it was built.

use std::path::{Path, PathBuf};

use gatewright_compiler::emit::{Format, OpenApiOptions};
use gatewright_compiler::{NoFiles, compile, emit, ir};
use libtest_mimic::{Failed, Trial};

use crate::build::{compiled, is_websocket};
use crate::{case, expect};

pub(crate) fn trials() -> impl Iterator<Item = Trial> {
    let built = ["examples", "tests/suite/build"].into_iter().flat_map(case::folders);
    // Whether a parameter is a list shows only in a template.
    let has_document = |it: &PathBuf| !is_websocket(it) && !it.ends_with("list-parameters");
    built.filter(has_document).map(|folder| {
        let name = case::name(&folder);
        Trial::test(format!("document::is_understood::{name}"), move || understood(&folder))
    })
}

/// The document that is built of a specification means the same: when it is read, the same is built of it.
fn understood(folder: &Path) -> Result<(), Failed> {
    let specification = compiled(folder, std::fs::read(folder.join("gatewright.yaml"))?)?;
    let ir = &specification.model().ok_or("a model")?.ir;
    let built = document(ir);
    let read = compile("openapi.yaml", built.clone().into_bytes(), None, &NoFiles);
    let again = &read.model().ok_or("an API")?.ir;
    if again.api.kind != ir.api.kind && !again.provenance.kind_undecided {
        return Err(format!("it is taken for {:?}", again.api.kind).into());
    }
    let (built, again) = (essence(&built)?, essence(&document(again))?);
    if again == built {
        return Ok(());
    }
    let (built, again) = (serde_json::to_string_pretty(&built)?, serde_json::to_string_pretty(&again)?);
    Err(expect::differs("what is built of it", &built, &again))
}

/// A document without what CORS adds to it, path by path, and without what tells cached answers apart, which is only
/// written where a stage has a cache.
fn essence(document: &str) -> Result<serde_json::Value, Failed> {
    let mut document: serde_json::Value = serde_yaml::from_str(document)?;
    for (_, path) in document["paths"].as_object_mut().into_iter().flatten() {
        let Some(path) = path.as_object_mut() else { continue };
        path.retain(|method, it| {
            method != "options" || it["x-amazon-apigateway-integration"]["type"] != "mock"
        });
        for (_, operation) in path {
            if let Some(it) = operation["x-amazon-apigateway-integration"].as_object_mut() {
                it.remove("cacheKeyParameters");
                for (_, it) in it.get_mut("responses").and_then(|it| it.as_object_mut()).into_iter().flatten()
                {
                    // With several origins, a template that chooses among them.
                    it.as_object_mut().and_then(|it| it.remove("responseTemplates"));
                }
            }
            if let Some(it) = operation.get_mut("parameters").and_then(|it| it.as_array_mut()) {
                it.retain(|it| it["required"] == true);
            }
            if operation["parameters"].as_array().is_some_and(Vec::is_empty)
                && let Some(it) = operation.as_object_mut()
            {
                it.remove("parameters");
            }
        }
    }
    Ok(document)
}

fn document(ir: &ir::Ir) -> String {
    let output = emit::openapi(ir, &OpenApiOptions { format: Format::Yaml, plain: false, stage: None });
    output.artifacts.into_iter().map(|it| it.text).collect()
}
