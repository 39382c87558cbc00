use super::answers::Answers;
use super::field::{Field, FieldKey};
use super::scope::Scope;
use crate::date::Date;
use crate::fact::Value;
use crate::school::{Grade, SchoolForm};
use serde::{Deserialize, Serialize};

/// When something is asked, as data. No code, no expression language: a school administrator builds it by choosing.
/// Within a row a field means the row's own column first, and a field of the act where there is no such column.
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
    /// A number, an amount (in öre), a calculated value, or how many rows, options or files there are, is at least this.
    AtLeast(FieldKey, i64),
    /// The same is at most this.
    AtMost(FieldKey, i64),
    /// The child goes to one of these school forms.
    SchoolForm(Vec<SchoolForm>),
    /// The child is in a grade from the first to the last, both included.
    Grade(Grade, Grade),
    /// The child is at least `from` and less than `below` years old.
    Age(AgeRange),
    /// At least so many guardians decide for the child.
    Guardians(u8),
    /// All of these hold.
    All(Vec<Condition>),
    /// At least one of these holds.
    Any(Vec<Condition>),
    /// This does not hold.
    Not(Box<Condition>),
}

/// Ages, in whole years.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AgeRange {
    /// The youngest, included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<u8>,
    /// The oldest, not included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<u8>,
    /// On the day of this answer. `None`: on the day of answering.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<FieldKey>,
}

/// What conditions know about the child and the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Setting {
    /// The school form of the child's main place, if it has one.
    pub school_form: Option<SchoolForm>,
    /// The child's grade, in school forms that have grades.
    pub grade: Option<Grade>,
    /// When the child was born.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth: Option<Date>,
    /// How many decide for the child.
    #[serde(default)]
    pub guardians: u8,
    /// The day of answering.
    pub today: Date,
}

impl Setting {
    /// When no child is concerned: what a guardian says about herself.
    pub fn of_nobody(today: Date) -> Self {
        Self { school_form: None, grade: None, birth: None, guardians: 0, today }
    }
}

impl Condition {
    /// Whether it holds. An unanswered field fulfils nothing.
    pub fn holds(&self, answers: &Answers, setting: &Setting) -> bool {
        self.holds_in(&Scope::act(answers, setting))
    }

    pub(super) fn holds_in(&self, scope: &Scope<'_>) -> bool {
        let setting = scope.setting;
        match self {
            Self::Is(field, value) => scope.get(field) == Some(value),
            Self::Chosen(field, option) => match scope.get(field) {
                Some(Value::Choices(chosen)) => chosen.contains(option),
                Some(Value::Choice(chosen)) => chosen == option,
                _ => false,
            },
            Self::Some(field) => match scope.get(field) {
                Some(Value::Choices(chosen)) => !chosen.is_empty(),
                Some(value) => !value.is_empty(),
                None => false,
            },
            Self::AtLeast(field, least) => scope.get(field).and_then(size).is_some_and(|size| size >= *least),
            Self::AtMost(field, most) => scope.get(field).and_then(size).is_some_and(|size| size <= *most),
            Self::SchoolForm(forms) => setting.school_form.is_some_and(|form| forms.contains(&form)),
            Self::Grade(from, to) => setting.grade.is_some_and(|grade| *from <= grade && grade <= *to),
            Self::Age(range) => range.holds(scope),
            Self::Guardians(least) => setting.guardians >= *least,
            Self::All(all) => all.iter().all(|condition| condition.holds_in(scope)),
            Self::Any(any) => any.iter().any(|condition| condition.holds_in(scope)),
            Self::Not(condition) => !condition.holds_in(scope),
        }
    }

    /// Calls `visit` with every field that it looks at.
    pub fn each_field<'a>(&'a self, visit: &mut dyn FnMut(&'a FieldKey)) {
        match self {
            Self::Is(field, _)
            | Self::Chosen(field, _)
            | Self::Some(field)
            | Self::AtLeast(field, _)
            | Self::AtMost(field, _) => visit(field),
            Self::Age(AgeRange { on: Some(field), .. }) => visit(field),
            Self::All(all) | Self::Any(all) => all.iter().for_each(|condition| condition.each_field(visit)),
            Self::Not(condition) => condition.each_field(visit),
            Self::SchoolForm(_) | Self::Grade(..) | Self::Age(_) | Self::Guardians(_) => {}
        }
    }
}

impl AgeRange {
    fn holds(&self, scope: &Scope<'_>) -> bool {
        let day = match &self.on {
            None => Some(scope.setting.today),
            Some(field) => match scope.get(field) {
                Some(Value::Date(day) | Value::Days(day, _)) => Some(*day),
                _ => None,
            },
        };
        let Some((birth, day)) = scope.setting.birth.zip(day) else { return false };
        let age = birth.age_on(day);
        self.from.is_none_or(|from| age >= i32::from(from))
            && self.below.is_none_or(|below| age < i32::from(below))
    }
}

/// How large an answer is: the number itself, or how many there are.
fn size(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => Some(*number),
        Value::Choices(chosen) => Some(chosen.len() as i64),
        Value::Rows(rows) => Some(rows.len() as i64),
        Value::Files(files) => Some(files.len() as i64),
        _ => None,
    }
}

impl Field {
    /// Whether the field is asked, given the other answers.
    pub fn is_visible(&self, answers: &Answers, setting: &Setting) -> bool {
        self.is_visible_in(&Scope::act(answers, setting))
    }

    pub(super) fn is_visible_in(&self, scope: &Scope<'_>) -> bool {
        self.visible_if.as_ref().is_none_or(|condition| condition.holds_in(scope))
    }

    /// Whether the field must be answered, given the other answers.
    pub fn is_required(&self, answers: &Answers, setting: &Setting) -> bool {
        self.is_required_in(&Scope::act(answers, setting))
    }

    pub(super) fn is_required_in(&self, scope: &Scope<'_>) -> bool {
        self.required || self.required_if.as_ref().is_some_and(|condition| condition.holds_in(scope))
    }
}
