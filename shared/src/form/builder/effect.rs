//! What a new version means for those who have answered the one before. A sound change lets answers stand; otherwise the act
//! is asked anew, and the old answer stays on its own version.

use crate::consent::same_meaning;
use crate::form::{Act, ActKey, ActKind, ChoiceOption, Field, FieldKind, FormDefinition, Texts};

/// What becomes of one act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// The act.
    pub act: ActKey,
    /// What becomes of its answers.
    pub meaning: Meaning,
}

/// What becomes of the answers to an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// They stand: nobody has to do anything.
    Stands,
    /// They are kept, and the act is asked anew.
    AskedAnew(Reason),
    /// They are kept, and the act is asked no more.
    NoLongerAsked,
    /// The act is new: everybody is asked.
    New,
}

/// Why an act is asked anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Something must be answered that was not asked, or did not have to be.
    MoreRequired,
    /// An answer that could be given can be given no more.
    AnswerGone,
    /// A rule between answers is new or another.
    RuleChanged,
    /// What somebody said yes or no to is not the same any more (GDPR art. 4(11): informed).
    ConsentChanged,
    /// It is something else in law, or about somebody else.
    KindChanged,
}

impl Reason {
    /// The name in kebab case, as in the translation keys: `effect.REASON`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MoreRequired => "more-required",
            Self::AnswerGone => "answer-gone",
            Self::RuleChanged => "rule-changed",
            Self::ConsentChanged => "consent-changed",
            Self::KindChanged => "kind-changed",
        }
    }
}

/// What becomes of the answers to each act of `before`, and which acts of `after` are new, in the order of `after`.
pub fn effects(before: &FormDefinition, after: &FormDefinition) -> Vec<Effect> {
    let meaning = |act: &Act| match before.act(&act.key) {
        None => Meaning::New,
        Some(old) => reason(old, act).map_or(Meaning::Stands, Meaning::AskedAnew),
    };
    let mut all: Vec<Effect> =
        after.acts.iter().map(|act| Effect { act: act.key.clone(), meaning: meaning(act) }).collect();
    let gone = before.acts.iter().filter(|act| after.act(&act.key).is_none());
    all.extend(gone.map(|act| Effect { act: act.key.clone(), meaning: Meaning::NoLongerAsked }));
    all
}

/// Why the answers to `before` are no answers to `after`. `None`: they are.
fn reason(before: &Act, after: &Act) -> Option<Reason> {
    if (before.kind, before.subject) != (after.kind, after.subject) {
        return Some(Reason::KindChanged);
    }
    if after.kind == ActKind::Consent && consent_differs(before, after) {
        return Some(Reason::ConsentChanged);
    }
    for field in &after.fields {
        let old = before.field(&field.key);
        if old.is_some_and(|old| loses(&old.kind, &field.kind)) {
            return Some(Reason::AnswerGone);
        }
        if needs_more(old, field) {
            return Some(Reason::MoreRequired);
        }
    }
    after.rules.iter().any(|rule| !before.rules.contains(rule)).then_some(Reason::RuleChanged)
}

/// True when somebody who has answered `before` may have left out what must be answered in `after`.
fn needs_more(before: Option<&Field>, after: &Field) -> bool {
    let must = |field: &Field| field.required || matches!(field.kind, FieldKind::Consent { .. });
    let Some(before) = before else {
        return after.kind.is_asked() && (must(after) || after.required_if.is_some());
    };
    let became_required = must(after) && !must(before);
    let became_sometimes =
        after.required_if.is_some() && after.required_if != before.required_if && !must(before);
    // Whoever did not see a question that must be answered may see it now.
    let is_seen_by_others =
        after.visible_if != before.visible_if && (must(after) || after.required_if.is_some());
    became_required || became_sometimes || is_seen_by_others
}

/// True when an answer of the kind `before` may be none of the kind `after`.
fn loses(before: &FieldKind, after: &FieldKind) -> bool {
    let gone = |old: &[ChoiceOption], new: &[ChoiceOption]| {
        old.iter().any(|option| !new.iter().any(|other| other.key == option.key))
    };
    match (before, after) {
        (
            FieldKind::Text { max: old },
            FieldKind::Text { max: new } | FieldKind::LongText { max: new, .. },
        )
        | (FieldKind::LongText { max: old, .. }, FieldKind::LongText { max: new, .. }) => new < old,
        (FieldKind::Number { min, max }, FieldKind::Number { min: new_min, max: new_max })
        | (FieldKind::Money { min, max }, FieldKind::Money { min: new_min, max: new_max }) => {
            new_min > min || new_max < max
        }
        (FieldKind::Choice { options }, FieldKind::Choice { options: new })
        | (FieldKind::Choices { options, .. }, FieldKind::Choices { options: new, .. }) => gone(options, new),
        (
            FieldKind::Rows { fields, least, most, .. },
            FieldKind::Rows { fields: new, least: new_least, most: new_most, .. },
        ) => new_least > least || new_most < most || columns_lose(fields, new),
        // Days are counted from the day of answering: what was right then stays right.
        (FieldKind::Date { .. }, FieldKind::Date { .. })
        | (FieldKind::Days { .. }, FieldKind::Days { .. }) => false,
        (FieldKind::PersonalNumber { other }, FieldKind::PersonalNumber { other: new }) => *other && !new,
        (before, after) => before.is_asked() && same_but_texts(before) != same_but_texts(after),
    }
}

fn columns_lose(before: &[Field], after: &[Field]) -> bool {
    let gone = before.iter().any(|field| !after.iter().any(|other| other.key == field.key));
    let differs = |field: &Field| {
        let old = before.iter().find(|old| old.key == field.key);
        old.is_some_and(|old| loses(&old.kind, &field.kind)) || needs_more(old, field)
    };
    gone || after.iter().any(differs)
}

/// A kind without its words.
fn same_but_texts(kind: &FieldKind) -> FieldKind {
    let mut plain = kind.clone();
    plain.each_text(&mut |texts| *texts = Texts::default());
    plain
}

/// True when a yes to one of the purposes is no yes to it any more.
fn consent_differs(before: &Act, after: &Act) -> bool {
    let is_asked = |field: &&Field| before.field(&field.key).is_some();
    after
        .fields
        .iter()
        .filter(is_asked)
        .any(|field| matches!(field.kind, FieldKind::Consent { .. }) && !same_meaning(before, after, field))
}
