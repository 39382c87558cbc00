//! What a kitchen cooks for a child: everything that any guardian has said, put together.
//!
//! Owns how answers of several people become one line of a list. Called by the kitchen's page of the server. Must not know
//! a form: which act tells the kitchen follows from the act itself.

use crate::access::Function;
use crate::fact::{Subject, Value};
use crate::form::{Act, Answers, Field, FieldKey, FieldKind, Setting, Trigger, normalise};
use crate::id::PersonId;
use std::collections::BTreeMap;

/// What each has said about one child. Nobody: a register.
pub type Sayings = BTreeMap<Option<PersonId>, Answers>;

/// The option of a choice that says that nothing is needed.
const NOTHING: &str = "no";

/// What a child needs, by question. Empty: nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diet(pub BTreeMap<FieldKey, Vec<Value>>);

/// True for an act whose answers are the kitchen's list: it is about the child, and a change of it is a task of the kitchen's.
pub fn tells_kitchen(act: &Act) -> bool {
    let changes = |when: &Trigger| matches!(when, Trigger::Changed(_));
    let hears = act.follow_ups.iter().any(|each| each.function == Function::Kitchen && changes(&each.when));
    act.subject == Subject::Child && hears
}

/// What the child needs by what each has said, and whether they have said different things. One who says that nothing is
/// needed takes nothing away from what another has said: what is dangerous to lose is kept.
pub fn diet(act: &Act, said: &Sayings, setting: &Setting) -> (Diet, bool) {
    let mut diet = Diet::default();
    let mut all = Vec::new();
    for answers in said.values() {
        let answers = opened(act, answers, setting);
        for field in act.fields.iter().filter(|field| Some(&field.key) != gate(act)) {
            if let Some(value) = answers.get(&field.key).filter(|value| says_something(value)) {
                diet.put(&field.key, value);
            }
        }
        if !answers.0.is_empty() {
            all.push(answers);
        }
    }
    let differ = all.iter().any(|answers| Some(answers) != all.first());
    (diet, differ)
}

/// The question that opens the rest: whether anything is needed at all.
fn gate(act: &Act) -> Option<&FieldKey> {
    let first = act.fields.iter().find(|field| field.kind.is_asked())?;
    matches!(first.kind, FieldKind::YesNo {}).then_some(&first.key)
}

/// What is asked, given what was answered. Who was never asked whether anything is needed and has named something needs it.
fn opened(act: &Act, answers: &Answers, setting: &Setting) -> Answers {
    let mut answers = answers.clone();
    if let Some(gate) = gate(act)
        && answers.get(gate).is_none()
        && answers.0.values().any(says_something)
    {
        answers.set(gate, Some(Value::Flag(true)));
    }
    normalise(act, &answers, setting)
}

fn says_something(value: &Value) -> bool {
    match value {
        Value::Flag(yes) => *yes,
        Value::Choices(chosen) => !chosen.is_empty(),
        Value::Choice(chosen) => chosen != NOTHING,
        value => !value.is_empty(),
    }
}

impl Diet {
    fn put(&mut self, field: &FieldKey, value: &Value) {
        let values = self.0.entry(field.clone()).or_default();
        if values.contains(value) {
            return;
        }
        match (values.first_mut(), value) {
            (Some(Value::Choices(known)), Value::Choices(more)) => {
                let new: Vec<String> =
                    more.iter().filter(|option| !known.contains(option)).cloned().collect();
                known.extend(new);
            }
            _ => values.push(value.clone()),
        }
    }

