//! What the school found wrong with an answer: kept with the draft, so that after a reload the words still stand beside the field.
//!
//! Places and codes, never what was written. A change of the field answers it.

use super::content::place_of;
use super::session::Session;
use super::step::StepKey;
use serde::{Deserialize, Serialize};
use skolstart_shared::date::Timestamp;
use skolstart_shared::form::FieldKey;
use skolstart_shared::submission::SubmissionContent;
use skolstart_shared::violation::Violation;

/// What is left of a refusal of one act.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// When this last changed, in milliseconds since 1970 by the device's clock. Of two tabs the later one stands.
    #[serde(default)]
    at: i64,
    /// What is wrong; paths start at the field.
    #[serde(default)]
    wrong: Vec<Violation>,
}

impl Refused {
    /// True when the school has never refused it: the record does not mention it.
    pub fn is_nothing(&self) -> bool {
        self.at == 0
    }

    /// What has not been changed since.
    pub fn wrong(&self) -> &[Violation] {
        &self.wrong
    }

    /// Takes in what another tab has saved.
    pub(super) fn merge(&mut self, other: &Self) {
        if self.at < other.at {
            self.clone_from(other);
        }
    }

    /// Somebody has changed a field.
    pub(super) fn changed(&mut self, field: &FieldKey, now: Timestamp) {
        let before = self.wrong.len();
        self.wrong.retain(|one| root(&one.path) != field.as_str());
        if self.wrong.len() < before {
            self.at = now.as_millis().max(self.at + 1);
        }
    }

    /// What is wrong now.
    pub(super) fn set(&mut self, wrong: Vec<Violation>, now: Timestamp) {
        *self = Self { at: now.as_millis().max(self.at + 1), wrong };
    }
}

fn root(path: &str) -> &str {
    path.split('.').next().unwrap_or_default()
}

impl Session {
    /// Takes in what the school found wrong with what was sent. What is about nothing that she is asked cannot be said beside a
    /// field, and would never be answered: it is left out.
    pub fn refuse(&mut self, sent: &SubmissionContent, wrong: &[Violation], now: Timestamp) {
        for answer in &sent.acts {
            let step = StepKey::of_answer(answer);
            let Some(standing) = self.act(&step).map(|act| (act.act.clone(), act.standing())) else {
                continue;
            };
            let of_step = |violation: &Violation| {
                let place = place_of(sent, &violation.path).filter(|place| place.step == step)?;
                let is_asked =
                    standing.0.field(&place.field()).is_some() && standing.1.is_visible(&place.path);
                is_asked.then(|| Violation { path: place.path, ..violation.clone() })
            };
            let wrong: Vec<Violation> = wrong.iter().filter_map(of_step).collect();
            // Where nothing was begun, as with one decision sent by itself, there is no field that is open.
            if let Some(act) = self.draft.acts.get_mut(&step.to_string())
                && !(wrong.is_empty() && act.refused.is_nothing())
            {
                act.refused.set(wrong, now);
            }
        }
    }

    /// What the school found wrong with a step and she has not changed since.
    pub fn refused(&self, step: &StepKey) -> &[Violation] {
        self.draft.act(step).map_or(&[], |act| act.refused.wrong())
    }

    /// The first of these steps with which something is wrong.
    pub fn first_refused(&self, mut among: impl Iterator<Item = StepKey>) -> Option<StepKey> {
        among.find(|step| !self.refused(step).is_empty())
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::super::fixture::{at, session, step};
    use super::super::{Doing, Draft, Input};
    use super::*;
    use skolstart_shared::Locale;
    use skolstart_shared::violation::Code;

    fn key(name: &str) -> FieldKey {
        FieldKey(name.to_owned())
    }

    /// Her own data sent, and refused at two fields, at one that is not asked and as a whole.
    fn refused() -> (Session, StepKey) {
        let (mut session, own) = (session(), step("own", None));
        for field in session.act(&own).unwrap().taken_for_right() {
            session.write(&own, &field, Doing::Confirm, at(1));
        }
        let sent = session.content(Locale::Sv).unwrap();
        assert_eq!(StepKey::of_answer(&sent.acts[0]), own);
        let wrong = ["acts.0.phone", "acts.0.email", "acts.0.gone", "acts.0", "acts.9.phone"];
        let wrong = wrong.map(|path| Violation::new(path, Code::NotAPhone).with("max", 9));
        session.refuse(&sent, &wrong, at(2));
        (session, own)
    }

    fn paths(session: &Session, step: &StepKey) -> Vec<String> {
        session.refused(step).iter().map(|one| one.path.clone()).collect()
    }

    #[test]
    fn what_the_school_found_wrong_is_there_after_a_reload_and_says_nothing_of_the_answer() {
        let (session, own) = refused();
        assert_eq!(paths(&session, &own), ["phone", "email"]);
        let draft = &session.draft;
        let again = Draft::decode(&draft.encode(), draft.person, draft.round).unwrap();
        assert_eq!(again, *draft);
        let record = crate::json::write(&again.acts[&own.to_string()].refused).unwrap();
        assert_eq!(
            record,
            concat!(
                r#"{"at":1786000000002,"wrong":[{"path":"phone","code":"not-a-phone","params":[["max","9"]]},"#,
                r#"{"path":"email","code":"not-a-phone","params":[["max","9"]]}]}"#
            )
        );
    }

    #[test]
    fn a_change_answers_it_and_opening_the_field_does_not() {
        let (mut session, own) = refused();
        session.write(&own, &key("phone"), Doing::Edit, at(3));
        assert_eq!(paths(&session, &own), ["phone", "email"]);
        session.write(&own, &key("phone"), Doing::Set(Input::Typed("0701".to_owned())), at(4));
        assert_eq!(paths(&session, &own), ["email"]);
        let others = [step("own", None), own.clone()].into_iter();
        assert_eq!(session.first_refused(others), Some(own.clone()));
        session.write(&own, &key("email"), Doing::Confirm, at(5));
        assert_eq!(session.first_refused([own].into_iter()), None);
    }

    #[test]
    fn what_was_answered_in_one_tab_does_not_come_back_from_another() {
        let (mut one, own) = refused();
        let other = one.clone();
        one.write(&own, &key("phone"), Doing::Confirm, at(4));
        let (mut left, mut right) = (one.draft.clone(), other.draft.clone());
        left.merge(&other.draft);
        right.merge(&one.draft);
        assert_eq!(left, right, "the order of merging does not matter");
        one.draft = left;
        assert_eq!(paths(&one, &own), ["email"]);
    }

    #[test]
    fn a_later_refusal_takes_the_place_of_the_former() {
        let (mut session, own) = refused();
        let sent = session.content(Locale::Sv);
        // What was refused stands in the draft, and is sent again as it is.
        let sent = sent.unwrap();
        session.refuse(&sent, &[Violation::new("acts.0.email", Code::TooLong)], at(1));
        assert_eq!(paths(&session, &own), ["email"]);
        session.refuse(&sent, &[], at(9));
        assert!(session.refused(&own).is_empty());
    }
}
