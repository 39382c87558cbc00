//! Collects how each step went and prints the summary. Called by `parts` and `drill`. Must not: decide what is run.

use crate::process::spoken;
use anyhow::Result;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// How a step ended when it did not fail.
pub(crate) enum Done {
    /// It ran and holds.
    Passed,
    /// There is nothing to run yet, and why.
    Nothing(&'static str),
}

enum Ended {
    Passed,
    Failed,
    Nothing(&'static str),
}

/// The steps of one run, in order.
#[derive(Default)]
pub(crate) struct Report {
    steps: Vec<(&'static str, Ended, Duration)>,
}

impl Report {
    /// Runs a step, keeps how it went, and says so at once when it failed. Returns whether later steps can build on it.
    pub(crate) fn step(&mut self, name: &'static str, work: impl FnOnce() -> Result<Done>) -> bool {
        println!("\n== {name}");
        let start = Instant::now();
        let ended = match work() {
            Ok(Done::Passed) => Ended::Passed,
            Ok(Done::Nothing(why)) => {
                println!("{why}");
                Ended::Nothing(why)
            }
            Err(error) => {
                eprintln!("failed: {error:#}");
                Ended::Failed
            }
        };
        let good = !matches!(ended, Ended::Failed);
        self.steps.push((name, ended, start.elapsed()));
        good
    }

    /// Prints the table and, as the last line, `N passed, M failed`.
    pub(crate) fn finish(self) -> ExitCode {
        println!("\n== summary");
        for (name, ended, time) in &self.steps {
            let word = match ended {
                Ended::Passed => "ok",
                Ended::Failed => "FAILED",
                Ended::Nothing(why) => why,
            };
            println!("{name:<36} {:>14}  {word}", spoken(*time));
        }
        let failed = self.steps.iter().filter(|(_, ended, _)| matches!(ended, Ended::Failed)).count();
        let passed = self.steps.iter().filter(|(_, ended, _)| matches!(ended, Ended::Passed)).count();
        println!("{passed} passed, {failed} failed");
        if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}
