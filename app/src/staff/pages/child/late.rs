//! Answers after the last day: which rounds have closed with something of the child's missing, and letting its family in all the same.
//! Sends the day as other changes of a task are sent. Decides nothing.

use super::handle::Handling;
use crate::i18n::{date, t, t_count, t_with, timestamp_day};
use crate::staff::once::Trouble;
use crate::state::clock;
use leptos::prelude::*;
use skolstart_shared::Date;
use skolstart_shared::api::{LateRound, LetInOut, TaskChange};

/// A week: long enough to answer, short enough to remember.
const USUAL_DAYS: i32 = 7;
/// The longest that the server takes.
const MOST_DAYS: i32 = 92;

/// The rounds. Nothing where there is none.
pub(super) fn late(handling: Handling, rounds: Vec<LateRound>) -> AnyView {
    if rounds.is_empty() {
        return ().into_any();
    }
    let rounds = rounds.into_iter().map(|round| view! { <Late handling round/> }).collect_view();
    view! { <section class="card"><h2>{t("staff.late.heading")}</h2>{rounds}</section> }.into_any()
}

#[component]
fn Late(handling: Handling, round: LateRound) -> impl IntoView {
    // What is sent is about this round, whichever the page is about.
    let handling = Handling { round: round.round, ..handling };
    let closed = t_with("staff.late.closed", &[("round", &round.title), ("day", &date(round.closes))]);
    let left = match round.left {
        0 => t("staff.late.nothing-left"),
        left => t_count("staff.late.left", left.into(), &[]),
    };
    let (open, now) = match &round.let_in {
        Some(let_in) => (t("staff.late.move"), Some(let_in.until)),
        None => (t("staff.late.open"), None),
    };
    let form =
        (round.left > 0 || now.is_some()).then(|| view! { <Until handling open now title=round.title/> });
    let let_in = round.let_in.map(|let_in| view! { <LetIn handling let_in/> });
    view! { <div class="stack stack--tight handle"><p>{closed}" "{left}</p>{let_in}{form}</div> }
}

/// That the family may answer, who said so, and the way back.
#[component]
fn LetIn(handling: Handling, let_in: LetInOut) -> impl IntoView {
    let (until, day) = (date(let_in.until), timestamp_day(let_in.at));
    let by = match &let_in.by {
        Some(name) => t_with("staff.late.by", &[("name", name), ("day", &day)]),
        None => t_with("staff.late.since", &[("day", &day)]),
    };
    let end = move |_| handling.send(None, TaskChange::EndLetInLate);
    view! {
        <p><b>{t_with("staff.late.until", &[("day", &until)])}</b></p>
        <p class="small soft">{by}</p>
        <p>
            <button class="button button--secondary button--small" type="button" on:click=end>{t("staff.late.end")}</button>
        </p>
    }
}

/// Until when. `now`: the day that stands.
#[component]
fn Until(handling: Handling, open: String, now: Option<Date>, title: String) -> impl IntoView {
    let today = clock::today();
    let typed = RwSignal::new(now.unwrap_or_else(|| today.add_days(USUAL_DAYS)).to_string());
    let (id, latest) = (["late-", &handling.round.to_string()].concat(), today.add_days(MOST_DAYS));
    let (help_id, wrong_id) = ([&id, "-help"].concat(), [&id, "-wrong"].concat());
    let described = [help_id.as_str(), " ", &wrong_id].concat();
    let wrong = RwSignal::new(String::new());
    let is_wrong = move || (!wrong.with(String::is_empty)).then_some("true");
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match Date::parse_iso(typed.get_untracked().trim()) {
            Ok(day) if day < today => {
                wrong.set(t_with("violation.too-early", &[("earliest", &date(today))]));
            }
            Ok(day) if day > latest => {
                wrong.set(t_with("violation.too-late", &[("latest", &date(latest))]));
            }
            Ok(until) => {
                wrong.set(String::new());
                handling.send(None, TaskChange::LetInLate { until });
            }
            Err(_) => wrong.set(t("staff.form.wrong-day")),
        }
    };
    view! {
        <details>
            <summary>{open}<span class="visually-hidden">{[" ", &title].concat()}</span></summary>
            <form class="stack stack--tight" on:submit=send novalidate>
                <div class="field">
                    <label class="field__label" for=id.clone()>{t("staff.late.day")}</label>
                    <p class="field__help" id=help_id.clone()>{t("staff.late.day-help")}</p>
                    <input class="input" id=id type="date" required min=today.to_string() max=latest.to_string()
                        aria-describedby=described aria-invalid=is_wrong prop:value=typed
                        on:input=move |event| typed.set(event_target_value(&event))/>
                    <Trouble said=wrong id=wrong_id/>
                </div>
                <p><button class="button button--small" type="submit">{t("staff.late.save")}</button></p>
            </form>
        </details>
    }
}
