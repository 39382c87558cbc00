use super::opening::open;
use super::output::line;
use skolstart_server::clock::Clock;
use skolstart_server::config::Config;

/// Checks the audit trail; an error when it does not hold, so that a script notices.
pub(super) async fn verify(config: &Config) -> anyhow::Result<()> {
    let store = open(config, Clock::system()).await?;
    let report = store.verify_audit().await?;
    store.close().await;
    line(&format!("{} rows in {} chains", report.rows, report.chains));
    for fault in &report.faults {
        line(&format!("chain {} does not hold at row {}", fault.chain, fault.seq));
    }
    anyhow::ensure!(report.faults.is_empty(), "the audit trail was altered");
    Ok(())
}
