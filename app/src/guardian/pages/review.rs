//! *Kontrollera*: everything that will be sent, on one page.

use super::child::change;
use super::not_yet;
use super::parts::{back, h1, link_to, page, says};
use super::review_send::send_bar;
use crate::fields::{files_shown, lines, yes_no};
use crate::forms::{ActState, Mode, StepKey};
use crate::guardian::Route;
use crate::guardian::work::{Work, use_work};
use crate::i18n::{locale, t, t_count, t_with};
use crate::router::page_title;
use crate::ui::{El, NoticeKind, StatusKind, el, p, progress, status};
use leptos::prelude::*;
use skolstart_shared::fact::Value;
use skolstart_shared::form::{Field, FieldKind};

/// The page.
pub(in crate::guardian) fn review() -> El {
    let work = use_work();
    page_title(|| t("review.heading"));
    El::several().part(move || {
        work.redrawn.track();
        locale();
        not_yet(work).unwrap_or_else(|| untrack(|| draw(work)))
    })
}

fn draw(work: Work) -> El {
    let steps = work.with_untracked(|session| session.steps()).unwrap_or_default();
    let sections = steps.iter().filter_map(|step| {
        work.with_untracked(|session| session.act(step).map(|act| section(&act, step)))?
    });
    let is_open = |step: &&StepKey| {
        work.with_untracked(|session| session.act(step).is_some_and(|act| !act.is_complete())) == Some(true)
    };
    let open: Vec<StepKey> = steps.iter().filter(is_open).cloned().collect();
    let is_empty = steps.is_empty();
    let to = steps.last().cloned().map_or(Route::Home, Route::Step);
    let percent = ((steps.len() - open.len()) * 100 / steps.len().max(1)) as u64;
    let head = el("header", "pagehead").with(h1(&t("review.heading")));
    let main = page()
        .with(back(to, &t("step.back")))
        .with(head.maybe((!is_empty).then(|| lead(work, &steps))))
        .maybe((!is_empty).then(|| progress(percent, &t("review.heading"))))
        .maybe(unfinished(work, &open))
        .maybe(is_empty.then(|| says(NoticeKind::Done, &t("home.all-done"))))
        .with(el("div", "").all(sections))
        .with(p("soft", &t("review.who-sees")));
    El::several().with(main).maybe((!is_empty).then(|| send_bar(work, &open)))
}

/// How much is new, and how much was known.
fn lead(work: Work, steps: &[StepKey]) -> El {
    let (mut new, mut known) = (0, 0_u64);
    work.with_untracked(|session| {
        for act in steps.iter().filter_map(|step| session.act(step)) {
            for field in act.visible() {
                let is_new = act.field(&field.key).mode == Mode::Changed;
                *(if is_new { &mut new } else { &mut known }) += 1;
            }
        }
    });
    let new = el("mark", "marker").text(&t_count("review.new", new, &[]));
    let known = t_with("review.known", &[("known", &known.to_string())]);
    el("p", "lead").with(new).text(", ").text(&known)
}

/// What is left before it can be sent, with links.
fn unfinished(work: Work, open: &[StepKey]) -> Option<El> {
    if open.is_empty() {
        return None;
    }
    let link = |step: &StepKey| {
        let words = work.with_untracked(|session| session.act(step).map(|act| heading(&act)))??;
        Some(el("li", "").with(link_to(Route::Step(step.clone()), "", &words)))
    };
    let title = el("h2", "errorsummary__title").text(&t_count("review.left", open.len() as u64, &[]));
    Some(el("div", "errorsummary").with(title).with(el("ul", "").all(open.iter().filter_map(link))))
}

/// "Bilder och film · Alva".
fn heading(act: &ActState<'_>) -> String {
    let title = act.act.title.get(locale());
    match act.child {
        Some(child) => [title, " · ", &child.given_name].concat(),
        None => title.to_owned(),
    }
}

fn section(act: &ActState<'_>, step: &StepKey) -> El {
    let heading = heading(act);
    let answers = act.answers();
    let list = el("dl", "review__list");
    for field in act.visible() {
        let is_changed = act.field(&field.key).mode == Mode::Changed && !act.known.is_empty();
        let label = el("dt", "").text(field.label.get(locale()));
        list.add(&el("div", "").with(label).with(value(field, answers.get(&field.key), is_changed)));
    }
    let head = el("div", "review__head")
        .with(el("h2", "review__title").text(&heading))
        .with(change(step.clone(), &heading));
    el("section", "review").with(head).with(list)
}

fn value(field: &Field, value: Option<&Value>, is_changed: bool) -> El {
    let said = el("dd", "");
    match (value, &field.kind) {
        (None, _) => said.with(el("span", "soft").text(&t("value.nothing"))),
        (Some(Value::Flag(yes)), FieldKind::Consent { .. }) => {
            let kind = if *yes { StatusKind::Complete } else { StatusKind::Declined };
            said.with(status(kind, &yes_no(*yes), false))
        }
        (Some(Value::Files(_)), _) => said.maybe(value.and_then(files_shown)),
        (Some(value), _) => said.all(lines(&field.kind, value).iter().map(|line| match is_changed {
            true => el("div", "").with(el("mark", "marker").text(line)),
            false => el("div", "").text(line),
        })),
    }
}
