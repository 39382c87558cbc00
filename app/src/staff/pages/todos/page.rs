//! One thing to do, with the answer that it is done from.

use super::row::{Marker, due, end, reaches_child};
use crate::fields::know_units;
use crate::i18n::{t, t_with, timestamp_day};
use crate::letter;
use crate::router::{Link, page_title};
use crate::staff::once::Trouble;
use crate::staff::pages::applications::facts;
use crate::staff::pages::child::protected_notice;
use crate::staff::pages::protection::{SayWhy, needs_purpose};
use crate::staff::routes::Route;
use crate::staff::words;
use crate::state::{Remote, fetch_into};
use crate::ui::{Notice, NoticeKind, Skeleton};
use leptos::prelude::*;
use skolstart_shared::api::{GetTodo, Nothing, TodoOut};
use skolstart_shared::id::{PersonId, TodoId};

/// The page.
#[component]
pub(in crate::staff) fn TodoPage(child: PersonId, todo: TodoId) -> impl IntoView {
    let found = RwSignal::new(Remote::Loading);
    let ask = move || fetch_into::<GetTodo>(found, (child, todo), Nothing {});
    ask();
    let owner = Owner::current();
    let again = Callback::new(move |()| match &owner {
        Some(owner) => owner.with(ask),
        None => ask(),
    });
    let marker = Marker::new(again);
    page_title(move || found.with(|found| found.ready().map(heading).unwrap_or_default()));
    move || match found.get() {
        Remote::Loading => view! { <Skeleton label=t("common.loading")/> }.into_any(),
        Remote::Failed(failure) if needs_purpose(&failure) => {
            view! { <SayWhy child again page=true/> }.into_any()
        }
        Remote::Failed(failure) => words::failure(&failure, ask),
        Remote::Ready(todo) => view! { <Whole todo marker/> }.into_any(),
    }
}

fn heading(todo: &TodoOut) -> String {
    [&todo.line.what, " · ", &todo.line.name].concat()
}

#[component]
fn Whole(todo: TodoOut, marker: Marker) -> impl IntoView {
    know_units(todo.units.clone());
    let line = todo.line.clone();
    let place: Vec<String> =
        std::iter::once(line.unit.clone()).chain(line.group.clone().map(|(_, name)| name)).collect();
    let came = t_with("staff.todos.came", &[("form", &line.form), ("day", &timestamp_day(line.asked))]);
    let whose = t_with("staff.todos.whose-it-is", &[("who", &letter::title(line.function))]);
    let to_child = reaches_child(&line).then(|| {
        view! { <p><Link<Route> to=Route::Child(line.child)>{t("staff.todos.to-child")}</Link<Route>></p> }
    });
    view! {
        <ol class="crumbs">
            <li><Link<Route> to=Route::Todos>{t("staff.todos.title")}</Link<Route>></li>
            <li>{line.what.clone()}</li>
        </ol>
        <header class="desk__head">
            <div class="pagehead">
                <p class="pagehead__over">{place.join(" · ")}</p>
                <h1>{heading(&todo)}</h1>
                <p class="soft">{came}" · "{whose}</p>
            </div>
        </header>
        {line.protected.then(protected_notice)}
        <Trouble said=marker.once.trouble/>
        <div class="desk__split desk__split--wide">
            <Answer todo=todo.clone()/>
            <section class="card stack">
                <h2>{t("staff.todos.due")}</h2>
                <p>{due(&line)}</p>
                {to_child}
                {end(&line, marker)}
            </section>
        </div>
    }
}

/// What was answered, as far as the reader may see it.
#[component]
fn Answer(todo: TodoOut) -> impl IntoView {
    let who = todo.by.clone().unwrap_or_else(|| t("staff.protected"));
    let body = match &todo.answers {
        None => view! { <p class="soft">{t("staff.todos.no-answer")}</p> }.into_any(),
        Some(answers) => view! {
            <p class="small soft">{t_with("staff.todos.answered-by", &[("who", &who)])}</p>
            {facts(&todo.act, answers)}
        }
        .into_any(),
    };
    let withheld = todo.withheld.then(|| {
        view! { <Notice kind=NoticeKind::Info icon="info"><p>{t("staff.todos.withheld")}</p></Notice> }
    });
    view! { <section class="card stack"><h2>{todo.act.title.get(crate::i18n::locale()).to_owned()}</h2>{body}{withheld}</section> }
}
