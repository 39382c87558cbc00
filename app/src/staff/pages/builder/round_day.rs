//! The last day of a round: who moved it last, and moving it. Sends the day and has the page asked for anew. Decides nothing.

use super::inputs::new_id;
use super::rounds::Board;
use crate::api::{ApiFailure, client};
use crate::i18n::{date, date_and_time, t, t_with};
use crate::staff::once::Trouble;
use crate::staff::pages::inventory::saving_failed;
use crate::ui::{Notice, NoticeKind, toast};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::Date;
use skolstart_shared::api::{ErrorCode, PutRoundDay, RoundDayIn, RoundDayMoved, RoundLine};
use skolstart_shared::id::RoundId;

/// What is sent, and what was wrong with it. Copy it freely.
#[derive(Clone, Copy)]
struct Moving {
    board: Board,
    round: RoundId,
    base: u32,
    /// The first day that can be the last.
    earliest: Date,
    typed: RwSignal<String>,
    trouble: RwSignal<String>,
}

impl Moving {
    fn send_typed(self) {
        match Date::parse_iso(self.typed.get_untracked().trim()) {
            Ok(day) if day < self.earliest => self.trouble.set(self.too_early()),
            Ok(day) => self.send(day),
            Err(_) => self.trouble.set(t("staff.form.wrong-day")),
        }
    }

    fn send(self, closes: Date) {
        let input = RoundDayIn { base: self.base, closes };
        spawn_local(async move {
            match client::call::<PutRoundDay>(&self.round, &input).await {
                Ok(_) => {
                    self.board.overtaken.set(None);
                    toast(t_with("rounds.day.done", &[("day", &date(closes))]));
                    self.board.ask();
                }
                Err(ApiFailure::Refused(error)) if error.code == ErrorCode::Stale => {
                    // What the other did is on the page when it comes again.
                    self.board.overtaken.set(Some(self.round));
                    self.board.ask();
                }
                Err(failure) => {
                    self.board.session.heed(&failure);
                    // The page may be gone.
                    let _ = self.trouble.try_set(match &failure {
                        ApiFailure::Refused(error) if !error.violations.is_empty() => self.too_early(),
                        _ => saving_failed(&failure),
                    });
                }
            }
        });
    }

    fn too_early(self) -> String {
        t_with("violation.too-early", &[("earliest", &date(self.earliest))])
    }
}

/// Who moved the last day of a round, and the way to move it. `today`: as the server sees it.
pub(super) fn last_day(board: Board, today: Date, round: &RoundLine) -> AnyView {
    let moving = Moving {
        board,
        round: round.id,
        base: round.version,
        earliest: today.max(round.opens),
        typed: RwSignal::new(round.closes.to_string()),
        trouble: RwSignal::new(String::new()),
    };
    let is_over = round.closes < today;
    let open = if is_over { t("rounds.day.reopen") } else { t("rounds.day.change") };
    let help = if is_over { t("rounds.day.reopen-help") } else { t("rounds.day.help") };
    let can_end_today = round.opens <= today && today < round.closes;
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        moving.send_typed();
    };
    let end_today = can_end_today.then(|| {
        view! {
            <button class="button button--secondary button--small" type="button" on:click=move |_| moving.send(today)>
                {t("rounds.day.today")}
            </button>
        }
    });
    view! {
        {overtaken(board, round)}
        {round.moved.as_ref().map(|moved| view! { <p class="small soft">{moved_words(moved)}</p> })}
        <details class="fold">
            <summary>{open}<span class="visually-hidden">{[" ", &round.title].concat()}</span></summary>
            <form class="stack stack--tight" on:submit=send novalidate>
                {day(moving, help)}
                <p class="toolbar">
                    <button class="button button--small" type="submit">{t("rounds.day.save")}</button>
                    {end_today}
                </p>
            </form>
        </details>
    }
    .into_any()
}

fn day(moving: Moving, help: String) -> AnyView {
    let (id, help_id, trouble_id) = (new_id(), new_id(), new_id());
    let described = [help_id.as_str(), " ", &trouble_id].concat();
    let is_wrong = move || (!moving.trouble.with(String::is_empty)).then_some("true");
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{t("rounds.day.new")}</label>
            <p class="field__help" id=help_id>{help}</p>
            <input class="input" id=id type="date" required min=moving.earliest.to_string() aria-describedby=described
                aria-invalid=is_wrong prop:value=moving.typed
                on:input=move |event| moving.typed.set(event_target_value(&event))/>
            <Trouble said=moving.trouble id=trouble_id/>
        </div>
    }
    .into_any()
}

/// Somebody was faster: what she did, and that nothing else was saved.
fn overtaken(board: Board, round: &RoundLine) -> AnyView {
    let (id, moved) = (round.id, round.moved.as_ref().map(moved_words).unwrap_or_default());
    let words = [t_with("rounds.day.overtaken", &[("day", &date(round.closes))]), moved].join(" ");
    let said = move || {
        (board.overtaken.get() == Some(id)).then(|| {
            let words = words.clone();
            view! { <Notice kind=NoticeKind::Waiting><p>{words}</p></Notice> }
        })
    };
    view! { {said} }.into_any()
}

/// "Mats Öberg ändrade sista dagen 3 september 14.02. Den var 12 september."
fn moved_words(moved: &RoundDayMoved) -> String {
    let (when, was) = (date_and_time(moved.at), date(moved.was));
    match &moved.by {
        Some(name) => t_with("rounds.day.moved-by", &[("name", name), ("when", &when), ("was", &was)]),
        None => t_with("rounds.day.moved", &[("when", &when), ("was", &was)]),
    }
}
