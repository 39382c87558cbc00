//! The reader's units with their groups: how far each has come, own groups first.

use crate::i18n::{number, percent, t, t_count, t_with};
use crate::router::{Link, page_title};
use crate::staff::list::ListState;
use crate::staff::pages::inventory::SavedStats;
use crate::staff::routes::Route;
use crate::staff::words;
use crate::state::{Remote, fetch_into};
use crate::ui::{Empty, ShareBar, Stat, Status, StatusKind, TableSkeleton};
use leptos::prelude::*;
use skolstart_shared::api::{GetUnits, GroupFigures, Nothing, StaffUnit, StatusCount, UnitsOut};
use skolstart_shared::round::TaskStatus;

/// The start of the staff program.
#[component]
pub(crate) fn UnitsPage() -> impl IntoView {
    let units = RwSignal::new(Remote::Loading);
    let ask = move || fetch_into::<GetUnits>(units, (), Nothing {});
    ask();
    page_title(|| t("staff.units.title"));
    let over = move || units.with(|units| units.ready().and_then(|units| units.round.clone()));
    let body = move || match units.get() {
        Remote::Loading => view! { <TableSkeleton label=t("common.loading") rows=8/> }.into_any(),
        Remote::Failed(failure) => words::failure(&failure, ask),
        Remote::Ready(units) if units.units.is_empty() => {
            view! { <Empty drawing="door" heading=t("staff.units.empty") text=t("staff.units.empty-text")/> }
                .into_any()
        }
        Remote::Ready(units) => view! { <Units units/> }.into_any(),
    };
    // The page for what is not there has a heading of its own.
    let is_nothing =
        move || units.with(|units| matches!(units, Remote::Failed(failure) if failure.is_not_found()));
    view! {
        <header class="desk__head" hidden=is_nothing>
            <div class="pagehead"><p class="pagehead__over">{over}</p><h1>{t("staff.units.title")}</h1></div>
        </header>
        {body}
    }
}

#[component]
fn Units(units: UnitsOut) -> impl IntoView {
    let headings = units.columns.iter().map(|column| column.title.clone()).collect::<Vec<_>>();
    units.units.into_iter().map(|unit| view! { <Unit unit headings=headings.clone()/> }).collect_view()
}

#[component]
fn Unit(unit: StaffUnit, headings: Vec<String>) -> impl IntoView {
    let heading = ["unit-", &unit.id.to_string()].concat();
    let unit_id = heading.clone();
    let numbers = unit.numbers;
    let mut groups = unit.groups;
    // Own groups first; within each the server's order.
    groups.sort_by_key(|group| !group.mine);
    let children: u64 = groups.iter().map(|group| u64::from(group.children)).sum();
    let finished: u64 = groups.iter().map(|group| u64::from(group.finished)).sum();
    view! {
        <div class="stack stack--tight">
            <div class="sectionhead">
                <h2 id=unit_id>{unit.name}</h2>
                {unit.gives_groups.then(|| view! { <Link<Route> to=Route::Substitutes(unit.id) class="button button--secondary button--small">{t("substitutes.open")}</Link<Route>> })}
            </div>
            <dl class="statgrid">
                <Stat
                    label=t("staff.units.finished") value=number(finished)
                    unit=t_with("staff.units.of", &[("n", &number(children))])
                    note=t_with("staff.units.share", &[("percent", &percent(finished, children).to_string())])
                />
                <Stat
                    label=t("staff.units.left") value=number(children.saturating_sub(finished))
                    note=t("staff.units.left-note")
                />
                <Stat
                    label=t("staff.units.groups") value=number(groups.len() as u64)
                    note=t_count("staff.units.children", children, &[])
                />
            </dl>
            <Groups groups heading headings/>
            <SavedStats confirmed=numbers.confirmed changed=numbers.changed new=numbers.new saved=numbers.saved/>
        </div>
    }
}

#[component]
fn Groups(groups: Vec<GroupFigures>, heading: String, headings: Vec<String>) -> impl IntoView {
    if groups.is_empty() {
        return view! { <p class="soft">{t("staff.units.no-groups")}</p> }.into_any();
    }
    view! {
        <div class="tablewrap" tabindex="0" role="region" aria-labelledby=heading>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t("staff.units.group")}</th>
                        <th scope="col" class="table__num">{t("staff.units.column-children")}</th>
                        <th scope="colgroup" colspan="2" class="table__share">{t("staff.units.column-done")}</th>
                        {headings.into_iter().map(|title| view! { <th scope="col">{title}</th> }).collect_view()}
                    </tr>
                </thead>
                <tbody>{groups.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(group: GroupFigures) -> impl IntoView {
    let to = Route::Group { group: group.id, child: None, list: ListState::default() };
    let (finished, children) = (u64::from(group.finished), u64::from(group.children));
    let done = t_with("staff.units.done-of", &[("n", &number(finished)), ("all", &number(children))]);
    view! {
        <tr class="table__row">
            <th scope="row">
                <Link<Route> to=to class="table__name">{group.name}</Link<Route>>
                {group.mine.then(|| view! { <small class="soft">" "{t("staff.units.mine")}</small> })}
            </th>
            <td class="table__num">{number(children)}</td>
            <td class="table__num">{done}</td>
            <td><ShareBar percent=percent(finished, children)/></td>
            {group.acts.iter().map(|counts| view! { <td>{act(counts)}</td> }).collect_view()}
        </tr>
    }
}

/// What is most worth knowing about an act of a group: how many have not answered, else how many wait, else that all
/// is done.
fn act(counts: &[StatusCount]) -> AnyView {
    let silent = sum(counts, needs_answer);
    let waiting = sum(counts, |status| status == TaskStatus::WaitingForOther);
    let (kind, word) = if counts.iter().all(|count| count.children == 0) {
        return view! { <span class="soft">"–"</span> }.into_any();
    } else if silent > 0 {
        (StatusKind::None, t_count("staff.units.act-left", silent, &[]))
    } else if waiting > 0 {
        (StatusKind::Waiting, t_count("staff.units.act-waiting", waiting, &[]))
    } else {
        (StatusKind::Complete, t("staff.units.act-done"))
    };
    view! { <Status kind word bare=true/> }.into_any()
}

fn needs_answer(status: TaskStatus) -> bool {
    matches!(status, TaskStatus::NotStarted | TaskStatus::Expired)
}

fn sum(counts: &[StatusCount], which: impl Fn(TaskStatus) -> bool) -> u64 {
    counts.iter().filter(|count| which(count.status)).map(|count| u64::from(count.children)).sum()
}
