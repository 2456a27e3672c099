//! SARIF: what its readers rely on, with findings and without. The format is in no case's expectation, since it holds
//! the pages of all rules.

use libtest_mimic::{Failed, Trial};
use serde_json::Value;

use crate::{gatewright, root};

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("sarif::every_finding_names_its_rule_and_place", findings),
        Trial::test("sarif::no_finding_is_an_empty_list", nothing),
    ]
}

fn log(folder: &str) -> Result<Value, Failed> {
    let output = gatewright()
        .args(["check", "gatewright.yaml", "--format", "sarif", "--fail-on", "never"])
        .current_dir(root().join(folder))
        .output()?;
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn findings() -> Result<(), Failed> {
    let log = log("tests/suite/check/unknown-names")?;
    if log["version"] != "2.1.0" || log["runs"].as_array().map(Vec::len) != Some(1) {
        return Err("this is not one run of SARIF 2.1.0".into());
    }
    let run = &log["runs"][0];
    let results = run["results"].as_array().filter(|it| !it.is_empty()).ok_or("there are no results")?;
    for it in results {
        let index = it["ruleIndex"].as_u64().ok_or("a result has no `ruleIndex`")? as usize;
        let rule = &run["tool"]["driver"]["rules"][index];
        if rule["id"] != it["ruleId"] || rule["shortDescription"]["text"].as_str().is_none_or(str::is_empty) {
            return Err(format!("the rule of this result is not described: {it}").into());
        }
        if !matches!(it["level"].as_str(), Some("error" | "warning"))
            || it["message"]["text"].as_str().is_none()
        {
            return Err(format!("this result has no level or no message: {it}").into());
        }
        let place = &it["locations"][0]["physicalLocation"];
        let number = |key: &str| place["region"][key].as_u64().unwrap_or_default();
        let (start, end) =
            ((number("startLine"), number("startColumn")), (number("endLine"), number("endColumn")));
        if place["artifactLocation"]["uri"] != "gatewright.yaml"
            || start.0 == 0
            || start.1 == 0
            || end < start
        {
            return Err(format!("this result has no place: {it}").into());
        }
    }
    Ok(())
}

fn nothing() -> Result<(), Failed> {
    let log = log("examples/hello-api")?;
    match log["runs"][0]["results"].as_array() {
        Some(results) if results.is_empty() => Ok(()),
        other => Err(format!("{other:?}").into()),
    }
}
