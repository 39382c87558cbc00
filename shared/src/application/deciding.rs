use super::{Decision, Opinion};
use crate::access::Function;
use crate::date::Date;
use crate::fact::{ElementKey, Value};
use crate::form::{
    Act, Answers, ChoiceOption, Condition, DecisionOutcome, DecisionRule, Field, FieldKey, FieldKind,
    OUTCOME, Period, Setting, Texts, check_lines, normalise, validate,
};
use crate::school::SchoolYear;
use crate::violation::{Code, Violation};
use std::collections::BTreeSet;

/// The longest reasons, and the longest opinion.
pub const MOST_REASONS: u16 = 4000;

/// An application that was granted, in whole or partly, and when.
#[derive(Clone, Debug)]
pub struct Granted {
    /// The day of the decision.
    pub decided: Date,
    /// What was applied for, and what the handler filled in.
    pub answers: Answers,
}

/// What a handler fills in about an application: an act of its own, in which what was applied for stands still, so that
/// conditions and sums see it.
#[derive(Clone, Debug)]
pub struct Sheet {
    act: Act,
    given: Answers,
    own: Vec<FieldKey>,
}

impl Sheet {
    /// The sheet of an application. `None`: it is an act that is not decided.
    pub fn of(act: &Act, applied: &Answers) -> Option<Self> {
        let rule = act.decision.as_ref()?;
        let looked_at = looked_at(rule);
        let mut fields = Vec::new();
        let mut given = Answers::default();
        for (key, value) in &applied.0 {
            let still = looked_at.contains(key).then(|| kind_of(value)).flatten();
            if let Some(kind) = still {
                fields.push(plain(key.clone(), kind));
                given.0.insert(key.clone(), value.clone());
            }
        }
        let option = |outcome: &DecisionOutcome| option(outcome.as_str());
        let options = rule.outcomes.iter().map(option).collect();
        fields.push(plain(FieldKey(OUTCOME.to_owned()), FieldKind::Choice { options }));
        fields.extend(rule.fields.iter().cloned());
        let own = rule.fields.iter().map(|field| field.key.clone()).collect();
        let act = Act { fields, rules: Vec::new(), decision: None, follow_ups: Vec::new(), ..act.clone() };
        Some(Self { act, given, own })
    }

    /// The act to fill in.
    pub fn act(&self) -> &Act {
        &self.act
    }

    /// The answers that stand still.
    pub fn given(&self) -> &Answers {
        &self.given
    }

    /// The field that says what is decided.
    pub fn outcome(&self) -> FieldKey {
        FieldKey(OUTCOME.to_owned())
    }

    /// The handler's fields, in order.
    pub fn own(&self) -> &[FieldKey] {
        &self.own
    }

    /// Everything that conditions see.
    fn all(&self, outcome: Option<DecisionOutcome>, fields: &Answers, setting: &Setting) -> Answers {
        let mut all = self.given.clone();
        let handled = fields.0.iter().filter(|(key, _)| self.own.contains(key));
        all.0.extend(handled.map(|(key, value)| (key.clone(), value.clone())));
        all.set(&self.outcome(), outcome.map(|outcome| Value::Choice(outcome.as_str().to_owned())));
        normalise(&self.act, &all, setting)
    }

    fn kept(&self, all: &Answers) -> Answers {
        let own = all.0.iter().filter(|(key, _)| self.own.contains(key));
        own.map(|(key, value)| (key.clone(), value.clone())).collect()
    }

    fn wrong(&self, all: &Answers, fields: &Answers, setting: &Setting) -> Vec<Violation> {
        let is_own =
            |found: &Violation| self.own.iter().any(|key| found.path.split('.').next() == Some(key.as_str()));
        let mut found = validate(&self.act, all, setting);
        found.retain(is_own);
        let unknown = fields.0.keys().filter(|key| !self.own.contains(key));
        found.extend(unknown.map(|key| Violation::new(key.as_str(), Code::UnknownField)));
        found
    }
}

impl DecisionRule {
    /// Whose task it is to decide, with what has been filled in so far. `all`: as [`Self::seen`] gives it.
    fn decider_among(&self, all: &Answers, setting: &Setting) -> Option<Function> {
        let holds =
            |condition: &Option<Condition>| condition.as_ref().is_none_or(|one| one.holds(all, setting));
        self.deciders.iter().find(|decider| holds(&decider.condition)).map(|decider| decider.function)
    }

    /// Whose task it is to decide, with what the handler has filled in so far.
    pub fn decider(&self, sheet: &Sheet, fields: &Answers, setting: &Setting) -> Option<Function> {
        self.decider_among(&sheet.all(None, fields, setting), setting)
    }

    /// Who gives an opinion, when somebody else decides.
    pub fn opinion_before(&self, decider: Option<Function>) -> Option<Function> {
        self.opinion.filter(|opinion| decider != Some(*opinion))
    }

    /// Everybody who has a task with the application.
    pub fn concerned(&self) -> impl Iterator<Item = Function> + '_ {
        self.deciders.iter().map(|decider| decider.function).chain(self.opinion)
    }

    /// What a decision makes known of each element: nothing any more where it is not granted.
    pub fn makes_known(&self, outcome: DecisionOutcome, all: &Answers) -> Vec<(ElementKey, Option<Value>)> {
        let is_granted = matches!(outcome, DecisionOutcome::Granted | DecisionOutcome::Partly);
        let mut known: Vec<(ElementKey, Option<Value>)> = Vec::new();
        for grant in &self.grants {
            let value = || grant.from.as_ref().and_then(|key| all.get(key)).or(grant.value.as_ref()).cloned();
            let value = is_granted.then(value).flatten();
            match known.iter_mut().find(|(element, _)| *element == grant.element) {
                Some((_, earlier)) if earlier.is_none() => *earlier = value,
                Some(_) => {}
                None => known.push((grant.element.clone(), value)),
            }
        }
        known
    }
}

