//! Whom an answer goes to, as far as a form says it by what it hands to whom. Called by the server, which lets nobody else see
//! what belongs to no element of the catalogue.

use super::definition::{Act, FormDefinition};
use crate::access::Function;
use crate::fact::Audience;

impl FormDefinition {
    /// The tasks that an answer to the act goes to: those who decide about it or give an opinion, those of staff who answer in the
    /// same form, those whom an answer sets to work, and those whom the act names as its only readers. Empty: nobody's but the
    /// principal's.
    pub fn goes_to(&self, act: &Act) -> Vec<Function> {
        let decides = act.decision.iter().flat_map(|rule| rule.concerned());
        let answers = self.acts.iter().filter_map(|act| Some(act.signers.staff()?.0));
        let works = act.follow_ups.iter().map(|follow_up| follow_up.function);
        let reads = match &act.audience {
            Audience::Only(functions) => functions.as_slice(),
            Audience::Unit | Audience::Principal => &[],
        };
        let mut tasks: Vec<Function> =
            decides.chain(answers).chain(works).chain(reads.iter().copied()).collect();
        tasks.sort_unstable();
        tasks.dedup();
        tasks
    }

    /// True for what staff answer and somebody in the family then answers to: a receipt for what was handed out says what was handed out.
    pub fn is_shown_to_family(&self, act: &Act) -> bool {
        let follows = |other: &Act| other.after.as_ref() == Some(&act.key) && other.signers.staff().is_none();
        act.signers.staff().is_some() && self.acts.iter().any(follows)
    }
}
