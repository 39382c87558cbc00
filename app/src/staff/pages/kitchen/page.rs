//! The page: which kitchen, which day, how many of each, and the list group by group.

use super::table::GroupTable;
use crate::i18n::{date, number, t, t_count, t_with};
use crate::router::page_title;
use crate::staff::pages::inventory::Choice;
use crate::staff::printed::printed;
use crate::staff::words;
use crate::state::{Remote, fetch_into};
use crate::ui::{Chip, Empty, Icon, TableSkeleton};
use leptos::prelude::*;
use skolstart_shared::api::{
    GetKitchen, GetKitchens, KitchenCount, KitchenDay, KitchenOut, KitchenUnit, Nothing,
};
use skolstart_shared::id::UnitId;

/// What is shown.
#[derive(Clone, Copy)]
struct Desk {
    units: RwSignal<Remote<Vec<KitchenUnit>>>,
    unit: RwSignal<Option<UnitId>>,
    list: RwSignal<Remote<KitchenOut>>,
    /// Which of the days.
    at: RwSignal<usize>,
}

impl Desk {
    fn day(self) -> Option<KitchenDay> {
        self.list.with(|list| list.ready().and_then(|list| list.days.get(self.at.get()).cloned()))
    }
}

fn children(day: &KitchenDay) -> usize {
    let all = day.groups.iter().flat_map(|group| &group.children);
    all.filter(|child| !child.needs.is_empty()).count()
}

/// The page.
#[component]
pub(in crate::staff) fn KitchenPage() -> impl IntoView {
    let desk = Desk {
        units: RwSignal::new(Remote::Loading),
        unit: RwSignal::new(None),
        list: RwSignal::new(Remote::Loading),
        at: RwSignal::new(0),
    };
    page_title(|| t("staff.kitchen.title"));
    let ask_units = move || fetch_into::<GetKitchens>(desk.units, (), Nothing {});
    ask_units();
    Effect::new(move |_| {
        let first =
            desk.units.with(|units| units.ready().and_then(|units| units.first().map(|unit| unit.id)));
        if desk.unit.get_untracked().is_none() && first.is_some() {
            desk.unit.set(first);
        }
    });
    let ask = move || {
        if let Some(unit) = desk.unit.get_untracked() {
            fetch_into::<GetKitchen>(desk.list, unit, Nothing {});
        }
    };
    Effect::new(move |_| {
        if desk.unit.get().is_some() {
            ask();
        }
    });
    let body = move || {
        match (desk.units.get(), desk.list.get()) {
        (Remote::Failed(failure), _) => words::failure(&failure, ask_units),
        (_, Remote::Failed(failure)) => words::failure(&failure, ask),
        (Remote::Ready(units), _) if units.is_empty() => {
            view! { <h1>{t("staff.kitchen.title")}</h1><Empty drawing="diary" heading=t("staff.kitchen.not-yours") text=t("staff.kitchen.not-yours-text")/> }.into_any()
        }
        (_, Remote::Loading) | (Remote::Loading, _) => view! { <TableSkeleton label=t("common.loading") rows=8/> }.into_any(),
        (Remote::Ready(units), Remote::Ready(list)) => view! { <Lists desk units list/> }.into_any(),
    }
    };
    view! { {body} }
}

#[component]
fn Lists(desk: Desk, units: Vec<KitchenUnit>, list: KitchenOut) -> impl IntoView {
    let chip = move |at: usize, day: &KitchenDay| {
        let label = if at == 0 { t("staff.kitchen.today") } else { t("staff.kitchen.tomorrow") };
        let count = number(children(day) as u64);
        let pressed = Signal::derive(move || desk.at.get() == at);
        view! { <Chip label count=Signal::derive(move || count.clone()) pressed choose=move || desk.at.set(at)/> }
    };
    let days = list.days.iter().enumerate().map(|(at, day)| chip(at, day)).collect_view();
    let several = units.len() > 1;
    let options = units.into_iter().map(|unit| (Some(unit.id), unit.name)).collect();
    let left_out =
        list.leaves_out.then(|| view! { <p class="small soft">{t("staff.kitchen.leaves-out")}</p> });
    let day = move || desk.day().map(|day| view! { <Day day/> });
    let heading = move || desk.day().map(|day| t_with("staff.kitchen.of-day", &[("day", &date(day.day))]));
    view! {
        <header class="desk__head">
            <div class="pagehead">
                <p class="pagehead__over">{list.unit_name.clone()}</p>
                <h1>{t("staff.kitchen.title")}</h1>
                <p class="soft">{heading}</p>
            </div>
            <div class="toolbar">
                <button class="button button--secondary" type="button" on:click=|_| drop(window().print())>
                    <Icon name="print"/>{t("staff.kitchen.print")}
                </button>
            </div>
        </header>
        <div class="toolbar">
            <div class="chips" role="group" aria-label=t("staff.kitchen.day")>{days}</div>
            {several.then(|| view! { <Choice label=t("staff.kitchen.unit") value=desk.unit options/> })}
        </div>
        {day}
        {left_out}
        <PrintFoot unit=list.unit_name/>
    }
}

#[component]
fn Day(day: KitchenDay) -> impl IntoView {
    if day.groups.is_empty() {
        return view! { <Empty drawing="diary" heading=t("staff.kitchen.none") text=t("staff.kitchen.none-text")/> }.into_any();
    }
    let total = t_count("staff.kitchen.children", children(&day) as u64, &[]);
    let counts = day.counts.into_iter().map(count).collect_view();
    let groups = day.groups.into_iter().map(|group| view! { <GroupTable group/> }).collect_view();
    view! {
        <section class="kitchen__counts" aria-labelledby="kitchen-counts">
            <h2 id="kitchen-counts">{total}</h2>
            <dl class="kitchen__sums">{counts}</dl>
        </section>
        {groups}
    }
    .into_any()
}

fn count(count: KitchenCount) -> impl IntoView {
    let options = count.options.into_iter().map(|(option, children)| {
        view! { <li><b>{number(u64::from(children))}</b>" "{option}</li> }
    });
    view! { <div><dt>{count.label}</dt><dd><ul>{options.collect_view()}</ul></dd></div> }
}

/// On paper only: what it is, when and by whom it was printed.
#[component]
fn PrintFoot(unit: String) -> impl IntoView {
    let printed = printed();
    let text = move || [unit.as_str(), &t("staff.kitchen.title"), &printed()].join(" · ");
    view! { <footer class="printfoot">{text}</footer> }
}
