//! Starts the measuring script of the end-to-end tests against the release program. Called by `bench`.

use crate::process::{cargo, run};
use crate::project::Project;
use crate::system;
use anyhow::{Context, Result};
use serde_json::Value;
use std::fs;
use std::process::Command;

/// Measures the guardian's first form in a slow browser (5 cold loads, 2 when `quick`), the same page
/// on a second visit and without a network, and typing in a long form.
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
    let script = |name: &str, turns: &str| {
        let out = project.target().join("bench-browser.json");
        let mut script = Command::new("node");
        script.arg(["bench/", name].concat()).arg(&out).arg(turns);
        script
            .env("SKOLSTART_BIN", project.server_program("release"))
            .env("SKOLSTART_WEB_DIR", project.web_dist());
        run(script.env("SKOLSTART_CHROMIUM", &chromium).current_dir(project.path("end2end")))?;
        serde_json::from_slice::<Value>(&fs::read(&out)?).context("the measuring script wrote no JSON")
    };
    let mut found = script("first-form.mjs", if quick { "2" } else { "5" })?;
    found["repeat"] = script("repeat-visit.mjs", if quick { "2" } else { "5" })?;
    found["long_form"] = script("long-form.mjs", if quick { "40" } else { "400" })?;
    found["rules"] = rules(project)?;
    Ok(found)
}

/// The rules of a form of a thousand fields, natively.
fn rules(project: &Project) -> Result<Value> {
    let mut bench = cargo();
    bench.args(["bench", "--quiet", "--package", "skolstart-shared", "--bench", "long_form"]);
    let output = bench.current_dir(project.root()).output()?;
    serde_json::from_slice(&output.stdout).context("the measuring program of the rules wrote no JSON")
}
