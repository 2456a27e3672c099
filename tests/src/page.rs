//! The pages of the rules: the bad example yields the finding and nothing else, the good one nothing, and the
//! output in the page is the tool's own.

use std::io::Write as _;
use std::process::Stdio;

use gatewright_compiler::ir::Format;
use gatewright_compiler::rules::{self, Page, Rule};
use gatewright_compiler::source::Safety;
use libtest_mimic::{Failed, Trial};

use crate::{expect, formats, gatewright, root, scratch};

pub(crate) fn trials() -> impl Iterator<Item = Trial> {
    rules::all().map(|rule| Trial::test(format!("page::{}", rule.name), move || page(rule)))
}

fn page(rule: &'static Rule) -> Result<(), Failed> {
    let page = Page::parse(rule.page);
    if page.title != rule.name {
        return Err(format!("the heading is `{}`", page.title).into());
    }
    if page.summary.is_empty() || page.summary.contains("\n\n") {
        return Err("one paragraph below the heading says what the rule finds".into());
    }
    for heading in ["Why", "Bad", "Good", "References"] {
        if page.section(heading).is_none_or(str::is_empty) {
            return Err(format!("`## {heading}` is missing or empty").into());
        }
    }
    if !page.section("References").unwrap_or_default().contains("](https://") {
        return Err("`## References` has no link".into());
    }
    let (bad, good) = (page.examples("Bad"), page.examples("Good"));
    let configuration = |heading| page.code(heading, "toml gatewright.toml").concat();
    if bad.is_empty() || good.is_empty() {
        return Err("`## Bad` and `## Good` each have an example: a ```yaml block".into());
    }
    for (name, text) in good {
        let found = check(rule, name, text, &configuration("Good"), "concise")?;
        if !found.is_empty() {
            return Err(format!("the good example has findings:\n{found}").into());
        }
    }
    let mut output = String::new();
    for (name, text) in bad {
        let found = check(rule, name, text, &configuration("Bad"), "json-lines")?;
        let found: Vec<serde_json::Value> =
            found.lines().filter_map(|it| serde_json::from_str(it).ok()).collect();
        let names: Vec<&str> = found.iter().filter_map(|it| it["rule"].as_str()).collect();
        let format = match name.rsplit('/').next().unwrap_or_default() {
            it if it.starts_with("openapi") => Format::OpenApi,
            it if it.starts_with("serverless") => Format::Serverless,
            it if it.starts_with("template") => Format::Sam,
            _ => Format::Gatewright,
        };
        for it in found.iter().filter_map(|it| it["help"].as_str()) {
            formats::speaks(format, it)?;
        }
        if names.is_empty() || names.iter().any(|it| *it != rule.name) {
            return Err(format!("the bad example yields {names:?}, not only `{}`", rule.name).into());
        }
        output.push_str(&check(rule, name, text, &configuration("Bad"), "full")?);
    }
    fixed(rule, &page)?;
    let shown = page.code("Bad", "text").concat();
    let output = format!("{}\n", output.trim_end());
    if shown == output {
        return Ok(());
    }
    if expect::update() {
        return rewrite(rule, &output);
    }
    Err(expect::differs("the output in the page", &shown, &output))
}

/// A rule that has fixes fixes something of its bad examples, without a finding that was not there, and the page shows
/// what becomes of them below `## Fix`.
fn fixed(rule: &Rule, page: &Page<'_>) -> Result<(), Failed> {
    let Some(best) = rule.fix else { return Ok(()) };
    let (mut output, mut count, mut safety) = (String::new(), 0, Safety::Safe);
    let configuration = page.code("Bad", "toml gatewright.toml").concat();
    for (name, text) in page.examples("Bad") {
        let before = check(rule, name, text, &configuration, "json-lines")?;
        let has_fix = |it: &&str| it.contains("\"fixes\":[{");
        let fixable = before.lines().filter(has_fix).count();
        if fixable == 0 {
            continue;
        }
        count += fixable;
        let has = |safety: &str| before.contains(&format!("\"safety\":\"{safety}\""));
        if has("safe") && best == Safety::Unsafe {
            return Err("the rule says that its fixes are unsafe at best, and one is safe".into());
        }
        if has("unsafe") {
            safety = Safety::Unsafe;
        }
        let fixed = run(rule, name, text, &configuration, &["--fix", "--unsafe-fixes"])?;
        let after = check(rule, name, &fixed, &configuration, "json-lines")?;
        if after.lines().count() != before.lines().count() - fixable {
            return Err(format!("what was fixed has these findings:\n{after}\n{fixed}").into());
        }
        let diff = run(rule, name, text, &configuration, &["--diff", "--unsafe-fixes"])?;
        output.extend(
            diff.split_inclusive('\n').filter(|it| !it.starts_with("--- ") && !it.starts_with("+++ ")),
        );
    }
    if count == 0 {
        return Err("the rule says that it has fixes, and nothing of the bad example is fixed".into());
    }
    let shown = page.code("Fix", "diff").concat();
    if shown == output {
        return Ok(());
    }
    if expect::update() {
        return show_fix(rule, safety, &output);
    }
    Err(expect::differs("what `## Fix` shows", &shown, &output))
}

