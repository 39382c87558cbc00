//! Erasure of what is over: what the municipal administrator sees of it, holds, and the daily run. The rules are data
//! (`store::classes::retention`), and which rows they meet the store knows.
//!
//! Called by its handlers, by the command line and by the server once a day. Must not name a child to anybody.

use super::ReadError;
use crate::policy::{Grant, HoldRecords, ReadRetention};
use crate::store::classes::{Rule, Rules, tables};
use crate::store::{
    Counts, Expected, Held, HoldDone, HoldRecord, Holder, Holding, RunRecord, Store, StoreError,
};
use skolstart_shared::api::{
    HoldOn, HoldOut, HoldStep, HoldableRound, Lifted, MOST_REASON, RetentionClass, RetentionOut, RetentionRun,
};
use skolstart_shared::id::{ChangeId, PersonId};
use skolstart_shared::{Locale, PersonalNumber};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// How this municipality erases.
#[derive(Clone)]
pub struct Erasing {
    /// The rules, with the periods of the settings.
    pub rules: Arc<Rules>,
    /// True when the server does it by itself once a day.
    pub daily: bool,
}

impl Erasing {
    /// As the program ships: the periods that it proposes, and never by itself.
    ///
    /// # Errors
    /// When the rules that the program was built with cannot be read.
    pub fn shipped() -> Result<Self, StoreError> {
        Ok(Self { rules: Arc::new(Rules::shipped()?), daily: false })
    }
}

