//! The database goes away and comes back while the program runs: who asks meanwhile gets an answer that says when to come
//! again, no receipt is lost, and nobody has to start the program anew.

use crate::audited::audited;
use crate::journal::Journal;
use crate::load::{Cluster, Program, Setting, Sitting, drive_until, families, homes, sessions, submissions};
use anyhow::{Context, Result, ensure};
use std::sync::Arc;
use tempfile::TempDir;
use tokio::sync::oneshot;

const CONNECTIONS: usize = 16;

#[tokio::test]
async fn the_database_may_be_restarted_under_load() -> Result<()> {
    let Some(mut cluster) = Cluster::start()? else {
        println!("PostgreSQL is not installed: this was not run");
        return Ok(());
    };
    let folder = TempDir::with_prefix("skolstart-restart-")?;
    let setting = Setting::new(folder.path(), 400, Some(cluster.database("skolstart")?))?;
    let program = Program::start(&setting).await?;
    let guardians = sessions(&setting, &families(&setting.data.join("ss12000"), 200)).await?;
    let (_, before) = homes(program.address, CONNECTIONS, &guardians).await?;
    let (requests, _) = submissions(program.address, &guardians, &before, Sitting::Family, 0)?;
    let requests = Arc::new(requests);
    let (tell, told) = oneshot::channel();
    let load = {
        let (address, requests) = (program.address, requests.clone());
        tokio::spawn(async move { drive_until(address, CONNECTIONS, &requests, 40, tell).await })
    };
    told.await.context("the load ended before the restart")?;
    // On a thread of its own, so that the load goes on meanwhile.
    let cluster = tokio::task::spawn_blocking(move || {
        cluster.kill()?;
        cluster.restart().map(|()| cluster)
    });
    let run = load.await?;
    let _cluster = cluster.await??;
    let mut statuses: Vec<_> =
        run.answers.iter().map(|answer| answer.as_ref().map(|one| one.status)).collect();
    statuses.sort_unstable();
    let count = |status| statuses.iter().filter(|other| **other == status).count();
    println!("{} receipts, {} asked to come again", count(Some(200)), count(Some(503)));
    ensure!(count(None) == 0, "{} were not answered", count(None));
    ensure!(count(Some(200)) + count(Some(503)) == statuses.len(), "answered otherwise: {statuses:?}");
    let mut journal = Journal::default();
    journal.note(&requests, &run);
    journal.verify(&program, 0).await?;
    program.stop()?;
    audited(&setting)
}
