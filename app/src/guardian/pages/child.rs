//! A child: every answer with where it comes from, consents that are changed with one tap, and the history.

use super::application::applications;
use super::child_consents::consents;
use super::home::place;
use super::offer::offers;
use super::parts::{asked, back, drawn_head, h1, h2, link, link_to, page, waiting};
use super::step_parts::{act_of, task_line, title};
use super::{not_found, not_yet};
use crate::fields::{files_shown, from, line, lines, since, yes_no};
use crate::forms::StepKey;
use crate::guardian::Route;
use crate::guardian::work::{Work, use_work};
use crate::i18n::{date_and_time, locale, t, t_with, timestamp_day};
use crate::router::page_title;
use crate::state::{Remote, fetch_into};
use crate::ui::{El, NoticeKind, el, notice, p};
use leptos::prelude::*;
use skolstart_shared::Timestamp;
use skolstart_shared::api::{ChildHistory, ChildOut, HistoryChange, HistoryEntry, HomeOut, Nothing, TaskOut};
use skolstart_shared::form::{ActKind, FormDefinition};
use skolstart_shared::id::PersonId;
use skolstart_shared::round::{MyPart, TaskStatus};
use std::sync::Arc;

/// What has come of asking for the history.
type History = RwSignal<Remote<Vec<HistoryEntry>>>;

/// The page.
pub(in crate::guardian) fn child_page(child: PersonId) -> El {
    let work = use_work();
    page_title(move || work.child_name(Some(child)));
    let history = RwSignal::new(Remote::Loading);
    // Asked again with each new answer of the school: a decision made here belongs in it.
    asked(move || {
        work.redrawn.track();
        // A pupil is not told who has said what.
        if is_guardians(work) {
            fetch_into::<ChildHistory>(history, child, Nothing {});
        }
    });
    let waiting = work.waiting();
    El::several().part(move || {
        // Read, not only followed: a memo that nobody reads follows nothing.
        waiting.get();
        let of = |home: &Arc<HomeOut>| match home.children.iter().find(|other| other.person == child) {
            Some(found) => draw(work, home, found, history),
            None => untrack(not_found),
        };
        let drawn = || work.home.with(|home| home.ready().map(of));
        not_yet(work).or_else(drawn).unwrap_or_else(El::several)
    })
}

fn is_guardians(work: Work) -> bool {
    work.home.with_untracked(|home| home.ready().is_some_and(|home| !home.as_pupil))
}

fn draw(work: Work, home: &Arc<HomeOut>, child: &ChildOut, history: History) -> El {
    let tasks: Vec<&TaskOut> = home.tasks.iter().filter(|task| task.child == Some(child.person)).collect();
    let items = tasks.iter().filter_map(|task| task_line(work, &home.forms, task));
    let is_consent =
        |task: &TaskOut| act_of(&home.forms, task).is_some_and(|act| act.kind == ActKind::Consent);
    let cards = tasks.iter().filter_map(|task| match is_consent(task) {
        true => consents(work, &home.forms, task, child),
        false => answers(&home.forms, task),
    });
    let head = el("header", "pagehead").with(p("pagehead__over", &place(child))).with(h1(&child.given_name));
    let protected = child.protected.then(|| notice(NoticeKind::Info, "shield", p("", &t("child.protected"))));
    let list = el("ol", "tasklist").all(items);
    let of_guardians = || {
        let readers = link_to(Route::Readers(child.person), "", &t("readers.title"));
        El::several().with(past(Arc::clone(home), history)).with(el("p", "").with(readers))
    };
    page()
        .with(back(Route::Home, &t("home.title")))
        .with(drawn_head(head, "door"))
        .maybe(protected)
        .maybe(
            (!tasks.is_empty())
                .then(|| el("section", "stack stack--tight").with(h2(&t("child.tasks"))).with(list)),
        )
        .maybe(applications(home, &|line| line.child == child.person))
        .all(cards)
        .with(offers(home, Some(child.person)))
        .maybe((!home.as_pupil).then(of_guardians))
        .with(el("p", "").with(link_to(Route::Receipts, "", &t("receipts.heading"))))
}

