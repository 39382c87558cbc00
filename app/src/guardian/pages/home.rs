//! *Mina barn*: each child with what is left, and one button for everything.

use super::failure_text;
use crate::forms::{Left, left, minutes, percent};
use crate::guardian::Route;
use crate::guardian::act_text;
use crate::guardian::work::{Work, use_work};
use crate::i18n::{date, t, t_count, t_with};
use crate::live::{part, tap, words};
use crate::router::{Link, page_title, use_router};
use crate::state::Remote;
use crate::ui::{Drawing, Empty, Notice, NoticeKind, Progress, Skeleton, Status, StatusKind};
use leptos::prelude::*;
use skolstart_shared::api::{ChildOut, HomeOut, TaskOut};
use skolstart_shared::form::FormDefinition;
use skolstart_shared::round::{MyPart, TaskStatus};

/// The page.
#[component]
pub(in crate::guardian) fn Home() -> impl IntoView {
    let work = use_work();
    page_title(|| t("home.title"));
    // What the other guardian or the school has done since.
    if untrack(move || work.home.with(|home| home.ready().is_some())) {
        work.load();
    }
    view! {
        {part(move || match work.home.get() {
            Remote::Loading => view! { <main class="page" id="main"><Skeleton label=t("common.loading")/></main> }.into_any(),
            Remote::Failed(failure) => view! {
                <main class="page" id="main" tabindex="-1">
                    <h1>{t("common.error.heading")}</h1>
                    <Notice kind=NoticeKind::Error><p>{failure_text(&failure)}</p></Notice>
                    <button class="button" type="button" on:click=tap(move |_| work.load())>{t("common.try-again")}</button>
                </main>
            }.into_any(),
            Remote::Ready(home) => ready(work, &home).into_any(),
        })}
    }
}

fn ready(work: Work, home: &HomeOut) -> impl IntoView + use<> {
    let all = left(&home.forms, home.tasks.iter());
    let is_open = home.round.as_ref().is_some_and(|round| round.open);
    let given = home.me.name.split(' ').next().unwrap_or_default().to_owned();
    let lead = lead(home, &all, is_open);
    let cards: Vec<_> = home.children.iter().map(|child| card(home, child)).collect();
    view! {
        <main class="page" id="main" tabindex="-1">
            <div class="withdrawing">
                <header class="pagehead">
                    <p class="pagehead__over">{t("home.title")}</p>
                    <h1>{t_with("home.hello", &[("name", &given)])}</h1>
                    <p class="lead">{lead}</p>
                </header>
                <Drawing name="rucksack"/>
            </div>
            {own(home)}
            <div>{cards}</div>
            {waiting(home)}
            {super::offer::offers(home, None)}
            {(home.children.is_empty()).then(|| view! { <Empty drawing="door" heading=t("home.no-children.heading") text=t("home.no-children.text")/> })}
            <p><Link<Route> to=Route::Receipts>{t("receipts.heading")}</Link<Route>></p>
        </main>
        {(is_open && all.acts > 0).then(|| view! { <Begin work seconds=all.seconds/> })}
    }
}

fn lead(home: &HomeOut, all: &Left, is_open: bool) -> String {
    let Some(round) = &home.round else { return t("home.no-round") };
    if all.acts == 0 {
        return t("home.all-done");
    }
    if !is_open {
        return t_with("home.closed", &[("day", &date(round.closes))]);
    }
    let (known, new) = (all.known.to_string(), all.new.to_string());
    let sum = (all.known + all.new).to_string();
    if all.known == 0 {
        return t_count("home.new", u64::from(all.new), &[]);
    }
    t_with("home.known", &[("known", &known), ("sum", &sum), ("new", &new)])
}

/// The one button for everything, in thumb reach.
#[component]
fn Begin(work: Work, seconds: u32) -> impl IntoView {
    let router = use_router::<Route>();
    let begin = move |_| {
        work.only(None);
        let next = work.with_untracked(|session| session.next_step(None)).flatten();
        router.go(&next.map_or(Route::Review, Route::Step));
    };
    let said = move || if work.has_draft() { t("home.continue") } else { t("home.begin") };
    view! {
        <footer class="bottombar"><div class="bottombar__in">
            <p class="savestate">{t_count("home.takes", u64::from(minutes(seconds)), &[])}</p>
            <button class="button button--wide" type="button" on:click=tap(begin)>{words(said)}</button>
        </div></footer>
    }
}

