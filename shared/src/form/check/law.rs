//! What the law says about how something is asked. Words are looked for by their stems in the Swedish source: a warning may be
//! wrong, so it never stops anybody; what the law forbids whatever the words is an error.

use super::finding::{Finding, FindingCode};
use crate::fact::{Catalogue, ElementKey, Sensitivity, Subject};
use crate::form::{
    Act, ActKind, Field, FieldKey, FieldKind, FormDefinition, LegalBasis, RowShape, Rule, Texts,
};
use crate::locale::Locale;

/// Where something can be published; two of them under one yes are two purposes.
const CHANNELS: [&[&str]; 5] = [
    &["webb", "hemsid", "internet"],
    &["sociala medier", "facebook", "instagram"],
    &["tryck", "broschyr", "affisch"],
    &["tidning", "press", "tv"],
    &["katalog"],
];
/// Tasks of the school that need no consent (SKR, "Samtycke eller inte?"; IMY 2019-08-20, Skellefteå).
const SCHOOL_TASKS: [&str; 8] = [
    "närvaro",
    "undervisning",
    "specialkost",
    "betyg",
    "kontaktuppgift",
    "lärplattform",
    "schema",
    "dokumentation",
];
const HEALTH: [&str; 8] =
    ["allergi", "sjukdom", "diagnos", "medicin", "hälsotillstånd", "funktionsneds", "handikapp", "läkemedel"];
const DEVICES: [&str; 5] = ["dator", "lärplatta", "surfplatta", "läsplatta", "chromebook"];
const COSTS: [&str; 7] = ["betala", "ersätta", "kostnad", "avgift", "deposition", "kronor", "faktura"];
const OTHER_PARENT: [&str; 4] = ["andra vårdnadshavar", "andra föräld", "medförälder", "barnets pappa"];
const REGISTER_KNOWS: [&str; 6] = [
    "barnets namn",
    "barnets personnummer",
    "barnets klass",
    "elevens namn",
    "elevens personnummer",
    "elevens klass",
];

pub(super) fn check(form: &FormDefinition, act: &Act, catalogue: &Catalogue, found: &mut Vec<Finding>) {
    let path = act.key.as_str();
    let is_consent = act.kind == ActKind::Consent;
    if is_consent != (act.legal_basis == LegalBasis::Consent) {
        found.push(Finding::new(FindingCode::ConsentBasis, path));
    }
    if is_consent {
        consent(act, found);
    }
    match (act.kind == ActKind::Application, act.decision.is_some()) {
        (true, false) => found.push(Finding::new(FindingCode::NobodyDecides, path)),
        (false, true) => found.push(Finding::new(FindingCode::DecisionWithoutApplication, path)),
        _ => {}
    }
    if matches!(act.kind, ActKind::Acknowledgement | ActKind::Agreement) {
        cost_promise(form, act, found);
    }
    let is_asked_of_family = act.signers.staff().is_none();
    for field in &act.fields {
        let path = format!("{path}/{}", field.key.as_str());
        let health = is_health(field.element.as_ref(), catalogue);
        asked(field, &path, health, found);
        known(field, act.subject, &path, catalogue, found);
        if is_asked_of_family {
            other_parent(field, &path, found);
        }
        for column in field.kind.columns() {
            asked(column, &format!("{path}.{}", column.key.as_str()), health, found);
        }
    }
}

fn consent(act: &Act, found: &mut Vec<Finding>) {
    let path = act.key.as_str();
    let is_consent =
        |key: &FieldKey| act.field(key).is_some_and(|field| matches!(field.kind, FieldKind::Consent { .. }));
    if act.signers.staff().is_some() {
        found.push(Finding::new(FindingCode::StaffConsent, path));
    }
    if act.until.is_none() {
        found.push(Finding::new(FindingCode::ConsentWithoutEnd, path));
    }
    for field in &act.fields {
        let path = format!("{path}/{}", field.key.as_str());
        let code = match field.kind {
            FieldKind::Consent { .. } if field.element.is_some() || field.same_for_siblings => {
                FindingCode::FilledConsent
            }
            FieldKind::Consent { .. } | FieldKind::Information { .. } => {
                purposes(field, &path, found);
                continue;
            }
            // A box to tick has no "no".
            FieldKind::Acknowledge { .. } => FindingCode::RequiredConsent,
            _ => FindingCode::ConsentMixed,
        };
        found.push(Finding::new(code, path));
    }
    for rule in &act.rules {
        let mut forced = false;
        match rule {
            Rule::AtLeastOneOf(keys) => forced = keys.iter().any(is_consent),
            Rule::Must { holds, at, .. } => {
                holds.each_field(&mut |key| forced |= is_consent(key));
                forced |= is_consent(at);
            }
            _ => {}
        }
        if forced {
            found.push(Finding::new(FindingCode::RequiredConsent, path));
        }
    }
}

