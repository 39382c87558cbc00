//! The `skolstart` program: reads the command line and dispatches, nothing more.

mod cli;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run(cli::Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            cli::problem(&error);
            ExitCode::FAILURE
        }
    }
}
