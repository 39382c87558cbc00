//! The inventory in figures and as a table that sorts.

use super::figures::hours;
use super::page::Desk;
use crate::i18n::{number, t, t_count, t_with};
use crate::router::Link;
use crate::staff::list::order_key;
use crate::staff::routes::Route;
use crate::ui::{SortHead, SortOrder, Stat, Status, StatusKind};
use leptos::prelude::*;
use skolstart_shared::api::PaperFormLine;
use skolstart_shared::inventory::PaperForm;

/// What a form costs in a year: copies times sheets or minutes. What is not known is not counted.
fn per_year(form: &PaperForm, each: Option<u32>) -> u64 {
    u64::from(form.copies_per_year.unwrap_or(0)) * u64::from(each.unwrap_or(0))
}

fn minutes(form: &PaperForm) -> u64 {
    per_year(form, form.minutes_fill) + per_year(form, form.minutes_handle)
}

fn forms(desk: Desk) -> Vec<PaperFormLine> {
    desk.inventory.with(|inventory| inventory.ready().map(|found| found.forms.clone())).unwrap_or_default()
}

#[component]
pub(super) fn Totals(desk: Desk) -> impl IntoView {
    move || {
        let forms = forms(desk);
        let sum = |of: &dyn Fn(&PaperForm) -> u64| forms.iter().map(|line| of(&line.form)).sum::<u64>();
        let left = forms.iter().filter(|line| line.form.replaced_by.is_none()).count();
        let replaced = (forms.len() - left) as u64;
        let sheets = sum(&|form| per_year(form, form.sheets));
        let guess = forms.iter().any(|line| line.form.estimated);
        let note = if guess { t("staff.forms.estimated-note") } else { t("staff.forms.counted-note") };
        view! {
            <dl class="statgrid">
                <Stat label=t("staff.forms.count") value=number(forms.len() as u64) note=t_count("staff.forms.replaced-count", replaced, &[])/>
                <Stat label=t("staff.forms.copies") value=number(sum(&|form| form.copies_per_year.unwrap_or(0).into())) note=t("staff.forms.copies-note")/>
                <Stat label=t("staff.forms.sheets") value=number(sheets) note=note.clone()/>
                <Stat label=t("staff.forms.hours") value=hours(sum(&minutes)) note=note/>
            </dl>
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Name,
    Owner,
    Copies,
    Sheets,
    Hours,
    Asks,
}

#[component]
pub(super) fn FormTable(desk: Desk) -> impl IntoView {
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
        let mut lines = forms(desk);
        sort(&mut lines, sorted_by.get());
        if lines.is_empty() {
            return view! { <tr><td colspan="7"><p class="soft">{t("staff.forms.none")}</p></td></tr> }
                .into_any();
        }
        let chosen = desk.chosen.get();
        lines.into_iter().map(|line| row(line, chosen.as_deref())).collect_view().into_any()
    };
    view! {
        <div class="tablewrap tablewrap--beside" tabindex="0" role="region" aria-label=t("staff.forms.title")>
            <table class="table table--dense">
                <thead><tr>
                    {head(Column::Name, t("staff.form.one"), "")}
                    {head(Column::Owner, t("staff.form.owner"), "")}
                    {head(Column::Copies, t("staff.form.copies-short"), "table__num")}
                    {head(Column::Sheets, t("staff.form.sheets-year"), "table__num")}
                    {head(Column::Hours, t("staff.form.hours-year"), "table__num")}
                    {head(Column::Asks, t("staff.form.asks-short"), "table__num")}
                    <th scope="col">{t("staff.form.state")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn sort(lines: &mut [PaperFormLine], (column, descending): (Column, bool)) {
    lines.sort_by_cached_key(|line| order_key(&line.form.name));
    match column {
        Column::Name => {}
        Column::Owner => lines.sort_by_cached_key(|line| order_key(&line.form.owner)),
        Column::Copies => lines.sort_by_key(|line| std::cmp::Reverse(line.form.copies_per_year)),
        Column::Sheets => lines.sort_by_key(|line| std::cmp::Reverse(per_year(&line.form, line.form.sheets))),
        Column::Hours => lines.sort_by_key(|line| std::cmp::Reverse(minutes(&line.form))),
        Column::Asks => lines.sort_by_key(|line| std::cmp::Reverse(line.form.asks.len())),
    }
    if descending {
        lines.reverse();
    }
}

fn row(line: PaperFormLine, chosen: Option<&str>) -> impl IntoView + use<> {
    let form = line.form;
    let selected = chosen == Some(form.code.as_str());
    let (kind, word) = match form.replaced_on {
        _ if form.replaced_by.is_none() => (StatusKind::None, t("staff.form.on-paper")),
        Some(day) => {
            (StatusKind::Complete, t_with("staff.form.replaced-since", &[("day", &crate::i18n::date(day))]))
        }
        None => (StatusKind::Complete, t("staff.form.replaced")),
    };
    let (sheets, hours) = (number(per_year(&form, form.sheets)), hours(minutes(&form)));
    let copies = form.copies_per_year.map_or_else(|| "–".to_owned(), |copies| number(copies.into()));
    let asks = number(form.asks.len() as u64);
    let to = Route::Forms(Some(form.code));
    view! {
        <tr class="table__row" data-selected=selected.then_some("")>
            <th scope="row"><Link<Route> to=to class="table__name">{form.name}</Link<Route>></th>
            <td>{form.owner}</td>
            <td class="table__num">{copies}</td>
            <td class="table__num">{sheets}</td>
            <td class="table__num">{hours}</td>
            <td class="table__num">{asks}</td>
            <td><Status kind word bare=true/></td>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use skolstart_shared::Timestamp;

    fn line(name: &str, copies: u32, sheets: Option<u32>, fill: u32) -> PaperFormLine {
        let form = PaperForm {
            name: name.into(),
            copies_per_year: Some(copies),
            sheets,
            minutes_fill: Some(fill),
            ..PaperForm::default()
        };
        PaperFormLine { form, version: 1, changed: Timestamp::from_millis(0) }
    }

    #[test]
    fn counts_a_year_and_sorts_by_it() {
        let mut lines = [line("Ö", 10, Some(2), 1), line("A", 30, None, 9), line("B", 20, Some(3), 2)];
        assert_eq!(per_year(&lines[0].form, lines[0].form.sheets), 20);
        let mut by = |column, down| {
            sort(&mut lines, (column, down));
            lines.iter().map(|line| line.form.name.clone()).collect::<Vec<_>>()
        };
        assert_eq!(by(Column::Sheets, false), ["B", "Ö", "A"]);
        assert_eq!(by(Column::Hours, false), ["A", "B", "Ö"]);
        assert_eq!(by(Column::Name, true), ["Ö", "B", "A"]);
    }
}
