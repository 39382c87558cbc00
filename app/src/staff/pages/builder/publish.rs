//! Publishing by four eyes: what differs, what it means for those who have answered, and who asks whom.

use super::bench::Bench;
use super::checks::{errors, show};
use super::inputs::new_id;
use super::own::brought;
use super::words;
use crate::api::{ApiFailure, client, new_id as fresh};
use crate::i18n::{date_and_time, locale, t, t_count, t_with};
use crate::staff::pages::inventory::saving_failed;
use crate::state::clock;
use crate::ui::{Notice, NoticeKind, toast};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{ChangedBy, ErrorCode, PutReview, ReviewIn, ReviewLine};
use skolstart_shared::form::FormDefinition;
use skolstart_shared::form::builder::{Change, DraftState, ReviewStep, Spot, diff, effects};
use skolstart_shared::form::check::Finding;
use skolstart_shared::id::ChangeId;

pub(super) fn publish(bench: Bench, found: Memo<Vec<Finding>>) -> AnyView {
    let differences = move || {
        let after = bench.form.get().tidied();
        bench.published.with(|before| match before {
            Some(before) => compared(bench, before, &after),
            None => view! { <p>{t("builder.publish.first")}</p> }.into_any(),
        })
    };
    view! {
        <div class="columns">
            <section class="card" aria-labelledby="differences">
                <h2 id="differences">{t("builder.publish.differences")}</h2>
                {differences}
                {move || brought(bench)}
            </section>
            <section class="card" aria-labelledby="four-eyes">
                <h2 id="four-eyes">{t("builder.publish.heading")}</h2>
                <p class="soft">{t("builder.publish.about")}</p>
                {move || steps(bench, found)}
                {move || history(bench)}
            </section>
        </div>
    }
    .into_any()
}

fn compared(bench: Bench, before: &FormDefinition, after: &FormDefinition) -> AnyView {
    let changes = diff(before, after, locale());
    if changes.is_empty() {
        return view! { <p>{t("builder.publish.same")}</p> }.into_any();
    }
    let line = |change: &Change| {
        let spot = Spot::named(after, &change.path);
        let go = move |_| show(bench, &spot);
        view! { <li><button class="linklike" type="button" on:click=go>{words::change(change)}</button></li> }
    };
    let title = |key: &skolstart_shared::form::ActKey| {
        let act = after.act(key).or_else(|| before.act(key));
        act.map_or_else(|| key.0.clone(), |act| act.title.get(locale()).to_owned())
    };
    let meanings = effects(before, after);
    let meaning = meanings
        .iter()
        .map(|effect| view! { <li>{words::meaning(effect.meaning, &title(&effect.act))}</li> })
        .collect_view();
    view! {
        <ul class="uses">{changes.iter().map(line).collect_view()}</ul>
        <section class="then">
            <h3>{t("builder.publish.then")}</h3>
            <ul>{meaning}</ul>
        </section>
    }
    .into_any()
}

/// What can be done now.
fn steps(bench: Bench, found: Memo<Vec<Finding>>) -> AnyView {
    let wrong = errors(&found.get());
    if wrong > 0 {
        let words = t_count("builder.publish.blocked", wrong as u64, &[]);
        return view! { <Notice kind=NoticeKind::Waiting><p>{words}</p></Notice> }.into_any();
    }
    let asked_by = bench.reviews.with(|reviews| reviews.last().map(|review| review.by));
    match (bench.state.get(), asked_by) {
        (DraftState::Published, _) => {
            view! { <Notice kind=NoticeKind::Done><p>{t("builder.publish.done")}</p></Notice> }.into_any()
        }
        (DraftState::Asked, Some(ChangedBy::You)) => view! {
            <Notice kind=NoticeKind::Waiting><p>{t("builder.publish.waits")}</p></Notice>
            {button(bench, t("builder.publish.withdraw"), "button button--secondary", || ReviewStep::Withdraw)}
        }
        .into_any(),
        (DraftState::Asked, _) => answer(bench),
        // There is nothing to publish.
        _ if is_same(bench) => ().into_any(),
        _ => button(bench, t("builder.publish.ask"), "button", || ReviewStep::Ask),
    }
}

