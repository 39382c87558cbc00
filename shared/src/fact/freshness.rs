use super::element::Element;
use super::snapshot::Entry;
use crate::date::{Date, Timestamp};
use serde::{Deserialize, Serialize};

/// Whether a value can stand without being asked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Freshness {
    /// Known, and confirmed lately enough.
    Known,
    /// Known, but to be confirmed again.
    Stale,
    /// Not known.
    Missing,
    /// Sources say different things: to be asked. See [`Snapshot::alternatives`](super::Snapshot::alternatives).
    Contradicted,
}

/// How fresh the value of an element is on `today`.
pub fn freshness(element: &Element, entry: Option<&Entry>, today: Date) -> Freshness {
    let Some(entry) = entry else { return Freshness::Missing };
    match element.holds_days {
        Some(days) if confirmed_on(entry.confirmed).add_days(i32::from(days)) < today => Freshness::Stale,
        _ => Freshness::Known,
    }
}

// The day in UTC: at most two hours off in Sweden, and a confirmation holds for months.
fn confirmed_on(at: Timestamp) -> Date {
    at.date_utc()
}
