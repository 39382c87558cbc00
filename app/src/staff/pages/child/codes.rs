//! Codes for guardians without an e-identification, on the page of a child: to whom one can be given, and those that were.

use crate::api::client;
use crate::i18n::{date_and_time, number, t, t_with, timestamp_day};
use crate::router::Link;
use crate::staff::routes::Route;
use crate::state::{Remote, fetch_into, use_session};
use crate::ui::{Status, StatusKind, toast};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{
    GetSchoolCodes, Nothing, PutSchoolCode, SchoolCodeLine, SchoolCodeState, SchoolCodeStep, SchoolCodesOut,
};
use skolstart_shared::id::PersonId;

/// Shows nothing to those who do not give codes.
#[component]
pub(super) fn SchoolCodes(child: PersonId) -> impl IntoView {
    let (found, asked) = (RwSignal::new(Remote::<SchoolCodesOut>::Loading), RwSignal::new(()));
    Effect::new(move |_| {
        asked.get();
        fetch_into::<GetSchoolCodes>(found, child, Nothing {});
    });
    move || {
        found.with(|found| found.ready().cloned()).map(|out| {
            let give = out.guardians.into_iter().map(|(guardian, name)| {
                let word = t_with("staff.codes.give", &[("name", &name)]);
                view! { <li><Link<Route> to=Route::Code(child, guardian)>{word}</Link<Route>></li> }
            });
            let lines = out.codes.into_iter().map(|line| view! { <Line child line asked/> }).collect_view();
            view! {
                <section class="card no-print">
                    <h2>{t("staff.codes.title")}</h2>
                    <p class="soft">{t("staff.codes.text")}</p>
                    <ul class="stack stack--tight">{give.collect_view()}</ul>
                    <ul class="stack stack--tight">{lines}</ul>
                </section>
            }
        })
    }
}

#[component]
fn Line(child: PersonId, line: SchoolCodeLine, asked: RwSignal<()>) -> impl IntoView {
    let session = use_session();
    let (kind, word) = state(line.state);
    let words = t_with(
        "staff.codes.line",
        &[
            ("made", &date_and_time(line.made)),
            ("until", &timestamp_day(line.until)),
            ("used", &number(line.used.into())),
        ],
    );
    let withdraw = move |_| {
        spawn_local(async move {
            let sent = client::call::<PutSchoolCode>(&(child, line.code), &SchoolCodeStep::Withdraw).await;
            match &sent {
                Ok(_) => toast(t("staff.codes.withdrawn-now")),
                Err(failure) => {
                    session.heed(failure);
                    toast(t("staff.handle.refused"));
                }
            }
            // The page may be gone.
            let _ = asked.try_set(());
        });
    };
    // Somebody may be signed in with one that signs nobody in any more.
    let can_end =
        matches!(line.state, SchoolCodeState::Open | SchoolCodeState::Used | SchoolCodeState::Blocked);
    let name = line.guardian.clone();
    let button = can_end.then(|| {
        view! {
            <button class="button button--secondary button--small" type="button" on:click=withdraw>
                {t("staff.codes.withdraw")}<span class="visually-hidden">" "{name}</span>
            </button>
        }
    });
    view! {
        <li>
            <p><b>{line.guardian}</b>" "<Status kind word/></p>
            <p class="small soft">{words}</p>
            {button}
        </li>
    }
}

fn state(state: SchoolCodeState) -> (StatusKind, String) {
    match state {
        SchoolCodeState::Open => (StatusKind::Complete, t("staff.codes.open")),
        SchoolCodeState::Used => (StatusKind::None, t("staff.codes.used")),
        SchoolCodeState::Blocked => (StatusKind::Declined, t("staff.codes.blocked")),
        SchoolCodeState::Over => (StatusKind::None, t("staff.codes.over")),
        SchoolCodeState::Withdrawn => (StatusKind::None, t("staff.codes.withdrawn")),
    }
}
