//! The command line as a user meets it: `tests/suite/cli/<case>/` holds `args`, perhaps `stdin` and files, and
//! what came out: `stdout`, `stderr`, `status`.

use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use libtest_mimic::{Failed, Trial};

use crate::{case, expect, gatewright, root, scratch};

pub(crate) fn trials() -> Vec<Trial> {
    let mut folders: Vec<_> = std::fs::read_dir(root().join("tests/suite/cli"))
        .into_iter()
        .flatten()
        .flatten()
        .map(|it| it.path())
        .filter(|it| it.join("args").exists())
        .collect();
    folders.sort();
    folders
        .into_iter()
        .map(|folder| Trial::test(format!("cli::{}", case::name(&folder)), move || run(&folder)))
        .collect()
}

/// Runs the program in a copy of the case's folder: once for each line of `args`.
fn run(folder: &Path) -> Result<(), Failed> {
    let work = scratch(&format!("cli-{}", case::name(folder)));
    copy(folder, &work)?;
    let (mut stdout, mut stderr, mut status) = (String::new(), String::new(), String::new());
    for line in std::fs::read_to_string(folder.join("args"))?.lines() {
        let mut child = gatewright()
            .args(line.split_whitespace())
            .current_dir(&work)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let input = std::fs::read(folder.join("stdin")).unwrap_or_default();
        // A program that does not read its input may be gone already.
        let _ = child.stdin.take().ok_or("no standard input")?.write_all(&input);
        let output = child.wait_with_output()?;
        stdout.push_str(&String::from_utf8(output.stdout)?);
        stderr.push_str(&String::from_utf8(output.stderr)?.replace('\\', "/"));
        status.push_str(&format!("{}\n", output.status.code().unwrap_or(-1)));
    }
    expect::file(&folder.join("stdout"), &stdout)?;
    expect::file(&folder.join("stderr"), &stderr)?;
    expect::file(&folder.join("status"), &status)
}

/// Copies a folder, but for what the runner writes.
fn copy(from: &Path, to: &Path) -> Result<(), Failed> {
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if entry.file_type()?.is_dir() {
            std::fs::create_dir_all(to.join(&name))?;
            copy(&entry.path(), &to.join(&name))?;
        } else if !matches!(&*name.to_string_lossy(), "args" | "stdin" | "stdout" | "stderr" | "status") {
            std::fs::copy(entry.path(), to.join(&name))?;
        }
    }
    Ok(())
}
