//! `gatewright completions`

use clap::CommandFactory as _;

use super::print;
use crate::args::{Args, Completions};
use crate::{Failure, Outcome};

/// Prints completions for a shell.
pub(crate) fn run(args: &Completions) -> Result<Outcome, Failure> {
    let mut out = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "gatewright", &mut out);
    print(&String::from_utf8_lossy(&out))
}
