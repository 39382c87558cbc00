//! Who has seen a child, in words: for its guardians by role, for the principal by name. Called by its handlers.
//!
//! Lines of the audit trail are put together by day, person or role, and what was looked at. Must not name anybody to a
//! guardian, nor tell her what the other guardian looks at.

use super::ReadError;
use crate::policy::{Grant, ReadOwnSubmissions, ReadReaders};
use crate::store::{ReadLine, Store};
use skolstart_shared::api::ReaderLine;
use skolstart_shared::id::PersonId;
use skolstart_shared::{Locale, Timestamp};
use std::collections::HashMap;

/// For a guardian of the child.
///
/// # Errors
/// When it could not be read, or the reading not noted.
pub async fn read(
    store: &Store,
    grant: Grant<ReadOwnSubmissions>,
    locale: Locale,
) -> Result<Vec<ReaderLine>, ReadError> {
    let lines = store.readers(&grant).await?;
    store.note(vec![grant.audit("readers", grant.child().map(|child| child.0))]).await?;
    let who = |line: &ReadLine| role(&line.purpose, locale).to_owned();
    Ok(together(store, &lines, who, locale))
}

/// For the principal of the child's unit.
///
/// # Errors
/// As [`read`].
pub async fn read_by_name(
    store: &Store,
    grant: Grant<ReadReaders>,
    locale: Locale,
) -> Result<Vec<ReaderLine>, ReadError> {
    let (lines, people) = store.readers_by_name(&grant).await?;
    store.note(vec![grant.audit("readers", grant.child().map(|child| child.0))]).await?;
    let who = |line: &ReadLine| {
        let person = people.get(&line.actor).filter(|person| grant.sees_protected() || !person.protected);
        let role = role(&line.purpose, locale);
        person.map_or(role.to_owned(), |person| format!("{}, {role}", person.name.full()))
    };
    Ok(together(store, &lines, who, locale))
}

/// One line for each day, person or role, and thing. The lines come newest first, and so do these.
fn together(
    store: &Store,
    lines: &[ReadLine],
    who: impl Fn(&ReadLine) -> String,
    locale: Locale,
) -> Vec<ReaderLine> {
    let mut order: Vec<(Timestamp, String, &str, usize)> = Vec::new();
    let mut places = HashMap::new();
    let mut names: HashMap<(PersonId, &str), String> = HashMap::new();
    for line in lines {
        let name = names.entry((line.actor, &line.purpose)).or_insert_with(|| who(line)).clone();
        let what = what(&line.action, locale);
        let place = *places.entry((store.clock().day_of(line.at), name.clone(), what)).or_insert_with(|| {
            order.push((line.at, name, what, 0));
            order.len() - 1
        });
        if let Some((.., times)) = order.get_mut(place) {
            *times += 1;
        }
    }
    let told = |(at, who, what, times): (Timestamp, String, &str, usize)| {
        let what = match (times, locale) {
            (1, _) => what.to_owned(),
            (_, Locale::Sv) => format!("{what} ({times} gånger)"),
            _ => format!("{what} ({times} times)"),
        };
        ReaderLine { at, who, what }
    };
    order.into_iter().map(told).collect()
}

/// The role, from the purpose that stands in the trail.
pub(super) fn role(purpose: &str, locale: Locale) -> &'static str {
    let (sv, en) = match purpose {
        "guardian" => ("vårdnadshavare", "guardian"),
        "principal" => ("rektor", "principal"),
        "municipality" => ("kommunens förvaltning", "the municipality"),
        "staff" => ("personal", "staff"),
        _ => ("systemet", "the system"),
    };
    if locale == Locale::Sv { sv } else { en }
}

/// What was looked at or done.
pub(super) fn what(action: &str, locale: Locale) -> &'static str {
    let (sv, en) = match action {
        "read-child" => ("barnets sida och svar", "the child's page and answers"),
        "read-group" => ("lista över klassen eller gruppen", "list of the class or group"),
        "read-file" => ("en fil", "a file"),
        "read-kitchen" => ("kökets lista", "the kitchen's list"),
        "change-tasks" => ("ändrade vad skolan frågar om", "changed what the school asks for"),
        "handle-applications" => ("en ansökan", "an application"),
        "handle-todos" => ("uppgifter som svaren har gett", "tasks that the answers gave"),
        "record-consent" => ("förde in ett svar om samtycke", "entered an answer about consent"),
        "read-readers" => ("vem som har sett barnets uppgifter", "who has seen the child's details"),
        "subject-access" => ("utdrag till den som har bett om det", "an extract for whoever asked for it"),
        "submit" => ("skickade svar", "sent answers"),
        "read-home" | "read-own-submissions" => ("egna svar och uppgifter", "own answers and details"),
        _ => ("barnets uppgifter", "the child's details"),
    };
    if locale == Locale::Sv { sv } else { en }
}
