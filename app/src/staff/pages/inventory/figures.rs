//! What digital answers have saved, in figures and in words.

use crate::i18n::{number, t, t_count, t_with};
use crate::ui::Stat;
use leptos::prelude::*;
use skolstart_shared::inventory::Saved;

/// Minutes as whole hours, rounded down so that nothing is promised.
pub(super) fn hours(minutes: u64) -> String {
    number(minutes / 60)
}

/// How values stood to what was known, and what paper would have cost; with how it is counted.
#[component]
pub(in crate::staff::pages) fn SavedStats(
    /// Values confirmed with a tap.
    confirmed: u64,
    /// Values that were known and changed.
    changed: u64,
    /// Values asked anew.
    new: u64,
    /// What was saved.
    saved: Saved,
) -> impl IntoView {
    let guess = if saved.estimated { t("staff.numbers.estimated") } else { String::new() };
    let forms = t_count("staff.numbers.forms", saved.copies, &[]);
    let sheets = if guess.is_empty() { forms } else { [forms.as_str(), ", ", &guess].concat() };
    let minutes = t_with(
        "staff.numbers.hours-note",
        &[("home", &hours(saved.minutes_fill)), ("staff", &hours(saved.minutes_handle))],
    );
    view! {
        <section class="stack stack--tight">
            <h2>{t("staff.numbers.title")}</h2>
            <dl class="statgrid">
                <Stat label=t("staff.numbers.known") value=number(confirmed + changed) note=t("staff.numbers.known-note")/>
                <Stat label=t("staff.numbers.confirmed") value=number(confirmed) note=t("staff.numbers.confirmed-note")/>
                <Stat label=t("staff.numbers.changed") value=number(changed) note=t("staff.numbers.changed-note")/>
                <Stat label=t("staff.numbers.new") value=number(new) note=t("staff.numbers.new-note")/>
                <Stat label=t("staff.numbers.sheets") value=number(saved.sheets) note=sheets/>
                <Stat label=t("staff.numbers.hours") value=hours(saved.minutes_fill + saved.minutes_handle) note=minutes/>
            </dl>
            <details>
                <summary>{t("staff.numbers.how")}</summary>
                <p class="soft">{t("staff.numbers.how-values")}</p>
                <p class="soft">{t("staff.numbers.how-paper")}</p>
            </details>
        </section>
    }
}
