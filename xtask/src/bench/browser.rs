//! Starts the measuring script of the end-to-end tests against the release program. Called by `bench`.

use crate::process::{cargo, run};
use crate::project::Project;
use crate::system;
use anyhow::{Context, Result};
use serde_json::Value;
use std::fs;
use std::process::Command;

/// Measures the guardian's first form in a slow browser: 5 cold loads, 2 when `quick`.
pub(crate) fn first_form(project: &Project, quick: bool) -> Result<Value> {
    let chromium = system::chromium()?;
    system::npm_packages(project)?;
    let mut build = cargo();
    build.args([
        "build",
        "--release",
        "--package",
        "skolstart-server",
        "--features",
        "demo",
        "--bin",
        "skolstart",
    ]);
    run(build.current_dir(project.root()))?;
    let out = project.target().join("bench-browser.json");
    let mut script = Command::new("node");
    script.arg("bench/first-form.mjs").arg(&out).arg(if quick { "2" } else { "5" });
    script
        .env("SKOLSTART_BIN", project.server_program("release"))
        .env("SKOLSTART_WEB_DIR", project.web_dist());
    run(script.env("SKOLSTART_CHROMIUM", chromium).current_dir(project.path("end2end")))?;
    serde_json::from_slice(&fs::read(&out)?).context("the measuring script wrote no JSON")
}
