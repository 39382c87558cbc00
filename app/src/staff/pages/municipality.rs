//! The municipality in figures. No person is shown or counted singly here.

use crate::i18n::{date, day_and_month, number, percent, t, t_count, t_with};
use crate::router::page_title;
use crate::staff::list::order_key;
use crate::staff::words;
use crate::state::{Remote, fetch_into};
use crate::ui::{Bar, BarChart, Empty, ShareBar, SortHead, SortOrder, Stat, TableSkeleton};
use leptos::prelude::*;
use skolstart_shared::api::{DayOut, GetMunicipality, MunicipalityOut, Nothing, UnitFigures};

/// The figures of all units.
#[component]
pub(crate) fn MunicipalityPage() -> impl IntoView {
    let figures = RwSignal::new(Remote::Loading);
    let ask = move || fetch_into::<GetMunicipality>(figures, (), Nothing {});
    ask();
    page_title(|| t("staff.municipality.title"));
    let over = move || {
        figures.with(|figures| {
            let figures = figures.ready()?;
            let closes = figures.closes.map(|day| t_with("staff.municipality.closes", &[("day", &date(day))]));
            let parts = [Some(figures.name.clone()), figures.round.clone(), closes];
            Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
        })
    };
    let body = move || match figures.get() {
        Remote::Loading => view! { <TableSkeleton label=t("common.loading") rows=10/> }.into_any(),
        Remote::Failed(failure) => words::failure(&failure, ask),
        Remote::Ready(figures) if figures.units.is_empty() => view! {
            <Empty
                drawing="diary" heading=t("staff.municipality.empty") text=t("staff.municipality.empty-text")
            />
        }
        .into_any(),
        Remote::Ready(figures) => view! { <Figures figures/> }.into_any(),
    };
    view! {
        <header class="desk__head">
            <div class="pagehead"><p class="pagehead__over">{over}</p><h1>{t("staff.municipality.title")}</h1></div>
        </header>
        {body}
    }
}

fn asked(unit: &UnitFigures) -> u64 {
    unit.confirmed + unit.changed + unit.new
}

fn known(unit: &UnitFigures) -> u64 {
    unit.confirmed + unit.changed
}

#[component]
fn Figures(figures: MunicipalityOut) -> impl IntoView {
    let total = |of: fn(&UnitFigures) -> u64| figures.units.iter().map(of).sum::<u64>();
    let children = total(|unit| u64::from(unit.children));
    let finished = total(|unit| u64::from(unit.finished));
    let (known, asked, spared) = (total(known), total(asked), total(|unit| unit.confirmed));
    let units = figures.units.len() as u64;
    view! {
        <dl class="statgrid">
            <Stat
                label=t("staff.municipality.finished") value=percent(finished, children).to_string() unit="%"
                note=t_with("staff.municipality.of", &[("n", &number(finished)), ("all", &number(children))])
            />
            <Stat
                label=t("staff.municipality.known") value=percent(known, asked).to_string() unit="%"
                note=t_count("staff.municipality.spared", spared, &[])
            />
            <Stat
                label=t("staff.municipality.children") value=number(children)
                note=t("staff.municipality.children-note")
            />
            <Stat
                label=t("staff.municipality.units") value=number(units)
                note=t_with("staff.municipality.units-done", &[("n", &number(done_units(&figures.units)))])
            />
        </dl>
        <Trend days=figures.days/>
        <UnitTable units=figures.units/>
    }
}

fn done_units(units: &[UnitFigures]) -> u64 {
    units.iter().filter(|unit| unit.children > 0 && unit.finished == unit.children).count() as u64
}

#[component]
fn Trend(days: Vec<DayOut>) -> impl IntoView {
    let Some(best) = days.iter().max_by_key(|day| day.submissions).cloned() else {
        return view! { <p class="soft">{t("staff.municipality.no-days")}</p> }.into_any();
    };
    let values = [("day", date(best.day)), ("n", number(u64::from(best.submissions)))];
    let label = t_with("staff.municipality.trend-label", &[("day", &values[0].1), ("n", &values[1].1)]);
    let last = days.len() - 1;
    let step = days.len().div_ceil(6);
    let bars = days.iter().enumerate().map(|(at, day)| Bar {
        // First, last and a few between, none close to the last.
        label: if at == last || (at % step == 0 && at + step / 2 < last) { day_and_month(day.day) } else { String::new() },
        value: u64::from(day.submissions),
    });
    let bars: Vec<Bar> = bars.collect();
    let row = |day: &DayOut| view! {
        <tr class="table__row">
            <th scope="row">{date(day.day)}</th>
            <td class="table__num">{number(u64::from(day.submissions))}</td>
        </tr>
    };
    view! {
        <figure class="chart card">
            <figcaption class="chart__caption">{t("staff.municipality.trend")}<small>{label.clone()}</small></figcaption>
            <BarChart bars label write=number/>
            <details>
                <summary>{t("staff.municipality.trend-table")}</summary>
                <table class="table table--dense">
                    <thead><tr>
                        <th scope="col">{t("staff.municipality.day")}</th>
                        <th scope="col" class="table__num">{t("staff.municipality.answers")}</th>
                    </tr></thead>
                    <tbody>{days.iter().map(row).collect_view()}</tbody>
                </table>
            </details>
        </figure>
    }
    .into_any()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Name,
    Children,
    Answered,
    Known,
}

