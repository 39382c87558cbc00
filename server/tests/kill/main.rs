//! What the real program does when things go wrong around it. A receipt is a promise: kills it under load, again and again,
//! and asks for every receipt it had given. Five hundred sockets that stall hurt nobody else.
//!
//! `SKOLSTART_KILL_ROUNDS` sets how many kills each database takes; 3 without it. The PostgreSQL half starts a private
//! cluster, and passes over itself, saying so, where PostgreSQL is not installed.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "It starts programs and reads its own setting from the environment."
)]

mod audited;
mod faults;
mod generated;
mod injected;
mod journal;
#[allow(dead_code, unused_imports, reason = "Shared with the benchmark, which uses other parts.")]
#[path = "../../load/mod.rs"]
mod load;
mod migrated;
mod overload;
mod recount;
mod released;
mod restarted;
mod restored;

use anyhow::{Context, Result, ensure};
use journal::Journal;
use load::{
    Cluster, Guardian, Program, Setting, Sitting, drive_until, families, homes, sessions, submissions,
};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::oneshot;

const CHILDREN: usize = 400;
const CONNECTIONS: usize = 16;

fn rounds() -> usize {
    std::env::var("SKOLSTART_KILL_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(3)
}

/// A number below `below`, different each time: a kill must not always come at the same moment.
fn random(below: u64) -> Result<u64> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes)?;
    Ok(u64::from_le_bytes(bytes) % below)
}

#[tokio::test]
async fn no_receipt_is_lost_on_sqlite() -> Result<()> {
    let folder = TempDir::with_prefix("skolstart-kill-")?;
    let setting = Setting::new(folder.path(), CHILDREN, None)?;
    kill_again_and_again(&setting, None).await
}

#[tokio::test]
async fn no_receipt_is_lost_on_postgresql() -> Result<()> {
    let Some(mut cluster) = Cluster::start()? else {
        println!("PostgreSQL is not installed: this half was not run");
        return Ok(());
    };
    let folder = TempDir::with_prefix("skolstart-kill-")?;
    let url = cluster.database("skolstart")?;
    let setting = Setting::new(folder.path(), CHILDREN, Some(url))?;
    kill_again_and_again(&setting, Some(&mut cluster)).await
}

async fn kill_again_and_again(setting: &Setting, mut cluster: Option<&mut Cluster>) -> Result<()> {
    let mut program = Program::start(setting).await?;
    let persons = families(&setting.data.join("ss12000"), 200);
    ensure!(persons.len() >= 100, "the demo has only {} families", persons.len());
    let guardians = sessions(setting, &persons).await?;
    let mut journal = Journal::default();
    let rounds = rounds();
    for round in 0..rounds {
        // Once, in the middle, the database itself is killed first.
        let whole = cluster.as_deref_mut().filter(|_| round == rounds / 2);
        let before = journal.sent();
        let acknowledged = kill_once(setting, &mut program, whole, &guardians, round, &mut journal).await?;
        println!("kill {round}: {acknowledged} receipts given before it");
        journal.verify(&program, before).await.with_context(|| format!("after kill {round}"))?;
    }
    journal.verify(&program, 0).await.context("at the end")?;
    println!("{} receipts asked for again", journal.len());
    recount::recount(setting).await?;
    program.stop()?;
    audited::audited(setting)
}

/// One kill under load and the start after it. Returns how many receipts had been given.
async fn kill_once(
    setting: &Setting,
    program: &mut Program,
    cluster: Option<&mut Cluster>,
    guardians: &[Guardian],
    round: usize,
    journal: &mut Journal,
) -> Result<usize> {
    let (_, homes) = homes(program.address, CONNECTIONS, guardians).await?;
    let (requests, _) = submissions(program.address, guardians, &homes, Sitting::Family, round)?;
    let requests = Arc::new(requests);
    let (tell, told) = oneshot::channel();
    let at = 1 + random(requests.len() as u64 * 3 / 4)? as usize;
    let load = {
        let (address, requests) = (program.address, requests.clone());
        tokio::spawn(async move { drive_until(address, CONNECTIONS, &requests, at, tell).await })
    };
    told.await.context("the load ended before the kill")?;
    // Not a wait for anything: an answer comes right after a commit, and the kill must come anywhere between two.
    tokio::time::sleep(Duration::from_micros(random(8_000)?)).await;
    let run = match cluster {
        None => {
            program.kill()?;
            load.await?
        }
        Some(cluster) => {
            cluster.kill()?;
            // The program goes too: waiting for it to refuse what is left would only measure its time limits.
            program.kill()?;
            let run = load.await?;
            cluster.restart()?;
            run
        }
    };
    *program = Program::start(setting).await?;
    Ok(journal.note(&requests, &run))
}
