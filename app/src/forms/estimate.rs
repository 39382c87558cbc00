//! How much is left and how long it takes. An estimate in whole minutes, rounded up: nobody is told less than it takes.

use skolstart_shared::api::{HomeOut, TaskOut};
use skolstart_shared::form::{ActKind, FormDefinition};
use skolstart_shared::id::PersonId;
use skolstart_shared::round::MyPart;

// Seconds: a tap on what is known, a question to think about and type, a yes or no to read and choose.
const KNOWN: u32 = 3;
const NEW: u32 = 15;
const CONSENT: u32 = 10;

/// What is left for somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// Acts to answer.
    pub acts: u32,
    /// Questions to be answered anew.
    pub new: u32,
    /// Questions whose answer is known.
    pub known: u32,
    /// How long it takes, in seconds.
    pub seconds: u32,
}

/// What is left of these tasks.
pub fn left<'a>(forms: &[FormDefinition], tasks: impl Iterator<Item = &'a TaskOut>) -> Left {
    let mut sum = Left::default();
    for task in tasks.filter(|task| task.mine == MyPart::ToDo) {
        let act =
            forms.iter().find(|form| form.reference() == task.form).and_then(|form| form.act(&task.act));
        let each = if act.is_some_and(|act| act.kind == ActKind::Consent) { CONSENT } else { NEW };
        let (known, new) = (u32::from(task.progress.known), u32::from(task.progress.new));
        sum.acts += 1;
        sum.known += known;
        sum.new += new;
        sum.seconds += known * KNOWN + new * each;
    }
    sum
}

/// Whole minutes, at least one.
pub fn minutes(seconds: u32) -> u32 {
    seconds.div_ceil(60).max(1)
}

/// How much of what the round asks about a child needs no more thought, 0 to 100: answered acts and known values count.
pub fn percent(home: &HomeOut, child: PersonId) -> u32 {
    let (mut done, mut all) = (0, 0);
    // What stands beside the round is no part of it.
    let is_asked = |task: &TaskOut| {
        task.mine != MyPart::MayDo && home.begun.iter().all(|form| form.key != task.form.key)
    };
    for task in home.tasks.iter().filter(|task| task.child == Some(child) && is_asked(task)) {
        let (known, new) = (u32::from(task.progress.known), u32::from(task.progress.new));
        let questions = (known + new).max(1);
        all += questions;
        done += if task.mine == MyPart::ToDo { known } else { questions };
    }
    (done * 100).checked_div(all).unwrap_or(100)
}
