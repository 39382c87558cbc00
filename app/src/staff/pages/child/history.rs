//! What has happened with a child's answers: asked for when somebody opens it.

use crate::i18n::{date, date_and_time, number, t, t_with};
use crate::letter;
use crate::staff::words;
use crate::state::{Remote, fetch_into};
use crate::ui::Skeleton;
use leptos::prelude::*;
use skolstart_shared::access::Role;
use skolstart_shared::api::{AnswerWay, HistoryByStaff, HistoryChange, Nothing, StaffChildHistory};
use skolstart_shared::application::ApplicationState;
use skolstart_shared::fact::Provenance;
use skolstart_shared::id::PersonId;

/// The history, closed at first: every opening is noted.
#[component]
pub(super) fn History(child: PersonId) -> impl IntoView {
    let (asked, found) = (RwSignal::new(false), RwSignal::new(Remote::Loading));
    Effect::new(move |_| {
        if asked.get() {
            fetch_into::<StaffChildHistory>(found, child, Nothing {});
        }
    });
    let show = move || asked.set(true);
    let body = move || match (asked.get(), found.get()) {
        (false, _) => ().into_any(),
        (true, Remote::Loading) => view! { <Skeleton label=t("common.loading")/> }.into_any(),
        (true, Remote::Failed(failure)) => words::failure(&failure, show),
        (true, Remote::Ready(lines)) if lines.is_empty() => {
            view! { <p class="soft">{t("staff.history.none")}</p> }.into_any()
        }
        (true, Remote::Ready(lines)) => {
            view! { <ol class="timeline">{lines.into_iter().map(line).collect_view()}</ol> }.into_any()
        }
    };
    view! {
        <section class="card">
            <h2>{t("staff.history.title")}</h2>
            {move || (!asked.get()).then(|| view! {
                <button class="button button--secondary" type="button" on:click=move |_| show()>
                    {t("staff.history.show")}
                </button>
            })}
            {body}
        </section>
    }
}

fn line(line: HistoryByStaff) -> impl IntoView {
    let who = who(&line);
    let entry = line.entry;
    let what = match &entry.change {
        HistoryChange::Given(_) => t("staff.history.given"),
        HistoryChange::Confirmed => t("staff.history.confirmed"),
        HistoryChange::Decided(choice) if choice.is_yes() => t("staff.history.yes"),
        HistoryChange::Decided(_) => t("staff.history.no"),
        HistoryChange::TakenDown(way, day, kept) => {
            let values = [("day", date(*day)), ("kept", kept.clone().unwrap_or_default())];
            let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
            match way {
                AnswerWay::Paper => t_with("staff.history.on-paper", &values),
                AnswerWay::Spoken => t_with("staff.history.spoken", &values),
            }
        }
        HistoryChange::Asked(question) => t_with("staff.history.asked", &[("question", question)]),
        HistoryChange::AskedNoMore => t("staff.history.asked-no-more"),
        HistoryChange::Exempted(reason) => {
            t_with("staff.history.exempted", &[("reason", reason.as_deref().unwrap_or_default())])
        }
        HistoryChange::Resolved(outcome) => {
            let (_, word) = letter::state(ApplicationState::of(*outcome));
            t_with("staff.history.resolved", &[("outcome", &word)])
        }
        HistoryChange::ExemptedNoMore => t("staff.history.exempted-no-more"),
        HistoryChange::LetIn(until) => t_with("staff.history.let-in", &[("day", &date(*until))]),
        HistoryChange::LetInNoMore => t("staff.history.let-in-no-more"),
    };
    // As it was asked then: a later version may say something else, and the answer is an answer to this.
    let (label, version, value) = match line.asked {
        Some(asked) => {
            let version = number(asked.form.version.into());
            let version = t_with("staff.history.version", &[("form", &asked.title), ("n", &version)]);
            let value = match &entry.change {
                HistoryChange::Given(Some(value)) => Some(words::value(&asked.kind, value)),
                _ => None,
            };
            (asked.label, Some(version), value)
        }
        None => (entry.label, None, None),
    };
    view! {
        <li class="timeline__item">
            <p class="timeline__when">
                <time datetime=entry.at.to_string()>{date_and_time(entry.at)}</time>" · "{who}
            </p>
            <p>{label}": "{what}</p>
            {value}
            {version.map(|version| view! { <p class="soft small">{version}</p> })}
        </li>
    }
}

fn who(line: &HistoryByStaff) -> String {
    let role = match (line.role, line.entry.by) {
        (Some(Role::Principal), _) => t("staff.history.principal"),
        (Some(_), _) | (None, Provenance::Staff) => t("staff.history.staff"),
        (None, Provenance::Register) => t("staff.history.register"),
        (None, Provenance::Pupil) => t("staff.history.pupil"),
        (None, _) => t("staff.relation.guardian"),
    };
    match &line.name {
        Some(name) => [name.as_str(), ", ", &role].concat(),
        None => role,
    }
}
