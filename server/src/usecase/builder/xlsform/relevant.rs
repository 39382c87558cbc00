//! What `relevant` says, as far as it can be chosen in the builder: comparisons with one answer, joined by `and` or by `or`.

use skolstart_shared::fact::Value;
use skolstart_shared::form::{Condition, Field, FieldKey, FieldKind};
use skolstart_shared::inventory::code_of;

/// The condition. `None`: it says more than a condition can, or names a question that does not stand before it.
pub(super) fn condition(text: &str, beside: &[Field]) -> Option<Condition> {
    let parts = |word: &str| -> Vec<String> { text.split(word).map(|part| part.trim().to_owned()).collect() };
    let (all, any) = (parts(" and "), parts(" or "));
    match (all.len(), any.len()) {
        (1, 1) => one(text.trim(), beside),
        (_, 1) => Some(Condition::All(all.iter().map(|part| one(part, beside)).collect::<Option<_>>()?)),
        (1, _) => Some(Condition::Any(any.iter().map(|part| one(part, beside)).collect::<Option<_>>()?)),
        // Both in one line need brackets to be told apart.
        _ => None,
    }
}

fn one(text: &str, beside: &[Field]) -> Option<Condition> {
    if let Some(inside) = text.strip_prefix("selected(").and_then(|rest| rest.strip_suffix(')')) {
        let (name, option) = inside.split_once(',')?;
        let field = named(name, beside)?;
        return Some(Condition::Chosen(field.key.clone(), code_of(word(option)?)));
    }
    for (sign, make) in SIGNS {
        if let Some((name, answer)) = text.split_once(sign) {
            return make(named(name, beside)?, answer.trim());
        }
    }
    None
}

type Make = fn(&Field, &str) -> Option<Condition>;

/// The longer signs first: `>=` holds `=`.
const SIGNS: [(&str, Make); 6] = [
    (">=", |field, answer| Some(Condition::AtLeast(number(field)?, answer.parse().ok()?))),
    ("<=", |field, answer| Some(Condition::AtMost(number(field)?, answer.parse().ok()?))),
    ("!=", |field, answer| is(field, answer).map(|is| Condition::Not(Box::new(is)))),
    (">", |field, answer| {
        Some(Condition::AtLeast(number(field)?, answer.parse::<i64>().ok()?.checked_add(1)?))
    }),
    ("<", |field, answer| {
        Some(Condition::AtMost(number(field)?, answer.parse::<i64>().ok()?.checked_sub(1)?))
    }),
    ("=", is),
];

fn number(field: &Field) -> Option<FieldKey> {
    matches!(field.kind, FieldKind::Number { .. }).then(|| field.key.clone())
}

fn is(field: &Field, answer: &str) -> Option<Condition> {
    let value = match &field.kind {
        FieldKind::Choice { options } => {
            let key = code_of(word(answer)?);
            options.iter().any(|option| option.key == key).then_some(Value::Choice(key))?
        }
        FieldKind::Number { .. } => Value::Number(answer.parse().ok()?),
        _ => return None,
    };
    Some(Condition::Is(field.key.clone(), value))
}

/// `${name}`.
fn named<'a>(text: &str, beside: &'a [Field]) -> Option<&'a Field> {
    let name = text.trim().strip_prefix("${")?.strip_suffix('}')?;
    let key = code_of(name);
    beside.iter().find(|field| field.key.as_str() == key)
}

/// `'word'` or `"word"`.
fn word(text: &str) -> Option<&str> {
    let text = text.trim();
    let inside = |quote: char| text.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    inside('\'').or_else(|| inside('"'))
}