    /// This and the other.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        let mut both = self.clone();
        for (field, values) in &other.0 {
            values.iter().for_each(|value| both.put(field, value));
        }
        both
    }

    /// The options that are chosen in a field, each once.
    pub fn chosen(&self, field: &Field) -> Vec<&str> {
        let values = self.0.get(&field.key).into_iter().flatten();
        let mut options: Vec<&str> = values
            .flat_map(|value| match value {
                Value::Choices(chosen) => chosen.iter().map(String::as_str).collect(),
                Value::Choice(chosen) => vec![chosen.as_str()],
                _ => Vec::new(),
            })
            .collect();
        options.sort_unstable();
        options.dedup();
        options
    }

    /// True when nothing is needed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Date;
    use crate::form::FormDefinition;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn act() -> Act {
        let form: FormDefinition = serde_json::from_str(
            r#"{"key": "food", "version": 1, "title": {"sv": "Mat"}, "intro": {"sv": "Mat"}, "acts": [{
            "key": "food", "kind": "notification", "subject": "child", "title": {"sv": "Mat"}, "purpose": {"sv": "Mat"},
            "readers": {"sv": "Köket"}, "legal-basis": "public-interest", "law": {"sv": "Lag"}, "signers": "any-guardian",
            "retention": "food", "fields": [
              {"key": "special", "label": {"sv": "Annan mat?"}, "kind": {"yes-no": {}}},
              {"key": "needs", "label": {"sv": "Vad?"}, "visible-if": {"is": ["special", {"flag": true}]},
               "kind": {"choices": {"options": [{"key": "milk", "label": {"sv": "Mjölk"}}, {"key": "egg", "label": {"sv": "Ägg"}}],
               "none": {"sv": "Inget"}}}},
              {"key": "severe", "label": {"sv": "Svår?"}, "visible-if": {"is": ["special", {"flag": true}]}, "kind": {"yes-no": {}}},
              {"key": "way", "label": {"sv": "Hur?"}, "visible-if": {"is": ["special", {"flag": true}]},
               "kind": {"choice": {"options": [{"key": "no", "label": {"sv": "Nej"}}, {"key": "vegan", "label": {"sv": "Vegan"}}]}}}
            ],
            "follow-ups": [{"when": {"changed": ["needs"]}, "function": "kitchen", "todo": {"sv": "Laga"}, "days": 1}]}]}"#,
        )
        .unwrap();
        form.acts[0].clone()
    }

    fn key(name: &str) -> FieldKey {
        FieldKey(name.to_owned())
    }

    fn who(number: u128) -> Option<PersonId> {
        Some(PersonId(Uuid::from_u128(number)))
    }

    fn said(special: Option<bool>, needs: &[&str], severe: bool) -> Answers {
        let needs = needs.iter().map(|need| (*need).to_owned()).collect();
        let mut answers: Answers =
            [(key("needs"), Value::Choices(needs)), (key("severe"), Value::Flag(severe))]
                .into_iter()
                .collect();
        answers.set(&key("special"), special.map(Value::Flag));
        answers
    }

    fn of(said: Sayings) -> (Diet, bool) {
        diet(&act(), &said, &Setting::of_nobody(Date::new(2026, 9, 7).unwrap()))
    }

    #[test]
    fn everything_that_anybody_has_said_stands() {
        let (all, differ) =
            of([(who(1), said(Some(true), &["milk"], false)), (who(2), said(Some(true), &["egg"], true))]
                .into());
        assert!(differ);
        assert_eq!(all.0[&key("needs")], [Value::Choices(vec!["milk".into(), "egg".into()])]);
        assert_eq!(all.0[&key("severe")], [Value::Flag(true)]);
        let (one, _) =
            of([(who(1), said(Some(true), &["milk"], false)), (who(2), said(Some(false), &[], false))]
                .into());
        assert_eq!(one.0[&key("needs")], [Value::Choices(vec!["milk".into()])], "a no takes nothing away");
    }

    #[test]
    fn what_is_hidden_behind_a_no_is_not_said_and_what_was_never_asked_about_is() {
        assert!(of([(who(1), said(Some(false), &["milk"], true))].into()).0.is_empty());
        assert!(!of([(None, said(None, &["milk"], false))].into()).0.is_empty());
        assert!(of([(who(1), said(None, &[], false))].into()).0.is_empty());
    }

    #[test]
    fn an_act_tells_the_kitchen_when_a_change_is_the_kitchens_task() {
        let mut other = act();
        assert!(tells_kitchen(&other));
        other.follow_ups[0].function = Function::Mentor;
        assert!(!tells_kitchen(&other));
    }

    proptest! {
        #[test]
        fn nobody_can_take_away_what_another_has_said(
            one in prop::sample::subsequence(vec!["milk", "egg"], 0..=2), other in prop::sample::subsequence(vec!["milk", "egg"], 0..=2),
            yes in any::<bool>(), severe in any::<bool>(),
        ) {
            let alone = of([(who(1), said(Some(true), &one, severe))].into()).0;
            let both = of([(who(1), said(Some(true), &one, severe)), (who(2), said(Some(yes), &other, false))].into()).0;
            prop_assert_eq!(both.with(&alone), both);
        }
    }
}
