//! Rounds as the municipality runs them: which there are, starting one, moving one to a new version of a form, and moving its last
//! day.
//!
//! Called by the handlers of `api::rounds`. Moving keeps every answer; what a change means for those who have answered is
//! decided by `shared::form::builder::effects`.

use super::refresh_tasks::refresh_tasks;
use super::small::share;
use crate::policy::{Grant, ReadForms, RunRounds};
use crate::store::{Moving, Publication, Published, RoundChanges, RoundFigures, Store, StoreError};
use crate::usecase::names::natural;
use skolstart_shared::api::{
    Audience, RoundDayIn, RoundDone, RoundForm, RoundFormIn, RoundGroup, RoundIn, RoundLine, RoundUnit,
    RoundsOut,
};
use skolstart_shared::form::builder::{Meaning, effects};
use skolstart_shared::form::{ActKey, FormDefinition, FormKey, FormRef};
use skolstart_shared::id::RoundId;
use skolstart_shared::round::Round;
use skolstart_shared::school::SchoolYear;
use skolstart_shared::{Code, Locale, Violation};

/// Why a round was not started or moved.
#[derive(Debug, thiserror::Error)]
pub enum RoundError {
    /// There is no such round, or it has no such form.
    #[error("not found")]
    NotFound,
    /// The id was used before for another round.
    #[error("another round under the same id")]
    Other,
    /// It was changed by somebody else since it was seen.
    #[error("moved by somebody else")]
    Stale,
    /// It breaks rules.
    #[error("breaks rules")]
    Invalid(Vec<Violation>),
    /// The store could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// All rounds, and what a new one can be made of.
///
/// # Errors
/// When it could not be read, or the reading not noted.
pub async fn list(store: &Store, grant: Grant<ReadForms>, locale: Locale) -> Result<RoundsOut, StoreError> {
    let today = store.clock().today();
    let figures = store.round_figures(&grant, today).await?;
    let mut units = store.units_of_rounds(&grant, today).await?;
    store.note(vec![grant.audit("rounds", None)]).await?;
    let changes = store.round_changes(&grant).await?;
    let published = store.published();
    let line_of = |round: &std::sync::Arc<Round>| {
        let figures = figures.get(&round.id).copied().unwrap_or_default();
        line(&published, round, changes.get(&round.id), figures, locale)
    };
    let mut rounds: Vec<RoundLine> = published.rounds().iter().map(line_of).collect();
    rounds.sort_by_key(|round| std::cmp::Reverse((round.opens, round.id)));
    let asked = published.newest_forms().into_iter().filter(|form| !form.is_on_demand());
    let mut forms: Vec<RoundForm> =
        asked.map(|form| round_form(&published, &form.reference(), locale)).collect();
    forms.sort_by_key(|form| natural(&form.title));
    units.sort_by_key(|unit| natural(&unit.name));
    let units = units.into_iter().map(|mut unit| {
        unit.groups.sort_by_key(|group| natural(&group.name));
        let group = |group: crate::store::GroupRecord| RoundGroup { id: group.id, name: group.name };
        RoundUnit { id: unit.id, name: unit.name, groups: unit.groups.into_iter().map(group).collect() }
    });
    Ok(RoundsOut { rounds, forms, units: units.collect(), today })
}

fn line(
    published: &Published,
    round: &Round,
    changes: Option<&RoundChanges>,
    figures: RoundFigures,
    locale: Locale,
) -> RoundLine {
    RoundLine {
        id: round.id,
        title: round.title.get(locale).to_owned(),
        opens: round.opens,
        // The day and the base of its next change are of one reading.
        closes: changes.map_or(round.closes, |changes| changes.closes),
        version: changes.map_or(0, |changes| changes.version),
        moved: changes.and_then(|changes| changes.moved.clone()),
        forms: round.forms.iter().map(|form| round_form(published, form, locale)).collect(),
        audience: Audience {
            school_forms: round.school_forms.clone(),
            grades: round.grades.clone(),
            units: round.units.clone(),
            groups: round.groups.clone(),
        },
        children: figures.children,
        finished: share(figures.finished, figures.children).done,
    }
}

fn round_form(published: &Published, form: &FormRef, locale: Locale) -> RoundForm {
    let title =
        published.form(form).map_or_else(|| form.key.0.clone(), |form| form.title.get(locale).to_owned());
    let newest = published.newest(&form.key).map(|newest| newest.version);
    RoundForm { form: form.clone(), title, newest: newest.filter(|newest| *newest != form.version) }
}

/// Starts a round and gives everybody in its audience their tasks.
///
/// # Errors
/// See [`RoundError`].
pub async fn start(
    store: &Store,
    grant: Grant<RunRounds>,
    id: RoundId,
    input: RoundIn,
) -> Result<RoundDone, RoundError> {
    let published = store.published();
    let round = Round {
        id,
        title: input.title,
        school_year: SchoolYear::containing(input.closes),
        opens: input.opens,
        closes: input.closes,
        forms: input.forms,
        school_forms: input.audience.school_forms,
        grades: input.audience.grades,
        units: input.audience.units,
        groups: input.audience.groups,
    };
    let violations = check(&published, &round);
    if !violations.is_empty() {
        return Err(RoundError::Invalid(violations));
    }
    match store.start_round(&grant, &round).await? {
        Publication::Other => Err(RoundError::Other),
        Publication::New | Publication::Same => {
            let done = refresh_tasks(store, id).await?;
            Ok(RoundDone { children: small(done.children), asked_anew: 0 })
        }
    }
}

fn check(published: &Published, round: &Round) -> Vec<Violation> {
    let mut found = Vec::new();
    for locale in Locale::ALL {
        let title = round.title.0.get(locale).map(|title| title.trim()).unwrap_or_default();
        let path = format!("title.{}", locale.as_str());
        if title.is_empty() {
            found.push(Violation::new(path, Code::Required));
        } else if title.chars().count() > 100 {
            found.push(Violation::new(path, Code::TooLong).with("max", 100));
        }
    }
    if round.forms.is_empty() {
        found.push(Violation::new("forms", Code::TooFew).with("least", 1));
    }
    let repeated = |at: usize| round.forms[..at].iter().any(|other| other.key == round.forms[at].key);
    if (0..round.forms.len()).any(repeated) {
        found.push(Violation::new("forms", Code::Repeated));
    }
    if round.forms.iter().any(|form| published.form(form).is_none()) {
        found.push(Violation::new("forms", Code::UnknownOption));
    }
    let stands_beside = |form: &FormRef| published.form(form).is_some_and(|form| form.is_on_demand());
    if round.forms.iter().any(stands_beside) {
        found.push(Violation::new("forms", Code::WrongKind));
    }
    if round.closes < round.opens {
        found.push(Violation::new("closes", Code::TooEarly));
    }
    found
}

/// Moves a round to another version of a form. Answers stay on the version that they were given on.
///
/// # Errors
/// See [`RoundError`].
pub async fn move_form(
    store: &Store,
    grant: Grant<RunRounds>,
    (id, key): (RoundId, FormKey),
    input: RoundFormIn,
) -> Result<RoundDone, RoundError> {
    let published = store.published();
    let at = |version| FormRef { key: key.clone(), version };
    let before = published.form(&at(input.from)).ok_or(RoundError::NotFound)?;
    let after = published.form(&at(input.to)).ok_or(RoundError::NotFound)?;
    match store.move_round(&grant, id, &at(input.from), input.to, asked_anew(before, after)).await? {
        Moving::NotFound => Err(RoundError::NotFound),
        Moving::Stale => Err(RoundError::Stale),
        Moving::Done(asked_anew) => {
            let done = refresh_tasks(store, id).await?;
            Ok(RoundDone { children: small(done.children), asked_anew })
        }
    }
}

/// Moves the last day of a round. What is seen of tasks follows from it; the school year that the round prepares stays.
///
/// # Errors
/// See [`RoundError`].
pub async fn move_last_day(
    store: &Store,
    grant: Grant<RunRounds>,
    id: RoundId,
    input: RoundDayIn,
) -> Result<RoundDone, RoundError> {
    let published = store.published();
    let round = published.round(id).ok_or(RoundError::NotFound)?;
    let earliest = store.clock().today().max(round.opens);
    if input.closes != round.closes && input.closes < earliest {
        let too_early = Violation::new("closes", Code::TooEarly).with("earliest", earliest);
        return Err(RoundError::Invalid(vec![too_early]));
    }
    match store.move_last_day(&grant, id, input.base, input.closes).await? {
        Moving::NotFound => Err(RoundError::NotFound),
        Moving::Stale => Err(RoundError::Stale),
        Moving::Done(asked_anew) => {
            // While it was closed nobody kept its tasks in line with the register. Also after a lost answer: it may have
            // been moved and not refreshed.
            let done = refresh_tasks(store, id).await?;
            Ok(RoundDone { children: small(done.children), asked_anew })
        }
    }
}

fn asked_anew(before: &FormDefinition, after: &FormDefinition) -> Vec<ActKey> {
    let effects = effects(before, after).into_iter();
    effects
        .filter(|effect| matches!(effect.meaning, Meaning::AskedAnew(_)))
        .map(|effect| effect.act)
        .collect()
}

fn small(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
