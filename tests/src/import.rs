//! Import: a specification that is raised from a model means the same as the one that the model came from.

use std::path::Path;

use gatewright_compiler::emit::{self, Format, Layout};
use gatewright_compiler::raise::{Options, raise};
use gatewright_compiler::{compile, ir};
use libtest_mimic::{Failed, Trial};
use serde_json::Value;

use crate::build::{Folder, compiled, everything, options, sorted};
use crate::{case, expect};

/// What does not come back from what was built, in one layout or in both, and why.
const LOST: [(&str, Option<Layout>, &str); 4] = [
    ("rest-cors-several-origins", None, "the template that chooses among origins is made of parameters"),
    ("rest-resource-tree", None, "preflights name the methods of their paths, which become those of the API"),
    ("stage-variable-alias", Some(Layout::Resources), "an integration that no route uses is left out"),
    (
        "websocket-every-kind-of-integration",
        Some(Layout::Resources),
        "a response and a model are selected by another key",
    ),
];

pub(crate) fn trials() -> Vec<Trial> {
    let folders = || case::folders("examples").into_iter().chain(case::folders("tests/suite/build"));
    let raised = folders().map(|folder| {
        Trial::test(format!("import::raised_builds_the_same::{}", case::name(&folder)), move || {
            raised(&folder)
        })
    });
    let imported = folders().flat_map(|folder| {
        [Layout::Body, Layout::Resources].map(|layout| {
            let (folder, name) = (folder.clone(), case::name(&folder));
            Trial::test(format!("import::built_comes_back::{name}::{layout:?}"), move || {
                let lost = LOST.iter().find(|it| it.0 == name && it.1.is_none_or(|it| it == layout));
                match (imported(&folder, layout), lost) {
                    (Ok(()), Some((_, _, why))) => {
                        Err(format!("it comes back now: remove it from `LOST` ({why})").into())
                    }
                    (Err(_), Some(_)) => Ok(()),
                    (outcome, None) => outcome,
                }
            })
        })
    });
    raised.chain(imported).collect()
}

/// A template without what cannot come back: permissions are named by what they say, as their ids have the name of the
/// function, which is not always in the template; deployments are named without digests, which see such names, too; and
/// the headers that preflights of a REST API allow are left out, as those of all paths are allowed for each.
fn comparable(mut template: Value) -> Value {
    fn without(it: &mut Value) {
        match it {
            Value::Object(map) => {
                map.retain(|key, _| !key.ends_with("Access-Control-Allow-Headers"));
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
