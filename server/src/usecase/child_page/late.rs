//! Rounds that have closed with something missing, and until when the family is let in all the same.

use super::Desk;
use crate::store::AboutChild;
use crate::usecase::home::applies;
use skolstart_shared::api::{LateRound, LetInOut, TaskChange};
use skolstart_shared::round::{Round, TaskStatus, status};

/// For how many days after its last day a round is shown: later, what is missing is asked for in another.
const SHOWN_DAYS: i32 = 92;

impl Desk<'_> {
    /// Those of the last three months that ask the child, and in which something waits for its family; and those that it is let in
    /// to. For a child that came after the last day too: it is let in like any other.
    pub(super) fn late(&self) -> Vec<LateRound> {
        let rounds = self.published.rounds().iter().map(AsRef::as_ref);
        let have_closed = rounds.filter(|round: &&Round| {
            let is_asked = self.file.child.place.is_some_and(|place| round.includes(&place.stands()));
            is_asked && round.closes < self.today && self.today <= round.closes.add_days(SHOWN_DAYS)
        });
        let line = |round: &Round| LateRound {
            round: round.id,
            title: round.title.get(self.locale).to_owned(),
            closes: round.closes,
            left: self.waiting(round),
            let_in: self.let_in(round),
        };
        let mut lines: Vec<LateRound> = have_closed.map(line).collect();
        lines.retain(|line| line.left > 0 || line.let_in.is_some());
        lines.sort_by_key(|line| std::cmp::Reverse((line.closes, line.round)));
        lines
    }

    /// How many acts wait for the family.
    fn waiting(&self, round: &Round) -> u32 {
        let child = &self.file.child;
        let setting = child.setting(self.today);
        let waits =
            self.published.acts_of(round).filter(|(_, act)| applies(act, &setting)).filter(|(form, act)| {
                let about = AboutChild {
                    answers: &self.file.answers,
                    round: round.id,
                    form,
                    kept: false,
                    family: child.family(self.today),
                    applies: &|act| applies(act, &setting),
                    exempt: &|act| child.is_exempt(round.id, &form.key, &act.key),
                };
                let stands = status(&about.case(act).evidence());
                stands.seen_on(self.today, round.closes) == TaskStatus::Expired
            });
        u32::try_from(waits.count()).unwrap_or(u32::MAX)
    }

    /// That the family is let in today, and who said so.
    fn let_in(&self, round: &Round) -> Option<LetInOut> {
        if !self.file.child.is_let_in(round, self.today) {
            return None;
        }
        let lines = self.file.changes.iter().rev().filter(|line| line.done.round == round.id);
        let mut said = lines.filter_map(|line| match line.done.change {
            TaskChange::LetInLate { until } => {
                Some(LetInOut { until, at: line.at, by: self.name_of(line.by) })
            }
            _ => None,
        });
        said.next()
    }
}
