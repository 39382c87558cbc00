//! The units and groups of staff with their counters. Called by its handler.

use super::ReadError;
use super::columns::{columns, counts, saved_by};
use super::names::natural;
use super::substitutes::decides;
use crate::policy::{Grant, Principal, ReadUnits, Scope};
use crate::store::{GroupRecord, ScopeFigures, Store};
use skolstart_shared::api::{GroupFigures, Numbers, StaffUnit, UnitsOut};
use skolstart_shared::id::{GroupId, UnitId};
use std::collections::HashMap;

/// The units that the grant reaches, by name.
///
/// # Errors
/// When they could not be read, or the reading not noted.
pub async fn read(
    store: &Store,
    grant: Grant<ReadUnits>,
    principal: &Principal,
) -> Result<UnitsOut, ReadError> {
    let locale = principal.locale();
    let today = store.clock().today();
    let published = store.published();
    let mut records = store.units(&grant, today).await?;
    let ids: Vec<UnitId> = records.iter().map(|unit| unit.id).collect();
    // Which round the page is about follows from the children that are hers.
    let in_part =
        |unit: UnitId| matches!(grant.scope(), Scope::Groups { in_part, .. } if in_part.contains(&unit));
    let scopes: Vec<_> = records
        .iter()
        .flat_map(|unit| match in_part(unit.id) {
            true => unit.groups.iter().map(|group| group.id.0).collect(),
            false => vec![unit.id.0],
        })
        .collect();
    let asking = store.rounds_asking(&grant, &published, &scopes, today).await?;
    let round = published.current_at(today, |round| round.is_for_all() || asking.contains(&round.id));
    let groups: Vec<GroupId> = records.iter().flat_map(|unit| &unit.groups).map(|group| group.id).collect();
    let figures = match round {
        Some(round) => store.group_figures(&grant, &groups, round.id).await?,
        None => HashMap::new(),
    };
    let units = match round {
        Some(round) => store.unit_figures(&grant, &ids, round.id).await?,
        None => HashMap::new(),
    };
    store.note(vec![grant.audit("units", None)]).await?;
    let columns = columns(&published, round.map(|round| round.as_ref()), locale);
    let closes = round.map(|round| round.closes);
    let none = ScopeFigures::default();
    let group = |group: GroupRecord| {
        let counted = figures.get(&group.id.0).unwrap_or(&none);
        GroupFigures {
            id: group.id,
            name: group.name,
            kind: group.kind,
            mine: group.mine,
            children: counted.children,
            finished: counted.finished,
            acts: counts(&columns, counted, closes, today),
        }
    };
    records.sort_by_key(|unit| natural(&unit.name));
    let shown = records.into_iter().map(|mut unit| {
        unit.groups.sort_by_key(|group| natural(&group.name));
        let numbers = units.get(&unit.id).map(|(counted, received)| Numbers {
            confirmed: received.confirmed,
            changed: received.changed,
            new: received.new,
            saved: saved_by(&published, counted, today),
        });
        let groups = unit.groups.into_iter().map(group).collect();
        let gives_groups = decides(principal, unit.id);
        StaffUnit { id: unit.id, name: unit.name, groups, numbers: numbers.unwrap_or_default(), gives_groups }
    });
    let units = shown.collect();
    Ok(UnitsOut { round: round.map(|round| round.title.get(locale).to_owned()), columns, units })
}
