//! The whole municipality in figures: statistics, in which few are hidden. Called by its handler. Reads counters only, never a row per
//! child.

use super::ReadError;
use super::columns::{columns, counts, saved_by_many};
use super::names::natural;
use super::small::{covered, share};
use crate::policy::{Grant, ReadMunicipality};
use crate::store::{Received, ScopeFigures, Store};
use skolstart_shared::Locale;
use skolstart_shared::api::{
    DayOut, MunicipalityOut, Numbers, RoundChoice, Share, StatusCount, UnitAnswers, UnitFigures,
};
use skolstart_shared::id::{RoundId, UnitId};
use skolstart_shared::round::Round;

/// The figures of all units, by name: about the round that is chosen, or else the one that everybody meets today.
///
/// # Errors
/// [`ReadError::NotFound`] for a round that there is none of, or that has not opened; otherwise when they could not be read, or the
/// reading not noted.
pub async fn read(
    store: &Store,
    grant: Grant<ReadMunicipality>,
    chosen: Option<RoundId>,
    locale: Locale,
) -> Result<MunicipalityOut, ReadError> {
    let today = store.clock().today();
    let published = store.published();
    let opened = || published.rounds().iter().rev().filter(|round| round.opens <= today);
    let round = match chosen {
        Some(id) => Some(opened().find(|round| round.id == id).ok_or(ReadError::NotFound)?),
        None => published.current(today),
    };
    let figures = store.figures(&grant, round.map(|round| round.id), today).await?;
    store.note(vec![grant.audit("municipality", None)]).await?;
    let name = store.municipality_name().await?;
    let columns = columns(&published, round.map(|round| round.as_ref()), locale);
    let closes = round.map(|round| round.closes);
    let mut units = figures.units;
    units.sort_by_key(|(_, name, ..)| natural(name));
    let counted = || units.iter().map(|(_, _, counted, _)| counted);
    let acts: Vec<_> = counted().map(|counted| counts(&columns, counted, closes, today)).collect();
    let acts = (0..columns.len()).map(|at| act_share(&acts, at)).collect();
    let sum = |of: fn(&ScopeFigures) -> u32| counted().map(of).sum::<u32>();
    let finished = share(sum(|unit| unit.finished), sum(|unit| unit.children));
    let received = |of: fn(&Received) -> u64| units.iter().map(|(.., received)| of(received)).sum::<u64>();
    let numbers = Numbers {
        confirmed: received(|unit| unit.confirmed),
        changed: received(|unit| unit.changed),
        new: received(|unit| unit.new),
        saved: saved_by_many(&published, counted(), today),
    };
    let days = figures.days.into_iter().filter(|(_, submissions)| *submissions > 0);
    let days = days.map(|(day, submissions)| DayOut { day, submissions }).collect();
    let choice = |round: &Round| RoundChoice {
        id: round.id,
        title: round.title.get(locale).to_owned(),
        opens: round.opens,
    };
    Ok(MunicipalityOut {
        name,
        round: round.map(|round| round.title.get(locale).to_owned()),
        closes,
        columns,
        finished,
        acts,
        numbers,
        units: told(units),
        days,
        rounds: opened().map(|round| choice(round)).collect(),
        chosen: round.map(|round| round.id),
    })
}

/// The units, without the answers of those that would tell of few: who is done, who is not, and what few sent.
fn told(units: Vec<(UnitId, String, ScopeFigures, Received)>) -> Vec<UnitFigures> {
    let rows: Vec<[u32; 3]> = units
        .iter()
        .map(|(_, _, counted, received)| {
            let left = counted.children.saturating_sub(counted.finished);
            [counted.finished, left, u32::try_from(received.submissions).unwrap_or(u32::MAX)]
        })
        .collect();
    let figures = |((id, name, counted, received), covered): ((_, _, ScopeFigures, Received), bool)| {
        let answers = UnitAnswers {
            finished: counted.finished,
            confirmed: received.confirmed,
            changed: received.changed,
            new: received.new,
        };
        UnitFigures { id, name, children: counted.children, answers: (!covered).then_some(answers) }
    };
    units.into_iter().zip(covered(&rows)).map(figures).collect()
}

/// How many are done with the act at this place, over all units.
fn act_share(units: &[Vec<Vec<StatusCount>>], at: usize) -> Share {
    let of_act = || units.iter().filter_map(|acts| acts.get(at)).flatten();
    let done = of_act().filter(|count| count.status.is_done()).map(|count| count.children).sum();
    share(done, of_act().map(|count| count.children).sum())
}
