//! Much at once: how many children's pages one person opens in a day, lists that leave the house with a reason and, above a size,
//! a second person, and alarms to whoever leads.
//!
//! Called by the handlers of children's pages and of `api::bulk`. Must not stop anybody from the children whom she has opened
//! today already.

use super::ReadError;
use super::consents::{TakenOut, list_title, picture_children, picture_list};
use crate::policy::{ExportLists, Grant, HandleAlarms, ReadChild, ReadPictures};
use crate::store::{
    AlarmRecord, Asking, AuditEntry, ExportDone, ExportRecord, PersonRecord, Store, StoreError,
};
use skolstart_shared::api::{
    AlarmKind, AlarmLine, AlarmStep, BulkOut, ExportLine, ExportState, FileOut, PictureList, SheetKind,
};
use skolstart_shared::id::{ChangeId, PersonId};
use skolstart_shared::{Locale, Timestamp};
use std::collections::HashMap;

/// How much is much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BulkLimits {
    /// Children's pages that one person opens in a day before whoever leads hears of it.
    pub unusual: u32,
    /// Children's pages that one person opens in a day at all.
    pub opened: u32,
    /// Children whom one person takes out in lists in a day without a second person.
    pub alone: u32,
    /// Children whom one person takes out in lists in a day at all.
    pub exported: u32,
}

impl Default for BulkLimits {
    fn default() -> Self {
        Self { unusual: 75, opened: 150, alone: 60, exported: 300 }
    }
}

/// Why something was not opened or taken out.
#[derive(Debug, thiserror::Error)]
pub enum BulkError {
    /// No such list or alarm, or not for the one who asks.
    #[error("not found")]
    NotFound,
    /// She has opened or taken out as many children as one person does in a day.
    #[error("enough for today")]
    Enough,
    /// It takes a second person.
    #[error("not alone")]
    Forbidden,
    /// No reason, or too long a one.
    #[error("not complete")]
    Invalid,
    /// The id was used before for something else.
    #[error("another list under the same id")]
    Other,
    /// Somebody has decided otherwise.
    #[error("decided")]
    Decided,
    /// It can be fetched or decided no longer, or there are more children than were asked for.
    #[error("over")]
    Over,
    /// Not read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ReadError> for BulkError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::NotFound => Self::NotFound,
            ReadError::Store(error) => Self::Store(error),
        }
    }
}

/// For how long a list can be fetched after it was asked for, or after the second person's yes.
const FETCHED_WITHIN: i64 = 24 * 3_600_000;
/// For how long a second person can decide.
const DECIDED_WITHIN: i64 = 7 * 24 * 3_600_000;
/// For how many days lists and alarms are shown.
const SHOWN_DAYS: i32 = 30;
/// The most characters of a reason.
const MOST_REASON: usize = 300;

/// Whether the actor may open the page of the child of the grant. `raised` hears of an alarm.
///
/// # Errors
/// [`BulkError::Enough`] when she has opened as many others today as one person does.
pub async fn may_open(
    store: &Store,
    grant: &Grant<ReadChild>,
    limits: BulkLimits,
    raised: impl Fn(),
) -> Result<(), BulkError> {
    let opened = store.opened_today(grant).await?;
    let count = u32::try_from(opened.len()).unwrap_or(u32::MAX);
    if count < limits.unusual.min(limits.opened) || grant.child().is_some_and(|child| opened.contains(&child))
    {
        return Ok(());
    }
    let stopped = count >= limits.opened && !store.may_go_on(grant).await?;
    let (kind, most) =
        if stopped { (AlarmKind::Stopped, limits.opened) } else { (AlarmKind::Opened, limits.unusual) };
    if store.raise_alarm(grant, kind, most).await? {
        raised();
    }
    if stopped { Err(BulkError::Enough) } else { Ok(()) }
}

/// Asks for a list of the group of the grant. The same id and request again is the same as once.
///
/// # Errors
/// See [`BulkError`].
pub async fn ask(
    store: &Store,
    grant: Grant<ReadPictures>,
    id: ChangeId,
    (list, reason): (PictureList, String),
    limits: BulkLimits,
    raised: impl Fn(),
) -> Result<ExportState, BulkError> {
    let reason = reason.trim().to_owned();
    if reason.is_empty() || reason.chars().count() > MOST_REASON {
        return Err(BulkError::Invalid);
    }
    let (unit, children) = picture_children(store, &grant, &list).await?;
    let asking = Asking { id, list, unit, reason, children, most_alone: limits.alone, most: limits.exported };
    match store.ask_for_list(&grant, asking).await? {
        ExportDone::Done | ExportDone::Again => {}
        ExportDone::Enough => {
            if store.raise_alarm(&grant, AlarmKind::Refused, limits.exported).await? {
                raised();
            }
            return Err(BulkError::Enough);
        }
        _ => return Err(BulkError::Other),
    }
    let found = store.list_of(&grant, id).await?.ok_or(BulkError::NotFound)?;
    let state = state_of(store, &found);
    // Asked again after a lost answer, it is made good that nobody was alarmed; a day later it is no news.
    let today = found.at >= store.clock().start_of(store.clock().today());
    if state == ExportState::Waiting
        && today
        && store.raise_alarm(&grant, AlarmKind::Exported, limits.alone).await?
    {
        raised();
    }
    Ok(state)
}

