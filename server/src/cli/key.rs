//! `skolstart key`: the change of the key.

use super::opening::settings;
use super::output::line;
use anyhow::Context;
use skolstart_server::clock::Clock;
use skolstart_server::config::Config;
use skolstart_server::store::Store;

/// Changes the key. Stopped half-way it goes on when it is called again.
pub(super) async fn rotate(config: &Config) -> anyhow::Result<()> {
    let told = |table: &str, rows: u64| {
        line(&format!("  {table:<18} {rows} sealed anew"));
        true
    };
    let rotated = Store::rotate_key(&settings(config), Clock::system(), told).await;
    let rotated = rotated.context("the key was not changed to the end: run this again")?;
    if let Some(rotated) = rotated {
        line(&format!("Key {} is in use, {} values sealed anew.", rotated.number, rotated.sealed));
        line(
            "Back up the key file and the keys of persons now. Keep the old one with the old back-ups of the database, and nowhere else.",
        );
    }
    Ok(())
}
