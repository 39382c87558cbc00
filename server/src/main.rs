//! The `skolstart` program: reads the command line and dispatches, nothing more.

mod cli;

use clap::Parser;
use mimalloc::MiMalloc;
use std::process::ExitCode;

/// A fifth of the processor time of a request went into the allocator of the C library, a third of that into this one.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    match cli::run(cli::Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            cli::problem(&error);
            ExitCode::FAILURE
        }
    }
}
