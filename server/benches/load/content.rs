//! What the submissions of a workload hold on average: without it a rate says nothing.

use crate::load::Filled;
use anyhow::Result;
use serde_json::{Value, json};

/// Sums over all submissions.
#[derive(Default)]
pub(crate) struct Content {
    pub(crate) sent: usize,
    pub(crate) bytes: usize,
    acts: usize,
    facts: usize,
    decisions: usize,
}

impl Content {
    pub(crate) fn take(&mut self, filled: &Filled) -> Result<()> {
        self.sent += 1;
        self.bytes += filled.content.canonical_bytes()?.len();
        self.acts += filled.content.acts.len();
        self.facts += filled.facts;
        self.decisions += filled.decisions;
        Ok(())
    }

    pub(crate) fn averages(&self) -> Value {
        let average = |sum: usize| sum as f64 / self.sent.max(1) as f64;
        json!({
            "bytes": average(self.bytes), "acts": average(self.acts), "facts": average(self.facts),
            "decisions": average(self.decisions), "submissions": self.sent,
        })
    }
}
