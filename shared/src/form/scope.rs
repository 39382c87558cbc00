//! Where a condition or a calculation looks for answers: in its own row first, then in what is around it.

use super::answers::Answers;
use super::condition::Setting;
use super::field::FieldKey;
use crate::fact::{Row, Value};

/// See the module.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    cells: Cells<'a>,
    outer: Option<&'a Scope<'a>>,
    pub(super) setting: &'a Setting,
}

#[derive(Clone, Copy)]
enum Cells<'a> {
    Act(&'a Answers),
    Row(&'a Row),
}

impl<'a> Scope<'a> {
    pub(super) fn act(answers: &'a Answers, setting: &'a Setting) -> Self {
        Self { cells: Cells::Act(answers), outer: None, setting }
    }

    pub(super) fn row(row: &'a Row, outer: &'a Scope<'a>) -> Self {
        Self { cells: Cells::Row(row), outer: Some(outer), setting: outer.setting }
    }

    pub(super) fn get(&self, key: &FieldKey) -> Option<&'a Value> {
        self.own(key).or_else(|| self.outer.and_then(|outer| outer.get(key)))
    }

    /// The answer at this level alone.
    pub(super) fn own(&self, key: &FieldKey) -> Option<&'a Value> {
        match self.cells {
            Cells::Act(answers) => answers.get(key),
            Cells::Row(row) => row.get(key.as_str()),
        }
    }
}
