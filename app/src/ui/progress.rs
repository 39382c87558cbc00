//! How much is done: a line that a pencil draws, and a bar for table cells.

use leptos::prelude::*;

/// The pencil line.
#[component]
pub fn Progress(
    /// 0 to 100.
    percent: u64,
    /// What it says in words: "23 av 30 uppgifter är klara".
    label: String,
) -> impl IntoView {
    let value = percent.min(100).to_string();
    let (end, dashes) = ([&value, "%"].concat(), [&value, " 200"].concat());
    let class = if percent >= 100 { "progress progress--done" } else { "progress" };
    view! {
        <div class=class role="progressbar" aria-valuenow=value aria-valuemin="0" aria-valuemax="100" aria-label=label>
            <svg class="progress__line" aria-hidden="true">
                <svg viewBox="0 0 300 24" preserveAspectRatio="none" width="100%" height="24">
                    <path class="progress__rail" d="M1 18.5H299"/>
                    <path
                        class="progress__drawn" pathLength="100" stroke-dasharray=dashes
                        d="M1 18.6c30-1.2 55 .9 90-.1s62 1 98-.2 70 .8 110 .2"
                    />
                </svg>
                <svg class="progress__pencil" x=end width="24" height="24">
                    <use href="/icons.svg#draw-pencil-tip"/>
                </svg>
            </svg>
        </div>
    }
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
