use super::status::TaskStatus;
use super::task::{Around, Evidence, SignerAnswer, status};
use crate::date::Timestamp;
use crate::form::{Act, Family, FormDefinition, SignersRule};
use crate::id::PersonId;

/// What is known about the acts of one form for one child. Asked only for what an act needs.
pub trait Ground {
    /// The latest answer of each person in the round.
    fn answers(&self, act: &Act) -> Vec<SignerAnswer>;
    /// The same of earlier rounds. Asked only for acts whose signers depend on it.
    fn earlier(&self, act: &Act) -> Vec<SignerAnswer>;
    /// True when the act concerns the child at all.
    fn applies(&self, act: &Act) -> bool;
    /// True when staff have said that the child does not have to be answered for.
    fn is_exempt(&self, act: &Act) -> bool;
}

/// One act of a form for one child, with everything its status follows from. The only maker of [`Evidence`] outside
/// tests.
#[derive(Clone, Debug)]
pub struct Case<'a> {
    act: &'a Act,
    family: Family<'a>,
    answers: Vec<SignerAnswer>,
    around: Around,
}

impl<'a> Case<'a> {
    /// The case of `act`, which stands in `form`.
    pub fn of(form: &FormDefinition, act: &'a Act, family: Family<'a>, ground: &dyn Ground) -> Self {
        // A form has no longer chain than it has acts: one that goes in a ring ends here too.
        Self::within(form, act, family, ground, form.acts.len())
    }

    fn within(
        form: &FormDefinition,
        act: &'a Act,
        family: Family<'a>,
        ground: &dyn Ground,
        depth: usize,
    ) -> Self {
        let answers = ground.answers(act);
        let settled = matches!(act.signers, SignersRule::AllThenAny(_))
            && is_settled(family.guardians, &answers, &ground.earlier(act));
        let before = before(form, act, family, ground, depth);
        let around = Around {
            exempt: ground.is_exempt(act),
            not_yet: before == Before::Left,
            // What is begun is finished: only the first act of a form can be let be.
            on_demand: act.on_demand && before != Before::Done,
            since: if before == Before::Done { by_staff_before(form, act, ground) } else { None },
        };
        Self { act, family: Family { settled, ..family }, answers, around }
    }

    /// What the status is derived from.
    pub fn evidence(&self) -> Evidence<'_> {
        Evidence::of(self.act, self.family, &self.answers, self.around)
    }

    /// The latest answers in the round.
    pub fn answers(&self) -> &[SignerAnswer] {
        &self.answers
    }
}

/// How the act that comes before stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// There is none for the child, or it does not have to be answered.
    None,
    /// It is not done with.
    Left,
    /// It is answered.
    Done,
}

fn before(form: &FormDefinition, act: &Act, family: Family<'_>, ground: &dyn Ground, depth: usize) -> Before {
    let (Some(before), Some(depth)) = (act_before(form, act, ground), depth.checked_sub(1)) else {
        return Before::None;
    };
    match status(&Case::within(form, before, family, ground, depth).evidence()) {
        TaskStatus::Complete => Before::Done,
        TaskStatus::Exempt => Before::None,
        _ => Before::Left,
    }
}

fn act_before<'f>(form: &'f FormDefinition, act: &Act, ground: &dyn Ground) -> Option<&'f Act> {
    act.after.as_ref().and_then(|key| form.act(key)).filter(|before| ground.applies(before))
}

/// When staff last said what `act` is an answer to. Nothing for what staff answer: they see what they answer to.
fn by_staff_before(form: &FormDefinition, act: &Act, ground: &dyn Ground) -> Option<Timestamp> {
    let before = act_before(form, act, ground).filter(|before| before.signers.staff().is_some())?;
    let is_familys = act.signers.staff().is_none();
    is_familys.then(|| ground.answers(before).iter().map(|answer| answer.at).max())?
}

/// True when each of those who decide has answered since the last change that everybody must answer to.
fn is_settled(deciding: &[PersonId], now: &[SignerAnswer], earlier: &[SignerAnswer]) -> bool {
    let of_deciding = || now.iter().chain(earlier).filter(|answer| deciding.contains(&answer.signer));
    let since = of_deciding().filter_map(|answer| answer.renewed).max();
    let has_answered = |who: &PersonId| {
        of_deciding().any(|answer| answer.signer == *who && since.is_none_or(|since| answer.at >= since))
    };
    !deciding.is_empty() && deciding.iter().all(has_answered)
}

#[cfg(test)]
mod tests;
