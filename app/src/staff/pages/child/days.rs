//! A schedule day by day, for those who plan the next weeks: what stands each day, and which are public holidays. Breaks are each
//! municipality's own and not known here.

use crate::fields::schedule_times;
use crate::i18n::{date, t, t_with, weekday};
use crate::state::clock;
use leptos::prelude::*;
use skolstart_shared::Date;
use skolstart_shared::fact::{Schedule, Value};
use skolstart_shared::school::holiday;

/// So many days from today.
const DAYS: i32 = 14;

/// The days of a value that is a schedule, folded away. Nothing of other values.
pub(super) fn days(value: Option<&Value>) -> impl IntoView + use<> {
    let lines = match value {
        Some(Value::Schedule(schedule)) => {
            let today = clock::today();
            (0..DAYS).filter_map(|at| line(schedule, today.add_days(at))).collect()
        }
        _ => Vec::new(),
    };
    (!lines.is_empty()).then(|| {
        let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! {
            <details>
                <summary>{t("staff.schedule.days")}</summary>
                <ul class="small">{lines}</ul>
            </details>
        }
    })
}

/// "torsdag 14 maj 2026: helgdag, Kristi himmelsfärdsdag (enligt schemat 07.30–16.00)". A day on which nothing stands, and that is
/// no holiday, is left out.
fn line(schedule: &Schedule, day: Date) -> Option<String> {
    let times = schedule.on(day).filter(|times| !times.is_empty()).map(schedule_times);
    let said = match (holiday(day), times) {
        (Some(holiday), times) => {
            let name = t(&["holiday.", holiday.as_str()].concat());
            match times {
                Some(times) => t_with("staff.schedule.holiday-but", &[("name", &name), ("times", &times)]),
                None => t_with("staff.schedule.holiday", &[("name", &name)]),
            }
        }
        (None, times) => times?,
    };
    Some([weekday(day.weekday().number()).as_str(), " ", &date(day), ": ", &said].concat())
}
