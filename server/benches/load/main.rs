//! Measures the release program over HTTP, on SQLite and on PostgreSQL, and writes what it found as JSON.
//!
//! Owns the rates, times and memory of the server. Called by `cargo xtask bench`, which prints the table. Must not decide
//! whether a figure is good: a machine of another day gives other figures, only ratios hold.
#![allow(missing_docs, unreachable_pub, reason = "A program, not a library.")]
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::too_many_lines,
    reason = "It talks to the terminal and measures real time."
)]

mod content;
#[allow(dead_code, unused_imports, reason = "Shared with the kill test, which uses other parts.")]
#[path = "../../load/mod.rs"]
mod load;
mod measure;
mod pages;
mod rounds;
mod yardstick;

use anyhow::{Context, Result};
use clap::{Parser, ValueEnum};
use load::Cluster;
use serde_json::json;
use std::path::PathBuf;

/// What is measured.
#[derive(Parser)]
pub(crate) struct Options {
    /// Fewer and shorter runs: shows that it works, not how fast.
    #[arg(long)]
    pub(crate) quick: bool,
    /// Sizes of the municipality, in children.
    #[arg(long, value_delimiter = ',', default_values_t = [5_000, 50_000])]
    pub(crate) sizes: Vec<usize>,
    /// How many guardians answer in each run, each for a family of her own; 2,500, or 200 when quick.
    #[arg(long)]
    pub(crate) guardians: Option<usize>,
    /// Only this database.
    #[arg(long)]
    database: Option<Database>,
    /// Where the JSON goes.
    #[arg(long)]
    out: PathBuf,
    /// Says cargo.
    #[arg(long, hide = true)]
    bench: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Database {
    Sqlite,
    Postgres,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let options = Options::parse();
    let cluster = Cluster::start()?;
    let mut found = Vec::new();
    for database in [Database::Sqlite, Database::Postgres] {
        if options.database.is_some_and(|only| only != database) {
            continue;
        }
        for &children in &options.sizes {
            let url = match (database, &cluster) {
                (Database::Sqlite, _) => None,
                (Database::Postgres, Some(cluster)) => {
                    Some(cluster.database(&format!("skolstart_{children}"))?)
                }
                (Database::Postgres, None) => {
                    println!("PostgreSQL is not installed: not measured");
                    continue;
                }
            };
            let name = format!("{database:?}").to_lowercase();
            let context = format!("{name} with {children} children");
            println!("{context}");
            let subject = measure::Subject { children, url, cluster: cluster.as_ref() };
            let mut result = measure::measure(&options, &subject).await.context(context)?;
            result["database"] = json!(name);
            found.push(result);
        }
    }
    std::fs::write(&options.out, serde_json::to_vec_pretty(&json!({ "server": found }))?)?;
    Ok(())
}
