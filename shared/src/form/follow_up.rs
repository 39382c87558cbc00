//! What an answer sets in motion among staff, and which other form it calls for. Part of a form definition; the rules that say when.

use super::answers::Answers;
use super::condition::{Condition, Setting};
use super::definition::{Act, FormKey};
use super::field::FieldKey;
use super::texts::Texts;
use crate::access::Function;
use serde::{Deserialize, Serialize};

/// Something for staff to do when an answer says so: "when consent for web is withdrawn, a task for the web editor".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FollowUp {
    /// When.
    pub when: Trigger,
    /// Whose task it becomes.
    pub function: Function,
    /// What is to be done, beginning with a verb.
    pub todo: Texts,
    /// In how many days.
    pub days: u16,
}

/// Another form that an answer calls for: "when an allergy can be severe, the plan for self-care". Whoever answers so is asked it,
/// until she has answered it or answers otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Call {
    /// When the part is answered and this holds.
    pub when: Condition,
    /// The form: one that nobody has to answer otherwise.
    pub form: FormKey,
    /// Why, to the one who answers it.
    pub why: Texts,
}

/// When something is set in motion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Trigger {
    /// A consent that stood is withdrawn.
    Withdrawn(FieldKey),
    /// The answer to one of these is another than before, or is the first.
    Changed(Vec<FieldKey>),
    /// The act is answered and this holds.
    Answered(Condition),
}

/// An answer to an act, beside what was answered before it.
#[derive(Clone, Copy, Debug)]
pub struct Answered<'a> {
    /// What was answered last about the same person, by anybody. `None`: nothing.
    pub before: Option<&'a Answers>,
    /// What is answered now.
    pub now: &'a Answers,
    /// What is known about the child.
    pub setting: &'a Setting,
    /// The consents that stood with the one who answers, and that she takes back.
    pub withdrawn: &'a [FieldKey],
}

impl Act {
    /// What an answer sets in motion: the follow-ups by their place.
    pub fn set_in_motion<'a>(
        &'a self,
        answered: Answered<'a>,
    ) -> impl Iterator<Item = (usize, &'a FollowUp)> {
        self.follow_ups.iter().enumerate().filter(move |(_, follow_up)| follow_up.when.is_due(&answered))
    }
}

impl Act {
    /// The forms that these answers call for, each once and in order. Says nothing of what was answered before: who answers
    /// otherwise calls for it no longer.
    pub fn called_for(&self, answers: &Answers, setting: &Setting) -> Vec<FormKey> {
        let mut called: Vec<FormKey> = Vec::new();
        for call in self.calls.iter().filter(|call| call.when.holds(answers, setting)) {
            if !called.contains(&call.form) {
                called.push(call.form.clone());
            }
        }
        called
    }

    /// Why an answer calls for the form, as the first line says that does.
    pub fn calls_because(&self, form: &FormKey) -> Option<&Texts> {
        self.calls.iter().find(|call| call.form == *form).map(|call| &call.why)
    }
}

impl Trigger {
    fn is_due(&self, answered: &Answered<'_>) -> bool {
        match self {
            Self::Withdrawn(field) => answered.withdrawn.contains(field),
            Self::Changed(fields) => fields.iter().any(|field| answered.changes(field)),
            // Who sends the same once more asks for nothing more.
            Self::Answered(condition) => {
                condition.holds(answered.now, answered.setting) && answered.before != Some(answered.now)
            }
        }
    }

    /// True when it depends on what was answered before.
    pub fn looks_back(&self) -> bool {
        !matches!(self, Self::Withdrawn(_))
    }
}

impl Answered<'_> {
    fn changes(&self, field: &FieldKey) -> bool {
        let said = |answers: &Answers| answers.get(field).filter(|value| !value.is_empty()).cloned();
        self.before.and_then(said) != said(self.now)
    }
}

impl FollowUp {
    pub(super) fn each_text(&mut self, visit: &mut dyn FnMut(&mut Texts)) {
        visit(&mut self.todo);
    }
}

impl Call {
    pub(super) fn each_text(&mut self, visit: &mut dyn FnMut(&mut Texts)) {
        visit(&mut self.why);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Date;
    use crate::fact::Value;

    fn key(name: &str) -> FieldKey {
        FieldKey(name.to_owned())
    }

    fn answers(given: &[(&str, Value)]) -> Answers {
        given.iter().map(|(name, value)| (key(name), value.clone())).collect()
    }

    fn due(when: &Trigger, before: Option<&Answers>, now: &Answers, withdrawn: &[FieldKey]) -> bool {
        let setting = Setting::of_nobody(Date::new(2026, 9, 7).unwrap());
        when.is_due(&Answered { before, now, setting: &setting, withdrawn })
    }

    #[test]
    fn a_change_is_another_answer_or_the_first_one() {
        let when = Trigger::Changed(vec![key("needs"), key("other")]);
        let none = answers(&[("special", Value::Flag(false))]);
        let milk =
            answers(&[("special", Value::Flag(true)), ("needs", Value::Choices(vec!["milk".to_owned()]))]);
        assert!(!due(&when, None, &none, &[]), "nothing was asked for and nothing is");
        assert!(due(&when, None, &milk, &[]));
        assert!(due(&when, Some(&none), &milk, &[]));
        assert!(!due(&when, Some(&milk), &milk, &[]));
        assert!(due(&when, Some(&milk), &none, &[]), "it is needed no longer");
    }

    #[test]
    fn a_condition_is_met_once_by_the_same_answer() {
        let when = Trigger::Answered(Condition::Chosen(key("reasons"), "medical".to_owned()));
        let medical = answers(&[("reasons", Value::Choices(vec!["medical".to_owned()]))]);
        let far = answers(&[("reasons", Value::Choices(vec!["distance".to_owned()]))]);
        assert!(due(&when, None, &medical, &[]));
        assert!(!due(&when, Some(&medical), &medical, &[]));
        assert!(due(&when, Some(&far), &medical, &[]));
        assert!(!due(&when, Some(&medical), &far, &[]));
    }

    #[test]
    fn only_a_yes_that_is_taken_back_is_a_withdrawal() {
        let when = Trigger::Withdrawn(key("web"));
        let no = answers(&[("web", Value::Flag(false))]);
        assert!(!due(&when, None, &no, &[]));
        assert!(!due(&when, None, &no, &[key("print")]));
        assert!(due(&when, None, &no, &[key("web")]));
    }
}
