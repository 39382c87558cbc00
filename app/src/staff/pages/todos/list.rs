//! The list: what is left, the soonest due first, and what was done lately.

use super::row::{Marker, row};
use super::school::SchoolList;
use crate::i18n::{number, t};
use crate::letter;
use crate::router::page_title;
use crate::staff::once::Trouble;
use crate::staff::pages::inventory::Choice;
use crate::staff::words;
use crate::state::{Remote, clock, fetch_into};
use crate::ui::{Chip, Empty, TableSkeleton};
use leptos::prelude::*;
use skolstart_shared::access::Function;
use skolstart_shared::api::{GetTodos, Nothing, TodoLine};

/// What the list shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Show {
    Left,
    Late,
    Done,
}

impl Show {
    fn holds(self, line: &TodoLine) -> bool {
        match self {
            Self::Left => !line.done,
            Self::Late => !line.done && line.due < clock::today(),
            Self::Done => line.done,
        }
    }
}

/// What is shown of the list.
#[derive(Clone, Copy)]
struct Desk {
    lines: RwSignal<Remote<Vec<TodoLine>>>,
    show: RwSignal<Show>,
    function: RwSignal<Option<Function>>,
    group: RwSignal<Option<String>>,
}

impl Desk {
    fn with<T>(self, read: impl FnOnce(&[TodoLine]) -> T) -> T {
        self.lines.with(|lines| read(lines.ready().map(Vec::as_slice).unwrap_or_default()))
    }

    fn count(self, show: Show) -> Signal<String> {
        Signal::derive(move || {
            number(self.with(|lines| lines.iter().filter(|line| show.holds(line)).count()) as u64)
        })
    }

    fn shown(self) -> Vec<TodoLine> {
        let (show, function, group) = (self.show.get(), self.function.get(), self.group.get());
        let fits = |line: &&TodoLine| {
            show.holds(line)
                && function.is_none_or(|function| line.function == function)
                && group
                    .as_ref()
                    .is_none_or(|group| line.group.as_ref().is_some_and(|(_, name)| name == group))
        };
        self.with(|lines| lines.iter().filter(fits).cloned().collect())
    }
}

/// The page.
#[component]
pub(in crate::staff) fn TodosPage() -> impl IntoView {
    let desk = Desk {
        lines: RwSignal::new(Remote::Loading),
        show: RwSignal::new(Show::Left),
        function: RwSignal::new(None),
        group: RwSignal::new(None),
    };
    let ask = move || fetch_into::<GetTodos>(desk.lines, (), Nothing {});
    ask();
    page_title(|| t("staff.todos.title"));
    let owner = Owner::current();
    // A mark is answered long after the page was drawn: the page's own session is asked then.
    let again = Callback::new(move |()| match &owner {
        Some(owner) => owner.with(ask),
        None => ask(),
    });
    let marker = Marker::new(again);
    let frame = Memo::new(move |_| {
        desk.lines.with(|lines| match lines {
            Remote::Loading => None,
            Remote::Failed(failure) => Some(Err(failure.clone())),
            Remote::Ready(lines) => Some(Ok(lines.is_empty())),
        })
    });
    let body = move || match frame.get() {
        None => view! { <TableSkeleton label=t("common.loading") rows=8/> }.into_any(),
        Some(Err(failure)) => words::failure(&failure, ask),
        Some(Ok(true)) => {
            view! { <Empty drawing="pencil" heading=t("staff.todos.none") text=t("staff.todos.none-text")/> }
                .into_any()
        }
        Some(Ok(false)) => view! { <Filters desk/><Table desk marker/> }.into_any(),
    };
    let is_nothing = move || matches!(frame.get(), Some(Err(failure)) if failure.is_not_found());
    view! {
        <header class="desk__head" hidden=is_nothing>
            <div class="pagehead"><h1>{t("staff.todos.title")}</h1><p class="soft">{t("staff.todos.intro")}</p></div>
        </header>
        <SchoolList/>
        {body}
    }
}

#[component]
fn Filters(desk: Desk) -> impl IntoView {
    let chip = move |show: Show, label: String| {
        view! {
            <Chip label count=desk.count(show) pressed=Signal::derive(move || desk.show.get() == show) choose=move || desk.show.set(show)/>
        }
    };
    let (functions, groups) = desk.with(|lines| {
        let mut functions: Vec<Function> = lines.iter().map(|line| line.function).collect();
        functions.sort_unstable();
        functions.dedup();
        let mut groups: Vec<String> =
            lines.iter().filter_map(|line| line.group.as_ref().map(|(_, name)| name.clone())).collect();
        groups.sort();
        groups.dedup();
        (functions, groups)
    });
    let functions = functions.into_iter().map(|function| (Some(function), letter::title(function)));
    let functions = std::iter::once((None, t("staff.todos.every"))).chain(functions);
    let groups = groups.into_iter().map(|group| (Some(group.clone()), group));
    let groups = std::iter::once((None, t("staff.todos.every"))).chain(groups);
    view! {
        <div class="toolbar">
            <div class="chips" role="group" aria-label=t("staff.todos.show")>
                {chip(Show::Left, t("staff.todos.left"))}
                {chip(Show::Late, t("staff.todos.late"))}
                {chip(Show::Done, t("staff.todos.done"))}
            </div>
            <Choice label=t("staff.todos.whose") value=desk.function options=functions.collect()/>
            <Choice label=t("staff.todos.group") value=desk.group options=groups.collect()/>
        </div>
    }
}

#[component]
fn Table(desk: Desk, marker: Marker) -> impl IntoView {
    let rows = move || desk.shown().into_iter().map(|line| row(line, marker)).collect_view();
    let nothing =
        move || desk.shown().is_empty().then(|| view! { <p class="soft">{t("staff.todos.none-here")}</p> });
    view! {
        <Trouble said=marker.once.trouble/>
        <div class="tablewrap" tabindex="0" role="region" aria-label=t("staff.todos.title")>
            <table class="table table--todos">
                <thead>
                    <tr>
                        <th scope="col">{t("staff.todos.what")}</th>
                        <th scope="col">{t("staff.group.child")}</th>
                        <th scope="col">{t("staff.todos.whose")}</th>
                        <th scope="col">{t("staff.todos.due")}</th>
                        <th scope="col">{t("staff.todos.stands")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {nothing}
    }
}
