//! `skolstart key`: the change of the key, and what is left when the newest keys of persons are lost.

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

/// Says how many people have something that the keys of persons cannot open, and with `yes` goes on without it.
pub(super) async fn give_up(config: &Config, yes: bool) -> anyhow::Result<()> {
    let settings = settings(config);
    if !yes {
        let people = Store::without_keys(&settings, Clock::system()).await?;
        line(&format!(
            "{people} people have something in the database that the keys in {} cannot open.",
            settings.person_keys().display()
        ));
        line("Nothing was left out. To leave it out for ever and go on with this file: --yes");
        return Ok(());
    }
    let people = Store::give_up_keys(&settings, Clock::system()).await?;
    line(&format!(
        "What {people} people had sealed is gone. {} counts as the newest.",
        settings.person_keys().display()
    ));
    line("Import the register again and make a back-up.");
    Ok(())
}
