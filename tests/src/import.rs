//! Import: a specification that is raised from a model means the same as the one that the model came from.

use std::path::{Path, PathBuf};

use gatewright_compiler::emit::{self, Format, Layout};
use gatewright_compiler::raise::{Options, PLACEHOLDER, raise};
use gatewright_compiler::{compile, ir};
use libtest_mimic::{Failed, Trial};
use serde_json::Value;

use crate::build::{Folder, compiled, everything, options, sorted};
use crate::{case, expect, root};

/// Cases whose templates do not come back, and why.
const LOST: [(&str, &str); 2] = [
    (
        "rest-cors-several-origins",
        "several origins of a REST API become mapping templates, which are not read back",
    ),
    ("stage-variable-alias", "an integration that only names a function is written as the function"),
];

pub(crate) fn trials() -> Vec<Trial> {
    let folders = || case::folders("examples").into_iter().chain(case::folders("tests/suite/build"));
    let raised = folders().map(|folder| {
        Trial::test(format!("import::raised_builds_the_same::{}", case::name(&folder)), move || {
            raised(&folder)
        })
    });
    let imported =
        folders().filter(|it| !LOST.iter().any(|lost| lost.0 == case::name(it))).flat_map(|folder| {
            [Layout::Body, Layout::Resources].map(|layout| {
                let (folder, name) = (folder.clone(), case::name(&folder));
                Trial::test(format!("import::built_comes_back::{name}::{layout:?}"), move || {
                    imported(&folder, layout)
                })
            })
        });
    let sound = foreign().into_iter().map(|path| {
        let folder = path.parent().map(case::name).unwrap_or_default();
        Trial::test(format!("import::what_is_written_is_read::{folder}"), move || sound(&path))
    });
    raised.chain(imported).chain(sound).collect()
}

/// A template without what cannot come back: permissions are named by what they say, as their ids have the name of the
/// function, which is not always in the template; deployments are named without digests, which see such names, too; and
/// the headers that preflights of a REST API allow are left out, as those of all paths are allowed for each.
fn comparable(mut template: Value) -> Value {
    fn without(it: &mut Value) {
        match it {
            Value::Object(map) => {
                map.retain(|key, _| !key.ends_with("Access-Control-Allow-Headers"));
                if let Some(Value::Array(names)) = map.get_mut("DependsOn") {
                    names.sort_by_key(Value::to_string);
                }
                map.values_mut().for_each(without);
            }
            Value::Array(items) => items.iter_mut().for_each(without),
            Value::String(text) => {
                if let Some(at) = text.find("Deployment").map(|at| at + "Deployment".len())
                    && text.len() == at + 8
                {
                    text.truncate(at);
                }
            }
            _ => {}
        }
    }
    without(&mut template);
    let Some(resources) = template["Resources"].as_object_mut() else { return template };
    let all = std::mem::take(resources);
    for (id, it) in all {
        let id = match it["Type"].as_str().unwrap_or_default() {
            "AWS::Lambda::Permission" => it["Properties"].to_string(),
            "AWS::ApiGateway::Deployment" | "AWS::ApiGatewayV2::Deployment" => id[..id.len() - 8].to_owned(),
            _ => id,
        };
        resources.insert(id, it);
    }
    template
}

/// What is imported from a template that was built builds the same template.
fn imported(folder: &Path, layout: Layout) -> Result<(), Failed> {
    let before = compiled(folder, std::fs::read(folder.join("gatewright.yaml"))?)?;
    let ir = &before.model().ok_or("there is no model")?.ir;
    if ir.api.kind == ir::ApiKind::WebSocket && layout == Layout::Body {
        return Ok(());
    }
    let built =
        |ir: &ir::Ir| emit::cloudformation(ir, &options(layout, Format::Json)).artifacts.remove(0).text;
    let template = built(ir);
    let read = compile("template.yaml", template.clone().into_bytes(), None, &Folder(folder.to_owned()));
    let raised = raise(&read.model().ok_or("nothing was read")?.ir, Options::default());
    let after = compiled(folder, raised.text.clone().into_bytes())
        .map_err(|it| format!("{}\n{}", raised.text, it.message().unwrap_or_default()))?;
    let after = built(&after.model().ok_or("there is no model")?.ir);
    // The order of keys has no meaning in a template.
    let in_order = |text: &str| -> Result<String, Failed> {
        Ok(serde_json::to_string_pretty(&sorted(comparable(serde_json::from_str(text)?)))?)
    };
    let (template, after) = (in_order(&template)?, in_order(&after)?);
    if template == after {
        return Ok(());
    }
    Err(expect::differs(&format!("{}\n{:#?}", raised.text, raised.notes), &template, &after))
}

/// The inputs of all cases in other formats.
fn foreign() -> Vec<PathBuf> {
    let mut out = Vec::new();
    let mut folders = vec![root().join("tests/suite/formats")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if ["template.yaml", "openapi.yaml", "serverless.yml"].iter().any(|it| path.ends_with(it))
            {
                out.push(path);
            }
        }
    }
    out.sort();
    out
}

/// What is imported from any file is a specification in which everything has its place, and nothing is missing but what
/// stands for the unknown.
fn sound(path: &Path) -> Result<(), Failed> {
    let folder = Folder(path.parent().ok_or("the file is in no folder")?.to_owned());
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let read = compile(&name, std::fs::read(path)?, None, &folder);
    for model in &read.models {
        for keep_logical_ids in [false, true] {
            let raised = raise(&model.ir, Options { keep_logical_ids, base: "" });
            let text = raised.text.clone().into_bytes();
            let after = compile("gatewright.yaml", text, Some(ir::Format::Gatewright), &folder);
            let wrong = after.diagnostics.iter().filter(|it| {
                let bad = ["syntax", "duplicate-key", "unknown-key", "conflicting-keys", "colliding-names"];
                // A line of a log without variables is kept, and noted.
                let is_known =
                    it.message.contains(PLACEHOLDER) || it.message.contains("neither a format nor a line");
                bad.contains(&it.rule) || it.rule == "wrong-type" && !is_known
            });
            let wrong: Vec<_> = wrong.map(|it| format!("{}: {}", it.rule, it.message)).collect();
            if !wrong.is_empty() {
                return Err(format!("{}\n{wrong:#?}", raised.text).into());
            }
            if raised.text.contains(PLACEHOLDER) && (raised.notes.is_empty() || !after.has_errors()) {
                return Err(format!("what is unknown passes in silence:\n{}", raised.text).into());
            }
        }
    }
    Ok(())
}

/// What is raised from the model of a specification builds the same artifacts, byte for byte.
fn raised(folder: &Path) -> Result<(), Failed> {
    let before = compiled(folder, std::fs::read(folder.join("gatewright.yaml"))?)?;
    let raised = raise(&before.model().ok_or("there is no model")?.ir, Options::default());
    if !raised.notes.is_empty() {
        return Err(format!("{:#?}\n{}", raised.notes, raised.text).into());
    }
    let after = compiled(folder, raised.text.clone().into_bytes())
        .map_err(|it| format!("{}\n{}", raised.text, it.message().unwrap_or_default()))?;
    let (before, after) = (everything(&before), everything(&after));
    if before == after {
        return Ok(());
    }
    Err(expect::differs(&raised.text, &before, &after))
}
