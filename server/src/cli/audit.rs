//! `skolstart audit`: whether the trail holds, and where it stood when.

use super::backup::{identity_in, opening};
use super::opening::open;
use super::output::line;
use anyhow::Context;
use skolstart_server::clock::Clock;
use skolstart_server::config::Config;
use skolstart_server::store::{AuditReport, Broken, Store, verify_trail};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::task::AbortHandle;
use tokio::time::MissedTickBehavior;

/// Checks the audit trail, against checkpoints where there are some; an error when it does not hold, so that a script notices.
pub(super) async fn verify(config: &Config, checkpoints: Option<PathBuf>) -> anyhow::Result<()> {
    let usual = config.audit_checkpoints.clone().filter(|file| file.is_file());
    let store = open(config, Clock::system()).await?;
    let report = match checkpoints.or(usual) {
        None => store.verify_audit().await?,
        Some(file) => {
            // Read first: what is written meanwhile only adds to the chains.
            let points = store.read_checkpoints(&file)?;
            let last = points.last.map(|at| at.to_string()).unwrap_or_default();
            line(&format!("{} checkpoints, the last of {last}", points.lines));
            store.verify_audit_against(&points).await?
        }
    };
    store.close().await;
    tell(&report)
}

/// The same for a back-up, without a database and without the key file. Says the head too, to be compared with the one that was noted.
pub(super) fn verify_backup(file: &Path, identity: &Path) -> anyhow::Result<()> {
    let mut opening = opening(file, &identity_in(identity)?)?;
    let (report, head) = verify_trail(&mut opening)?;
    line(&format!("Audit head: {} chains, {}", head.chains, head.digest));
    tell(&report)
}

fn tell(report: &AuditReport) -> anyhow::Result<()> {
    line(&format!("{} rows in {} chains", report.rows, report.chains));
    for fault in &report.faults {
        let what = match fault.what {
            Broken::Altered => "does not hold at",
            Broken::CutOff => "has lost what a checkpoint tells of:",
            Broken::Anew => "is another than a checkpoint tells of, at",
        };
        line(&format!("chain {} {what} row {}", fault.chain, fault.seq));
    }
    anyhow::ensure!(report.faults.is_empty(), "the audit trail was altered");
    Ok(())
}

/// Adds a checkpoint.
pub(super) async fn checkpoint(config: &Config, file: Option<PathBuf>) -> anyhow::Result<()> {
    let file = file.or_else(|| config.audit_checkpoints.clone());
    let file = file.context("name a file, or set audit_checkpoints")?;
    let store = open(config, Clock::system()).await?;
    let lines = store.write_checkpoint(&file).await;
    store.close().await;
    line(&format!("{} checkpoints in {}", lines?, file.display()));
    Ok(())
}

/// Adds a checkpoint to the file of the settings, as often as they say. One at start: a chain begins there.
pub(super) fn follow(config: &Config, store: &Store) -> Option<AbortHandle> {
    let (file, minutes) = (config.audit_checkpoints.clone()?, config.audit_checkpoint_minutes);
    let store = store.clone();
    let follow = async move {
        let mut looks = tokio::time::interval(Duration::from_secs(u64::from(minutes) * 60));
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            looks.tick().await;
            add(&store, &file).await;
        }
    };
    Some(tokio::spawn(follow).abort_handle())
}

/// Adds the last one: the end of this process's chain is told of as well.
pub(super) async fn end(config: &Config, store: &Store, following: Option<AbortHandle>) {
    if let Some((following, file)) = following.zip(config.audit_checkpoints.as_ref()) {
        following.abort();
        add(store, file).await;
    }
}

async fn add(store: &Store, file: &Path) {
    if let Err(error) = store.write_checkpoint(file).await {
        tracing::error!(%error, "no checkpoint of the audit trail");
    }
}
