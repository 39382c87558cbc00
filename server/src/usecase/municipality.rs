//! The whole municipality in figures. Called by its handler. Reads counters only, never a row per child.

use super::ReadError;
use super::columns::{columns, counts, saved_by};
use super::names::natural;
use crate::policy::{Grant, ReadMunicipality};
use crate::store::Store;
use skolstart_shared::Locale;
use skolstart_shared::api::{DayOut, MunicipalityOut, UnitFigures};

/// The figures of all units, by name.
///
/// # Errors
/// When they could not be read, or the reading not noted.
pub async fn read(
    store: &Store,
    grant: Grant<ReadMunicipality>,
    locale: Locale,
) -> Result<MunicipalityOut, ReadError> {
    let today = store.clock().today();
    let published = store.published();
    let round = published.current(today);
    let figures = store.figures(&grant, round.map(|round| round.id), today).await?;
    store.note(vec![grant.audit("municipality", None)]).await?;
    let name = store.municipality_name().await?;
    let columns = columns(&published, round.map(|round| round.as_ref()), locale);
    let closes = round.map(|round| round.closes);
    let mut units = figures.units;
    units.sort_by_key(|(_, name, ..)| natural(name));
    let units = units.into_iter().map(|(id, name, counted, received)| UnitFigures {
        id,
        name,
        children: counted.children,
        finished: counted.finished,
        acts: counts(&columns, &counted, closes, today),
        confirmed: received.confirmed,
        changed: received.changed,
        new: received.new,
        saved: saved_by(&published, &counted, today),
    });
    let units = units.collect();
    let days = figures.days.into_iter().filter(|(_, submissions)| *submissions > 0);
    let days = days.map(|(day, submissions)| DayOut { day, submissions }).collect();
    let round = round.map(|round| round.title.get(locale).to_owned());
    Ok(MunicipalityOut { name, round, closes, columns, units, days })
}
