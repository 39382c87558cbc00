use super::opening::open;
use super::output::line;
use skolstart_server::clock::Clock;
use skolstart_server::config::Config;

/// Opening brings the tables up to date.
pub(super) async fn migrate(config: &Config) -> anyhow::Result<()> {
    open(config, Clock::system()).await?.close().await;
    line("The tables are up to date.");
    Ok(())
}
