//! How much is done: a line that a pencil draws, and a bar for table cells.

use super::element::{El, el};
use leptos::prelude::*;

/// The pencil line: 0 to 100, and what it says in words ("23 av 30 uppgifter är klara").
pub fn progress(percent: u64, label: &str) -> El {
    let value = percent.min(100).to_string();
    let rail = El::svg("path", "progress__rail").attr("d", "M1 18.5H299");
    let drawn = El::svg("path", "progress__drawn")
        .attr("pathLength", "100")
        .attr("stroke-dasharray", &[&value, " 200"].concat())
        .attr("d", "M1 18.6c30-1.2 55 .9 90-.1s62 1 98-.2 70 .8 110 .2");
    let lines = El::svg("svg", "")
        .attr("viewBox", "0 0 300 24")
        .attr("preserveAspectRatio", "none")
        .attr("width", "100%")
        .attr("height", "24")
        .with(rail)
        .with(drawn);
    let pencil = El::svg("svg", "progress__pencil")
        .attr("x", &[&value, "%"].concat())
        .attr("width", "24")
        .attr("height", "24")
        .with(El::svg("use", "").attr("href", "/icons.svg#draw-pencil-tip"));
    let line = El::svg("svg", "progress__line").attr("aria-hidden", "true").with(lines).with(pencil);
    el("div", if percent >= 100 { "progress progress--done" } else { "progress" })
        .attr("role", "progressbar")
        .attr("aria-valuenow", &value)
        .attr("aria-valuemin", "0")
        .attr("aria-valuemax", "100")
        .attr("aria-label", label)
        .with(line)
}

/// A bar in a table cell. The number stands in the cell beside it.
#[component]
pub fn ShareBar(
    /// 0 to 100.
    percent: u64,
    /// The colour of what was known beforehand instead of what is answered.
    #[prop(optional)]
    known: bool,
) -> impl IntoView {
    let class = if known { "sharebar__fill sharebar__fill--known" } else { "sharebar__fill" };
    view! {
        <svg class="sharebar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
            <rect class="sharebar__rail" width="100" height="8"/>
            <rect class=class width=percent.min(100).to_string() height="8"/>
        </svg>
    }
}
