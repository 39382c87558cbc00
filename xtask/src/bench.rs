//! `cargo xtask bench`: builds what is measured and starts the measuring program of the server. Called by `main`.
//! Must not: measure anything itself, or run as part of the tests.

use crate::compress::Effort;
use crate::postgres::Cluster;
use crate::process::{cargo, run};
use crate::project::Project;
use crate::{system, web};
use anyhow::Result;
use clap::Args;

/// Measure sizes, rates and times.
#[derive(Args)]
pub(crate) struct Options {
    /// Handed on to the measuring program; see `cargo xtask bench -- --help`.
    #[arg(last = true)]
    rest: Vec<String>,
}

/// Builds the web assets, starts a private PostgreSQL and runs the server's `bench` program against both databases.
pub(crate) fn bench(project: &Project, options: &Options) -> Result<()> {
    web::build(project, Effort::Best)?;
    system::postgres()?;
    let cluster = Cluster::start(project)?;
    let mut command = cargo();
    command.args([
        "run",
        "--release",
        "--package",
        "skolstart-server",
        "--features",
        "demo,bench",
        "--bin",
        "bench",
        "--",
    ]);
    command
        .args(&options.rest)
        .env("SKOLSTART_WEB_DIR", project.web_dist())
        .env("SKOLSTART_TEST_POSTGRES", cluster.url());
    run(command.current_dir(project.root()))
}
