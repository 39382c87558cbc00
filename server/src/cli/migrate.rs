use super::opening::open;
use super::output::line;
use anyhow::Context;
use skolstart_server::clock::Clock;
use skolstart_server::config::Config;

/// Opening brings the tables up to date.
pub(super) async fn migrate(config: &Config, role: Option<&str>) -> anyhow::Result<()> {
    let store = open(config, Clock::system()).await?;
    let let_serve = match role {
        Some(role) => store.let_serve(role).await,
        None => Ok(()),
    };
    store.close().await;
    line("The tables are up to date.");
    let_serve.context("the role cannot be given its rights")?;
    role.iter().for_each(|role| line(&format!("{role} can serve.")));
    Ok(())
}
