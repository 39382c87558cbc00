//! What the staff pages say about statuses, failures and values. Turns codes into texts; decides nothing.

use crate::api::ApiFailure;
use crate::fields::{files_shown, lines};
use crate::i18n::{date, t, t_with, timestamp_day};
use crate::state::use_online;
use crate::ui::{Drawing, Host, Notice, NoticeKind, Status, StatusKind};
use leptos::prelude::*;
use skolstart_shared::Timestamp;
use skolstart_shared::api::{ErrorCode, StaffFact};
use skolstart_shared::consent::Standing;
use skolstart_shared::fact::{Source, Value};
use skolstart_shared::form::FieldKind;
use skolstart_shared::people::RelationKind;
use skolstart_shared::round::TaskStatus;

/// A status as icon and word.
pub(super) fn status(status: TaskStatus, bare: bool) -> impl IntoView {
    let (kind, word) = match status {
        TaskStatus::NotStarted => (StatusKind::None, t("staff.status.not-started")),
        TaskStatus::Expired => (StatusKind::Action, t("staff.status.expired")),
        TaskStatus::WaitingForOther => (StatusKind::Waiting, t("staff.status.waiting-for-other")),
        TaskStatus::Complete => (StatusKind::Complete, t("staff.status.complete")),
        TaskStatus::Declined => (StatusKind::Declined, t("staff.status.declined")),
        TaskStatus::Returned => (StatusKind::Waiting, t("staff.status.returned")),
        TaskStatus::Conflict => (StatusKind::Action, t("staff.status.conflict")),
        TaskStatus::WaitingForStaff => (StatusKind::Action, t("staff.status.waiting-for-staff")),
        TaskStatus::NotYet => (StatusKind::None, t("staff.status.not-yet")),
        TaskStatus::Voluntary => (StatusKind::None, t("staff.status.voluntary")),
        TaskStatus::Exempt => (StatusKind::None, t("staff.status.exempt")),
    };
    view! { <Status kind word bare/> }
}

/// What stands for a consent: yes, no or waiting. Only a yes allows anything.
pub(super) fn standing(standing: Standing) -> impl IntoView {
    let (kind, word) = match standing {
        Standing::NotAnswered => (StatusKind::None, t("staff.consent.not-answered")),
        Standing::Waiting => (StatusKind::Waiting, t("staff.consent.waiting")),
        Standing::Given(_) => (StatusKind::Complete, t("staff.consent.given")),
        Standing::Limited(_) => (StatusKind::Action, t("staff.consent.limited")),
        Standing::Conflict(_) => (StatusKind::Declined, t("staff.consent.conflict")),
        Standing::Expired(_) => (StatusKind::Waiting, t("staff.consent.expired")),
        Standing::Refused(_) => (StatusKind::Declined, t("staff.consent.refused")),
        Standing::Withdrawn(_) => (StatusKind::Declined, t("staff.consent.withdrawn")),
        Standing::Blocked => (StatusKind::Protected, t("staff.consent.blocked")),
    };
    view! { <Status kind word bare=true/> }
}

/// Since when a fact or a standing consent is as it is.
fn since(fact: &StaffFact) -> Option<Timestamp> {
    match fact.standing {
        Some(
            Standing::Given(at)
            | Standing::Limited(at)
            | Standing::Refused(at)
            | Standing::Conflict(at)
            | Standing::Withdrawn(at),
        ) => Some(at),
        Some(_) => None,
        None => fact.confirmed,
    }
}

