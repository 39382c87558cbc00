//! What the pupil says herself about what is applied for: asked from the age that the municipality or the form sets. Where she can
//! sign in she says it in the guardian program; otherwise whoever handles the application takes it down.

use super::parts::Words;
use super::sending::Sending;
use crate::i18n::{t, t_with, timestamp_day};
use crate::ui::{Status, StatusKind};
use leptos::prelude::*;
use skolstart_shared::api::{ApplicationEvent, ApplicationOut, ApplicationStep};
use skolstart_shared::application::{ApplicationState, PupilView, Stance};

const STANCES: [Stance; 3] = [Stance::For, Stance::Against, Stance::NotSaid];

/// What she wants, as icon and word.
pub(super) fn stance(stance: Stance) -> (StatusKind, String) {
    match stance {
        Stance::For => (StatusKind::Complete, t("staff.pupil.for")),
        Stance::Against => (StatusKind::Declined, t("staff.pupil.against")),
        Stance::NotSaid => (StatusKind::None, t("staff.pupil.not-said")),
    }
}

#[component]
pub(super) fn Pupil(sending: Sending, application: ApplicationOut) -> impl IntoView {
    let Some(part) = application.pupil else { return ().into_any() };
    let age = part.from.to_string();
    let age = [("age", age.as_str())];
    let why = if part.must { t_with("staff.pupil.must", &age) } else { t_with("staff.pupil.heard", &age) };
    let last = application.events.iter().rev().find_map(|event| match &event.what {
        ApplicationEvent::Pupil(view) => Some((event.at, event.by_pupil, view.clone())),
        _ => None,
    });
    // She is asked again when what is applied for has changed.
    let is_said = last.is_some() && application.line.state != ApplicationState::WaitingForOther;
    let said = match last {
        Some((at, herself, view)) => {
            let (kind, word) = stance(view.stance);
            let day = timestamp_day(at);
            let day = [("day", day.as_str())];
            let day = match herself {
                true => t_with("staff.pupil.said-herself", &day),
                false => t_with("staff.pupil.said", &day),
            };
            let words = (!view.words.is_empty()).then(|| view! { <p>{view.words}</p> });
            view! { <p><Status kind word/>" "<span class="small soft">{day}</span></p>{words} }.into_any()
        }
        None => {
            view! { <p><Status kind=StatusKind::Waiting word=t("staff.pupil.not-asked")/></p> }.into_any()
        }
    };
    let summary = if is_said { t("staff.pupil.again") } else { t("staff.pupil.take-down") };
    let form = (!application.line.state.is_closed()).then(|| {
        view! { <details open=!is_said><summary>{summary}</summary><TakeDown sending/></details> }
    });
    view! {
        <section class="card">
            <h2>{t("staff.pupil.heading")}</h2>
            <p class="small soft">{why}</p>
            {said}
            {form}
        </section>
    }
    .into_any()
}

#[component]
fn TakeDown(sending: Sending) -> impl IntoView {
    let chosen = RwSignal::new(None::<Stance>);
    let (words, missing, unchosen) =
        (RwSignal::new(String::new()), RwSignal::new(false), RwSignal::new(false));
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(stance) = chosen.get_untracked() else { return unchosen.set(true) };
        let said = words.get_untracked().trim().to_owned();
        let lacks = stance == Stance::Against && said.is_empty();
        missing.set(lacks);
        if !lacks {
            sending.send(ApplicationStep::Pupil(PupilView { stance, words: said }));
        }
    };
    let options = STANCES.map(|one| {
        view! {
            <label class="option">
                <input
                    class="option__input" type="radio" name="stance" prop:checked=move || chosen.get() == Some(one)
                    on:change=move |_| { chosen.set(Some(one)); unchosen.set(false); }
                />
                <span class="option__text">{stance(one).1}</span>
            </label>
        }
    });
    view! {
        <form class="stack stack--tight" on:submit=send novalidate>
            <fieldset class="field" aria-describedby="stance-fault">
                <legend class="field__label">{t("staff.pupil.what")}</legend>
                <p class="field__error" id="stance-fault" hidden=move || !unchosen.get()>{t("staff.pupil.choose")}</p>
                <div class="options">{options.collect_view()}</div>
            </fieldset>
            <Words id="pupil" label=t("staff.pupil.words") help=t("staff.pupil.words-help") text=words fault=t("staff.pupil.why") missing/>
            <p><button class="button button--small" type="submit">{t("staff.pupil.save")}</button></p>
        </form>
    }
}
