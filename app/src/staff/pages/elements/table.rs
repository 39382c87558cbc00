//! The catalogue as a table that sorts and is searched.

use super::page::Desk;
use super::words;
use crate::i18n::{number, t};
use crate::router::Link;
use crate::staff::list::{order_key, search_key};
use crate::staff::routes::Route;
use crate::ui::{SortHead, SortOrder};
use leptos::prelude::*;
use skolstart_shared::api::ElementLine;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Name,
    Sensitivity,
    Holds,
    Digital,
    Paper,
}

#[component]
pub(super) fn ElementTable(desk: Desk) -> impl IntoView {
    let sorted_by = RwSignal::new((Column::Name, false));
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
        let lines = desk.catalogue.with(|found| found.ready().map(|found| found.elements.clone()));
        let mut lines = lines.unwrap_or_default();
        let wanted = search_key(&desk.search.get());
        lines.retain(|line| matches(line, &wanted));
        sort(&mut lines, sorted_by.get());
        if lines.is_empty() {
            return view! { <tr><td colspan="6"><p class="soft">{t("staff.elements.none")}</p></td></tr> }
                .into_any();
        }
        let chosen = desk.chosen.get();
        lines.into_iter().map(|line| row(line, chosen.as_deref())).collect_view().into_any()
    };
    view! {
        <div class="tablewrap tablewrap--beside" tabindex="0" role="region" aria-label=t("staff.elements.title")>
            <table class="table table--dense">
                <thead><tr>
                    {head(Column::Name, t("staff.element.title-one"), "")}
                    <th scope="col">{t("staff.element.about")}</th>
                    {head(Column::Sensitivity, t("staff.element.sensitivity"), "")}
                    {head(Column::Holds, t("staff.element.holds"), "")}
                    {head(Column::Digital, t("staff.element.digital"), "table__num")}
                    {head(Column::Paper, t("staff.element.paper"), "table__num")}
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn matches(line: &ElementLine, wanted: &str) -> bool {
    wanted.is_empty()
        || search_key(&line.name).contains(wanted)
        || line.element.key.as_str().contains(wanted)
        || line.fields.iter().any(|used| search_key(&used.field).contains(wanted))
}

fn sort(lines: &mut [ElementLine], (column, descending): (Column, bool)) {
    lines.sort_by_cached_key(|line| order_key(&line.name));
    match column {
        Column::Name => {}
        Column::Sensitivity => lines.sort_by_key(|line| std::cmp::Reverse(line.element.sensitivity)),
        Column::Holds => lines.sort_by_key(|line| line.element.holds_days.unwrap_or(u16::MAX)),
        Column::Digital => lines.sort_by_key(|line| std::cmp::Reverse(line.fields.len())),
        Column::Paper => lines.sort_by_key(|line| std::cmp::Reverse(line.paper.len())),
    }
    if descending {
        lines.reverse();
    }
}

fn row(line: ElementLine, chosen: Option<&str>) -> impl IntoView + use<> {
    let key = line.element.key.0.clone();
    let selected = chosen == Some(key.as_str());
    let to = Route::Elements(Some(key));
    view! {
        <tr class="table__row" data-selected=selected.then_some("")>
            <th scope="row"><Link<Route> to=to class="table__name">{line.name}</Link<Route>></th>
            <td>{words::subject(line.element.subject)}</td>
            <td>{words::sensitivity(line.element.sensitivity)}</td>
            <td>{words::holds(line.element.holds_days)}</td>
            <td class="table__num">{number(line.fields.len() as u64)}</td>
            <td class="table__num">{number(line.paper.len() as u64)}</td>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(key: &str, name: &str, sensitivity: &str, days: &str) -> ElementLine {
        let element = format!(
            r#"{{"key":"{key}","subject":"child","sensitivity":"{sensitivity}","holds-days":{days},"merge":"latest",
                "sharing":"guardians","retention":"r"}}"#
        );
        let element = serde_json::from_str(&element).unwrap();
        ElementLine { element, name: name.into(), version: 1, fields: vec![], paper: vec![], calling: false }
    }

    #[test]
    fn sorts_and_searches() {
        let mut lines =
            [line("child.b", "Ätbart", "health", "30"), line("child.a", "Adress", "contact", "null")];
        let mut by = |column, down| {
            sort(&mut lines, (column, down));
            lines.iter().map(|line| line.name.clone()).collect::<Vec<_>>()
        };
        assert_eq!(by(Column::Name, false), ["Adress", "Ätbart"]);
        assert_eq!(by(Column::Sensitivity, false), ["Ätbart", "Adress"]);
        assert_eq!(by(Column::Holds, true), ["Adress", "Ätbart"]);
        let one = line("child.b", "Ätbart", "health", "30");
        assert!(matches(&one, "atb") && matches(&one, "child.b") && matches(&one, "") && !matches(&one, "x"));
    }
}
