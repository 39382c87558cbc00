//! The steps of each part. Called by `test`; `drill` runs tests the same way. Must not: let two cargo calls differ in features where they could share
//! what they compile: `--workspace` everywhere gives every crate the same features.

use super::report::{Done, Report};
use crate::compress::Effort;
use crate::postgres::Cluster;
use crate::process::{cargo, run};
use crate::project::Project;
use crate::tools::WebTools;
use crate::{run as serve, system, web as assets};
use anyhow::Result;
use std::fs;
use std::path::Path;
use std::process::Command;

/// With what the tests and the demo need.
pub(crate) const DEMO: [&str; 2] = ["--features", "skolstart-server/demo"];
const STRICT: [&str; 3] = ["--", "-D", "warnings"];
const WASM: [&str; 4] = ["--package", "skolstart-app", "--target", "wasm32-unknown-unknown"];

pub(super) fn lint(project: &Project, report: &mut Report) {
    report.step("formatting", || passed(native(project, "fmt").args(["--all", "--check"])));
    report.step("lints, native, with the demo", || {
        passed(native(project, "clippy").args(["--workspace", "--all-targets"]).args(DEMO).args(STRICT))
    });
    report.step("lints, server without the demo", || {
        passed(native(project, "clippy").args(["--workspace", "--lib", "--bin", "skolstart"]).args(STRICT))
    });
    report.step("lints, wasm", || {
        WebTools::target()?;
        passed(
            browser(project, "clippy")
                .args(WASM)
                .args(["--lib", "--bins", "--features", "demo,staff"])
                .args(STRICT),
        )
    });
}

pub(super) fn unit(project: &Project, report: &mut Report, only: &[String]) {
    report.step("unit tests", || {
        let beside = ["shared", "app", "xtask"].iter().flat_map(|member| tests_beside(project, member));
        let names: Vec<String> = beside.flat_map(|name| ["--test".to_owned(), name]).collect();
        passed(
            native(project, "test")
                .args(["--workspace", "--no-fail-fast", "--lib", "--bins"])
                .args(DEMO)
                .args(names)
                .arg("--")
                .args(only),
        )
    });
    report.step("examples in the documentation", || {
        passed(native(project, "test").args(["--workspace", "--doc"]).args(DEMO))
    });
}

pub(super) fn api(project: &Project, report: &mut Report, only: &[String]) {
    report.step("server tests, SQLite and PostgreSQL", || {
        let names: Vec<String> = tests_beside(project, "server")
            .into_iter()
            .flat_map(|name| ["--test".to_owned(), name])
            .collect();
        if names.is_empty() {
            return Ok(Done::Nothing("server/tests holds no test yet"));
        }
        let cluster = Cluster::start(project)?;
        let mut command = native(project, "test");
        command.args(["--workspace", "--no-fail-fast"]).args(DEMO).args(names).arg("--").args(only);
        passed(command.env("SKOLSTART_TEST_POSTGRES", cluster.url()))
    });
}

pub(super) fn web(project: &Project, report: &mut Report, only: &[String]) {
    report.step("wasm tests in a browser", || {
        let uses = |member: &str| mentions(&project.path(member), "wasm_bindgen_test");
        if !uses("app/src") && !uses("app/tests") {
            return Ok(Done::Nothing("app holds no test marked wasm_bindgen_test yet"));
        }
        system::chromium()?;
        let driver = system::chromedriver()?;
        let tools = WebTools::ready(project)?;
        let mut command = browser(project, "test");
        command.env("PATH", tools.path()).env("CHROMEDRIVER", driver);
        command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
        passed(command.args(WASM).arg("--lib").arg("--").args(only))
    });
}

pub(super) fn e2e(project: &Project, report: &mut Report, only: &[String]) {
    if !report
        .step("web assets", || assets::build(project, assets::For::Demo, Effort::Best).map(|()| Done::Passed))
    {
        return;
    }
    if !report.step("server with the demo", || serve::server_beside_tests(project).map(|()| Done::Passed)) {
        return;
    }
    report.step("journeys in a browser", || {
        if !mentions(&project.path("end2end/tests"), "@playwright/test") {
            return Ok(Done::Nothing("end2end/tests holds no journey yet"));
        }
        let chromium = system::chromium()?;
        system::npm_packages(project)?;
        let mut command = Command::new("npx");
        command.args(["--no-install", "playwright", "test"]).args(only).current_dir(project.path("end2end"));
        command
            .env("SKOLSTART_BIN", project.server_program("debug"))
            .env("SKOLSTART_WEB_DIR", project.web_dist());
        passed(command.env("SKOLSTART_CHROMIUM", chromium))
    });
}

/// A command of cargo on the whole workspace.
pub(crate) fn native(project: &Project, what: &str) -> Command {
    let mut command = cargo();
    command.args([what]).current_dir(project.root());
    command
}

fn browser(project: &Project, what: &str) -> Command {
    let mut command = native(project, what);
    command.env("CARGO_TARGET_DIR", project.wasm_target());
    command
}

/// Runs to the end; an error when it fails.
pub(crate) fn passed(command: &mut Command) -> Result<Done> {
    run(command).map(|()| Done::Passed)
}

/// The names cargo gives to the tests beside a crate: `tests/name.rs` and `tests/name/main.rs`.
fn tests_beside(project: &Project, member: &str) -> Vec<String> {
    let folder = project.path(member).join("tests");
    let mut names = tests_in(&folder, ".rs");
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().join("main.rs").is_file() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names
}

fn tests_in(folder: &Path, ending: &str) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| Some(entry.file_name().to_str()?.strip_suffix(ending)?.to_owned())).collect()
}

fn mentions(path: &Path, word: &str) -> bool {
    if path.is_dir() {
        return fs::read_dir(path).into_iter().flatten().flatten().any(|entry| mentions(&entry.path(), word));
    }
    fs::read_to_string(path).is_ok_and(|text| text.contains(word))
}
