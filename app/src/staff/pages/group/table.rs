//! The table: children × acts. Rows are keyed by child, so a change redraws one cell and focus stays where it is.

use super::keys;
use super::page::Desk;
use crate::i18n::{number, t, t_with};
use crate::router::LiveLink;
use crate::staff::list::{Need, Section, SortBy, done_of};
use crate::staff::routes::Route;
use crate::staff::words;
use crate::ui::{SortHead, SortOrder, Status, StatusKind};
use leptos::prelude::*;
use skolstart_shared::api::{ActColumn, ChildRow};
use skolstart_shared::id::PersonId;

#[component]
pub(super) fn ChildTable(desk: Desk, columns: Vec<ActColumn>, sections: Memo<Vec<Section>>) -> impl IntoView {
    let acts = columns.len();
    let heads = columns.into_iter().enumerate().map(|(at, column)| {
        view! {
            <Head desk by=SortBy::Act(at) label=column.title/>
        }
    });
    let span = (acts + 2).to_string();
    // The list without sections and the list in sections are the same thing: bodies that may be empty.
    let keys_of_bodies =
        move || sections.with(|all| all.iter().map(|section| section.need).collect::<Vec<_>>());
    let body = move |need: Option<Need>| {
        let span = span.clone();
        view! { <Body desk need sections acts span/> }
    };
    view! {
        <div class="tablewrap" tabindex="0" role="region" aria-labelledby="children-caption">
            <table class="table" on:keydown=move |event| keys::table_key(&event)>
                <caption id="children-caption" class="visually-hidden">{t("staff.group.caption")}</caption>
                <thead>
                    <tr>
                        <Head desk by=SortBy::Name label=t("staff.group.child")/>
                        <Head desk by=SortBy::Progress label=t("staff.group.progress")/>
                        {heads.collect_view()}
                    </tr>
                </thead>
                <For each=keys_of_bodies key=|need| *need children=body/>
            </table>
        </div>
    }
}

#[component]
fn Head(desk: Desk, by: SortBy, label: String) -> impl IntoView {
    let order = Signal::derive(move || match desk.list.get() {
        list if list.sort != by => SortOrder::Not,
        list if list.descending => SortOrder::Descending,
        _ => SortOrder::Ascending,
    });
    view! { <SortHead label order sort=move || desk.show(desk.list.get_untracked().pressed(by))/> }
}

#[component]
fn Body(
    desk: Desk,
    need: Option<Need>,
    sections: Memo<Vec<Section>>,
    acts: usize,
    span: String,
) -> impl IntoView {
    let children = move || {
        sections
            .with(|all| {
                all.iter().find(|section| section.need == need).map(|section| section.children.clone())
            })
            .unwrap_or_default()
    };
    let heading = need.map(|need| {
        let words = match need {
            Need::Action => t("staff.show.action"),
            Need::Waiting => t("staff.show.waiting"),
            Need::Done => t("staff.show.done"),
        };
        let how_many = move || number(children().len() as u64);
        view! { <tr class="table__group"><th colspan=span scope="rowgroup">{words}" "<b>{how_many}</b></th></tr> }
    });
    view! {
        <tbody>
            {heading}
            <For each=children key=|child| *child children=move |child| view! { <Row desk child acts/> }/>
        </tbody>
    }
}

#[component]
fn Row(desk: Desk, child: PersonId, acts: usize) -> impl IntoView {
    let row = Memo::new(move |_| {
        desk.followed.page.with(|page| page.ready()?.rows.iter().find(|row| row.child == child).cloned())
    });
    let name = move || row.with(|row| row.as_ref().map(name_of).unwrap_or_default());
    let done = move || {
        let (done, all) = row.with(|row| row.as_ref().map(done_of).unwrap_or_default());
        t_with("staff.units.done-of", &[("n", &number(done)), ("all", &number(all))])
    };
    let protected = move || {
        row.with(|row| row.as_ref().is_some_and(|row| row.protected)).then(|| {
            view! {
                " "<Status kind=StatusKind::Protected word=t("staff.protected")/>
            }
        })
    };
    let open = Memo::new(move |_| desk.child.get() == Some(child));
    view! {
        <tr class="table__row" data-selected=move || open.get().then_some("") data-child=child.to_string()>
            <th scope="row">
                {move || if desk.opens.get() {
                    view! {
                        <LiveLink<Route>
                            to=Signal::derive(move || desk.with_child(Some(child))) class="table__name"
                            attr:aria-current=move || open.get().then_some("true")
                        >
                            {name}
                        </LiveLink<Route>>
                    }
                    .into_any()
                } else {
                    view! { <span>{name}</span> }.into_any()
                }}
                {protected}
            </th>
            <td>{done}</td>
            {(0..acts).map(|at| view! { <ActCell desk row child at/> }).collect_view()}
        </tr>
    }
}

fn name_of(row: &ChildRow) -> String {
    [row.given_name.as_str(), row.family_name.as_str()].join(" ")
}

#[component]
fn ActCell(desk: Desk, row: Memo<Option<ChildRow>>, child: PersonId, at: usize) -> impl IntoView {
    let status = Memo::new(move |_| row.with(|row| row.as_ref()?.statuses.get(at).copied().flatten()));
    let lit = Memo::new(move |_| desk.followed.lit.with(|lit| lit.contains(&(child, at))));
    let shown = move || match status.get() {
        Some(status) => words::status(status, true).into_any(),
        None => view! { <span class="soft">{t("staff.status.not-concerned")}</span> }.into_any(),
    };
    // The highlighter of the style: it stands and goes, without motion.
    view! { <td><span class=move || if lit.get() { "marker" } else { "" }>{shown}</span></td> }
}
