//! Files that people already have: a folder holds one of them, and what the tool makes of it.

use std::path::{Path, PathBuf};

use gatewright_compiler::emit::{Format, OpenApiOptions};
use gatewright_compiler::{Compilation, NoFiles, compile, emit, ir};
use libtest_mimic::{Failed, Trial};

use crate::build::{Folder, compiled, is_websocket};
use crate::{case, expect, root};

/// What the file of a case may be called.
const INPUTS: [&str; 6] =
    ["template.yaml", "template.json", "openapi.yaml", "openapi.json", "serverless.yml", "swagger.json"];

/// `tests/suite/formats/<format>/<case>/`: the file, the APIs in it as `model.json`, and the findings in
/// `diagnostics.txt`.
pub(crate) fn trials() -> impl Iterator<Item = Trial> {
    let cases = cases().map(|(name, folder, input)| {
        Trial::test(format!("formats::{name}"), move || {
            let input = input.ok_or("there is no input")?;
            read(&folder, input)
        })
    });
    let built = ["examples", "tests/suite/build"].into_iter().flat_map(case::folders);
    // Whether a parameter is a list shows only in a template.
    let has_document = |it: &PathBuf| !is_websocket(it) && !it.ends_with("list-parameters");
    cases.chain(built.filter(has_document).map(|folder| {
        let name = case::name(&folder);
        Trial::test(format!("formats::a_built_document_is_understood::{name}"), move || understood(&folder))
    }))
}

/// All cases: the name, `<format>::<case>`, the folder, and the file in it that is read.
pub(crate) fn cases() -> impl Iterator<Item = (String, PathBuf, Option<&'static str>)> {
    let formats = below(&root().join("tests/suite/formats"));
    formats.into_iter().flat_map(|format| below(&format)).map(|folder| {
        let of = folder.parent().map(case::name).unwrap_or_default();
        let name = format!("{of}::{}", case::name(&folder));
        let input = INPUTS.into_iter().find(|it| folder.join(it).exists());
        (name, folder, input)
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

fn below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut out: Vec<PathBuf> = entries.map(|it| it.path()).filter(|it| it.is_dir()).collect();
    out.sort();
    out
}

fn read(folder: &Path, input: &str) -> Result<(), Failed> {
    let compilation = compile(input, std::fs::read(folder.join(input))?, None, &Folder(folder.to_owned()));
    expect::file(&folder.join("model.json"), &models(&compilation)?)?;
    case::check(folder, input)
}

/// The APIs of a file.
pub(crate) fn models(compilation: &Compilation) -> Result<String, Failed> {
    let models: Vec<_> = compilation.models.iter().map(|it| emit::model(&it.ir, None)).collect();
    Ok(serde_json::to_string_pretty(&models)? + "\n")
}
