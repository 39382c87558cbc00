//! Keys, references, limits, elements and languages.

use super::finding::{Finding, FindingCode};
use crate::fact::{Audience, Catalogue, FileType, Subject};
use crate::form::{Act, Field, FieldKey, FieldKind, FormDefinition, MOST_MEGABYTES, Rule, Trigger};
use crate::locale::Locale;

pub(super) fn check(form: &FormDefinition, catalogue: &Catalogue, found: &mut Vec<Finding>) {
    duplicates(form.acts.iter().map(|act| act.key.as_str()), "", found);
    translations(form, found);
    for (at, act) in form.acts.iter().enumerate() {
        let path = act.key.as_str();
        if act.fields.is_empty() {
            found.push(Finding::new(FindingCode::EmptyAct, path));
        }
        // Only an act that stands before it can come first, so there is no circle either.
        if let Some(after) = &act.after
            && !form.acts[..at].iter().any(|earlier| earlier.key == *after)
        {
            found.push(Finding::new(FindingCode::UnknownAct, path).with("act", after.as_str()));
        }
        if matches!(&act.audience, Audience::Only(functions) if functions.is_empty()) {
            found.push(Finding::new(FindingCode::NobodyReads, path));
        }
        duplicates(act.fields.iter().map(|field| field.key.as_str()), path, found);
        for field in &act.fields {
            check_field(field, &format!("{path}/{}", field.key.as_str()), act.subject, catalogue, found);
        }
        references(act, found);
        if let Some(decision) = &act.decision {
            for field in &decision.fields {
                check_field(field, &format!("{path}/{}", field.key.as_str()), act.subject, catalogue, found);
            }
            for grant in &decision.grants {
                element(&grant.element, act.subject, path, catalogue, found);
            }
        }
    }
}

fn duplicates<'a>(keys: impl Iterator<Item = &'a str>, path: &str, found: &mut Vec<Finding>) {
    let keys: Vec<&str> = keys.collect();
    for (at, key) in keys.iter().enumerate() {
        if keys[..at].contains(key) {
            found.push(Finding::new(FindingCode::DuplicateKey, path).with("key", key));
        }
    }
}

fn element(
    key: &crate::fact::ElementKey,
    subject: Subject,
    path: &str,
    catalogue: &Catalogue,
    found: &mut Vec<Finding>,
) {
    let code = match catalogue.get(key) {
        None => FindingCode::UnknownElement,
        Some(element) if element.subject != subject => FindingCode::WrongSubject,
        Some(_) => return,
    };
    found.push(Finding::new(code, path).with("element", key.as_str()));
}

fn check_field(field: &Field, path: &str, subject: Subject, catalogue: &Catalogue, found: &mut Vec<Finding>) {
    if let Some(key) = &field.element {
        element(key, subject, path, catalogue, found);
    }
    let impossible = match &field.kind {
        FieldKind::Text { max } | FieldKind::LongText { max, .. } => *max == 0,
        FieldKind::Number { min, max } | FieldKind::Money { min, max } => min > max,
        FieldKind::Date { earliest: Some(first), latest: Some(last) }
        | FieldKind::Days { earliest: Some(first), latest: Some(last) } => first > last,
        FieldKind::Choice { options } => options.len() < 2,
        FieldKind::Choices { options, .. } => options.is_empty(),
        FieldKind::Schedule { weeks, times, .. } => !(1..=6).contains(weeks) || *times == 0,
        FieldKind::Rows { fields, least, most, .. } => least > most || *most == 0 || fields.is_empty(),
        FieldKind::Files { most, megabytes, types } => {
            let all_taken = types.iter().all(|kind| FileType::TAKEN.contains(kind));
            *most == 0 || !(1..=MOST_MEGABYTES).contains(megabytes) || !all_taken
        }
        _ => false,
    };
    if impossible {
        found.push(Finding::new(FindingCode::ImpossibleLimits, path));
    }
    if let FieldKind::Choice { options }
    | FieldKind::Choices { options, .. }
    | FieldKind::Schedule { homes: options, .. } = &field.kind
    {
        duplicates(options.iter().map(|option| option.key.as_str()), path, found);
    }
    duplicates(field.kind.columns().iter().map(|column| column.key.as_str()), path, found);
    for column in field.kind.columns() {
        check_field(column, &format!("{path}.{}", column.key.as_str()), subject, catalogue, found);
    }
}

/// Fields that rules, signers, calculations, follow-ups and decisions name.
fn references(act: &Act, found: &mut Vec<Finding>) {
    let path = act.key.as_str();
    let handler: &[Field] = act.decision.as_ref().map_or(&[], |decision| &decision.fields);
    let known = |key: &FieldKey| act.field(key).is_some() || handler.iter().any(|field| field.key == *key);
    let mut unknown = |key: &FieldKey| {
        if !known(key) {
            found.push(Finding::new(FindingCode::UnknownField, path).with("field", key.as_str()));
        }
    };
    act.signers.renewing_fields().iter().for_each(&mut unknown);
    for field in act.fields.iter().chain(handler) {
        if let FieldKind::Calculated { how } = &field.kind {
            how.each_field(&mut unknown);
        }
    }
    for rule in &act.rules {
        match rule {
            Rule::AtLeastOneOf(keys) | Rule::Total { fields: keys, .. } => keys.iter().for_each(&mut unknown),
            Rule::DateOrder(first, then) => [first, then].into_iter().for_each(&mut unknown),
            Rule::Distinct(rows, _) => unknown(rows),
            Rule::Must { holds, at, .. } => {
                holds.each_field(&mut unknown);
                unknown(at);
            }
        }
    }
    for follow_up in &act.follow_ups {
        match &follow_up.when {
            Trigger::Withdrawn(key) => unknown(key),
            Trigger::Changed(keys) => keys.iter().for_each(&mut unknown),
            Trigger::Answered(condition) => condition.each_field(&mut unknown),
        }
    }
    for call in &act.calls {
        call.when.each_field(&mut unknown);
    }
    if let Some(decision) = &act.decision {
        for condition in decision.deciders.iter().filter_map(|decider| decider.condition.as_ref()) {
            condition.each_field(&mut unknown);
        }
        decision.grants.iter().filter_map(|grant| grant.from.as_ref()).for_each(&mut unknown);
        decision.told.iter().for_each(&mut unknown);
        for carry in &decision.carries {
            unknown(&carry.field);
            carry.sum.iter().for_each(&mut unknown);
        }
    }
}

/// Texts that lack a language, by the act they stand in.
fn translations(form: &FormDefinition, found: &mut Vec<Finding>) {
    let mut of = |part: FormDefinition, path: &str, skip: usize| {
        let mut part = part;
        let mut at = 0;
        part.each_text(&mut |texts| {
            at += 1;
            for locale in Locale::ALL {
                if at > skip && texts.0.get(locale).is_none_or(|text| text.trim().is_empty()) {
                    let missing = Finding::new(FindingCode::MissingTranslation, path);
                    found.push(missing.with("locale", locale.as_str()).with("text", texts.get(Locale::Sv)));
                }
            }
        });
    };
    of(FormDefinition { acts: Vec::new(), ..form.clone() }, "", 0);
    for act in &form.acts {
        // The form's own title and intro have been looked at.
        of(FormDefinition { acts: vec![act.clone()], ..form.clone() }, act.key.as_str(), 2);
    }
}