/// Why a hold was not set or lifted.
#[derive(Debug, thiserror::Error)]
pub enum HoldError {
    /// No such child, round or hold.
    #[error("not found")]
    NotFound,
    /// No reason, too long a one, or no personal number.
    #[error("not complete")]
    Invalid,
    /// The id was used before for something else.
    #[error("another hold under the same id")]
    Other,
    /// Not read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The runs that are shown.
const RUNS: u64 = 10;

/// What the next run erases, what is held, and what was erased.
///
/// # Errors
/// When it could not be read, or the reading not noted.
pub async fn read(
    store: &Store,
    grant: Grant<ReadRetention>,
    erasing: &Erasing,
    locale: Locale,
) -> Result<RetentionOut, ReadError> {
    let day = store.clock().today();
    let expected = store.expect_erasure(&erasing.rules, day).await?;
    let holds = store.holds(&grant).await?;
    let names = store.names_of_holders(&holds).await?;
    store.note(vec![grant.audit("retention", None)]).await?;
    let published = store.published();
    let title =
        |round| published.round(round).map_or_else(String::new, |round| round.title.get(locale).to_owned());
    let mut classes: Vec<RetentionClass> =
        erasing.rules.all().map(|(class, rule)| line(class, rule, &expected, locale)).collect();
    classes.sort_by(|one, other| (other.due, &one.title).cmp(&(one.due, &other.title)));
    let runs = store.erasures(RUNS).await?;
    let rounds = published.rounds().iter().rev();
    Ok(RetentionOut {
        day,
        daily: erasing.daily,
        classes,
        without_rule: without_rule(store, &erasing.rules)?,
        holds: holds.iter().map(|hold| hold_out(hold, &names, title)).collect(),
        runs: runs.into_iter().map(|run| run_out(run, &erasing.rules, locale)).collect(),
        rounds: rounds.map(|round| HoldableRound { round: round.id, title: title(round.id) }).collect(),
    })
}

fn line(class: &str, rule: &Rule, expected: &Expected, locale: Locale) -> RetentionClass {
    let of = |counts: &Counts| counts.0.get(class).copied().unwrap_or(0);
    RetentionClass {
        class: class.to_owned(),
        title: rule.title.get(locale).to_owned(),
        basis: rule.basis.get(locale).to_owned(),
        after: rule.after,
        months: rule.months,
        replaced: rule.replaced.filter(|replaced| *replaced != rule.months),
        own: rule.own,
        due: of(&expected.due),
        held: of(&expected.held),
    }
}

fn hold_out(
    hold: &HoldRecord,
    names: &HashMap<PersonId, String>,
    title: impl Fn(skolstart_shared::id::RoundId) -> String,
) -> HoldOut {
    let name = |by: &Option<PersonId>| by.and_then(|by| names.get(&by).cloned()).unwrap_or_default();
    HoldOut {
        id: hold.id,
        round: match hold.on {
            Held::Child(_) => None,
            Held::Round(round) => Some(title(round)),
        },
        reason: hold.reason.clone(),
        since: hold.set.1,
        by: name(&hold.set.0),
        lifted: hold.lifted.as_ref().map(|(by, at, reason)| Lifted {
            at: *at,
            by: name(by),
            reason: reason.clone(),
        }),
    }
}

fn run_out(run: RunRecord, rules: &Rules, locale: Locale) -> RetentionRun {
    let title = |class: String| match rules.get(&class) {
        Some(rule) => rule.title.get(locale).to_owned(),
        None => class,
    };
    RetentionRun {
        day: run.day,
        started: run.started,
        finished: run.finished,
        erased: run.counts.0.into_iter().map(|(class, n)| (title(class), n)).collect(),
    }
}

/// The classes that something names and that have no rule.
///
/// # Errors
/// When the classification that the program was built with cannot be read.
pub fn without_rule(store: &Store, rules: &Rules) -> Result<Vec<String>, StoreError> {
    let published = store.published();
    let mut named: BTreeSet<String> =
        published.elements().iter().map(|described| described.what.retention.clone()).collect();
    let acts = published.newest_forms();
    named.extend(acts.iter().flat_map(|form| form.acts.iter().map(|act| act.retention.clone())));
    let by_rule = ["by-element", "by-act"];
    named.extend(
        tables()?.into_iter().map(|table| table.keeps).filter(|keeps| !by_rule.contains(&keeps.as_str())),
    );
    Ok(named.into_iter().filter(|class| rules.get(class).is_none()).collect())
}

/// Sets a hold, or lifts it. The same id and step again is the same as once.
///
/// # Errors
/// See [`HoldError`].
pub async fn hold(
    store: &Store,
    grant: Grant<HoldRecords>,
    id: ChangeId,
    step: HoldStep,
) -> Result<(), HoldError> {
    do_hold(store, Holder::of(&grant), id, step).await
}

/// The same for whoever runs the program.
///
/// # Errors
/// See [`HoldError`].
pub async fn hold_by_operator(store: &Store, id: ChangeId, step: HoldStep) -> Result<(), HoldError> {
    do_hold(store, Holder::operator(), id, step).await
}

async fn do_hold(store: &Store, holder: Holder, id: ChangeId, step: HoldStep) -> Result<(), HoldError> {
    let because = |reason: String| {
        let reason = reason.trim().to_owned();
        let fits = !reason.is_empty() && reason.chars().count() <= MOST_REASON;
        fits.then_some(reason).ok_or(HoldError::Invalid)
    };
    let holding = match step {
        HoldStep::Lift { reason } => Holding::Lift(because(reason)?),
        HoldStep::Set { on, reason } => {
            let reason = because(reason)?;
            Holding::Set(found(store, on).await?, reason)
        }
    };
    match store.hold(holder, id, holding).await? {
        HoldDone::Done => Ok(()),
        HoldDone::Other => Err(HoldError::Other),
        HoldDone::Missing => Err(HoldError::NotFound),
    }
}

async fn found(store: &Store, on: HoldOn) -> Result<Held, HoldError> {
    match on {
        HoldOn::Round(round) => {
            store.published().round(round).map(|round| Held::Round(round.id)).ok_or(HoldError::NotFound)
        }
        HoldOn::Child(number) => {
            let number = PersonalNumber::parse(number.trim(), store.clock().today());
            let number = number.map_err(|_| HoldError::Invalid)?;
            let child = store.person_of_number(&number).await?;
            child.map(Held::Child).ok_or(HoldError::NotFound)
        }
    }
}

/// Erases what is over, unless that has been done today. Gives `None` when there was nothing to begin.
///
/// # Errors
/// When the store cannot do it; the next time goes on.
pub async fn erase_today(store: &Store, erasing: &Erasing) -> Result<Option<RunRecord>, StoreError> {
    if !erasing.daily || store.has_erased_today().await? {
        return Ok(None);
    }
    store.erase_over(&erasing.rules, |_| true).await.map(Some)
}
