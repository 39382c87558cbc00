//! When sources say different things. Derived from a snapshot, never stored: resolving one is giving an answer like any
//! other.
//!
//! A value is *settled* by whoever answered later and could see it: anybody about what the register said, staff (who act on
//! evidence) about everything. One guardian's answer never settles another's. Values given side by side
//! ([`Merge::Union`]) do not contradict each other: staff see all of them. Only a register that has come to say something else than
//! somebody said before is asked about, of whoever said it.

use super::element::{Element, Merge};
use super::freshness::{Freshness, freshness};
use super::snapshot::{Entry, Snapshot, Source};
use crate::date::Date;
use crate::id::PersonId;

impl Snapshot {
    /// What `viewer` has to choose between beside the value that she is shown as known; the most trusted source first.
    /// Empty: nothing contradicts it. Another guardian's value is among them only when the element is shared.
    pub fn alternatives(&self, element: &Element, viewer: PersonId, today: Date) -> Vec<&Entry> {
        let Some(known) = self.known_to(element, viewer) else { return Vec::new() };
        let mut visible = self.visible_to(element, viewer);
        if element.merge == Merge::Union {
            visible.retain(|entry| entry.by == Some(viewer) || entry.source == Source::Register);
        }
        let own = visible.iter().find(|entry| entry.by == Some(viewer)).map(|entry| entry.confirmed);
        // What was there when she last answered she has seen, and answered as she did.
        let unseen = |entry: &&Entry| entry.by == Some(viewer) || own.is_none_or(|own| entry.since > own);
        let mut left = unsettled(&visible, element, today);
        left.retain(unseen);
        if distinct(&left) < 2 {
            return Vec::new();
        }
        in_order(left, element, Some(known))
    }

    /// The values that contradict each other, for staff; the most trusted source first. Empty: nothing does.
    pub fn disputed(&self, element: &Element, today: Date) -> Vec<&Entry> {
        if element.merge == Merge::Union {
            return Vec::new();
        }
        let all: Vec<&Entry> = self.entries.get(&element.key).into_iter().flatten().collect();
        let left = unsettled(&all, element, today);
        if distinct(&left) < 2 { Vec::new() } else { in_order(left, element, None) }
    }
}

fn unsettled<'a>(entries: &[&'a Entry], element: &Element, today: Date) -> Vec<&'a Entry> {
    let holds = |entry: &Entry| freshness(element, Some(entry), today) == Freshness::Known;
    let settled = |entry: &Entry| entries.iter().any(|by| settles(by, entry));
    let said = entries.iter().copied().filter(|entry| !entry.value.is_empty());
    said.filter(|entry| holds(entry) && !settled(entry)).collect()
}

fn settles(by: &Entry, entry: &Entry) -> bool {
    let may = match by.source {
        Source::Register => false,
        Source::Guardian => entry.source == Source::Register,
        Source::Staff => true,
    };
    may && by.value != entry.value && entry.since <= by.confirmed
}

fn distinct(entries: &[&Entry]) -> usize {
    let is_first = |at: usize| entries[..at].iter().all(|other| other.value != entries[at].value);
    (0..entries.len()).filter(|at| is_first(*at)).count()
}

/// One entry per value, without the value that is known already.
fn in_order<'a>(mut entries: Vec<&'a Entry>, element: &Element, known: Option<&Entry>) -> Vec<&'a Entry> {
    let mut kept: Vec<&Entry> = Vec::new();
    while !entries.is_empty() {
        // Not a sort: each sort is kilobytes in the download.
        let rank = |entry: &Entry| (std::cmp::Reverse(element.trust(entry.source)), entry.confirmed);
        let best = (0..entries.len()).max_by_key(|at| rank(entries[*at])).unwrap_or(0);
        let entry = entries.remove(best);
        let is_known = known.is_some_and(|known| known.value == entry.value);
        if !is_known && kept.iter().all(|other| other.value != entry.value) {
            kept.push(entry);
        }
    }
    kept
}
