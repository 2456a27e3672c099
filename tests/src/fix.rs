//! Fixes: of every input here what can be fixed is fixed, nothing is left to fix then, and nothing became worse.

use std::path::Path;

use gatewright_compiler::rules::{self, Page, Preset, Settings};
use gatewright_compiler::source::{Diagnostic, Safety};
use gatewright_compiler::{Files, Fixed, Given, NoFiles, Request, compile_given, fix};
use libtest_mimic::{Failed, Trial};

use crate::build::Folder;
use crate::{case, formats};

pub(crate) fn trials() -> Vec<Trial> {
    let mut out = Vec::new();
    for folder in ["tests/suite", "examples"].into_iter().flat_map(case::folders) {
        let name = case::name(&folder);
        out.push(Trial::test(format!("fix::{name}"), move || {
            let bytes = std::fs::read(folder.join("gatewright.yaml"))?;
            converges("gatewright.yaml", &bytes, &Folder(folder))
        }));
    }
    for (name, folder, input) in formats::cases() {
        let Some(input) = input else { continue };
        out.push(Trial::test(format!("fix::{name}"), move || {
            converges(input, &std::fs::read(folder.join(input))?, &Folder(folder))
        }));
    }
    for rule in rules::all() {
        out.push(Trial::test(format!("fix::page::{}", rule.name), move || {
            let page = Page::parse(rule.page);
            for (name, text) in page.examples("Bad").into_iter().chain(page.examples("Good")) {
                converges(name, text.as_bytes(), &NoFiles)?;
            }
            Ok(())
        }));
    }
    out
}

fn converges(name: &str, bytes: &[u8], files: &dyn Files) -> Result<(), Failed> {
    let settings = Settings { preset: Preset::All, ..Settings::default() };
    let request = Request { given: Given::Named, settings: &settings, before: None };
    let Some(before) = compile_given(name, bytes.to_vec(), &request, files) else { return Ok(()) };
    for it in before.diagnostics.iter().filter(|it| it.fix.is_some()) {
        if rules::find(it.rule).is_none_or(|rule| rule.fix.is_none()) {
            return Err(format!("`{}` says that it has no fix, and here it has one", it.rule).into());
        }
    }
    for safety in [Safety::Safe, Safety::Unsafe] {
        let run = |bytes: Vec<u8>| fix(name, bytes, &request, files, safety, &|_| true).ok_or("no API");
        let fixed = run(bytes.to_vec())?;
        sound(&fixed, safety)?;
        // A second time there is nothing to do, unless the first changed files beside this one.
        let own = fixed.files.iter().find(|it| Path::new(&it.name) == Path::new(name));
        if fixed.files.len() == usize::from(own.is_some())
            && let Some(own) = own
        {
            let again = run(own.after.as_bytes().to_vec())?;
            if !again.files.is_empty() {
                return Err(format!("a second time {:?} changes", again.files).into());
            }
        }
    }
    Ok(())
}

fn sound(fixed: &Fixed, safety: Safety) -> Result<(), Failed> {
    let after = &fixed.compilation;
    if !fixed.refused.is_empty() {
        return Err(format!("these fixes leave their findings or bring errors: {:?}", fixed.refused).into());
    }
    let left = after.diagnostics.iter().find(|it| it.fix.as_ref().is_some_and(|it| it.safety <= safety));
    if let Some(left) = left {
        return Err(format!("this is still to be fixed: {left:?}").into());
    }
    let is_syntax = |it: &&Diagnostic| it.rule == "syntax";
    if fixed.fixed > 0 && after.diagnostics.iter().any(|it| is_syntax(&it)) {
        return Err("what was fixed has syntax errors".into());
    }
    if (fixed.fixed > 0) == fixed.files.is_empty() {
        return Err(format!("{} findings were fixed in {} files", fixed.fixed, fixed.files.len()).into());
    }
    Ok(())
}
