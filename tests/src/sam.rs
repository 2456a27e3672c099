//! SAM templates, judged by what AWS's own transform makes of them: the same routes, authorizers, CORS and stages.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use gatewright_compiler::{compile, ir};
use ir::{Authorization, CorsSetting, Generated, Ir};
use libtest_mimic::{Failed, Trial};

use crate::build::Folder;

/// APIs that the transform was seen to make, in all partitions, and those of them that are read alike.
///
/// What is missing is one API in three partitions: where a body has `paths` without a value, the transform loses the
/// events that `MergeDefinitions` should add.
const APIS: usize = 402;
const ALIKE: usize = 399;

/// Where the files of AWS SAM's own tests are in the folder of real files.
const INPUTS: &str = "sam/aws+serverless-application-model";
const OUTPUTS: &str = "cfn/aws+serverless-application-model";

/// Runs where the environment names the folder of real files, which are not part of the repository.
pub(crate) fn trials() -> Option<Trial> {
    let corpus = PathBuf::from(std::env::var_os("GATEWRIGHT_CORPUS")?);
    Some(Trial::test("sam::as_the_transform", move || alike(&corpus)))
}

fn alike(corpus: &Path) -> Result<(), Failed> {
    let mut inputs: Vec<PathBuf> =
        std::fs::read_dir(corpus.join(INPUTS))?.filter_map(|it| Some(it.ok()?.path())).collect();
    inputs.sort();
    let (mut apis, mut equal, mut differences) = (0, 0, String::new());
    for input in inputs {
        let name = crate::case::name(&input);
        let Some((before, case)) = name.split_once("__translator__input__") else { continue };
        let case = case.trim_end_matches(".yaml");
        for partition in ["", "aws-cn__", "aws-us-gov__"] {
            let output = format!("{before}__translator__output__{partition}{case}.json");
            let output = corpus.join(OUTPUTS).join(output);
            if !output.exists() {
                continue;
            }
            let (ours, theirs) = (read(&input)?, read(&output)?);
            for (id, theirs) in &theirs {
                apis += 1;
                match ours.get(id) {
                    Some(ours) if ours == theirs => equal += 1,
                    ours => {
                        let ours = ours.map_or("nothing", String::as_str);
                        differences.push_str(&format!(
                            "{partition}{case} {id}\n  ours   {ours}\n  theirs {theirs}\n"
                        ));
                    }
                }
            }
        }
    }
    if (apis, equal) == (APIS, ALIKE) {
        return Ok(());
    }
    Err(format!("{equal} of {apis} APIs are read alike, not {ALIKE} of {APIS}:\n{differences}").into())
}

/// The APIs of a template by logical id, as lines that can be compared.
fn read(path: &Path) -> Result<BTreeMap<String, String>, Failed> {
    let folder = path.parent().ok_or("a file is in a folder")?;
    let name = crate::case::name(path);
    let compilation = compile(&name, std::fs::read(path)?, None, &Folder(folder.to_owned()));
    let irs = compilation.models.iter().map(|it| &it.ir);
    Ok(irs
        .filter_map(|it| Some((it.provenance.logical_ids.get(&Generated::Api)?.to_string(), said(it))))
        .collect())
}

/// What is compared of an API.
fn said(ir: &Ir) -> String {
    let routes = ir.routes.values().filter(|it| !is_preflight(ir, it));
    let routes: BTreeSet<String> = routes.map(|it| route(ir, it)).collect();
    // The transform makes one more stage, which is for a rule to say.
    let stages: BTreeSet<&str> =
        ir.stages.values().map(|it| &*it.name.value).filter(|it| *it != "Stage").collect();
    let cors = cors(&ir.api.cors);
    match (ir.api.routes_unknown, routes.is_empty()) {
        // Of a definition that cannot be read, events say more than what the transform makes.
        (true, _) => format!("{:?} stages {stages:?}", ir.api.kind),
        // Without routes there are no preflight requests to answer.
        (false, true) => format!("{:?} no routes, stages {stages:?}", ir.api.kind),
        (false, false) => format!("{:?} {routes:?} cors {cors} stages {stages:?}", ir.api.kind),
    }
}

/// Whether a route answers preflight requests. One that the transform makes and that asks for credentials is a route in
/// what it makes, and no route in the template.
fn is_preflight(ir: &Ir, it: &ir::Route) -> bool {
    let is_mock = |id| matches!(ir.integrations[id].backend, ir::Backend::Mock { .. });
    it.key.value.method() == Some(ir::Method::Options) && it.target.integration().is_some_and(is_mock)
}

fn route(ir: &Ir, it: &ir::Route) -> String {
    let authorization = match it.authorization {
        Authorization::None => "open".to_owned(),
        Authorization::Iam => "iam".to_owned(),
        Authorization::Authorizer(id) => ir.authorizers[id].name.value.to_string(),
        Authorization::Unknown => "unknown".to_owned(),
    };
    let key = it.api_key.map_or("", |_| " key");
    format!("{} {authorization}{key} {}", it.key.value.as_str(), texts(&it.scopes).join(","))
}

fn cors(it: &CorsSetting) -> String {
    match it {
        // Of REST APIs, which methods are allowed may differ from path to path.
        CorsSetting::Policy(it) => format!(
            "{:?} {:?} {:?} {:?}",
            texts(&it.allow_origins),
            texts(&it.allow_headers),
            it.max_age.as_ref().map(|it| it.value.known()),
            it.allow_credentials.as_ref().and_then(|it| it.value.known()).unwrap_or(&false)
        ),
        CorsSetting::Unknown => "unknown".to_owned(),
        _ => "none".to_owned(),
    }
}

fn texts(items: &[ir::Located<ir::Text>]) -> Vec<String> {
    items.iter().map(|it| it.value.as_str().unwrap_or("…").to_owned()).collect()
}
