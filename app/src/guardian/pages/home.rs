//! *Mina barn*: each child with what is left, and one button for everything.

use super::not_yet;
use super::parts::{bottom_bar, drawn_head, fact, h1, h2, link_to, page, says};
use super::step_parts::{is_closed, state, task_line, title};
use crate::forms::{Left, left, minutes, percent};
use crate::guardian::Route;
use crate::guardian::work::{Work, use_work};
use crate::i18n::{date, t, t_count, t_with};
use crate::router::{page_title, use_router};
use crate::ui::{El, NoticeKind, StatusKind, button, el, empty, notice, p, progress, status};
use leptos::prelude::*;
use skolstart_shared::api::{ChildOut, HomeOut, RoundOut, TaskOut};
use skolstart_shared::form::FormDefinition;
use skolstart_shared::round::{MyPart, TaskStatus};

/// The page.
pub(in crate::guardian) fn home() -> El {
    let work = use_work();
    page_title(|| t("home.title"));
    // What the other guardian or the school has done since.
    if untrack(move || work.home.with(|home| home.ready().is_some())) {
        work.load();
    }
    let waiting = work.waiting();
    El::several().part(move || {
        // Read, not only followed: a memo that nobody reads follows nothing.
        waiting.get();
        let drawn = || work.home.with(|home| Some(ready(work, home.ready()?)));
        not_yet(work).or_else(drawn).unwrap_or_else(El::several)
    })
}

fn ready(work: Work, home: &HomeOut) -> El {
    let all = left(&home.forms, home.tasks.iter().filter(|task| !work.waits(task)));
    let is_open = home.round.as_ref().is_some_and(|round| round.open);
    let given = home.me.name.split(' ').next().unwrap_or_default();
    let head = el("header", "pagehead")
        .with(p("pagehead__over", &t("home.title")))
        .with(h1(&t_with("home.hello", &[("name", given)])))
        .with(p("lead", &lead(work, home, &all, is_open)))
        .maybe(home.round.as_ref().filter(|_| is_open && all.acts > 0).map(until));
    let is_alone = home.children.is_empty();
    let nobody = is_alone.then(|| empty("door", &t("home.no-children.heading"), &t("home.no-children.text")));
    let main = page()
        .with(drawn_head(head, "rucksack"))
        .maybe(home.with_code.then(|| says(NoticeKind::Info, &t("home.with-code"))))
        .maybe(super::application::news(home))
        .all(super::told::told(work, home))
        .maybe(own(work, home))
        .with(el("div", "").all(home.children.iter().map(|child| card(work, home, child))))
        .maybe(waiting(home))
        .with(super::offer::offers(home, None))
        .maybe(nobody)
        .all(if home.with_code {
            Vec::new()
        } else {
            vec![more(Route::Receipts, "receipts.heading"), more(Route::Sessions, "sessions.title")]
        });
    let begin = (is_open && all.acts > 0).then(|| begin(work, all.seconds));
    El::several().with(main).maybe(begin)
}

fn more(to: Route, key: &str) -> El {
    el("p", "").with(link_to(to, "", &t(key)))
}

fn lead(work: Work, home: &HomeOut, all: &Left, is_open: bool) -> String {
    let Some(round) = &home.round else { return t("home.no-round") };
    let is_over = home.tasks.iter().any(is_closed);
    if !is_open && (all.acts > 0 || is_over) {
        return t_with("home.closed", &[("day", &date(round.closes))]);
    }
    if all.acts == 0 {
        let waits = home.tasks.iter().any(|task| work.waits(task));
        return if waits {
            t("waiting.kept")
        } else if is_over {
            t("home.closed-child")
        } else {
            t("home.all-done")
        };
    }
    let (known, new) = (all.known.to_string(), all.new.to_string());
    let sum = (all.known + all.new).to_string();
    if all.known == 0 {
        return t_count("home.new", u64::from(all.new), &[]);
    }
    t_with("home.known", &[("known", &known), ("sum", &sum), ("new", &new)])
}

/// The last day that the school asks for answers.
fn until(round: &RoundOut) -> El {
    p("soft", &t_with("home.until", &[("day", &date(round.closes))]))
}

/// The one button for everything.
fn begin(work: Work, seconds: u32) -> El {
    let router = use_router::<Route>();
    let begin = move || {
        work.only(None);
        let next = work.with_untracked(|session| session.next_step(None)).flatten();
        router.go(&next.map_or(Route::Review, Route::Step));
    };
    let said = move || if work.has_begun() { t("home.continue") } else { t("home.begin") };
    let takes = p("savestate", &t_count("home.takes", u64::from(minutes(seconds)), &[]));
    let press = button("button button--wide", "").words(said).tap(begin);
    bottom_bar(El::several().with(takes).with(press))
}

