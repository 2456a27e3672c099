//! Import: a specification that is raised from a model means the same as the one that the model came from.

use std::path::Path;

use gatewright_compiler::raise::{Options, raise};
use libtest_mimic::{Failed, Trial};

use crate::build::{compiled, everything};
use crate::{case, expect};

pub(crate) fn trials() -> Vec<Trial> {
    let folders = || case::folders("examples").into_iter().chain(case::folders("tests/suite/build"));
    let raised = folders().map(|folder| {
        Trial::test(format!("import::raised_builds_the_same::{}", case::name(&folder)), move || {
            raised(&folder)
        })
    });
    raised.collect()
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
