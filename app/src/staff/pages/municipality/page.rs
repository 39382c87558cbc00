//! The page: figures of the whole, then each part.

use super::acts::Acts;
use super::trend::Trend;
use super::units::UnitTable;
use crate::i18n::{date, number, percent, t, t_count, t_with};
use crate::router::page_title;
use crate::staff::pages::inventory::SavedStats;
use crate::staff::words;
use crate::state::{Remote, fetch_into};
use crate::ui::{Empty, Stat, TableSkeleton};
use leptos::prelude::*;
use skolstart_shared::api::{
    GetMunicipality, GetRoundFigures, MunicipalityOut, Nothing, Numbers, RoundChoice, UnitFigures,
};
use skolstart_shared::id::RoundId;

/// The figures of all units.
#[component]
pub(crate) fn MunicipalityPage() -> impl IntoView {
    let figures = RwSignal::new(Remote::Loading);
    let chosen = RwSignal::new(None);
    let ask = move || match chosen.get_untracked() {
        Some(round) => fetch_into::<GetRoundFigures>(figures, round, Nothing {}),
        None => fetch_into::<GetMunicipality>(figures, (), Nothing {}),
    };
    ask();
    // The list stays while other figures are on their way, and so does the focus in it.
    let rounds = RwSignal::new((Vec::new(), None));
    Effect::new(move |_| {
        figures.with(|figures| {
            let Some(figures) = figures.ready() else { return };
            let new = (figures.rounds.clone(), figures.chosen);
            if rounds.with_untracked(|old| *old != new) {
                rounds.set(new);
            }
        });
    });
    let choose = move |event| {
        chosen.set(event_target_value(&event).parse::<RoundId>().ok());
        ask();
    };
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
        {move || rounds.with(|(all, now)| (all.len() > 1).then(|| picker(all, *now, choose)))}
        {body}
    }
}

/// Which round the figures are about.
fn picker(
    rounds: &[RoundChoice],
    now: Option<RoundId>,
    choose: impl Fn(leptos::ev::Event) + 'static,
) -> AnyView {
    let options = rounds.iter().map(|round| {
        let day = date(round.opens);
        let words = t_with("staff.municipality.round-line", &[("round", &round.title), ("day", &day)]);
        view! { <option value=round.id.to_string() selected=now == Some(round.id)>{words}</option> }
    });
    view! {
        <div class="field no-print">
            <label class="field__label" for="figures-round">{t("staff.municipality.round")}</label>
            <select class="input" id="figures-round" on:change=choose>{options.collect_view()}</select>
        </div>
    }
    .into_any()
}

#[component]
fn Figures(figures: MunicipalityOut) -> impl IntoView {
    let children: u64 = figures.units.iter().map(|unit| u64::from(unit.children)).sum();
    let finished = figures.finished.done.map(u64::from);
    let share =
        finished.map_or_else(|| t("staff.municipality.few"), |done| percent(done, children).to_string());
    let of = finished
        .map(|done| t_with("staff.municipality.of", &[("n", &number(done)), ("all", &number(children))]));
    let Numbers { confirmed, changed, new, saved } = figures.numbers;
    let known = percent(confirmed + changed, confirmed + changed + new);
    let units = figures.units.len() as u64;
    let acts = figures.columns.into_iter().map(|column| column.title).zip(figures.acts).collect();
    view! {
        <dl class="statgrid">
            <Stat
                label=t("staff.municipality.finished") value=share unit=if finished.is_some() { "%" } else { "" }
                note=of.unwrap_or_else(|| t("staff.municipality.few-done"))
            />
            <Stat
                label=t("staff.municipality.known") value=known.to_string() unit="%"
                note=t_count("staff.municipality.spared", confirmed, &[])
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
        <SavedStats confirmed changed new saved/>
        <p class="soft">{t("staff.municipality.few-note")}</p>
        <UnitTable units=figures.units/>
    }
}

fn done_units(units: &[UnitFigures]) -> u64 {
    let is_done = |unit: &&UnitFigures| {
        unit.children > 0 && unit.answers.is_some_and(|answers| answers.finished == unit.children)
    };
    units.iter().filter(is_done).count() as u64
}
