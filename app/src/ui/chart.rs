//! Bars day by day as SVG. Geometry is whole numbers in attributes, so the page needs no style attribute and the
//! program no floats. The caller puts a table with the same figures beside it.

use leptos::prelude::*;

const LEFT: u64 = 54;
const RIGHT: u64 = 630;
const TOP: u64 = 24;
const BOTTOM: u64 = 190;

/// One bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// What stands under it; empty for most, so that the labels do not run into each other.
    pub label: String,
    /// How high it is.
    pub value: u64,
}

/// Where the bars and the lines stand.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Scale {
    /// The value of the highest line, at least 1.
    top: u64,
    /// From the left edge of one bar to that of the next.
    step: u64,
    /// How wide a bar is.
    width: u64,
}

impl Scale {
    fn of(values: impl Iterator<Item = u64> + Clone) -> Self {
        let (most, count) = (values.clone().max().unwrap_or(0), values.count().max(1) as u64);
        let step = ((RIGHT - LEFT) / count).clamp(1, 64);
        Self { top: round_up(most), step, width: (step * 7 / 10).max(1) }
    }

    fn height(&self, value: u64) -> u64 {
        let height = value.saturating_mul(BOTTOM - TOP) / self.top;
        // A day with one answer among thousands is still seen.
        if value > 0 { height.max(2) } else { 0 }
    }
}

/// The next 2, 4, 6, 8 or 10 times a power of ten, so that half of it is a whole number too.
fn round_up(most: u64) -> u64 {
    let mut unit = 1;
    while most > unit * 10 {
        unit *= 10;
    }
    [2, 4, 6, 8, 10].into_iter().map(|step| step * unit).find(|top| *top >= most).unwrap_or(10 * unit)
}

/// A chart of bars. The last bar is today's and stands out.
#[component]
pub fn BarChart(
    /// The bars, in order.
    bars: Vec<Bar>,
    /// The chart in one sentence.
    #[prop(into)]
    label: String,
    /// How a number is written.
    write: fn(u64) -> String,
) -> impl IntoView {
    let scale = Scale::of(bars.iter().map(|bar| bar.value));
    let lines = [0, scale.top / 2, scale.top].map(|value| {
        let y = BOTTOM - scale.height(value).min(BOTTOM - TOP);
        let path = ["M", &LEFT.to_string(), " ", &y.to_string(), "H", &RIGHT.to_string()].concat();
        view! {
            <path class="chart__grid" d=path/>
            <text class="chart__label" x=(LEFT - 10).to_string() y=(y + 5).to_string() text-anchor="end">{write(value)}</text>
        }
    });
    let last = bars.len().saturating_sub(1);
    let columns: Vec<_> =
        bars.into_iter().enumerate().map(|(at, bar)| column(&scale, at, at == last, bar)).collect();
    view! {
        <svg class="chart__svg" viewBox="0 0 640 220" role="img" aria-label=label>
            {lines.into_iter().collect_view()}
            {columns}
        </svg>
    }
}

fn column(scale: &Scale, at: usize, now: bool, bar: Bar) -> impl IntoView + use<> {
    let x = LEFT + 6 + at as u64 * scale.step;
    let height = scale.height(bar.value);
    let class = if now { "chart__bar chart__bar--now" } else { "chart__bar" };
    view! {
        <rect
            class=class x=x.to_string() y=(BOTTOM - height).to_string()
            width=scale.width.to_string() height=height.to_string() rx="3"
        />
        <text class="chart__label" x=(x + scale.width / 2).to_string() y="214" text-anchor="middle">{bar.label}</text>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_line_is_round_and_not_below_any_bar() {
        for (most, top) in
            [(0, 2), (1, 2), (2, 2), (3, 4), (7, 8), (10, 10), (11, 20), (530, 600), (7001, 8000)]
        {
            assert_eq!(round_up(most), top, "{most}");
        }
    }

    #[test]
    fn bars_stay_inside_the_chart() {
        for count in [1_u64, 15, 120, 400] {
            let scale = Scale::of((0..count).map(|_| 530));
            assert!(LEFT + (count - 1) * scale.step + scale.width <= RIGHT, "{count}");
            assert!(scale.height(530) <= BOTTOM - TOP);
            assert_eq!(scale.height(0), 0);
        }
        let scale = Scale::of([1, 9000].into_iter());
        assert_eq!(scale.height(1), 2);
    }
}
