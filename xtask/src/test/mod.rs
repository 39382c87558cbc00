//! `cargo xtask test`: set-up, every check and test, and the summary. Called by `main` and `.ci/run`.
//! Must not: stop at the first failure, or pass over a part without saying so.

pub(crate) mod parts;
pub(crate) mod report;

use crate::project::Project;
use anyhow::Result;
use clap::{Args, ValueEnum};
use report::Report;
use std::process::ExitCode;

/// Run the checks and tests.
#[derive(Args)]
pub(crate) struct Options {
    /// Only this part. Without it: formatting, lints and all four parts.
    part: Option<Part>,
    /// Only the tests with these names (`unit`, `api`, `web`), or the journeys in these files (`e2e`): `test e2e -- guardian/offline`
    #[arg(last = true, requires = "part")]
    only: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Formatting and lints, native and wasm.
    Lint,
    /// The tests inside shared, app, server and xtask, and the tests beside shared and app.
    Unit,
    /// The tests beside the server, on SQLite and on a private PostgreSQL.
    Api,
    /// The tests that run as wasm in a browser.
    Web,
    /// The journeys through the real program in a browser.
    E2e,
}

/// Runs the parts and prints the summary. The exit code is a failure when any step failed.
pub(crate) fn test(project: &Project, options: &Options) -> Result<ExitCode> {
    let mut report = Report::default();
    let wanted = |part| options.part.is_none_or(|only| only == part);
    if wanted(Part::Lint) {
        parts::lint(project, &mut report);
    }
    if wanted(Part::Unit) {
        parts::unit(project, &mut report, &options.only);
    }
    if wanted(Part::Api) {
        parts::api(project, &mut report, &options.only);
    }
    if wanted(Part::Web) {
        parts::web(project, &mut report, &options.only);
    }
    if wanted(Part::E2e) {
        parts::e2e(project, &mut report, &options.only);
    }
    Ok(report.finish())
}