/// Reactive. True when nothing differs from what is published.
fn is_same(bench: Bench) -> bool {
    let after = bench.form.get().tidied();
    bench
        .published
        .with(|before| before.as_ref().is_some_and(|before| diff(before, &after, locale()).is_empty()))
}

/// Approving, or sending back with a note.
fn answer(bench: Bench) -> AnyView {
    let note = RwSignal::new(String::new());
    let id = new_id();
    let send_back = move |_| {
        let text = note.get_untracked().trim().to_owned();
        if text.is_empty() {
            return super::bench::focus_later("review-note".to_owned());
        }
        take(bench, ReviewStep::SendBack(text));
    };
    view! {
        <Notice kind=NoticeKind::Info><p>{t("builder.publish.yours")}</p></Notice>
        {button(bench, t("builder.publish.approve"), "button", || ReviewStep::Approve)}
        <div class="field">
            <label class="field__label" for="review-note">{t("builder.publish.note")}</label>
            <p class="field__help" id=id.clone()>{t("builder.publish.note-help")}</p>
            <textarea class="input" id="review-note" rows="3" aria-describedby=id prop:value=note on:input=move |event| note.set(event_target_value(&event))></textarea>
        </div>
        <p><button class="button button--secondary" type="button" on:click=send_back>{t("builder.publish.send-back")}</button></p>
    }
    .into_any()
}

fn button(bench: Bench, words: String, class: &'static str, step: fn() -> ReviewStep) -> AnyView {
    // What is asked about is what is saved.
    let waits = move || bench.saver.kept.with(|kept| *kept != super::saving::Kept::Saved);
    let press = move |_| {
        if !waits() {
            take(bench, step());
        }
    };
    view! {
        <p><button class=class type="button" aria-disabled=move || waits().then_some("true") on:click=press>{words}</button></p>
    }
    .into_any()
}

fn take(bench: Bench, step: ReviewStep) {
    let Some(id) = fresh::<ChangeId>(clock::now()) else { return };
    let session = bench.saver.session;
    let path = (bench.saver.id, id);
    let input = ReviewIn { revision: bench.saver.revision(), step };
    spawn_local(async move {
        match client::call::<PutReview>(&path, &input).await {
            Ok(draft) => {
                let said = match draft.state {
                    DraftState::Published => t("builder.publish.done"),
                    DraftState::Asked => t("builder.publish.asked"),
                    _ => t("staff.saved"),
                };
                if draft.state == DraftState::Published {
                    bench.saver.kept.set(super::saving::Kept::Closed);
                }
                bench.take(draft);
                toast(said);
            }
            Err(failure) => {
                session.heed(&failure);
                toast(match &failure {
                    ApiFailure::Refused(error) if error.code == ErrorCode::Forbidden => {
                        t("builder.publish.same-person")
                    }
                    ApiFailure::Refused(error) if error.code == ErrorCode::Invalid => {
                        t("builder.publish.unfit")
                    }
                    failure => saving_failed(failure),
                });
            }
        }
    });
}

/// What has been asked and answered, the newest first.
fn history(bench: Bench) -> AnyView {
    let reviews = bench.reviews.get();
    if reviews.is_empty() {
        return ().into_any();
    }
    let line = |review: &ReviewLine| {
        let who =
            if review.by == ChangedBy::You { t("builder.publish.you") } else { t("builder.publish.other") };
        let what = match &review.step {
            ReviewStep::Ask => t_with("builder.publish.did-ask", &[("who", &who)]),
            ReviewStep::Withdraw => t_with("builder.publish.did-withdraw", &[("who", &who)]),
            ReviewStep::SendBack(_) => t_with("builder.publish.did-send-back", &[("who", &who)]),
            ReviewStep::Approve => t_with("builder.publish.did-approve", &[("who", &who)]),
        };
        let note = match &review.step {
            ReviewStep::SendBack(note) => {
                Some(view! { <blockquote class="reading">{note.clone()}</blockquote> })
            }
            _ => None,
        };
        view! { <li><b>{what}</b><small>{date_and_time(review.at)}</small>{note}</li> }
    };
    view! {
        <section>
            <h3>{t("builder.publish.history")}</h3>
            <ul class="uses">{reviews.iter().rev().map(line).collect_view()}</ul>
        </section>
    }
    .into_any()
}
