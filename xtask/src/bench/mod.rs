//! `cargo xtask bench`: builds what is measured, starts the measuring programs, and puts what they found into one table.
//! Called by `main`. Must not: run as part of the tests, or judge by absolute figures of one machine.

mod browser;
mod size;
mod table;

use crate::compress::Effort;
use crate::process::{cargo, run};
use crate::project::Project;
use crate::{system, web};
use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// Measure sizes, rates and times.
#[derive(Args)]
pub(crate) struct Options {
    /// Fewer and shorter runs: shows that it works, not how fast.
    #[arg(long)]
    quick: bool,
    /// Only this part. The others keep the figures of the last run.
    #[arg(long)]
    only: Option<Part>,
    /// Put the table into docs/benchmarks.md.
    #[arg(long)]
    write: bool,
    /// Handed on to the measuring program of the server, for example `-- --sizes 5000 --database sqlite`.
    #[arg(last = true)]
    rest: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// What a guardian downloads first.
    Size,
    /// Rates, pages and memory of the server.
    Server,
    /// The first form in a slow browser.
    Browser,
}

/// Measures, prints the table and writes `target/bench.json`.
pub(crate) fn bench(project: &Project, options: &Options) -> Result<()> {
    let wanted = |part| options.only.is_none_or(|only| only == part);
    let place = project.target().join("bench.json");
    let mut found = last(&place);
    if wanted(Part::Size) {
        web::build(project, web::For::Release, Effort::Best)?;
        found["size"] = size::first_load(project)?;
    }
    if wanted(Part::Server) {
        found["server"] = server(project, options)?;
    }
    if wanted(Part::Browser) {
        // Whoever opens the first form has signed in as somebody.
        web::build(project, web::For::Demo, Effort::Best)?;
        found["browser"] = browser::first_form(project, options.quick)?;
    }
    found["machine"] = machine();
    fs::write(&place, serde_json::to_vec_pretty(&found)?)?;
    let table = table::markdown(&found);
    println!("\n{table}");
    println!("{}", place.display());
    if options.write { table::into_docs(&project.path("docs/benchmarks.md"), &table) } else { Ok(()) }
}

fn last(place: &Path) -> Value {
    let read = fs::read(place).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    read.filter(Value::is_object).unwrap_or_else(|| json!({}))
}

fn server(project: &Project, options: &Options) -> Result<Value> {
    system::postgres()?;
    let out = project.target().join("bench-server.json");
    let mut command = cargo();
    command.args(["bench", "--package", "skolstart-server", "--features", "demo", "--bench", "load", "--"]);
    command.arg("--out").arg(&out);
    if options.quick {
        command.args(["--quick", "--sizes", "400,4000"]);
    }
    run(command.args(&options.rest).current_dir(project.root()))?;
    let mut found: Value =
        serde_json::from_slice(&fs::read(&out)?).context("the measuring program wrote no JSON")?;
    Ok(found["server"].take())
}

/// What the figures were taken on: without it they say nothing.
fn machine() -> Value {
    let first = |file: &str, name: &str| {
        let text = fs::read_to_string(file).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line.split_once([':', '='])
            .map_or_else(String::new, |(_, value)| value.trim().trim_matches('"').to_owned())
    };
    json!({
        "cores": std::thread::available_parallelism().map_or(0, usize::from),
        "processor": first("/proc/cpuinfo", "model name"),
        "memory": first("/proc/meminfo", "MemTotal"),
        "system": first("/etc/os-release", "PRETTY_NAME"),
        "load_before": fs::read_to_string("/proc/loadavg").unwrap_or_default().trim(),
    })
}
