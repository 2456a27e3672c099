//! All tests that see more than one crate: rule pages, cases, examples, the command line, the repository.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, missing_docs)]

mod build;
mod case;
mod cli;
mod configuration;
mod corpus;
mod document;
mod expect;
mod fix;
mod formats;
mod hostile;
mod import;
mod page;
mod readme;
mod robust;
mod sam;
mod sarif;
mod tidy;
mod watch;

use libtest_mimic::{Arguments, Trial};

fn main() {
    let arguments = Arguments::from_args();
    let mut trials: Vec<Trial> = Vec::new();
    trials.extend(page::trials());
    trials.extend(case::trials());
    trials.extend(formats::trials());
    trials.extend(build::trials());
    trials.extend(document::trials());
    trials.extend(fix::trials());
    trials.extend(import::trials());
    trials.extend(cli::trials());
    trials.extend(configuration::trials());
    trials.extend(corpus::trials());
    trials.extend(sarif::trials());
    trials.extend(readme::trials());
    trials.extend(robust::trials());
    trials.extend(sam::trials());
    trials.extend(hostile::trials());
    trials.extend(tidy::trials());
    trials.extend(watch::trials());
    libtest_mimic::run(&arguments, trials).exit();
}

/// The root of the repository.
fn root() -> std::path::PathBuf {
    std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The program under test.
fn gatewright() -> std::process::Command {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_gatewright"));
    command.env_clear();
    command
}

/// An empty folder of this test run's own.
fn scratch(name: &str) -> std::path::PathBuf {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).expect("the folder for temporary files is writable");
    path
}