/// What concerns the guardian herself, asked once for all children.
fn own(work: Work, home: &HomeOut) -> Option<El> {
    let mut tasks = home.tasks.iter().filter(|task| task.child.is_none()).peekable();
    tasks.peek()?;
    let list = el("ol", "tasklist").all(tasks.filter_map(|task| task_line(work, &home.forms, task)));
    Some(el("section", "stack stack--tight").with(h2(&t("home.own"))).with(list))
}

fn card(work: Work, home: &HomeOut, child: &ChildOut) -> El {
    let tasks: Vec<&TaskOut> = home.tasks.iter().filter(|task| task.child == Some(child.person)).collect();
    let rest = left(&home.forms, tasks.iter().copied().filter(|task| !work.waits(task)));
    let see_all = t_with("home.see-all", &[("name", &child.given_name)]);
    let head = el("div", "childcard__head")
        .with(el("h2", "childcard__name").text(&child.given_name))
        .with(p("childcard__where", &place(child)));
    let (state, body) = match rest.acts {
        0 if tasks.iter().any(|task| work.waits(task)) => {
            ("waiting", decided(work, &home.forms, &tasks, false))
        }
        0 if tasks.iter().any(|task| is_closed(task)) => {
            let said = p("", &t("home.closed-child"));
            ("waiting", El::several().with(said).with(facts(work, &home.forms, &tasks)))
        }
        0 => ("done", decided(work, &home.forms, &tasks, true)),
        _ => ("open", open(home, child, &rest)),
    };
    let all = el("p", "childcard__more").with(link_to(Route::Child(child.person), "", &see_all));
    // What the school knows of the child needs more than a code.
    all.show(!home.with_code);
    el("article", "childcard").attr("data-state", state).with(head).with(body).with(all)
}

/// "Ekbackens skola · 1 B".
pub(super) fn place(child: &ChildOut) -> String {
    let place: Vec<&str> = [&child.unit, &child.group].into_iter().flatten().map(String::as_str).collect();
    place.join(" · ")
}

fn open(home: &HomeOut, child: &ChildOut, rest: &Left) -> El {
    let share = percent(home, child.person);
    let left = t_count("home.left", u64::from(rest.acts), &[("name", &child.given_name)]);
    let takes = t_count("home.takes", u64::from(minutes(rest.seconds)), &[]);
    let counts = t_with("home.counts", &[("new", &rest.new.to_string()), ("known", &rest.known.to_string())]);
    let label = t_with("home.progress", &[("percent", &share.to_string()), ("name", &child.given_name)]);
    let left = el("p", "childcard__left").with(el("mark", "marker").text(&left)).text(". ").text(&takes);
    El::several().with(left).with(progress(u64::from(share), &label)).with(p("soft small", &counts))
}

/// What is decided, when there is nothing left to do.
fn decided(work: Work, forms: &[FormDefinition], tasks: &[&TaskOut], is_there: bool) -> El {
    let (kind, word) = match is_there {
        true => (StatusKind::Complete, t("home.done")),
        false => (StatusKind::Waiting, t("waiting.heading")),
    };
    El::several().with(el("p", "").with(status(kind, &word, false))).with(facts(work, forms, tasks))
}

/// How each act stands.
fn facts(work: Work, forms: &[FormDefinition], tasks: &[&TaskOut]) -> El {
    let lines = tasks.iter().filter(|task| task.mine != MyPart::MayDo).filter_map(|task| {
        let (kind, word) = state(work, task);
        Some(fact(&title(forms, task)?, status(kind, &word, true)))
    });
    el("dl", "facts").all(lines)
}

/// Who has to answer next, when it is not she.
fn waiting(home: &HomeOut) -> Option<El> {
    let is_waiting =
        |task: &&TaskOut| task.mine != MyPart::ToDo && task.status == TaskStatus::WaitingForOther;
    let line = |task: &TaskOut| {
        let child = home.children.iter().find(|child| Some(child.person) == task.child)?;
        let title = title(&home.forms, task)?;
        Some(p("", &t_with("home.waits-for", &[("act", &title), ("name", &child.given_name)])))
    };
    let mut lines = home.tasks.iter().filter(is_waiting).filter_map(line).peekable();
    lines.peek()?;
    let inside = El::several().all(lines).with(p("", &t("home.school-asks")));
    Some(notice(NoticeKind::Waiting, "", inside))
}
