//! The whole municipality in figures. Called by its handler. Reads counters only, never a row per child.

use super::ReadError;
use super::columns::{columns, counts};
use super::names::natural;
use crate::policy::{Grant, ReadMunicipality};
use crate::store::{Store, UnitDay};
use skolstart_shared::api::{DayOut, MunicipalityOut, UnitFigures};
use skolstart_shared::id::UnitId;
use skolstart_shared::{Date, Locale};
use std::collections::{BTreeMap, HashMap};

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
    let (days, values) = sums(&figures.days);
    let mut units = figures.units;
    units.sort_by_key(|(_, name, _)| natural(name));
    let units = units.into_iter().map(|(id, name, counted)| {
        let values = values.get(&id).copied().unwrap_or_default();
        UnitFigures {
            id,
            name,
            children: counted.children,
            finished: counted.finished,
            acts: counts(&columns, &counted, closes, today),
            confirmed: values.confirmed,
            changed: values.changed,
            new: values.new,
        }
    });
    let units = units.collect();
    let round = round.map(|round| round.title.get(locale).to_owned());
    Ok(MunicipalityOut { name, round, closes, columns, units, days })
}

#[derive(Clone, Copy, Default)]
struct Values {
    confirmed: u64,
    changed: u64,
    new: u64,
}

fn sums(rows: &[UnitDay]) -> (Vec<DayOut>, HashMap<UnitId, Values>) {
    let mut days: BTreeMap<Date, u32> = BTreeMap::new();
    let mut units: HashMap<UnitId, Values> = HashMap::new();
    for row in rows {
        *days.entry(row.day).or_default() += row.submissions;
        let unit = units.entry(row.unit).or_default();
        unit.confirmed += row.confirmed;
        unit.changed += row.changed;
        unit.new += row.new;
    }
    let days = days.into_iter().filter(|(_, submissions)| *submissions > 0);
    (days.map(|(day, submissions)| DayOut { day, submissions }).collect(), units)
}
