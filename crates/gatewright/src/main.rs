//! The command line: arguments, files, rendering and exit codes. The only crate that touches the outside world.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr)] // This is that crate.

mod args;
mod command;
mod configuration;
mod disk;
mod render;
mod visible;
mod walk;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};

/// Something that could not be run, in words for the user: exit code 2.
#[derive(Debug)]
pub(crate) struct Failure(pub(crate) String);

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

/// Nothing was found, or something was: exit codes 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Clean,
    Found,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let outcome = match args.command {
        Command::Check(it) => command::check::run(&it),
        Command::Build(it) => command::build::run(&it),
        Command::Import(it) => command::import::run(&it),
        Command::Graph(it) => command::graph::run(&it),
        Command::Explain(it) => command::explain::run(&it),
        Command::Rules(it) => command::rules::run(&it),
        Command::Config(it) => command::config::run(&it),
        Command::Schema(it) => command::schema::run(&it),
        Command::Init(it) => command::init::run(&it),
        Command::Completions(it) => command::completions::run(&it),
    };
    match outcome {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Found) => ExitCode::from(1),
        Err(Failure(message)) => {
            anstream::eprintln!("{}error{}: {}", render::BOLD_RED, render::RESET, visible::visible(&message));
            ExitCode::from(2)
        }
    }
}
