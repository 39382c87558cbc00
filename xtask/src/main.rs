//! The commands a developer runs: `cargo xtask run | test | build | drill | bench`.
//!
//! Owns: getting the tools, the order of the build steps, test set-up and the summary. Called by people and by
//! `.ci/run`. Must not: know the domain, or depend on `server`, `app` or `shared` (it is compiled before them).
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "A command line program talks to the terminal."
)]

mod bench;
mod compress;
mod drill;
mod fingerprint;
mod postgres;
mod process;
mod project;
mod release;
mod run;
mod shell;
mod split;
mod style;
mod system;
mod test;
mod texts;
mod tools;
mod wasm;
mod web;

use clap::{Parser, Subcommand};
use project::Project;
use std::process::ExitCode;

/// Build, run and test Skolstart.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, propagate_version = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Get the tools, build, and serve a demo municipality on this machine.
    Run(run::Options),
    /// Set up what is missing, run every check and test, and end with a summary.
    Test(test::Options),
    /// Build the release binary with the web assets inside.
    Build,
    /// Run what takes long: hundreds of kills, the program of a release, licences, the list of what it is made of.
    Drill(drill::Options),
    /// Measure sizes, rates and times, and write them as a table and as JSON.
    Bench(bench::Options),
}

fn main() -> ExitCode {
    let done = split::stand_in().unwrap_or_else(|| {
        let arguments = Arguments::parse();
        Project::find().and_then(|project| dispatch(&project, arguments.command))
    });
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(project: &Project, command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Run(options) => run::run(project, &options),
        Command::Test(options) => test::test(project, &options),
        Command::Build => release::build(project).map(|()| ExitCode::SUCCESS),
        Command::Drill(options) => drill::drill(project, &options),
        Command::Bench(options) => bench::bench(project, &options).map(|()| ExitCode::SUCCESS),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Arguments::command().debug_assert();
    }
}
