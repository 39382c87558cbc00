//! One database with one size: start, load, pages, memory.

use crate::load::{Cluster, Guardian, Program, Setting, families, sessions};
use crate::{Options, pages, rounds};
use anyhow::{Result, ensure};
use serde_json::{Value, json};
use std::time::Instant;
use tempfile::TempDir;

/// What is measured now.
pub(crate) struct Subject<'a> {
    pub(crate) children: usize,
    /// `None`: SQLite.
    pub(crate) url: Option<String>,
    pub(crate) cluster: Option<&'a Cluster>,
}

/// Guardians that answer in each run.
const GUARDIANS: usize = 2_500;

/// Measures it.
pub(crate) async fn measure(options: &Options, subject: &Subject<'_>) -> Result<Value> {
    let folder = TempDir::with_prefix("skolstart-bench-")?;
    let setting = Setting::new(folder.path(), subject.children, subject.url.clone())?;
    // A service in the middle of its year: the tables hold what has been answered already.
    let setting = Setting { answered: true, ..setting };
    let program = Program::start(&setting).await?;
    let import_memory = program.peak_memory();
    let log = setting.log();
    let import_seconds = stage(&log, "Imported").zip(stage(&log, "Wrote")).map(|(end, start)| end - start);
    println!(
        "  import {import_seconds:?} s, {:?}",
        log.lines().find(|line| line.starts_with("Guardians have"))
    );
    program.stop()?;

    // Started again: the memory of the import is not that of the service.
    let started = Instant::now();
    let program = Program::start(&setting).await?;
    let start_seconds = started.elapsed().as_secs_f64();
    let idle_memory = program.peak_memory();
    let most = options.guardians.unwrap_or(if options.quick { 200 } else { GUARDIANS });
    let persons = families(&folder.path().join("ss12000"), most);
    ensure!(!persons.is_empty(), "no guardians in the register files of the demo");
    let guardians: Vec<Guardian> = sessions(&setting, &persons).await?;
    let generator = rounds::generator(program.address).await?;
    let load = rounds::rounds(options, subject, &program, &guardians).await?;
    let pages = pages::pages(options, &program).await?;
    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    let result = json!({
        "children": subject.children,
        "import_s": import_seconds,
        "import_peak_mb": megabytes(import_memory),
        "start_s": start_seconds,
        "idle_mb": megabytes(idle_memory),
        "peak_mb": megabytes(program.peak_memory()),
        "generator": generator,
        "load": load,
        "pages": pages,
    });
    program.stop()?;
    Ok(result)
}

/// When a stage of the first start was done, in seconds from its beginning, as the program says it: `Imported them (4.2 s)`.
fn stage(log: &str, name: &str) -> Option<f64> {
    let line = log.lines().find(|line| line.starts_with(name))?;
    line.rsplit_once('(')?.1.strip_suffix(" s)")?.parse().ok()
}
