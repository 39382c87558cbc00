use super::leaving::NotEnded;
use crate::register::ss12000::{Rejected, Resource};
use crate::store::Change;
use std::collections::BTreeMap;
use std::fmt;
use uuid::Uuid;

/// How many records came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// Not there before.
    pub created: u64,
    /// There with another content.
    pub changed: u64,
    /// There with the same content; nothing was written.
    pub unchanged: u64,
    /// Left out.
    pub rejected: u64,
    /// There before and not named any more: ended, or marked as left.
    pub ended: u64,
}

impl Counts {
    pub(super) fn add(&mut self, change: Change) {
        match change {
            Change::Created => self.created += 1,
            Change::Changed => self.changed += 1,
            Change::Unchanged => self.unchanged += 1,
            Change::SameNumber => self.rejected += 1,
        }
    }
}

/// Counts by kind of record.
pub type Tally = BTreeMap<&'static str, Counts>;

/// What an import did. Names no person: records are told apart by file, place and id.
#[derive(Clone, Debug)]
pub struct ImportReport {
    /// The run, as in the audit trail.
    pub run: Uuid,
    /// Counts by kind of record.
    pub counts: Tally,
    /// Records that were left out, each with its reason.
    pub rejected: Vec<Rejected>,
    /// Parts that were left out of records that came in: members of a group whom nobody knows.
    pub left_out: Vec<Rejected>,
    /// Why nothing was ended, or of some kind nothing, although something may be.
    pub not_ended: Vec<NotEnded>,
}

impl ImportReport {
    pub(super) fn new(run: Uuid) -> Self {
        let counts = Resource::ALL.iter().map(|resource| (resource.name(), Counts::default())).collect();
        Self { run, counts, rejected: Vec::new(), left_out: Vec::new(), not_ended: Vec::new() }
    }

    /// The counts as JSON.
    pub(super) fn to_json(&self) -> String {
        serde_json::to_string(&self.counts).unwrap_or_else(|_| "{}".to_owned())
    }
}

impl fmt::Display for ImportReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let heading = ["created", "changed", "unchanged", "rejected", "ended"];
        let [created, changed, unchanged, rejected, ended] = heading;
        writeln!(f, "{:<15}{created:>9}{changed:>9}{unchanged:>11}{rejected:>10}{ended:>7}", "")?;
        for resource in Resource::ALL {
            let counts = self.counts.get(resource.name()).copied().unwrap_or_default();
            let Counts { created, changed, unchanged, rejected, ended } = counts;
            let name = resource.name();
            writeln!(f, "{name:<15}{created:>9}{changed:>9}{unchanged:>11}{rejected:>10}{ended:>7}")?;
        }
        self.not_ended.iter().try_for_each(|why| writeln!(f, "{why}"))?;
        self.rejected.iter().try_for_each(|rejected| writeln!(f, "rejected {rejected}"))?;
        self.left_out.iter().try_for_each(|part| writeln!(f, "left out {part}"))
    }
}
