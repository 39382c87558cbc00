//! `cargo xtask build`: the one file that goes to production. Called by `main`. Must not: include the demo.

use crate::compress::Effort;
use crate::process::{cargo, run};
use crate::project::Project;
use crate::web;
use anyhow::{Context, Result};
use std::fs;

/// Builds the web assets as small as they get and the server around them, then prints the path and size.
pub(crate) fn build(project: &Project) -> Result<()> {
    web::build(project, web::For::Release, Effort::Best)?;
    println!("Building the server");
    let mut command = cargo();
    command.args(["build", "--release", "--locked", "--package", "skolstart-server", "--bin", "skolstart"]);
    // Compiled into the program: the server's build script reads it.
    run(command.env("SKOLSTART_WEB_DIST", project.web_dist()).current_dir(project.root()))?;
    let program = project.server_program("release");
    let size = fs::metadata(&program).with_context(|| format!("{} is not there", program.display()))?.len();
    println!("{} ({}.{} MB)", program.display(), size / 1_000_000, size % 1_000_000 / 100_000);
    Ok(())
}
