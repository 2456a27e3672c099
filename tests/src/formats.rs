//! Files that people already have: a folder holds one of them, and what the tool makes of it.

use std::path::{Path, PathBuf};

use gatewright_compiler::ir::Format;
use gatewright_compiler::{Compilation, compile, emit, rules};
use libtest_mimic::{Failed, Trial};

use crate::build::Folder;
use crate::{case, expect, root};

/// What the file of a case may be called.
const INPUTS: [&str; 6] =
    ["template.yaml", "template.json", "openapi.yaml", "openapi.json", "serverless.yml", "swagger.json"];

/// `tests/suite/formats/<format>/<case>/`: the file, the APIs in it as `model.json`, and the findings in
/// `diagnostics.txt`.
pub(crate) fn trials() -> impl Iterator<Item = Trial> {
    cases().map(|(name, folder, input)| {
        Trial::test(format!("formats::{name}"), move || {
            let input = input.ok_or("there is no input")?;
            read(&folder, input)
        })
    })
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

fn below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut out: Vec<PathBuf> = entries.map(|it| it.path()).filter(|it| it.is_dir()).collect();
    out.sort();
    out
}

fn read(folder: &Path, input: &str) -> Result<(), Failed> {
    let compilation = compile(input, std::fs::read(folder.join(input))?, None, &Folder(folder.to_owned()));
    expect::file(&folder.join("model.json"), &models(&compilation)?)?;
    for it in compilation.diagnostics.iter().filter_map(|it| it.help.as_deref()) {
        speaks(compilation.format, it)?;
    }
    case::check(folder, input)
}

/// Keys of the Serverless Framework that our language has, too.
const OF_SERVERLESS: [&str; 17] = [
    "apiKeys",
    "authorizer",
    "authorizers",
    "binaryMediaTypes",
    "cors",
    "disableDefaultEndpoint",
    "functions",
    "handler",
    "integration",
    "payload",
    "request",
    "resources",
    "response",
    "runtime",
    "scopes",
    "timeout",
    "value",
];

/// Advice in a file that is not ours is in the words of its format.
pub(crate) fn speaks(format: Format, help: &str) -> Result<(), Failed> {
    let is_foreign = |word: &str| {
        rules::is_own_key(word) && !(format == Format::Serverless && OF_SERVERLESS.contains(&word))
    };
    let mut words = help.split('`').skip(1).step_by(2);
    match words.find(|it| is_foreign(it)).filter(|_| format != Format::Gatewright) {
        Some(word) if !help.starts_with("did you mean") => {
            Err(format!("{} has no `{word}`, which this advice names: {help}", format.title()).into())
        }
        _ => Ok(()),
    }
}

/// The APIs of a file.
pub(crate) fn models(compilation: &Compilation) -> Result<String, Failed> {
    let models: Vec<_> = compilation.models.iter().map(|it| emit::model(&it.ir, None)).collect();
    Ok(serde_json::to_string_pretty(&models)? + "\n")
}
