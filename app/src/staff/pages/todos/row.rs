//! One line of the list, and saying that it is done or is not after all.

use crate::api::client;
use crate::i18n::{date, t, t_with, timestamp_day};
use crate::letter;
use crate::router::Link;
use crate::staff::once::{Once, why_not};
use crate::staff::routes::Route;
use crate::state::clock;
use crate::ui::{Status, StatusKind, announce};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::access::Function;
use skolstart_shared::api::{PutTodoMark, TodoLine, TodoMarkIn};
use skolstart_shared::id::{ChangeId, GroupId, PersonId, TodoId};

/// How marks are sent from the page. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Marker {
    pub(super) once: Once<(TodoId, TodoMarkIn), ChangeId>,
    again: Callback<()>,
}

impl Marker {
    pub(super) fn new(again: Callback<()>) -> Self {
        Self { once: Once::new(), again }
    }

    fn send(self, line: &TodoLine, done: bool) {
        let mark = (line.todo, TodoMarkIn { done, seen: line.asked });
        let Some(id) = self.once.id(&mark) else { return };
        let (child, what) = (line.child, line.what.clone());
        spawn_local(async move {
            let sent = client::call::<PutTodoMark>(&(child, mark.0, id), &mark.1).await;
            self.once.heard(&sent, |failure| why_not(failure, t("staff.todos.moved")));
            if sent.is_ok() {
                let about = [("what", what.as_str())];
                announce(match done {
                    true => t_with("staff.todos.said-done", &about),
                    false => t_with("staff.todos.said-left", &about),
                });
            }
            if !sent.is_err_and(|failure| failure.is_away()) {
                self.again.run(());
            }
        });
    }
}

/// The cell that says whom a line is about and where she goes.
#[component]
pub(super) fn Child(
    child: PersonId,
    name: String,
    unit: String,
    group: Option<(GroupId, String)>,
    protected: bool,
    /// Whether the reader reaches the child's own page.
    reaches: bool,
) -> impl IntoView {
    let place: Vec<String> = std::iter::once(unit).chain(group.map(|(_, name)| name)).collect();
    let name = match reaches {
        true => {
            view! { <Link<Route> to=Route::Child(child) class="table__name">{name}</Link<Route>> }.into_any()
        }
        false => name.into_any(),
    };
    view! {
        <td>
            {name}
            {protected.then(|| view! { " "<Status kind=StatusKind::Protected word=t("staff.protected")/> })}
            <small class="soft todo__came">{place.join(" · ")}</small>
        </td>
    }
}

pub(super) fn row(line: TodoLine, marker: Marker) -> impl IntoView {
    let came = t_with("staff.todos.came", &[("form", &line.form), ("day", &timestamp_day(line.asked))]);
    let reaches = reaches_child(&line);
    let page = Route::Todo(line.child, line.todo);
    let (what, due, end) = (line.what.clone(), due(&line), end(&line, marker));
    view! {
        <tr class="table__row" data-todo=line.todo.to_string()>
            <th scope="row">
                <Link<Route> to=page class="table__name">{what}</Link<Route>>
                <small class="soft todo__came">{came}</small>
            </th>
            <Child child=line.child name=line.name.clone() unit=line.unit.clone() group=line.group.clone() protected=line.protected reaches/>
            <td>{letter::title(line.function)}</td>
            <td>{due}</td>
            <td>{end}</td>
        </tr>
    }
}

/// An officer has her task with the child and nothing else: the page of a child is no page of hers. For a protected child the officer
/// is the principal.
pub(super) fn reaches_child(line: &TodoLine) -> bool {
    line.function != Function::Officer || line.protected
}

/// Until when it is to be done; said where that has passed.
pub(super) fn due(line: &TodoLine) -> AnyView {
    let late = !line.done && line.due < clock::today();
    match late {
        true => view! { <Status kind=StatusKind::Action word=t_with("staff.todos.was-due", &[("day", &date(line.due))]) bare=true/> }.into_any(),
        false => date(line.due).into_any(),
    }
}

/// How it stands, and the button that says that it is done or is not after all.
pub(super) fn end(line: &TodoLine, marker: Marker) -> AnyView {
    let word = if line.done { t("staff.todos.undo") } else { t("staff.todos.do") };
    let about = ["– ", &line.what, ", ", &line.name].concat();
    let stands = stands(line);
    let sent = line.clone();
    let mark = move |_| marker.send(&sent, !sent.done);
    view! {
        <div class="todo__end">
            {stands}
            <button class="button button--secondary button--small" type="button" on:click=mark>
                {word}<span class="visually-hidden">" "{about}</span>
            </button>
        </div>
    }
    .into_any()
}

/// Who last said something about it, and when.
fn stands(line: &TodoLine) -> AnyView {
    let Some(last) = &line.last else { return ().into_any() };
    let who = if last.by.is_empty() { t("staff.protected") } else { last.by.clone() };
    let values = [("who", who.as_str()), ("day", &timestamp_day(last.at))];
    match (line.done, last.done) {
        (true, _) => {
            view! { <Status kind=StatusKind::Complete word=t_with("staff.todos.done-by", &values) bare=true/> }
                .into_any()
        }
        (false, _) => view! { <span class="small soft">{t_with("staff.todos.undone-by", &values)}</span> }.into_any(),
    }
}