#[component]
fn UnitTable(units: Vec<UnitFigures>) -> impl IntoView {
    let sorted_by = RwSignal::new((Column::Name, false));
    let units = StoredValue::new(units);
    let head = move |column: Column, label: String, class: &'static str| {
        let order = Signal::derive(move || match sorted_by.get() {
            (by, false) if by == column => SortOrder::Ascending,
            (by, true) if by == column => SortOrder::Descending,
            _ => SortOrder::Not,
        });
        let sort = move || sorted_by.update(|(by, down)| (*by, *down) = (column, *by == column && !*down));
        view! { <SortHead label order sort class/> }
    };
    let rows = move || {
        let mut sorted = units.get_value();
        sort(&mut sorted, sorted_by.get());
        sorted.into_iter().map(unit_row).collect_view()
    };
    view! {
        <h2 id="all-units">{t("staff.municipality.all-units")}</h2>
        <div class="tablewrap" tabindex="0" role="region" aria-labelledby="all-units">
            <table class="table">
                <thead><tr>
                    {head(Column::Name, t("staff.municipality.unit"), "")}
                    {head(Column::Children, t("staff.municipality.children"), "table__num")}
                    {head(Column::Answered, t("staff.municipality.finished"), "table__share")}
                    <th><span class="visually-hidden">{t("staff.municipality.as-bar")}</span></th>
                    {head(Column::Known, t("staff.municipality.known"), "table__share")}
                    <th><span class="visually-hidden">{t("staff.municipality.as-bar")}</span></th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn sort(units: &mut [UnitFigures], (column, descending): (Column, bool)) {
    units.sort_by_cached_key(|unit| order_key(&unit.name));
    match column {
        Column::Name => {}
        Column::Children => units.sort_by_key(|unit| unit.children),
        Column::Answered => units.sort_by_key(|unit| percent(unit.finished.into(), unit.children.into())),
        Column::Known => units.sort_by_key(|unit| percent(known(unit), asked(unit))),
    }
    if descending {
        units.reverse();
    }
}

fn unit_row(unit: UnitFigures) -> impl IntoView {
    let answered = percent(unit.finished.into(), unit.children.into());
    let known = percent(known(&unit), asked(&unit));
    let share = |percent: u64| t_with("staff.percent", &[("n", &percent.to_string())]);
    view! {
        <tr class="table__row">
            <th scope="row">{unit.name}</th>
            <td class="table__num">{number(unit.children.into())}</td>
            <td class="table__num">{share(answered)}</td>
            <td><ShareBar percent=answered/></td>
            <td class="table__num">{share(known)}</td>
            <td><ShareBar percent=known known=true/></td>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(name: &str, children: u32, finished: u32, new: u64) -> UnitFigures {
        UnitFigures {
            id: "00000000-0000-0000-0000-00000000000a".parse().unwrap(),
            name: name.to_owned(),
            children,
            finished,
            acts: Vec::new(),
            confirmed: 8,
            changed: 2,
            new,
        }
    }

    #[test]
    fn sorts_units_by_each_column() {
        let mut units = [unit("Öskolan", 10, 9, 0), unit("Åskolan", 30, 3, 10), unit("Zetas", 20, 20, 30)];
        let mut by = |column, descending| {
            sort(&mut units, (column, descending));
            units.iter().map(|unit| unit.name.clone()).collect::<Vec<_>>()
        };
        assert_eq!(by(Column::Name, false), ["Zetas", "Åskolan", "Öskolan"]);
        assert_eq!(by(Column::Children, true), ["Åskolan", "Zetas", "Öskolan"]);
        assert_eq!(by(Column::Answered, false), ["Åskolan", "Öskolan", "Zetas"]);
        assert_eq!(by(Column::Known, false), ["Zetas", "Åskolan", "Öskolan"]);
    }
}