fn purposes(field: &Field, path: &str, found: &mut Vec<Finding>) {
    let label = swedish(&field.label);
    let channels = CHANNELS.iter().filter(|words| words.iter().any(|word| label.contains(word))).count();
    if channels > 1 {
        found.push(Finding::new(FindingCode::ManyPurposes, path));
    }
    if let Some(task) = SCHOOL_TASKS.iter().find(|task| label.contains(*task)) {
        found.push(Finding::new(FindingCode::OtherBasisApplies, path).with("word", task));
    }
}

fn asked(field: &Field, path: &str, sealed: bool, found: &mut Vec<Finding>) {
    let label = swedish(&field.label);
    match &field.kind {
        FieldKind::LongText { caution, .. } if swedish(caution).trim().is_empty() => {
            found.push(Finding::new(FindingCode::NoCaution, path));
        }
        FieldKind::PersonalNumber { .. } if field.help.is_none() => {
            found.push(Finding::new(FindingCode::NumberWithoutReason, path));
        }
        _ => {}
    }
    let is_free = matches!(field.kind, FieldKind::Text { .. } | FieldKind::LongText { .. });
    if is_free
        && !sealed
        && let Some(word) = HEALTH.iter().find(|word| label.contains(*word))
    {
        found.push(Finding::new(FindingCode::HealthInFreeText, path).with("word", word));
    }
    if field.kind.is_asked()
        && let Some(words) = REGISTER_KNOWS.iter().find(|words| label.contains(*words))
    {
        found.push(Finding::new(FindingCode::RegisterKnows, path).with("words", words));
    }
}

fn is_health(element: Option<&ElementKey>, catalogue: &Catalogue) -> bool {
    element
        .and_then(|key| catalogue.get(key))
        .is_some_and(|element| element.sensitivity == Sensitivity::Health)
}

/// A field without an element whose name is that of one: `phone` about the guardian is `guardian.phone`.
fn known(field: &Field, subject: Subject, path: &str, catalogue: &Catalogue, found: &mut Vec<Finding>) {
    if field.element.is_some() || !field.kind.is_asked() || matches!(field.kind, FieldKind::Consent { .. }) {
        return;
    }
    let subject = match subject {
        Subject::Child => "child",
        Subject::Guardian => "guardian",
    };
    let key = ElementKey([subject, ".", field.key.as_str()].concat());
    if catalogue.get(&key).is_some() {
        found.push(Finding::new(FindingCode::ElementExists, path).with("element", key.as_str()));
    }
}

/// The school reaches the other guardian itself.
fn other_parent(field: &Field, path: &str, found: &mut Vec<Finding>) {
    let is_contact = |field: &Field| {
        matches!(field.kind, FieldKind::Phone {} | FieldKind::Email {})
            || matches!(field.kind, FieldKind::Rows { shape: RowShape::Person | RowShape::Address, .. })
    };
    let label = swedish(&field.label);
    let concerns = OTHER_PARENT.iter().any(|words| label.contains(words));
    let inner = field.kind.columns().iter().any(is_contact);
    if concerns && (field.required || field.required_if.is_some()) && (is_contact(field) || inner) {
        found.push(Finding::new(FindingCode::OtherParent, path));
    }
}

fn cost_promise(form: &FormDefinition, act: &Act, found: &mut Vec<Finding>) {
    let mut whole = form.clone();
    whole.acts.retain(|other| other.key == act.key);
    for other in &mut whole.acts {
        // The law that forbids it may name what it forbids.
        other.law = Texts::default();
    }
    let mut text = String::new();
    whole.each_text(&mut |texts| {
        text.push_str(&swedish(texts));
        text.push(' ');
    });
    let is_device = DEVICES.iter().any(|word| text.contains(word));
    if is_device && let Some(word) = COSTS.iter().find(|word| text.contains(*word)) {
        found.push(Finding::new(FindingCode::CostPromise, act.key.as_str()).with("word", word));
    }
}

fn swedish(texts: &Texts) -> String {
    texts.get(Locale::Sv).to_lowercase()
}
