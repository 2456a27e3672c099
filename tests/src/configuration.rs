//! Configurations as they are found on disk: where the search ends, and what no text does to it.

use std::path::Path;
use std::process::Output;

use libtest_mimic::{Failed, Trial};

use crate::{gatewright, scratch};

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("configuration::the_search_ends_at_a_repository", ends_at_repository),
        Trial::test("configuration::ways_to_a_file_make_no_difference", ways),
        Trial::test("configuration::whatever_the_text_it_ends", hostile),
    ]
}

const SPECIFICATION: &str =
    "gatewright: 1\nname: orders\nkind: http\nroutes:\n  GET /: { http: \"https://example.com\" }\n";

fn check(folder: &Path, args: &[&str]) -> Result<Output, Failed> {
    Ok(gatewright().args(["check", "--format", "concise"]).args(args).current_dir(folder).output()?)
}

fn ends_at_repository() -> Result<(), Failed> {
    let folder = scratch("configuration-repository");
    std::fs::create_dir_all(folder.join("inner/.git"))?;
    std::fs::create_dir_all(folder.join("inner/deep"))?;
    std::fs::write(folder.join("gatewright.toml"), "rules.cors-missing = \"off\"\n")?;
    std::fs::write(folder.join("a.yaml"), SPECIFICATION)?;
    std::fs::write(folder.join("inner/deep/b.yaml"), SPECIFICATION)?;
    let found = String::from_utf8(check(&folder, &["."])?.stdout)?;
    let names: Vec<&str> = found.lines().filter_map(|it| it.split(':').next()).collect();
    if names != ["inner/deep/b.yaml"] {
        return Err(format!("findings in {names:?}").into());
    }
    Ok(())
}

fn ways() -> Result<(), Failed> {
    let folder = scratch("configuration-ways");
    std::fs::create_dir_all(folder.join("services/orders"))?;
    std::fs::create_dir_all(folder.join("tools"))?;
    std::fs::write(
        folder.join("gatewright.toml"),
        "[[overrides]]\npaths = [\"services/orders/\"]\nrules.cors-missing = \"off\"\n",
    )?;
    // Its folder is passed on the way, and is none that the file is in.
    std::fs::write(folder.join("tools/gatewright.toml"), "rules.cors-missing = \"error\"\n")?;
    let file = folder.join("services/orders/a.yaml");
    std::fs::write(&file, SPECIFICATION)?;
    let whole = file.to_string_lossy().into_owned();
    for (from, name) in [
        ("", "services/orders/a.yaml"),
        ("", "./services/../services/orders/a.yaml"),
        ("tools", "../services/orders/a.yaml"),
        ("tools", "../services"),
        ("services/orders", "a.yaml"),
        ("services/orders", "."),
        ("services", &whole),
    ] {
        let found = check(&folder.join(from), &[name])?;
        if !found.stdout.is_empty() || !found.status.success() {
            let (out, error) =
                (String::from_utf8_lossy(&found.stdout), String::from_utf8_lossy(&found.stderr));
            return Err(format!("from `{from}`, `{name}`: {out}{error}").into());
        }
    }
    Ok(())
}

fn hostile() -> Result<(), Failed> {
    let folder = scratch("configuration-hostile");
    std::fs::write(folder.join("a.yaml"), SPECIFICATION)?;
    let times = 10_000_000;
    for bytes in [
        "[".repeat(times).into_bytes(),
        format!("rules = {}", "{a=".repeat(300_000)).into_bytes(),
        "=\n".repeat(500_000).into_bytes(),
        format!("{}a = 1", "a.".repeat(500_000)).into_bytes(),
        format!("exclude = [{}]", "\"**/*a*/**/b\",".repeat(50_000)).into_bytes(),
        vec![0xff; 100_000],
        vec![0; 100_000],
    ] {
        std::fs::write(folder.join("gatewright.toml"), &bytes)?;
        let start = std::time::Instant::now();
        let output = check(&folder, &["a.yaml"])?;
        let shown = String::from_utf8_lossy(&bytes[..20]).into_owned();
        match output.status.code() {
            Some(0..=2) => {}
            code => return Err(format!("`{shown}…`: {code:?}").into()),
        }
        if start.elapsed().as_secs() > 60 || output.stdout.len() > 1_000_000 {
            return Err(format!("`{shown}…`: {:?}, {} bytes", start.elapsed(), output.stdout.len()).into());
        }
    }
    Ok(())
}
