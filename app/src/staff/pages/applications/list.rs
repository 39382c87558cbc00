//! The list: what waits for the reader first, otherwise what is open or was closed lately, oldest first.

use crate::i18n::{date, number, t, timestamp_day};
use crate::letter;
use crate::router::{Link, page_title};
use crate::staff::pages::inventory::Choice;
use crate::staff::routes::Route;
use crate::staff::words;
use crate::state::{Remote, clock, fetch_into};
use crate::ui::{Chip, Empty, Status, StatusKind, TableSkeleton};
use leptos::prelude::*;
use skolstart_shared::api::{ApplicationLine, GetApplications, Nothing};
use skolstart_shared::application::ApplicationState;
use skolstart_shared::date::Date;

/// What the list shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Show {
    Mine,
    Open,
    Closed,
}

impl Show {
    fn holds(self, line: &ApplicationLine) -> bool {
        match self {
            Self::Mine => line.mine,
            Self::Open => !line.state.is_closed(),
            Self::Closed => line.state.is_closed(),
        }
    }
}

/// What is shown of the list.
#[derive(Clone, Copy)]
struct Desk {
    lines: RwSignal<Remote<Vec<ApplicationLine>>>,
    show: RwSignal<Show>,
    title: RwSignal<Option<String>>,
    state: RwSignal<Option<ApplicationState>>,
}

impl Desk {
    fn with<T>(self, read: impl FnOnce(&[ApplicationLine]) -> T) -> T {
        self.lines.with(|lines| read(lines.ready().map(Vec::as_slice).unwrap_or_default()))
    }

    fn count(self, show: Show) -> Signal<String> {
        Signal::derive(move || {
            number(self.with(|lines| lines.iter().filter(|line| show.holds(line)).count()) as u64)
        })
    }

    fn shown(self) -> Vec<ApplicationLine> {
        let (show, title, state) = (self.show.get(), self.title.get(), self.state.get());
        let fits = |line: &&ApplicationLine| {
            show.holds(line)
                && title.as_ref().is_none_or(|title| line.title == *title)
                && state.is_none_or(|state| line.state == state)
        };
        self.with(|lines| lines.iter().filter(fits).cloned().collect())
    }
}

/// The page.
#[component]
pub(crate) fn ApplicationsPage() -> impl IntoView {
    let desk = Desk {
        lines: RwSignal::new(Remote::Loading),
        show: RwSignal::new(Show::Mine),
        title: RwSignal::new(None),
        state: RwSignal::new(None),
    };
    let ask = move || fetch_into::<GetApplications>(desk.lines, (), Nothing {});
    ask();
    page_title(|| t("staff.applications.title"));
    let frame = Memo::new(move |_| {
        desk.lines.with(|lines| match lines {
            Remote::Loading => None,
            Remote::Failed(failure) => Some(Err(failure.clone())),
            Remote::Ready(lines) => Some(Ok(lines.is_empty())),
        })
    });
    let body = move || {
        match frame.get() {
        None => view! { <TableSkeleton label=t("common.loading") rows=8/> }.into_any(),
        Some(Err(failure)) => words::failure(&failure, ask),
        Some(Ok(true)) => {
            view! { <Empty drawing="pencil" heading=t("staff.applications.none") text=t("staff.applications.none-text")/> }.into_any()
        }
        Some(Ok(false)) => view! { <Filters desk/><Table desk/> }.into_any(),
    }
    };
    let is_nothing = move || matches!(frame.get(), Some(Err(failure)) if failure.is_not_found());
    view! {
        <header class="desk__head" hidden=is_nothing>
            <div class="pagehead"><h1>{t("staff.applications.title")}</h1><p class="soft">{t("staff.applications.intro")}</p></div>
        </header>
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
    let titles = desk.with(|lines| {
        let mut titles: Vec<String> = lines.iter().map(|line| line.title.clone()).collect();
        titles.sort();
        titles.dedup();
        titles
    });
    let every = (None, t("staff.applications.every"));
    let titles =
        std::iter::once(every.clone()).chain(titles.into_iter().map(|title| (Some(title.clone()), title)));
    let states = ApplicationState::ALL.into_iter().map(|state| (Some(state), letter::state(state).1));
    let states = std::iter::once((None, every.1)).chain(states);
    view! {
        <div class="toolbar">
            <div class="chips" role="group" aria-label=t("staff.applications.show")>
                {chip(Show::Mine, t("staff.applications.mine"))}
                {chip(Show::Open, t("staff.applications.open"))}
                {chip(Show::Closed, t("staff.applications.closed"))}
            </div>
            <Choice label=t("staff.applications.what") value=desk.title options=titles.collect()/>
            <Choice label=t("staff.applications.state") value=desk.state options=states.collect()/>
        </div>
    }
}

#[component]
fn Table(desk: Desk) -> impl IntoView {
    let rows = move || desk.shown().into_iter().map(row).collect_view();
    let nothing = move || {
        desk.shown().is_empty().then(|| view! { <p class="soft">{t("staff.applications.none-here")}</p> })
    };
    view! {
        <div class="tablewrap" tabindex="0" role="region" aria-label=t("staff.applications.title")>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t("staff.group.child")}</th>
                        <th scope="col">{t("staff.applications.what")}</th>
                        <th scope="col">{t("staff.applications.state")}</th>
                        <th scope="col">{t("staff.applications.turn")}</th>
                        <th scope="col">{t("staff.applications.came")}</th>
                        <th scope="col">{t("staff.applications.due")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {nothing}
    }
}

fn row(line: ApplicationLine) -> impl IntoView {
    let to = Route::Application(line.child, line.application);
    let (kind, word) = letter::state(line.state);
    let place: Vec<String> =
        [Some(line.unit), line.group.map(|(_, name)| name)].into_iter().flatten().collect();
    let turn = match (line.mine, line.waits_for) {
        (true, _) => t("staff.applications.yours"),
        (false, Some(function)) => letter::title(function),
        (false, None) => "–".to_owned(),
    };
    view! {
        <tr class="table__row">
            <th scope="row">
                <Link<Route> to class="table__name">{line.name}</Link<Route>>
                {line.protected.then(|| view! { " "<Status kind=StatusKind::Protected word=t("staff.protected")/> })}
                <small class="soft">" "{place.join(" · ")}</small>
            </th>
            <td>{line.title}</td>
            <td><Status kind word bare=true/></td>
            <td>{turn}</td>
            <td>{timestamp_day(line.opened)}</td>
            <td>{due(line.due)}</td>
        </tr>
    }
}

fn due(day: Option<Date>) -> AnyView {
    let Some(day) = day else { return view! { <span class="soft">"–"</span> }.into_any() };
    match day < clock::today() {
        true => view! { <Status kind=StatusKind::Action word=date(day) bare=true/> }.into_any(),
        false => date(day).into_any(),
    }
}
