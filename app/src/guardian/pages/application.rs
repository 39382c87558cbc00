//! One application: how it stands, the letter of the decision, and the way to take it back.

use super::parts::{asked, back, h1, h2, link, link_to, loading, page, wide_button};
use super::say::say;
use super::{failure_text, missing, not_found};
use crate::api::{client, new_id};
use crate::guardian::Route;
use crate::guardian::work::{Work, use_work};
use crate::i18n::{date, date_and_time, t, t_with};
use crate::letter;
use crate::live::whenever;
use crate::router::page_title;
use crate::state::{Remote, clock, fetch_into};
use crate::ui::{El, NoticeKind, el, notice, p, status, toast};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{
    GetOwnApplication, HomeOut, Nothing, OwnApplicationLine, OwnApplicationOut, OwnStepIn,
    PutOwnApplicationStep,
};
use skolstart_shared::application::ApplicationState;
use skolstart_shared::id::{ApplicationId, ChangeId, PersonId};

/// The page.
pub(in crate::guardian) fn application_page(child: PersonId, id: ApplicationId) -> El {
    let work = use_work();
    let found: RwSignal<Remote<OwnApplicationOut>> = RwSignal::new(Remote::Loading);
    page_title(move || {
        found.with(|found| found.ready().map(|found| found.line.title.clone()).unwrap_or_default())
    });
    // Asked again with each new answer of the school.
    asked(move || {
        work.redrawn.track();
        fetch_into::<GetOwnApplication>(found, (child, id), Nothing {});
    });
    // Whoever sees the letter has read it.
    whenever(move || {
        // A pupil can have something to say where there is nothing to read.
        let is_new = |found: &OwnApplicationOut| found.line.unread && found.letter.is_some();
        if found.with(|found| found.ready().is_some_and(is_new)) {
            step(work, child, id, OwnStepIn::Read);
        }
    });
    El::several().part(move || {
        found.with(|found| match found {
            Remote::Ready(application) => untrack(|| draw(work, application)),
            Remote::Failed(failure) if failure.is_not_found() => untrack(not_found),
            Remote::Failed(failure) => page().with(missing(failure)),
            Remote::Loading => loading(),
        })
    })
}

fn step(work: Work, child: PersonId, id: ApplicationId, what: OwnStepIn) {
    let Some(step) = new_id::<ChangeId>(clock::now()) else { return };
    spawn_local(async move {
        match client::call::<PutOwnApplicationStep>(&(child, id, step), &what).await {
            Ok(_) => work.load(),
            // That it was read is noted the next time.
            Err(failure) if what == OwnStepIn::Withdraw => toast(failure_text(&failure)),
            Err(_) => {}
        }
    });
}

fn draw(work: Work, application: &OwnApplicationOut) -> El {
    let line = &application.line;
    let (child, id) = (line.child, line.application);
    let name = work.child_name(Some(child));
    let (kind, word) = letter::state(line.state);
    let next = match line.state {
        ApplicationState::Received | ApplicationState::WaitingForOpinion => t("application.next.received"),
        ApplicationState::WaitingForOther => t("application.next.other"),
        ApplicationState::Conflict => t("application.next.conflict"),
        ApplicationState::NeedsCompletion => t("application.next.completion"),
        _ => String::new(),
    };
    let due = application.due.map(|due| p("", &t_with("application.due", &[("day", &date(due))])));
    let about = [&line.title, " · ", &name].concat();
    let ways = el("div", "stack stack--tight no-print");
    if application.letter.is_some() {
        let print = wide_button("button--quiet", "").with(El::icon("print")).text(&t("application.print"));
        ways.add(&print.tap(|| drop(window().print())));
    }
    if application.may_withdraw {
        let withdraw = wide_button("button--quiet", &t("application.withdraw"));
        ways.add(&withdraw.tap(move || step(work, child, id, OwnStepIn::Withdraw)));
    }
    let head = el("header", "pagehead").with(p("pagehead__over", &name)).with(h1(&line.title));
    page()
        .with(back(Route::Child(child), &name))
        .with(head)
        .with(el("p", "").with(status(kind, &word, false)))
        .with(p("", &t_with("application.opened", &[("when", &date_and_time(application.opened))])))
        .maybe((!next.is_empty()).then(|| p("", &next)))
        .maybe(due)
        .maybe(application.letter.as_ref().map(|letter| letter::letter(letter, &about)))
        .maybe(application.pupil.as_ref().map(|pupil| say(work, (child, id), pupil)))
        .with(ways)
}

/// What she has applied for, of which `shown` says what belongs here.
pub(super) fn applications(home: &HomeOut, shown: &dyn Fn(&OwnApplicationLine) -> bool) -> Option<El> {
    let mut lines = home.applications.iter().filter(|line| shown(line)).peekable();
    lines.peek()?;
    let list = el("ul", "tasklist").all(lines.map(item));
    Some(el("section", "stack stack--tight").with(h2(&t("application.yours"))).with(list))
}

fn item(line: &OwnApplicationLine) -> El {
    let (kind, word) = letter::state(line.state);
    let note = if line.unread { t("application.unread") } else { date_and_time(line.at) };
    let link = link(Route::Application(line.child, line.application), "task__link")
        .with(el("span", "task__name").text(&line.title))
        .with(el("span", "task__note").text(&note));
    el("li", "task").with(link).with(status(kind, &word, false))
}

/// Decisions that have come and are not read yet, on the first page.
pub(super) fn news(home: &HomeOut) -> Option<El> {
    let mut lines = home.applications.iter().filter(|line| line.unread).peekable();
    lines.peek()?;
    let inside = El::several().all(lines.map(|line| {
        let child = home.children.iter().find(|child| child.person == line.child);
        let name = child.map_or("", |child| &child.given_name);
        let words = t_with("application.decided", &[("what", &line.title), ("name", name)]);
        el("p", "").with(link_to(Route::Application(line.child, line.application), "", &words))
    }));
    Some(notice(NoticeKind::Info, "receipt", inside))
}
