use super::answers::Answers;
use super::field::{Field, FieldKey};
use crate::date::Date;
use crate::fact::Value;
use crate::school::{Grade, SchoolForm};
use serde::{Deserialize, Serialize};

/// When something is asked, as data. No code, no expression language: a school administrator builds it by choosing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// The field has exactly this answer.
    Is(FieldKey, Value),
    /// The option is among those chosen.
    Chosen(FieldKey, String),
    /// At least one option is chosen, or at least one row given.
    Some(FieldKey),
    /// The child goes to one of these school forms.
    SchoolForm(Vec<SchoolForm>),
    /// The child is in a grade from the first to the last, both included.
    Grade(Grade, Grade),
    /// All of these hold.
    All(Vec<Condition>),
    /// At least one of these holds.
    Any(Vec<Condition>),
    /// This does not hold.
    Not(Box<Condition>),
}

/// What conditions know about the child and the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Setting {
    /// The school form of the child's main place, if it has one.
    pub school_form: Option<SchoolForm>,
    /// The child's grade, in school forms that have grades.
    pub grade: Option<Grade>,
    /// The day of answering.
    pub today: Date,
}

impl Condition {
    /// Whether it holds. An unanswered field fulfils nothing.
    pub fn holds(&self, answers: &Answers, setting: &Setting) -> bool {
        match self {
            Self::Is(field, value) => answers.get(field) == Some(value),
            Self::Chosen(field, option) => match answers.get(field) {
                Some(Value::Choices(chosen)) => chosen.contains(option),
                Some(Value::Choice(chosen)) => chosen == option,
                _ => false,
            },
            Self::Some(field) => match answers.get(field) {
                Some(Value::Choices(chosen)) => !chosen.is_empty(),
                Some(value) => !value.is_empty(),
                None => false,
            },
            Self::SchoolForm(forms) => setting.school_form.is_some_and(|form| forms.contains(&form)),
            Self::Grade(from, to) => setting.grade.is_some_and(|grade| *from <= grade && grade <= *to),
            Self::All(all) => all.iter().all(|condition| condition.holds(answers, setting)),
            Self::Any(any) => any.iter().any(|condition| condition.holds(answers, setting)),
            Self::Not(condition) => !condition.holds(answers, setting),
        }
    }
}

impl Field {
    /// Whether the field is asked, given the other answers.
    pub fn is_visible(&self, answers: &Answers, setting: &Setting) -> bool {
        self.visible_if.as_ref().is_none_or(|condition| condition.holds(answers, setting))
    }
}
