//! One receipt: the number, what holds now, who must answer next, and how to change it.

use super::application::applications;
use super::missing;
use super::parts::{asked, drawn_head, fact, h1, h2, link_to, page, waiting, wide_button};
use super::step_parts::title;
use crate::forms::StepKey;
use crate::guardian::Route;
use crate::guardian::act_text;
use crate::guardian::work::{Work, use_work};
use crate::i18n::{date_and_time, locale, t, t_with};
use crate::router::page_title;
use crate::state::{Remote, fetch_into};
use crate::ui::{El, NoticeKind, el, notice, p, status};
use leptos::prelude::*;
use skolstart_shared::Timestamp;
use skolstart_shared::api::{GetSubmission, Nothing, OwnApplicationLine, SubmissionOut, TaskOut};
use skolstart_shared::form::{Act, FormDefinition};
use skolstart_shared::id::SubmissionId;
use skolstart_shared::receipt::ReceiptAct;
use skolstart_shared::round::{MyPart, TaskStatus};

/// The page.
pub(in crate::guardian) fn receipt_page(id: SubmissionId) -> El {
    let work = use_work();
    page_title(|| t("receipt.title"));
    let submission = RwSignal::new(Remote::Loading);
    asked(move || {
        locale();
        fetch_into::<GetSubmission>(submission, id, Nothing {});
    });
    page().part(move || {
        submission.with(|submission| match submission {
            Remote::Loading => waiting(),
            Remote::Failed(failure) => El::several().with(h1(&t("receipt.title"))).with(missing(failure)),
            Remote::Ready(submission) => slip(work, submission),
        })
    })
}

fn slip(work: Work, submission: &SubmissionOut) -> El {
    let (receipt, forms) = (&submission.receipt, &submission.forms);
    let rows = receipt.acts.iter().filter_map(|act| row(work, forms, act));
    let next = receipt.acts.iter().filter_map(|act| next(work, forms, act));
    let is_sent_here = |line: &OwnApplicationLine| line.submissions.contains(&receipt.submission);
    let applied = work.home.with(|home| applications(home.ready()?, &is_sent_here));
    let slip = el("div", "receipt__slip")
        .with(p("receipt__over", &t("receipt.number")))
        .with(p("receipt__number", &receipt.number))
        .with(received(receipt.received))
        .with(el("dl", "receipt__list").all(rows));
    let part =
        |heading: &str, text: &str| el("section", "stack stack--tight").with(h2(heading)).with(p("", text));
    El::several()
        .with(drawn_head(el("header", "pagehead").with(h1(&t("receipt.heading"))), "diary"))
        .with(el("article", "receipt").with(slip))
        .with(part(&t("receipt.next"), &t("receipt.seen")).all(next).with(called(work, &receipt.acts)))
        .maybe(applied)
        .with(part(&t("receipt.change"), &t("receipt.change-how")))
        .with(ways_on(work, &receipt.acts))
}

/// The forms that her answers call for, as soon as the school has said so.
fn called(work: Work, acts: &[ReceiptAct]) -> El {
    let about: Vec<_> = acts.iter().map(|act| act.child).collect();
    El::several().part(move || {
        work.redrawn.track();
        let lines = work.home.with(|home| {
            let home = home.ready()?;
            let line = |task: &TaskOut| {
                let why = task.called.as_ref().filter(|_| about.contains(&task.child))?;
                let title = title(&home.forms, task)?;
                let link = link_to(Route::Step(StepKey::of(task)), "", &title);
                Some(notice(
                    NoticeKind::Info,
                    "info",
                    El::several().with(p("", why)).with(el("p", "").with(link)),
                ))
            };
            Some(El::several().all(home.tasks.iter().filter_map(line)))
        });
        lines.unwrap_or_else(El::several)
    })
}

fn received(when: Timestamp) -> El {
    let time = el("time", "").attr("datetime", &when.to_string()).text(&date_and_time(when));
    let words = el("span", "").text(&t("receipt.received")).text(" ").with(time);
    el("p", "receipt__when").with(El::icon("check")).with(words)
}

fn ways_on(work: Work, acts: &[ReceiptAct]) -> El {
    let mut ways = el("div", "stack stack--tight no-print").with(link_to(
        Route::Home,
        "button button--wide",
        &t("receipt.home"),
    ));
    work.home.with(|home| {
        for child in home.ready().iter().flat_map(|home| &home.children) {
            if acts.iter().any(|act| act.child == Some(child.person)) {
                let words = t_with("home.see-all", &[("name", &child.given_name)]);
                ways.add(&link_to(Route::Child(child.person), "button button--quiet button--wide", &words));
            }
        }
    });
    let print = wide_button("button--quiet", "").with(El::icon("print")).text(&t("receipt.print"));
    ways = ways.with(print.tap(|| drop(window().print())));
    ways
}

fn act_of<'a>(forms: &'a [FormDefinition], act: &ReceiptAct) -> Option<&'a Act> {
    forms.iter().find(|form| form.reference() == act.form)?.act(&act.act)
}

fn heading(work: Work, forms: &[FormDefinition], act: &ReceiptAct) -> Option<String> {
    let title = act_of(forms, act)?.title.get(locale());
    let name = work.child_name(act.child);
    Some(if name.is_empty() { title.to_owned() } else { [title, " · ", &name].concat() })
}

fn row(work: Work, forms: &[FormDefinition], act: &ReceiptAct) -> Option<El> {
    let (kind, word) = act_text::state(act.status, MyPart::Done);
    Some(fact(&heading(work, forms, act)?, status(kind, &word, true)))
}

/// Who must answer next.
fn next(work: Work, forms: &[FormDefinition], act: &ReceiptAct) -> Option<El> {
    if act.status != TaskStatus::WaitingForOther {
        return None;
    }
    let act_name = act_of(forms, act)?.title.get(locale());
    let words = t_with("home.waits-for", &[("act", act_name), ("name", &work.child_name(act.child))]);
    Some(p("", &words).text(" ").text(&t("home.school-asks")))
}
