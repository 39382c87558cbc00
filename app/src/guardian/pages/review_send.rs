//! The button that sends, and what came of it. Nothing is lost, whatever comes.

use super::parts::{bottom_bar, says, wide_button};
use super::step::save_state;
use crate::fields::{from, line};
use crate::forms::{Input, StepKey};
use crate::guardian::Route;
use crate::guardian::send::{Clash, Trouble, send};
use crate::guardian::work::Work;
use crate::i18n::{date_and_time, locale, locale_now, t, t_with};
use crate::router::{Router, use_router};
use crate::state::clock;
use crate::ui::{El, NoticeKind, button, el};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How far sending has come.
#[derive(Clone, PartialEq)]
enum Sending {
    Not,
    UnderWay,
    Stuck(Trouble),
}

/// The bar at the bottom. `open` are the steps that are not complete.
pub(super) fn send_bar(work: Work, open: &[StepKey]) -> El {
    let router = use_router::<Route>();
    let state = RwSignal::new(Sending::Not);
    let first_open = open.first().cloned();
    let is_open = first_open.is_some();
    let press = move || match &first_open {
        Some(step) => router.go(&Route::Step(step.clone())),
        None => start(work, router, state),
    };
    let said = move || match state.get() {
        Sending::UnderWay => t("send.under-way"),
        Sending::Not if is_open => t("review.go-on"),
        Sending::Not | Sending::Stuck(_) => t("send.send"),
    };
    let is_busy = move || if state.get() == Sending::UnderWay { "true" } else { "false" };
    let how = move || match state.get() {
        Sending::Stuck(Trouble::Stale(clashes)) => clash_list(work, &clashes, state),
        Sending::Stuck(trouble) => {
            let is_waiting = trouble == Trouble::Offline;
            says(if is_waiting { NoticeKind::Waiting } else { NoticeKind::Error }, &words_for(&trouble))
        }
        _ => save_state(work),
    };
    let send = button("button button--wide", "").follows("aria-busy", is_busy).words(said).tap(press);
    bottom_bar(El::several().part(how).with(send))
}

fn start(work: Work, router: Router<Route>, state: RwSignal<Sending>) {
    // A double tap sends once.
    if state.get_untracked() == Sending::UnderWay {
        return;
    }
    let Some(content) = work.with_untracked(|session| session.content(locale_now())).flatten() else {
        return;
    };
    state.set(Sending::UnderWay);
    spawn_local(async move {
        match send(work, content).await {
            // Back must not lead to a page that is sent.
            Ok(receipt) => router.replace(&Route::Receipt(receipt.submission)),
            Err(trouble) => {
                if trouble.waits() {
                    // It lies in the outbox and goes by itself.
                    return router.replace(&Route::Waiting);
                }
                let first = work.with_untracked(|session| session.first_refused(session.steps().into_iter()));
                if let (Trouble::Invalid, Some(step)) = (&trouble, first.flatten()) {
                    router.go(&Route::Step(step));
                }
                let _ = state.try_set(Sending::Stuck(trouble));
            }
        }
    });
}

/// What to do, in words.
pub(super) fn words_for(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Offline => t("send.offline"),
        Trouble::SignedOut => t("send.signed-out"),
        Trouble::Busy(_) => t("send.busy"),
        Trouble::Closed => t("send.closed"),
        Trouble::Outdated => t("waiting.update"),
        Trouble::Mixed => t("send.mixed"),
        Trouble::Invalid => t("send.invalid"),
        Trouble::Stale(_) => t("send.stale"),
        Trouble::Failed | Trouble::Unexpected => t("send.unexpected"),
    }
}

/// Both values side by side: she chooses which one holds.
fn clash_list(work: Work, clashes: &[Clash], state: RwSignal<Sending>) -> El {
    let items = clashes.iter().map(|clash| item(work, clash, clashes, state));
    El::several().with(says(NoticeKind::Error, &t("send.stale"))).with(el("ul", "stack").all(items))
}

fn item(work: Work, clash: &Clash, all: &[Clash], state: RwSignal<Sending>) -> El {
    let key = clash.place.field();
    let (label, mine, theirs, own, their) = work
        .with_untracked(|session| {
            let act = session.act(&clash.place.step)?;
            let field = act.act.field(&key)?;
            let words = |value: Option<&skolstart_shared::fact::Value>| {
                value.map_or_else(|| t("value.nothing"), |value| line(&field.kind, value))
            };
            let mine = words(act.answers().get(&key));
            let own = act
                .answers()
                .get(&key)
                .zip(act.act.field(&key))
                .map(|(value, field)| Input::from_value(&field.kind, value, act.setting.today));
            // A no of her own at another device is no known value: it is answered as she would answer it here.
            let their = clash.conflict.theirs.as_ref().filter(|_| clash.conflict.version == 0);
            let their = their.map(|value| Input::from_value(&field.kind, value, act.setting.today));
            let theirs = words(clash.conflict.theirs.as_ref());
            Some((field.label.get(locale()).to_owned(), mine, theirs, own, their))
        })
        .flatten()
        .unwrap_or_default();
    let when = date_and_time(clash.conflict.at);
    let source = t_with("send.their-source", &[("from", &from(clash.conflict.from)), ("when", &when)]);
    let settle = |is_mine: bool| {
        let mine = match is_mine {
            true => Some(own.clone().unwrap_or(Input::Typed(String::new()))),
            false => their.clone(),
        };
        let (clash, rest) =
            (clash.clone(), all.iter().filter(|other| *other != clash).cloned().collect::<Vec<_>>());
        move || {
            let rest = rest.clone();
            let (clash, mine) = (clash.clone(), mine.clone());
            spawn_local(async move {
                // The newest of what the school knows first: her choice stands on it.
                let _ = work.refresh().await;
                let (step, field) = (&clash.place.step, clash.place.field());
                let version = clash.conflict.version;
                work.change(|session| session.settle(step, &field, version, mine, clock::now()));
                work.redraw();
                let next = if rest.is_empty() { Sending::Not } else { Sending::Stuck(Trouble::Stale(rest)) };
                let _ = state.try_set(next);
            });
        }
    };
    let about =
        el("p", "").with(el("b", "").text(&label)).with(el("br", "")).with(el("span", "soft").text(&source));
    let choice = |text: &str, is_mine| wide_button("button--secondary", text).tap(settle(is_mine));
    el("li", "stack stack--tight")
        .with(about)
        .with(choice(&t_with("send.mine", &[("value", &mine)]), true))
        .with(choice(&t_with("send.theirs", &[("value", &theirs)]), false))
}
