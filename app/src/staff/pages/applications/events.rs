//! What has happened with an application, and what was applied for before.

use super::pupil::stance;
use crate::i18n::{date_and_time, locale, t, t_with, timestamp_day};
use crate::letter;
use crate::router::Link;
use crate::staff::routes::Route;
use crate::staff::words;
use crate::ui::Status;
use leptos::prelude::*;
use skolstart_shared::api::{ApplicationEvent, ApplicationEventOut, ApplicationOut, EarlierApplication};
use skolstart_shared::application::ApplicationState;
use skolstart_shared::form::{Act, Answers, Field};
use skolstart_shared::id::PersonId;

#[component]
pub(super) fn Events(application: ApplicationOut) -> impl IntoView {
    let act = application.act;
    let events = application.events.into_iter().rev().map(|one| event(&act, one)).collect_view();
    view! { <section class="card"><h2>{t("staff.application.events")}</h2><ol class="timeline">{events}</ol></section> }
}

fn event(act: &Act, event: ApplicationEventOut) -> impl IntoView + use<> {
    let filled_in = match &event.what {
        ApplicationEvent::Opinion(opinion) => fields(act, &opinion.fields),
        ApplicationEvent::Decided(decided) => fields(act, &decided.decision.fields),
        _ => None,
    };
    let (what, words) = match event.what {
        ApplicationEvent::Applied(_) => (t("staff.application.event.applied"), String::new()),
        ApplicationEvent::Opinion(opinion) => (t("staff.application.event.opinion"), opinion.words),
        ApplicationEvent::Pupil(view) => {
            let (_, word) = stance(view.stance);
            let what = [("what", word.as_str())];
            match event.by_pupil {
                true => (t_with("staff.pupil.event-herself", &what), view.words),
                false => (t_with("staff.pupil.event", &what), view.words),
            }
        }
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
    let nobody = || if event.by_pupil { t("reader.role.pupil") } else { t("staff.versions.guardian") };
    let who = event.by.unwrap_or_else(nobody);
    let has_words = !words.is_empty();
    view! {
        <li class="timeline__item">
            <p class="timeline__when"><time datetime=event.at.to_string()>{date_and_time(event.at)}</time>" · "{who}</p>
            <p>{what}</p>
            {has_words.then(|| view! { <p class="soft">{words}</p> })}
            {filled_in}
        </li>
    }
}

/// What a handler filled in beside the words, question by question.
fn fields(act: &Act, answers: &Answers) -> Option<AnyView> {
    let rule = act.decision.as_ref()?;
    let row = |field: &Field| {
        let value = answers.get(&field.key).filter(|value| !value.is_empty())?;
        let (label, value) = (field.label.get(locale()).to_owned(), words::value(&field.kind, value));
        Some(view! { <div><dt>{label}</dt><dd>{value}</dd></div> })
    };
    let rows: Vec<_> = rule.fields.iter().filter_map(row).collect();
    (!rows.is_empty()).then(|| view! { <dl class="facts facts--small">{rows}</dl> }.into_any())
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