/// Decides about another's list as the second person.
///
/// # Errors
/// See [`BulkError`].
pub async fn decide(
    store: &Store,
    grant: Grant<HandleAlarms>,
    id: ChangeId,
    yes: bool,
) -> Result<ExportState, BulkError> {
    let since = Timestamp::from_millis(store.clock().now().as_millis() - DECIDED_WITHIN);
    match store.decide_list(&grant, id, yes, since).await? {
        ExportDone::Done | ExportDone::Again if yes => Ok(ExportState::Ready),
        ExportDone::Done | ExportDone::Again => Ok(ExportState::Refused),
        ExportDone::Own => Err(BulkError::Forbidden),
        ExportDone::Decided => Err(BulkError::Decided),
        ExportDone::Over => Err(BulkError::Over),
        ExportDone::Other | ExportDone::Missing | ExportDone::Enough => Err(BulkError::NotFound),
    }
}

/// The list that the actor asked for, if it can be fetched.
///
/// # Errors
/// See [`BulkError`].
pub async fn own(store: &Store, grant: &Grant<ExportLists>, id: ChangeId) -> Result<ExportRecord, BulkError> {
    let found = store.own_list(grant, id).await?.ok_or(BulkError::NotFound)?;
    match state_of(store, &found) {
        ExportState::Ready => Ok(found),
        ExportState::Over => Err(BulkError::Over),
        ExportState::Waiting | ExportState::Refused => Err(BulkError::Forbidden),
    }
}

/// The file, made now: who is hidden since it was asked for is not in it.
///
/// # Errors
/// See [`BulkError`].
pub async fn fetch(
    store: &Store,
    (own, grant): (&Grant<ExportLists>, Grant<ReadPictures>),
    found: &ExportRecord,
    kind: SheetKind,
    locale: Locale,
) -> Result<FileOut, BulkError> {
    let people = store.names_of_askers(own, &[found.by]).await?;
    let noted = AuditEntry { action: "fetch-list", ..own.audit("list", Some(found.id.0)) };
    let taken_out = TakenOut { kind, by: name_of(&people, found.by), most: found.children, noted };
    picture_list(store, grant, &found.list, taken_out, locale).await?.ok_or(BulkError::Over)
}

fn state_of(store: &Store, found: &ExportRecord) -> ExportState {
    let since = found.decided.map_or(found.at, |(_, at)| at);
    let age = store.clock().now().as_millis() - since.as_millis();
    match (found.approved, found.decided) {
        (true, _) if age > FETCHED_WITHIN => ExportState::Over,
        (true, _) => ExportState::Ready,
        (false, Some(_)) => ExportState::Refused,
        (false, None) if age > DECIDED_WITHIN => ExportState::Over,
        (false, None) => ExportState::Waiting,
    }
}

fn name_of(people: &HashMap<PersonId, PersonRecord>, who: PersonId) -> String {
    people.get(&who).map(|person| person.name.for_staff().full()).unwrap_or_default()
}

/// Lists and alarms for the caller. `leads`: the grant of whoever leads.
///
/// # Errors
/// When they could not be read, or the reading not noted.
pub async fn read(
    store: &Store,
    grant: Grant<ExportLists>,
    leads: Option<Grant<HandleAlarms>>,
    limits: BulkLimits,
    locale: Locale,
) -> Result<BulkOut, ReadError> {
    let today = store.clock().today();
    let since = today.add_days(-SHOWN_DAYS);
    let mut lists = store.lists(&grant, leads.as_ref(), store.clock().start_of(since)).await?;
    // Another's that nobody decided in time is over, and nobody's to decide.
    let is_shown =
        |found: &ExportRecord| found.by == grant.actor() || state_of(store, found) == ExportState::Waiting;
    lists.retain(is_shown);
    let alarms = match &leads {
        Some(leads) => store.alarms(leads, since).await?,
        None => Vec::new(),
    };
    let about = alarms.iter().flat_map(|alarm| [Some(alarm.person), alarm.seen_by]).flatten();
    let people: Vec<PersonId> = lists.iter().map(|list| list.by).chain(about).collect();
    let people = store.names_of_askers(&grant, &people).await?;
    let places = store.places_of_lists(&grant, &lists).await?;
    store.note(vec![grant.audit("lists", None)]).await?;
    let line = |found: &ExportRecord| ExportLine {
        id: found.id,
        mine: found.by == grant.actor(),
        by: name_of(&people, found.by),
        place: places.get(&found.list.group).cloned().unwrap_or_default(),
        title: list_title(store, &found.list, locale),
        children: found.children,
        reason: found.reason.clone(),
        at: found.at,
        state: state_of(store, found),
    };
    let alarm = |found: &AlarmRecord| AlarmLine {
        id: found.id,
        kind: found.kind,
        mine: found.person == grant.actor(),
        name: name_of(&people, found.person),
        day: found.day,
        count: found.children,
        at: found.at,
        seen_by: found.seen_by.map(|by| name_of(&people, by)).unwrap_or_default(),
        lifted: found.lifted,
    };
    Ok(BulkOut {
        exports: lists.iter().map(line).collect(),
        alarms: alarms.iter().map(alarm).collect(),
        leads: leads.is_some(),
        today,
        most_opened: limits.opened,
        most_alone: limits.alone,
        most_exported: limits.exported,
    })
}

/// Marks an alarm.
///
/// # Errors
/// [`BulkError::NotFound`] for an alarm about oneself, or about nobody whom one leads.
pub async fn mark(
    store: &Store,
    grant: Grant<HandleAlarms>,
    id: ChangeId,
    step: AlarmStep,
) -> Result<(), BulkError> {
    if store.mark_alarm(&grant, id, step).await? { Ok(()) } else { Err(BulkError::NotFound) }
}
