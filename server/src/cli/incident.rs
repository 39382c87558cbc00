//! `skolstart incident`: who was touched in a period.

use super::opening::open;
use super::output::line;
use anyhow::Context;
use skolstart_server::clock::Clock;
use skolstart_server::config::Config;
use skolstart_server::usecase::incident::incident as report;
use skolstart_shared::id::PersonId;
use skolstart_shared::{Date, Timestamp};
use uuid::Uuid;

/// Prints a line of JSON for each person, actor and thing done, and to standard error how many people there are.
pub(super) async fn incident(config: &Config, from: &str, to: &str, by: Option<Uuid>) -> anyhow::Result<()> {
    let clock = Clock::system();
    let from = time(&clock, from, 0)?;
    let until = time(&clock, to, 1)?;
    let store = open(config, clock).await?;
    let found = report(&store, from, until, by.map(PersonId)).await;
    store.close().await;
    let found = found?;
    found.lines.iter().for_each(|text| line(text));
    tell(found.people);
    Ok(())
}

fn tell(people: usize) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr().lock(), "{people} people");
}

/// A time, or the beginning of a day; `later`: days to add to a day.
fn time(clock: &Clock, text: &str, later: i32) -> anyhow::Result<Timestamp> {
    if let Ok(day) = Date::parse_iso(text) {
        return Ok(clock.start_of(day.add_days(later)));
    }
    Timestamp::parse(text).ok().context("write a day as 2026-09-01 or a time as 2026-09-01T08:00:00Z")
}
