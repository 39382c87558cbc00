//! Conditions built by choosing: what to look at, how, and the answer. Nobody writes a formula, and every condition that a
//! file can hold is shown and kept.

use super::kinds::kind_name;
use crate::date::Date;
use crate::fact::Value;
use crate::form::{AgeRange, Condition, Field, FieldKey, FieldKind};
use crate::school::{Grade, SchoolForm};

/// What a line looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// The answer to a question.
    Field(FieldKey),
    /// The child's school form.
    SchoolForm,
    /// The child's grade.
    Grade,
    /// The child's age.
    Age,
    /// How many decide for the child.
    Guardians,
}

/// How a line looks at it. Which of them there are follows from what it looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// Is exactly this.
    Is,
    /// This is among what was chosen.
    Chosen,
    /// Something is answered.
    Some,
    /// At least.
    AtLeast,
    /// At most.
    AtMost,
    /// One of these, or from and to: about the child.
    Within,
}

impl Operator {
    /// The name in kebab case, as in the translation keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Is => "is",
            Self::Chosen => "chosen",
            Self::Some => "some",
            Self::AtLeast => "at-least",
            Self::AtMost => "at-most",
            Self::Within => "within",
        }
    }
}

/// One thing that must hold, or must not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// A condition without conditions in it.
    pub condition: Condition,
    /// It must not hold.
    pub negated: bool,
}

/// A condition as it is built: lines in groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tree {
    /// One line.
    Line(Line),
    /// Several together.
    Group {
        /// One of them is enough; otherwise all must hold.
        any: bool,
        /// It must not hold.
        negated: bool,
        /// What is in it.
        parts: Vec<Tree>,
    },
    /// Something turned round twice, which only a file can hold: kept as it is.
    Kept(Condition),
}

impl Tree {
    /// A condition, to be changed.
    pub fn read(condition: &Condition) -> Self {
        match condition {
            Condition::Not(inner) => match Self::read(inner) {
                Self::Line(line) if !line.negated => Self::Line(Line { negated: true, ..line }),
                Self::Group { any, negated: false, parts } => Self::Group { any, negated: true, parts },
                _ => Self::Kept(condition.clone()),
            },
            Condition::All(parts) => Self::group(false, parts),
            Condition::Any(parts) => Self::group(true, parts),
            leaf => Self::Line(Line { condition: leaf.clone(), negated: false }),
        }
    }

    fn group(any: bool, parts: &[Condition]) -> Self {
        Self::Group { any, negated: false, parts: parts.iter().map(Self::read).collect() }
    }

    /// The condition that it says.
    pub fn condition(&self) -> Condition {
        let not = |negated: bool, condition: Condition| {
            if negated { Condition::Not(Box::new(condition)) } else { condition }
        };
        match self {
            Self::Line(line) => not(line.negated, line.condition.clone()),
            Self::Group { any, negated, parts } => {
                let parts = parts.iter().map(Self::condition).collect();
                not(*negated, if *any { Condition::Any(parts) } else { Condition::All(parts) })
            }
            Self::Kept(condition) => condition.clone(),
        }
    }
}

impl Line {
    /// What it looks at.
    pub fn about(&self) -> About {
        match &self.condition {
            Condition::Is(key, _)
            | Condition::Chosen(key, _)
            | Condition::Some(key)
            | Condition::AtLeast(key, _)
            | Condition::AtMost(key, _) => About::Field(key.clone()),
            Condition::SchoolForm(_) => About::SchoolForm,
            Condition::Grade(..) => About::Grade,
            Condition::Guardians(_) => About::Guardians,
            _ => About::Age,
        }
    }

    /// How it looks at it.
    pub fn operator(&self) -> Operator {
        match &self.condition {
            Condition::Is(..) => Operator::Is,
            Condition::Chosen(..) => Operator::Chosen,
            Condition::Some(_) => Operator::Some,
            Condition::AtLeast(..) | Condition::Guardians(_) => Operator::AtLeast,
            Condition::AtMost(..) => Operator::AtMost,
            _ => Operator::Within,
        }
    }

    /// A line about this as it is first, with an answer that can be given. `None` when nothing can be said about it.
    pub fn about_this(about: &About, fields: &[Field], today: Date) -> Option<Self> {
        let operator = *operators(about, fields).first()?;
        Self::with(about, operator, fields, today)
    }

    /// A line that looks at this in this way, with the first answer that there is.
    pub fn with(about: &About, operator: Operator, fields: &[Field], today: Date) -> Option<Self> {
        let condition = match (about, operator) {
            (About::SchoolForm, _) => Condition::SchoolForm(vec![SchoolForm::Gr]),
            (About::Grade, _) => Condition::Grade(Grade(1), Grade(9)),
            (About::Age, _) => Condition::Age(AgeRange { from: Some(15), below: None, on: None }),
            (About::Guardians, _) => Condition::Guardians(2),
            (About::Field(key), operator) => {
                let field = fields.iter().find(|field| field.key == *key)?;
                let key = key.clone();
                match operator {
                    Operator::Is => Condition::Is(key, first_answer(&field.kind, today)?),
                    Operator::Chosen => Condition::Chosen(key, first_option(&field.kind)?),
                    Operator::Some => Condition::Some(key),
                    Operator::AtMost => Condition::AtMost(key, least(&field.kind)),
                    Operator::AtLeast | Operator::Within => Condition::AtLeast(key, least(&field.kind)),
                }
            }
        };
        Some(Self { condition, negated: false })
    }
}

