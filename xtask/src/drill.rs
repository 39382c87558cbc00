//! `cargo xtask drill`: what takes too long for every change, or needs the program of a release. Called by `main` and by whoever
//! makes a release. Must not: repeat what `test` runs, but for more of the same.

use crate::process::{cargo, run};
use crate::project::Project;
use crate::test::parts::{DEMO, native, passed};
use crate::test::report::{Done, Report};
use crate::tools::WebTools;
use crate::{release, system};
use anyhow::{Context, Result};
use clap::Args;
use std::fs;
use std::process::{Command, ExitCode};

/// Says which licences, crates and sources are not as `deny.toml` wants them.
const DENY: &str = "0.20.2";
/// Lists what the program is made of, as CycloneDX.
const CYCLONEDX: &str = "0.5.9";

/// The tests beside the crates that hold properties.
const PROPERTIES: [&str; 8] =
    ["builder", "check", "consent", "contradictions", "deciding", "forms", "library", "values"];

/// Run the drills.
#[derive(Args)]
pub(crate) struct Options {
    /// How often each database's program is killed.
    #[arg(long, default_value_t = 200)]
    kills: u16,
    /// At how many places of each of the calls that write the program is killed, one after another.
    #[arg(long, default_value_t = 60)]
    points: u16,
    /// How many cases each property is tried with.
    #[arg(long, default_value_t = 10_000)]
    cases: u32,
    /// How many requests of each endpoint are made up, beside those that cover what its description names.
    #[arg(long, default_value_t = 10)]
    examples: u32,
}

/// Runs all drills and prints the summary. The exit code is a failure when any of them failed.
pub(crate) fn drill(project: &Project, options: &Options) -> Result<ExitCode> {
    let mut report = Report::default();
    report.step("licences, bans and sources", || {
        // It looks at the crates for every system, of which a build has fetched those for this one.
        run(cargo().args(["fetch", "--locked"]).current_dir(project.root()))?;
        let mut deny = Command::new(WebTools::subcommand(project, "cargo-deny", DENY)?);
        passed(deny.args(["--offline", "check", "bans", "licenses", "sources"]).current_dir(project.root()))
    });
    report.step("list of what it is made of", || made_of(project));
    report.step("properties, many cases", || {
        let beside = PROPERTIES.iter().flat_map(|name| ["--test", name]);
        let tests: Vec<&str> = std::iter::once("--lib").chain(beside).collect();
        passed(test(project, &tests).env("PROPTEST_CASES", options.cases.to_string()))
    });
    report.step("kills, faults and back-ups", || {
        // They start clusters of their own, and kill them too.
        system::postgres()?;
        let mut tests = test(project, &["--test", "kill"]);
        tests.env("SKOLSTART_KILL_ROUNDS", options.kills.to_string());
        tests.env("SKOLSTART_KILL_POINTS", options.points.to_string());
        // Without it nothing is killed or made to fail at a place, and nothing would have been shown.
        passed(tests.env("SKOLSTART_NEEDS_STRACE", "1"))
    });
    report.step("requests made from the OpenAPI document", || {
        let mut tests = test(project, &["--test", "kill", "generated", "--", "--ignored", "--nocapture"]);
        passed(
            tests
                .env("SKOLSTART_SCHEMATHESIS", system::schemathesis(project)?)
                .env("SKOLSTART_EXAMPLES", options.examples.to_string()),
        )
    });
    if report.step("program of a release", || release::build(project).map(|()| Done::Passed)) {
        report.step("nothing of the demo, no unsafe start", || {
            let mut tests = test(project, &["--test", "kill", "released", "--", "--ignored"]);
            passed(tests.env("SKOLSTART_RELEASE", project.server_program("release")))
        });
    }
    Ok(report.finish())
}

/// `target/skolstart.cdx.json`, for whoever gets the program: what is in it, of which version and under which licence.
fn made_of(project: &Project) -> Result<Done> {
    let mut list = Command::new(WebTools::subcommand(project, "cargo-cyclonedx", CYCLONEDX)?);
    list.args(["cyclonedx", "--format", "json", "--manifest-path", "server/Cargo.toml"]);
    list.args(["--override-filename", "skolstart.cdx"]).current_dir(project.root());
    run(&mut list)?;
    // It writes one beside each crate of the workspace; what is given out is the server with the pages in it.
    for member in ["app", "shared", "xtask"] {
        let _ = fs::remove_file(project.path(member).join("skolstart.cdx.json"));
    }
    let made = project.path("server/skolstart.cdx.json");
    let kept = project.target().join("skolstart.cdx.json");
    fs::rename(&made, &kept).with_context(|| format!("{} was not written", made.display()))?;
    println!("{}", kept.display());
    Ok(Done::Passed)
}

fn test(project: &Project, what: &[&str]) -> Command {
    let mut command = native(project, "test");
    command.arg("--workspace").args(DEMO).args(what);
    command
}