/// Puts what fixes change into the page: below `## Fix`, as a `diff` block.
fn show_fix(rule: &Rule, safety: Safety, diff: &str) -> Result<(), Failed> {
    let path = file(rule).ok_or("the page's file was not found")?;
    let text = std::fs::read_to_string(&path)?;
    let start = text.find("\n## Fix\n").ok_or("no `## Fix`")?;
    let end = start + 1 + text[start + 1..].find("\n## ").ok_or("nothing below `## Fix`")?;
    let section = text[start..end].split("\n\n`--fix").next().unwrap_or_default().trim_end();
    let option = if safety == Safety::Safe { "--fix" } else { "--fix --unsafe-fixes" };
    let section = format!("{section}\n\n`{option}` changes the example above:\n\n```diff\n{diff}```\n");
    std::fs::write(path, format!("{}{section}{}", &text[..start], &text[end..]))?;
    Ok(())
}

/// Puts the tool's output into the page: into the `text` block below `## Bad`.
fn rewrite(rule: &Rule, output: &str) -> Result<(), Failed> {
    let path = file(rule).ok_or("the page's file was not found")?;
    let text = std::fs::read_to_string(&path)?;
    let bad = text.find("\n## Bad").ok_or("no `## Bad`")?;
    let start = bad + text[bad..].find("```text\n").ok_or("no ```text block below `## Bad`")? + 8;
    let end = start + text[start..].find("```").ok_or("the ```text block has no end")?;
    std::fs::write(path, format!("{}{output}{}", &text[..start], &text[end..]))?;
    Ok(())
}

/// The file of a rule's page, found by its heading.
fn file(rule: &Rule) -> Option<std::path::PathBuf> {
    let heading = format!("# {}\n", rule.name);
    pages().into_iter().find(|it| std::fs::read_to_string(it).is_ok_and(|text| text.starts_with(&heading)))
}

/// All pages in the repository.
pub(crate) fn pages() -> Vec<std::path::PathBuf> {
    let mut out = Vec::new();
    for subject in std::fs::read_dir(root().join("crates/gatewright-rules/src/rules")).unwrap() {
        let subject = subject.unwrap().path();
        if subject.is_dir() {
            let files = std::fs::read_dir(subject).unwrap().map(|it| it.unwrap().path());
            out.extend(files.filter(|it| it.extension().is_some_and(|it| it == "md")));
        }
    }
    out.sort();
    out
}

/// What `gatewright check` writes about a file, with the rule in force and those that always are; its format shows from
/// its content. The configuration stands beside it; one with errors is what the output is about.
fn check(rule: &Rule, name: &str, text: &str, configuration: &str, format: &str) -> Result<String, Failed> {
    run(rule, name, text, configuration, &["--format", format])
}

fn run(
    rule: &Rule,
    name: &str,
    text: &str,
    configuration: &str,
    arguments: &[&str],
) -> Result<String, Failed> {
    let folder = match configuration {
        "" => empty_folder(),
        text => {
            let folder = scratch(&format!("page-{}", rule.name));
            std::fs::write(folder.join("gatewright.toml"), text)?;
            folder
        }
    };
    let mut child = gatewright()
        .args(["check", "-", "--stdin-filename", name, "--fail-on", "never"])
        .args(arguments)
        .args(["--rule", rule.name])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    // In a page the replacement character stands for a byte that is not UTF-8.
    let mut bytes = Vec::new();
    for (at, part) in text.split(char::REPLACEMENT_CHARACTER).enumerate() {
        if at > 0 {
            bytes.push(0xe9);
        }
        bytes.extend_from_slice(part.as_bytes());
    }
    child.stdin.take().ok_or("no standard input")?.write_all(&bytes)?;
    let output = child.wait_with_output()?;
    let is_diff = arguments.contains(&"--diff");
    let is_refused =
        output.status.code() == Some(2) && !configuration.is_empty() && !output.stdout.is_empty();
    if !output.status.success() && !is_diff && !is_refused {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

fn empty_folder() -> std::path::PathBuf {
    static FOLDER: std::sync::OnceLock<std::path::PathBuf> = std::sync::OnceLock::new();
    FOLDER.get_or_init(|| scratch("pages")).clone()
}