/// What concerns the guardian herself, asked once for all children.
fn own(home: &HomeOut) -> Option<impl IntoView + use<>> {
    let tasks: Vec<&TaskOut> = home.tasks.iter().filter(|task| task.child.is_none()).collect();
    if tasks.is_empty() {
        return None;
    }
    let items: Vec<_> =
        tasks.iter().filter_map(|task| super::step_parts::task_line(&home.forms, task)).collect();
    Some(
        view! { <section class="stack stack--tight"><h2>{t("home.own")}</h2><ol class="tasklist">{items}</ol></section> },
    )
}

fn card(home: &HomeOut, child: &ChildOut) -> impl IntoView + use<> {
    let tasks = || home.tasks.iter().filter(|task| task.child == Some(child.person));
    let rest = left(&home.forms, tasks());
    let state = if rest.acts == 0 { "done" } else { "open" };
    let place: Vec<&str> = [&child.unit, &child.group].into_iter().flatten().map(String::as_str).collect();
    let person = child.person;
    let see_all = t_with("home.see-all", &[("name", &child.given_name)]);
    let body = if rest.acts == 0 {
        decided(&home.forms, &tasks().collect::<Vec<_>>()).into_any()
    } else {
        open(home, child, &rest).into_any()
    };
    view! {
        <article class="childcard" data-state=state>
            <div class="childcard__head">
                <h2 class="childcard__name">{child.given_name.clone()}</h2>
                <p class="childcard__where">{place.join(" · ")}</p>
            </div>
            {body}
            <p class="childcard__more">
                <Link<Route> to=Route::Child(person)>{see_all}</Link<Route>>
            </p>
        </article>
    }
}

fn open(home: &HomeOut, child: &ChildOut, rest: &Left) -> impl IntoView + use<> {
    let share = percent(home, child.person);
    let left = t_count("home.left", u64::from(rest.acts), &[("name", &child.given_name)]);
    let takes = t_count("home.takes", u64::from(minutes(rest.seconds)), &[]);
    let counts = t_with("home.counts", &[("new", &rest.new.to_string()), ("known", &rest.known.to_string())]);
    let label = t_with("home.progress", &[("percent", &share.to_string()), ("name", &child.given_name)]);
    view! {
        <p class="childcard__left"><mark class="marker">{left}</mark>". "{takes}</p>
        <Progress percent=u64::from(share) label/>
        <p class="soft small">{counts}</p>
    }
}

/// What is decided, when there is nothing left to do.
fn decided(forms: &[FormDefinition], tasks: &[&TaskOut]) -> impl IntoView + use<> {
    let lines: Vec<_> = tasks
        .iter()
        .filter(|task| task.mine != MyPart::MayDo)
        .filter_map(|task| {
            let title = super::step_parts::title(forms, task)?;
            let (kind, word) = act_text::state(task.status, task.mine);
            Some(view! { <div><dt>{title}</dt><dd><Status kind word bare=true/></dd></div> })
        })
        .collect();
    view! {
        <p><Status kind=StatusKind::Complete word=t("home.done")/></p>
        <dl class="facts">{lines}</dl>
    }
}

/// Who has to answer next, when it is not she.
fn waiting(home: &HomeOut) -> Option<impl IntoView + use<>> {
    let is_waiting =
        |task: &&TaskOut| task.mine != MyPart::ToDo && task.status == TaskStatus::WaitingForOther;
    let name = |task: &TaskOut| {
        let child = home.children.iter().find(|child| Some(child.person) == task.child)?;
        let title = super::step_parts::title(&home.forms, task)?;
        Some(t_with("home.waits-for", &[("act", &title), ("name", &child.given_name)]))
    };
    let lines: Vec<String> = home.tasks.iter().filter(is_waiting).filter_map(name).collect();
    if lines.is_empty() {
        return None;
    }
    let lines: Vec<_> = lines.into_iter().map(|line| view! { <p>{line}</p> }).collect();
    Some(view! { <Notice kind=NoticeKind::Waiting>{lines}<p>{t("home.school-asks")}</p></Notice> })
}