/// A checked decision or opinion: what is kept of the fields, and whose task the decision is.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The handler's fields.
    pub fields: Answers,
    /// Who decides.
    pub decider: Option<Function>,
}

/// Checks a decision about an application. Paths: `outcome`, `reasons`, `fields.stop`.
///
/// # Errors
/// Everything that is wrong with it.
pub fn check_decision(
    act: &Act,
    applied: &Answers,
    decision: &Decision,
    setting: &Setting,
) -> Result<Checked, Vec<Violation>> {
    let (Some(rule), Some(sheet)) = (&act.decision, Sheet::of(act, applied)) else {
        return Err(vec![Violation::new("", Code::WrongKind)]);
    };
    let mut found = Vec::new();
    if !rule.outcomes.contains(&decision.outcome) {
        found.push(Violation::new("outcome", Code::UnknownOption));
    }
    found.extend(check_words("reasons", &decision.reasons, decision.outcome.needs_reasons()));
    let all = sheet.all(Some(decision.outcome), &decision.fields, setting);
    let wrong = sheet.wrong(&all, &decision.fields, setting).into_iter();
    found.extend(wrong.map(|one| one.under("fields")));
    let decider = rule.decider_among(&all, setting);
    if found.is_empty() { Ok(Checked { fields: sheet.kept(&all), decider }) } else { Err(found) }
}

/// Checks an opinion. Nothing but the words is required of it.
///
/// # Errors
/// Everything that is wrong with it.
pub fn check_opinion(
    act: &Act,
    applied: &Answers,
    opinion: &Opinion,
    setting: &Setting,
) -> Result<Checked, Vec<Violation>> {
    let (Some(rule), Some(sheet)) = (&act.decision, Sheet::of(act, applied)) else {
        return Err(vec![Violation::new("", Code::WrongKind)]);
    };
    let mut found = check_words("words", &opinion.words, true);
    let all = sheet.all(None, &opinion.fields, setting);
    let wrong = sheet.wrong(&all, &opinion.fields, setting).into_iter();
    found.extend(wrong.filter(|one| one.code != Code::Required).map(|one| one.under("fields")));
    let decider = rule.decider_among(&all, setting);
    if found.is_empty() { Ok(Checked { fields: sheet.kept(&all), decider }) } else { Err(found) }
}

pub(super) fn check_words(path: &str, words: &str, required: bool) -> Vec<Violation> {
    if required && words.trim().is_empty() {
        return vec![Violation::new(path, Code::Required)];
    }
    check_lines(words, MOST_REASONS).into_iter().map(|one| one.under(path)).collect()
}

/// What the handler's fields start from: sums of what was granted before.
pub fn carried(rule: &DecisionRule, earlier: &[Granted], today: Date) -> Answers {
    let mut fields = Answers::default();
    for carry in &rule.carries {
        let counts = |granted: &&Granted| match carry.within {
            Period::Ever => true,
            Period::SchoolYear => SchoolYear::containing(granted.decided) == SchoolYear::containing(today),
        };
        let number = |granted: &Granted| {
            carry.sum.iter().find_map(|key| match granted.answers.get(key) {
                Some(Value::Number(number)) => Some(*number),
                _ => None,
            })
        };
        let sum = earlier.iter().filter(counts).filter_map(number).fold(0, i64::saturating_add);
        fields.0.insert(carry.field.clone(), Value::Number(sum));
    }
    fields
}

/// The fields that the handler's part of an application looks at.
fn looked_at(rule: &DecisionRule) -> BTreeSet<FieldKey> {
    let mut keys = BTreeSet::new();
    let mut see = |key: &FieldKey| {
        keys.insert(key.clone());
    };
    for field in &rule.fields {
        for condition in [&field.visible_if, &field.required_if].into_iter().flatten() {
            condition.each_field(&mut see);
        }
        if let FieldKind::Calculated { how } = &field.kind {
            how.each_field(&mut see);
        }
    }
    for condition in rule.deciders.iter().filter_map(|decider| decider.condition.as_ref()) {
        condition.each_field(&mut see);
    }
    keys
}

/// A kind that takes exactly such values, whatever day it is. `None`: conditions of a decision do not look at these.
fn kind_of(value: &Value) -> Option<FieldKind> {
    Some(match value {
        Value::Number(_) => FieldKind::Number { min: i64::MIN, max: i64::MAX },
        Value::Flag(_) => FieldKind::YesNo {},
        Value::Text(_) => FieldKind::LongText { max: u16::MAX, caution: Texts::default() },
        Value::Date(_) => FieldKind::Date { earliest: None, latest: None },
        Value::Days(..) => FieldKind::Days { earliest: None, latest: None },
        Value::Choice(key) => FieldKind::Choice { options: vec![option(key)] },
        Value::Choices(keys) => FieldKind::Choices {
            options: keys.iter().map(|key| option(key)).collect(),
            none: Texts::default(),
        },
        _ => return None,
    })
}

fn option(key: &str) -> ChoiceOption {
    ChoiceOption { key: key.to_owned(), label: Texts::default() }
}

fn plain(key: FieldKey, kind: FieldKind) -> Field {
    Field {
        key,
        label: Texts::default(),
        help: None,
        kind,
        element: None,
        required: false,
        required_if: None,
        visible_if: None,
        same_for_siblings: false,
    }
}
