//! What has happened with an application, and what was applied for before.

use crate::i18n::{date_and_time, t, t_with, timestamp_day};
use crate::letter;
use crate::router::Link;
use crate::staff::routes::Route;
use crate::ui::Status;
use leptos::prelude::*;
use skolstart_shared::api::{ApplicationEvent, ApplicationEventOut, ApplicationOut, EarlierApplication};
use skolstart_shared::application::ApplicationState;
use skolstart_shared::id::PersonId;

#[component]
pub(super) fn Events(application: ApplicationOut) -> impl IntoView {
    let events = application.events.into_iter().rev().map(event).collect_view();
    view! { <section class="card"><h2>{t("staff.application.events")}</h2><ol class="timeline">{events}</ol></section> }
}

fn event(event: ApplicationEventOut) -> impl IntoView {
    let (what, words) = match event.what {
        ApplicationEvent::Applied(_) => (t("staff.application.event.applied"), String::new()),
        ApplicationEvent::Opinion(opinion) => (t("staff.application.event.opinion"), opinion.words),
        ApplicationEvent::Decided(decided) => {
            let (_, word) = letter::state(ApplicationState::of(decided.decision.outcome));
            let by = letter::title(decided.function);
            (
                t_with("staff.application.event.decided", &[("what", &word), ("who", &by)]),
                decided.decision.reasons,
            )
        }
        ApplicationEvent::Withdrawn => (t("staff.application.event.withdrawn"), String::new()),
        ApplicationEvent::Superseded => (t("staff.application.event.superseded"), String::new()),
        ApplicationEvent::Read => (t("staff.application.event.read"), String::new()),
    };
    let who = event.by.unwrap_or_else(|| t("staff.versions.guardian"));
    let has_words = !words.is_empty();
    view! {
        <li class="timeline__item">
            <p class="timeline__when"><time datetime=event.at.to_string()>{date_and_time(event.at)}</time>" · "{who}</p>
            <p>{what}</p>
            {has_words.then(|| view! { <p class="soft">{words}</p> })}
        </li>
    }
}

#[component]
pub(super) fn Earlier(child: PersonId, earlier: Vec<EarlierApplication>) -> impl IntoView {
    if earlier.is_empty() {
        return ().into_any();
    }
    let lines = earlier.into_iter().map(|one| {
        let (kind, word) = letter::state(one.state);
        let to = Route::Application(child, one.application);
        view! { <li><Link<Route> to>{timestamp_day(one.opened)}</Link<Route>>" "<Status kind word bare=true/></li> }
    });
    view! { <section class="card"><h2>{t("staff.application.earlier")}</h2><ul>{lines.collect_view()}</ul></section> }
        .into_any()
}