/// Where a fact comes from and since when, as far as it is known: "från Sara Ekström · 15 augusti 2026".
pub(super) fn origin(fact: &StaffFact) -> String {
    let source = fact.source.map(|from| source(from, fact.by.as_deref()));
    let day = since(fact).map(timestamp_day);
    let until = fact.until.map(|day| t_with("staff.consent.until", &[("day", &date(day))]));
    let waits = (!fact.waits_for.is_empty()).then(|| waits_for(&fact.waits_for));
    [source, day, until, waits].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// "väntar på Sara Lindqvist".
fn waits_for(names: &[String]) -> String {
    let hidden = t("staff.consent.somebody");
    let names: Vec<&str> =
        names.iter().map(|name| if name.is_empty() { hidden.as_str() } else { name.as_str() }).collect();
    t_with("staff.consent.waits-for", &[("names", &names.join(", "))])
}

/// What a person is to a child by law.
pub(super) fn relation(kind: RelationKind) -> String {
    match kind {
        RelationKind::Guardian => t("staff.relation.guardian"),
        RelationKind::OtherResponsible => t("staff.relation.other"),
        RelationKind::AppointedGuardian => t("staff.relation.appointed"),
        RelationKind::Authorised => t("staff.relation.authorised"),
    }
}

fn source(source: Source, by: Option<&str>) -> String {
    match (source, by) {
        (_, Some(name)) => t_with("staff.source.person", &[("name", name)]),
        (Source::Register, None) => t("staff.source.register"),
        (Source::Guardian, None) => t("staff.source.guardian"),
        (Source::Staff, None) => t("staff.source.staff"),
    }
}

/// The value of a fact, line by line. Empty: nothing is known.
pub(super) fn value_lines(fact: &StaffFact) -> Vec<String> {
    let Some(value) = &fact.value else { return Vec::new() };
    if value.is_empty() { Vec::new() } else { lines(&fact.kind, value) }
}

/// A value: files as files, everything else line by line.
pub(super) fn value(kind: &FieldKind, value: &Value) -> AnyView {
    match files_shown(value) {
        Some(element) => view! { <Host element/> }.into_any(),
        None => {
            let said = lines(kind, value).into_iter().map(|line| view! { <div>{line}</div> });
            said.collect_view().into_any()
        }
    }
}

/// Says why there is nothing to show, with a way to try again where that can help.
pub(super) fn failure(failure: &ApiFailure, again: impl Fn() + Send + 'static) -> AnyView {
    if failure.is_not_found() {
        return nothing_here().into_any();
    }
    let text = match failure {
        ApiFailure::Offline => return away(&t("common.offline"), &t("staff.away"), again),
        ApiFailure::Busy(_) => return away("", &t("common.error.busy"), again),
        // The notice above the page says it, with a way to sign in.
        ApiFailure::SignedOut => return ().into_any(),
        ApiFailure::Refused(error) if error.code == ErrorCode::Enough => t("bulk.enough"),
        ApiFailure::Refused(_) => t("common.error.refused"),
        ApiFailure::Unexpected(_) => t("common.error.unexpected"),
    };
    view! {
        <Notice kind=NoticeKind::Error>
            <p><b>{t("common.error.heading")}</b>" "{text}</p>
            <p>
                <button class="button button--secondary button--small" type="button" on:click=move |_| again()>
                    {t("common.try-again")}
                </button>
            </p>
        </Notice>
    }
    .into_any()
}

/// That the school is not reached is a state and no error. What is missing comes by itself when the browser has a network again.
fn away(heading: &str, text: &str, again: impl Fn() + Send + 'static) -> AnyView {
    let (online, again) = (use_online(), StoredValue::new_local(again));
    let ask = move || again.with_value(|again| again());
    Effect::new(move |before: Option<bool>| {
        let is_online = online.get();
        if is_online && before == Some(false) {
            ask();
        }
        is_online
    });
    let (heading, text) = (heading.to_owned(), text.to_owned());
    view! {
        <Notice kind=NoticeKind::Waiting icon="wifi-off">
            <p><b>{heading}</b>" "{text}</p>
            <p>
                <button class="button button--secondary button--small" type="button" on:click=move |_| ask()>
                    {t("common.try-again")}
                </button>
            </p>
        </Notice>
    }
    .into_any()
}

/// The page for an address that names nothing, or nothing for this reader.
pub(super) fn nothing_here() -> impl IntoView {
    crate::router::page_title(|| t("common.not-found.heading"));
    view! {
        <div class="empty">
            <Drawing name="door"/>
            <h1>{t("common.not-found.heading")}</h1>
            <p>{t("common.not-found.text")}</p>
            <a class="button button--secondary" href="/personal/">{t("common.not-found.home")}</a>
        </div>
    }
}