/// What a condition can look at: questions about which something can be said, and what is known about the child.
pub fn abouts(fields: &[Field], own: &FieldKey) -> Vec<About> {
    let can = |field: &&Field| field.key != *own && !of_kind(&field.kind).is_empty();
    let mut all: Vec<About> =
        fields.iter().filter(can).map(|field| About::Field(field.key.clone())).collect();
    all.extend([About::SchoolForm, About::Grade, About::Age, About::Guardians]);
    all
}

/// How something can be looked at, the usual way first.
pub fn operators(about: &About, fields: &[Field]) -> &'static [Operator] {
    match about {
        About::Field(key) => {
            fields.iter().find(|field| field.key == *key).map_or(&[], |field| of_kind(&field.kind))
        }
        About::Guardians => &[Operator::AtLeast],
        _ => &[Operator::Within],
    }
}

fn of_kind(kind: &FieldKind) -> &'static [Operator] {
    match kind_name(kind) {
        "yes-no" | "consent" | "acknowledge" => &[Operator::Is],
        "choice" => &[Operator::Is, Operator::Some],
        "choices" => &[Operator::Chosen, Operator::Some, Operator::AtLeast, Operator::AtMost],
        "number" | "money" | "calculated" => &[Operator::AtLeast, Operator::AtMost, Operator::Is],
        "rows" | "person" | "files" => &[Operator::Some, Operator::AtLeast, Operator::AtMost],
        "information" => &[],
        _ => &[Operator::Some],
    }
}

fn first_answer(kind: &FieldKind, today: Date) -> Option<Value> {
    Some(match kind {
        FieldKind::YesNo {} | FieldKind::Consent { .. } | FieldKind::Acknowledge { .. } => Value::Flag(true),
        FieldKind::Choice { .. } => Value::Choice(first_option(kind)?),
        FieldKind::Number { min, .. } | FieldKind::Money { min, .. } => Value::Number(*min),
        FieldKind::Calculated { .. } => Value::Number(0),
        FieldKind::Date { .. } => Value::Date(today),
        _ => return None,
    })
}

fn first_option(kind: &FieldKind) -> Option<String> {
    match kind {
        FieldKind::Choice { options } | FieldKind::Choices { options, .. } => {
            options.first().map(|option| option.key.clone())
        }
        _ => None,
    }
}

fn least(kind: &FieldKind) -> i64 {
    match kind {
        FieldKind::Number { min, .. } | FieldKind::Money { min, .. } => (*min).max(1),
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::builder::{KINDS, new_field, plain_kind};
    use crate::form::{Answers, Setting, Texts};
    use proptest::prelude::*;

    fn day() -> Date {
        Date::new(2026, 9, 7).unwrap()
    }

    fn leaf() -> impl Strategy<Value = Condition> {
        let key = || "[a-d]".prop_map(FieldKey);
        prop_oneof![
            (key(), any::<bool>()).prop_map(|(key, flag)| Condition::Is(key, Value::Flag(flag))),
            (key(), "[a-c]").prop_map(|(key, option)| Condition::Chosen(key, option)),
            key().prop_map(Condition::Some),
            (key(), 0i64..9).prop_map(|(key, number)| Condition::AtLeast(key, number)),
            (key(), 0i64..9).prop_map(|(key, number)| Condition::AtMost(key, number)),
            (0u8..9, 0u8..9).prop_map(|(from, to)| Condition::Grade(Grade(from), Grade(to))),
            (0u8..20).prop_map(|from| Condition::Age(AgeRange { from: Some(from), below: None, on: None })),
            Just(Condition::SchoolForm(vec![SchoolForm::Fs])),
            (0u8..4).prop_map(Condition::Guardians),
        ]
    }

    fn condition() -> impl Strategy<Value = Condition> {
        leaf().prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Condition::All),
                prop::collection::vec(inner.clone(), 0..4).prop_map(Condition::Any),
                inner.prop_map(|inner| Condition::Not(Box::new(inner))),
            ]
        })
    }

    proptest! {
        /// Opening a condition in the builder and closing it again changes nothing.
        #[test]
        fn what_is_read_is_what_is_written(condition in condition()) {
            prop_assert_eq!(Tree::read(&condition).condition(), condition);
        }

        /// Turning a line round turns what it says round, whatever has been answered.
        #[test]
        fn a_line_turned_round_says_the_opposite(condition in leaf(), flag in any::<bool>()) {
            let Tree::Line(line) = Tree::read(&condition) else { panic!("a leaf is a line") };
            let turned = Tree::Line(Line { negated: !line.negated, ..line.clone() }).condition();
            let answers = Answers::from_iter([(FieldKey("a".to_owned()), Value::Flag(flag))]);
            let setting = Setting::of_nobody(day());
            prop_assert_ne!(condition.holds(&answers, &setting), turned.holds(&answers, &setting));
        }
    }

    #[test]
    fn what_can_be_chosen_can_be_said_and_is_read_back_as_it_was_chosen() {
        let mut fields = Vec::new();
        for name in KINDS {
            let label = Texts([(crate::Locale::Sv, name.to_owned())].into());
            let field = new_field(&fields, label, plain_kind(name, None).unwrap());
            fields.push(field);
        }
        let own = FieldKey("none".to_owned());
        let abouts = abouts(&fields, &own);
        assert!(abouts.len() > 20);
        for about in abouts {
            for operator in operators(&about, &fields) {
                let line = Line::with(&about, *operator, &fields, day()).unwrap();
                assert_eq!((line.about(), line.operator()), (about.clone(), *operator));
            }
        }
    }
}
