//! One act to answer: why, who sees it, what is known, what is asked.

use super::not_yet;
use super::parts::{back, bottom_bar, h1, link_to, page, says};
use super::step_parts::{again, why};
use crate::fields::{Pen, focus_summary, form, summary};
use crate::forms::StepKey;
use crate::guardian::Route;
use crate::guardian::later::opening;
use crate::guardian::step_paper::StepPaper;
use crate::guardian::work::{Kept, Work, use_work};
use crate::guardian::{device, keeper};
use crate::i18n::{locale, t, t_with};
use crate::router::{Router, page_title, use_router};
use crate::state::use_online;
use crate::ui::{El, NoticeKind, button, el, p, progress};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::form::ActKind;

/// The page.
pub(in crate::guardian) fn step_page(step: StepKey) -> El {
    let work = use_work();
    let own = step.clone();
    let title = Memo::new(move |_| {
        work.with(|session| session.act(&own).map(|act| act.act.title.get(locale()).to_owned())).flatten()
    });
    page_title(move || title.get().unwrap_or_default());
    El::several().part(move || {
        work.redrawn.track();
        locale();
        if let Some(other) = not_yet(work) {
            return other;
        }
        let exists = work.with_untracked(|session| session.act(&step).is_some()).unwrap_or(false);
        match exists {
            false => untrack(|| opening(step.clone())),
            true if work.with_untracked(|session| session.waiting(&step).is_some()) == Some(true) => {
                waits(&title.get_untracked().unwrap_or_default())
            }
            // Built once: the widgets follow what they show themselves.
            true => untrack(|| draw(work, &step)).unwrap_or_else(El::several),
        }
    })
}

/// What waits to be sent is not asked once more; where it waits it can be taken back.
fn waits(title: &str) -> El {
    page()
        .with(back(Route::Home, &t("home.title")))
        .with(h1(title))
        .with(says(NoticeKind::Waiting, &t("waiting.kept")))
        .with(el("p", "").with(link_to(Route::Waiting, "", &t("waiting.heading"))))
}

/// What stands fixed on the page of a step.
struct Head {
    over: String,
    title: String,
    intro: String,
    percent: u64,
    name: String,
    is_consent: bool,
}

fn head(work: Work, step: &StepKey) -> Option<Head> {
    // An answer that is changed outside the flow, or opened by its address: it alone.
    if !work.with_untracked(|session| session.steps().contains(step))? {
        work.only(Some(step));
    }
    work.with_untracked(|session| {
        let steps = session.steps();
        let place = steps.iter().position(|other| other == step)?;
        let act = session.act(step)?;
        let name = act.child.map(|child| child.given_name.clone()).unwrap_or_default();
        let counts = [("place", (place + 1).to_string()), ("of", steps.len().to_string())];
        let counts = counts.each_ref().map(|(key, value)| (*key, value.as_str()));
        let mut over = if steps.len() > 1 { t_with("step.place", &counts) } else { alone(act.is_done) };
        if !name.is_empty() {
            over = [name.as_str(), " · ", &over].concat();
        }
        Some(Head {
            over,
            title: act.act.title.get(locale()).to_owned(),
            intro: act.act.purpose.get(locale()).to_owned(),
            percent: (place * 100 / steps.len()) as u64,
            name,
            is_consent: act.act.kind == ActKind::Consent,
        })
    })?
}

/// What stands above one act that is answered by itself.
fn alone(was_answered: bool) -> String {
    if was_answered { t("step.one") } else { t("step.alone") }
}

fn draw(work: Work, step: &StepKey) -> Option<El> {
    let head = head(work, step)?;
    let router = use_router::<Route>();
    let pen = Pen::new(StepPaper { work, step: step.clone() });
    let (summary, form) = (summary(pen), form(pen));
    let (why, again) = work.with_untracked(|session| {
        let (task, act) = (session.task(step)?, session.act(step)?);
        Some((why(act.act), again(task, act.act)))
    })??;
    let to = previous(work, step).map_or(Route::Home, Route::Step);
    let heading = el("header", "pagehead")
        .with(p("pagehead__over", &head.over))
        .with(h1(&head.title))
        .with(p("lead", &head.intro));
    let main = page()
        .with(back(to, &t("step.back")))
        .with(heading)
        .with(progress(head.percent, &head.over))
        .maybe(again)
        .with(why)
        .with(el("div", "").with(summary.clone()))
        .with(el("div", "stack").with(form))
        .maybe(head.is_consent.then(|| p("soft", &later(&head.name))));
    let own = step.clone();
    let next = button("button button--wide", "")
        .words(move || next_words(pen))
        .tap(move || go_on(pen, work, &own, router, &summary));
    let bar = bottom_bar(El::several().with(save_state(work)).with(next));
    Some(El::several().with(main).with(bar))
}

/// How a consent is changed later.
fn later(name: &str) -> String {
    if name.is_empty() { t("consent.later-own") } else { t_with("consent.later", &[("name", name)]) }
}

/// The step before this one in the flow.
fn previous(work: Work, step: &StepKey) -> Option<StepKey> {
    work.with_untracked(|session| {
        let steps = session.steps();
        let place = steps.iter().position(|other| other == step)?;
        steps.get(place.checked_sub(1)?).cloned()
    })?
}

fn next_words(pen: Pen) -> String {
    let is_open = pen.standing(|standing| !standing.unconfirmed.is_empty());
    if is_open { t("step.confirm-next") } else { t("step.next") }
}

/// Confirms what has not been changed, and goes on when nothing is wrong.
fn go_on(pen: Pen, work: Work, step: &StepKey, router: Router<Route>, summary: &El) {
    match pen.finish() {
        Some(_) => {
            // Without the pause after a key: she may leave the page at once.
            spawn_local(keeper::keep(work));
            let next = work.with_untracked(|session| session.next_step(Some(step))).flatten();
            router.go(&next.map_or(Route::Review, Route::Step));
        }
        None => focus_summary(summary),
    }
}

/// Where what she has written is right now.
pub(super) fn save_state(work: Work) -> El {
    let online = use_online();
    let said = move || match work.kept.get() {
        // Without network it is said before anything is typed: whether to begin is hers to decide.
        Kept::Nothing | Kept::Device if !online.get() => t("kept.no-network"),
        Kept::Nothing => String::new(),
        Kept::Saving => t("kept.saving"),
        Kept::Device => t("kept.device"),
        Kept::School => t("kept.school"),
        // She has said that others use the device too.
        Kept::Fleeting if !device::is_own() => t("kept.protected"),
        Kept::Protected => t("kept.protected"),
        Kept::Fleeting => t("kept.fleeting"),
    };
    let state = move || match work.kept.get() {
        Kept::Device if !online.get() => "offline",
        Kept::Saving => "sending",
        Kept::Device => "device",
        Kept::School => "school",
        _ => "offline",
    };
    let icon = move || match work.kept.get() {
        Kept::Nothing | Kept::Device if !online.get() => "info",
        Kept::Nothing | Kept::Device => "check",
        Kept::School => "school",
        Kept::Saving => "clock",
        Kept::Protected => "shield",
        Kept::Fleeting => "info",
    };
    // Drawn once: it changes with each key, and a drawing that comes anew is read anew from the sprite.
    let icons = ["info", "check", "school", "clock", "shield"];
    let icons = icons.map(|name| El::icon(name).shown(move || icon() == name));
    el("p", "savestate")
        .attr("role", "status")
        .follows("data-state", state)
        .shown(move || work.kept.get() != Kept::Nothing || !online.get())
        .all(icons)
        .words(said)
}
