//! The page: the days and perhaps a personal number, and what the trail answers.

use super::answer::Answer;
use crate::api::{ApiFailure, client};
use crate::i18n::t;
use crate::router::page_title;
use crate::staff::once::{Trouble, why_not};
use crate::staff::words;
use crate::state::{Session, clock, use_session};
use crate::ui::Skeleton;
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::Date;
use skolstart_shared::api::{AskTrail, ErrorCode, MOST_TRAIL_DAYS, TrailOut, TrailQuestion};

/// What is asked and answered. Copy it freely.
#[derive(Clone, Copy)]
struct Review {
    from: RwSignal<String>,
    to: RwSignal<String>,
    about: RwSignal<String>,
    trouble: RwSignal<String>,
    waiting: RwSignal<bool>,
    answer: RwSignal<Option<(TrailQuestion, TrailOut)>>,
    session: Session,
}

impl Review {
    fn new() -> Self {
        let today = clock::now().to_string();
        let today = today.get(..10).and_then(|day| Date::parse_iso(day).ok());
        let day = |days: i32| today.map(|today| today.add_days(days).to_string()).unwrap_or_default();
        Self {
            from: RwSignal::new(day(-6)),
            to: RwSignal::new(day(0)),
            about: RwSignal::new(String::new()),
            trouble: RwSignal::new(String::new()),
            waiting: RwSignal::new(false),
            answer: RwSignal::new(None),
            session: use_session(),
        }
    }

    fn question(self) -> Option<TrailQuestion> {
        let (from, to) = (self.from.get_untracked(), self.to.get_untracked());
        let (from, to) = (Date::parse_iso(&from).ok()?, Date::parse_iso(&to).ok()?);
        let days = to.days_since(from) + 1;
        let about = self.about.get_untracked().trim().to_owned();
        (1..=MOST_TRAIL_DAYS).contains(&days).then_some(TrailQuestion { from, to, about })
    }

    fn ask(self) {
        let Some(question) = self.question() else {
            self.trouble.set(t("review.not-complete"));
            return;
        };
        self.waiting.set(true);
        self.answer.set(None);
        spawn_local(async move {
            let answer = client::call::<AskTrail>(&(), &question).await;
            // The page may be gone.
            let _ = self.waiting.try_set(false);
            match answer {
                Ok(found) => {
                    let _ = self.trouble.try_set(String::new());
                    let _ = self.answer.try_set(Some((question, found)));
                }
                Err(failure) => {
                    self.session.heed(&failure);
                    let _ = self.trouble.try_set(why(&failure));
                }
            }
        });
    }
}

fn why(failure: &ApiFailure) -> String {
    match failure {
        ApiFailure::Refused(error) if error.code == ErrorCode::Invalid => t("review.not-complete"),
        ApiFailure::Refused(error) if error.code == ErrorCode::NotFound => t("review.not-yours"),
        _ => why_not(failure, t("staff.handle.refused")),
    }
}

/// The page.
#[component]
pub(in crate::staff) fn ReviewPage() -> impl IntoView {
    let review = Review::new();
    page_title(|| t("review.title"));
    let may = move || {
        let person = review.session.person();
        person.is_none_or(|person| {
            crate::staff::sees::may(&person, skolstart_shared::access::Action::ReadTrail)
        })
    };
    move || if may() { view! { <Inside review/> }.into_any() } else { words::nothing_here().into_any() }
}

#[component]
fn Inside(review: Review) -> impl IntoView {
    let go = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        review.ask();
    };
    let answer = move || match (review.waiting.get(), review.answer.get()) {
        (true, _) => view! { <Skeleton label=t("common.loading")/> }.into_any(),
        (false, Some((question, found))) => view! { <Answer question found/> }.into_any(),
        (false, None) => ().into_any(),
    };
    view! {
        <header class="desk__head">
            <div class="pagehead"><h1>{t("review.title")}</h1><p class="soft">{t("review.intro")}</p></div>
        </header>
        <form class="card stack stack--tight no-print" on:submit=go>
            <div class="parts">
                <Day id="review-from" label=t("review.from") value=review.from/>
                <Day id="review-to" label=t("review.to") value=review.to/>
                <div class="part">
                    <label class="part__label" for="review-about">{t("review.about")}</label>
                    <input class="input" id="review-about" autocomplete="off" inputmode="numeric" maxlength="20"
                        aria-describedby="review-about-help"
                        prop:value=review.about on:input=move |event| review.about.set(event_target_value(&event))/>
                </div>
            </div>
            <p class="field__help" id="review-about-help">{t("review.about-help")}</p>
            <p><button class="button" type="submit">{t("review.ask")}</button></p>
            <Trouble said=review.trouble/>
        </form>
        <div aria-live="polite">{answer}</div>
    }
}

#[component]
fn Day(id: &'static str, label: String, value: RwSignal<String>) -> impl IntoView {
    view! {
        <div class="part">
            <label class="part__label" for=id>{label}</label>
            <input class="input" id=id type="date" required
                prop:value=value on:input=move |event| value.set(event_target_value(&event))/>
        </div>
    }
}