fn past(home: Arc<HomeOut>, history: History) -> El {
    el("section", "stack").with(h2(&t("child.history"))).part(move || {
        history.with(|history| match history {
            Remote::Ready(entries) => timeline(&home.forms, entries),
            Remote::Loading => waiting(),
            Remote::Failed(failure) => super::missing(failure),
        })
    })
}

/// What is known in one act, with where it comes from and a way to change it.
fn answers(forms: &[FormDefinition], task: &TaskOut) -> Option<El> {
    let act = act_of(forms, task)?;
    let name = title(forms, task)?;
    let facts = el("dl", "facts");
    for field in &act.fields {
        if let Some(known) = task.known.get(&field.key) {
            let mut value = el("dd", "");
            match files_shown(&known.value) {
                Some(files) => value.add(&files),
                None => {
                    for line in lines(&field.kind, &known.value) {
                        value = value.with(el("div", "").text(&line));
                    }
                }
            }
            let label = el("dt", "").text(field.label.get(locale()));
            facts.add(&el("div", "").with(label).with(value.with(el("small", "").text(&since(known)))));
        }
    }
    let body = if facts.is_empty() { p("soft", &nothing_known(task)) } else { facts };
    let to_change = (task.mine != MyPart::Waits).then(|| change(StepKey::of(task), &name));
    let head = el("div", "card__head").with(h2(&name)).maybe(to_change);
    Some(el("section", "card").with(head).with(body))
}

/// What is answered in one form only is not known in others: it stands in the receipt.
fn nothing_known(task: &TaskOut) -> String {
    match task.answered {
        Some(at) => t_with("child.answered", &[("day", &timestamp_day(at))]),
        None if task.status == TaskStatus::Complete => t("child.is-answered"),
        None => t("child.nothing-yet"),
    }
}

/// The link that changes the answers of an act.
pub(super) fn change(step: StepKey, name: &str) -> El {
    let about = el("span", "visually-hidden").text(" ").text(name);
    link(Route::Step(step), "review__change").text(&t("known.change")).with(about)
}

fn timeline(forms: &[FormDefinition], entries: &[HistoryEntry]) -> El {
    if entries.is_empty() {
        return p("soft", &t("child.no-history"));
    }
    el("ol", "timeline").all(entries.iter().map(|entry| moment(forms, entry)))
}

fn moment(forms: &[FormDefinition], entry: &HistoryEntry) -> El {
    let form = forms.iter().find(|form| form.reference() == entry.form);
    let field = form.and_then(|form| form.act(&entry.act)).and_then(|act| act.field(&entry.field));
    let what = match (&entry.change, field) {
        (HistoryChange::Given(Some(value)), Some(field)) => line(&field.kind, value),
        (HistoryChange::Given(None), _) => t("history.cleared"),
        (HistoryChange::Given(_), _) => t("history.given"),
        (HistoryChange::Confirmed, _) => t("history.confirmed"),
        (HistoryChange::Decided(choice), _) => yes_no(choice.is_yes()),
        (HistoryChange::TakenDown(way, day, _), _) => super::told::how(*way, *day),
        (HistoryChange::Asked(question), _) => t_with("history.asked", &[("question", question)]),
        (HistoryChange::AskedNoMore, _) => t("history.asked-no-more"),
        (HistoryChange::Exempted(_), _) => t("history.exempted"),
        (HistoryChange::ExemptedNoMore, _) => t("history.exempted-no-more"),
        // An application was decided: what there is beside is told to staff alone.
        _ => t("history.resolved"),
    };
    let files = match &entry.change {
        HistoryChange::Given(Some(value)) => files_shown(value),
        _ => None,
    };
    moment_of(entry.at, &from(entry.by)).with(p("", &entry.label).text(": ").text(&what)).maybe(files)
}

/// The beginning of a moment: when, and who.
pub(super) fn moment_of(at: Timestamp, who: &str) -> El {
    let time = el("time", "").attr("datetime", &at.to_string()).text(&date_and_time(at));
    el("li", "timeline__item").with(el("p", "timeline__when").with(time).text(" · ").text(who))
}
