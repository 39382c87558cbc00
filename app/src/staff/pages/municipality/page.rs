//! The page: figures of the whole, then each part.

use super::acts::{Acts, act_totals};
use super::trend::Trend;
use super::units::{UnitTable, asked, known};
use crate::i18n::{date, number, percent, t, t_count, t_with};
use crate::router::page_title;
use crate::staff::pages::inventory::SavedStats;
use crate::staff::words;
use crate::state::{Remote, fetch_into};
use crate::ui::{Empty, Stat, TableSkeleton};
use leptos::prelude::*;
use skolstart_shared::api::{GetMunicipality, MunicipalityOut, Nothing, UnitFigures};
use skolstart_shared::inventory::Saved;

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
            let closes =
                figures.closes.map(|day| t_with("staff.municipality.closes", &[("day", &date(day))]));
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
    // The page for what is not there has a heading of its own.
    let is_nothing =
        move || figures.with(|figures| matches!(figures, Remote::Failed(failure) if failure.is_not_found()));
    view! {
        <header class="desk__head" hidden=is_nothing>
            <div class="pagehead"><p class="pagehead__over">{over}</p><h1>{t("staff.municipality.title")}</h1></div>
        </header>
        {body}
    }
}

#[component]
fn Figures(figures: MunicipalityOut) -> impl IntoView {
    let total = |of: fn(&UnitFigures) -> u64| figures.units.iter().map(of).sum::<u64>();
    let children = total(|unit| u64::from(unit.children));
    let finished = total(|unit| u64::from(unit.finished));
    let (known, asked, spared) = (total(known), total(asked), total(|unit| unit.confirmed));
    let (changed, new) = (total(|unit| unit.changed), total(|unit| unit.new));
    let mut saved = Saved::default();
    figures.units.iter().for_each(|unit| saved += unit.saved);
    let units = figures.units.len() as u64;
    let columns = figures.columns.into_iter().enumerate();
    let acts = columns.map(|(at, column)| (column.title, act_totals(&figures.units, at))).collect();
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
        <div class="columns">
            <Trend days=figures.days/>
            <Acts acts/>
        </div>
        <SavedStats confirmed=spared changed new saved/>
        <UnitTable units=figures.units/>
    }
}

fn done_units(units: &[UnitFigures]) -> u64 {
    units.iter().filter(|unit| unit.children > 0 && unit.finished == unit.children).count() as u64
}
