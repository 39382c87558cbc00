use super::*;
use skolstart_shared::Locale;
use skolstart_shared::fact::{Audience, Sensitivity, Subject};
use skolstart_shared::form::builder::{new_act, new_field, new_form, plain_kind};
use skolstart_shared::form::check::check;
use skolstart_shared::form::{Act, ActKind, FieldKind, FormKey, LegalBasis, Texts, is_open_to_codes};

fn forms() -> Vec<FormDefinition> {
    FORMS.iter().map(|text| read_form(text).unwrap()).collect()
}

fn acts() -> Vec<Act> {
    forms().into_iter().flat_map(|form| form.acts).collect()
}

#[test]
fn every_text_stands_in_every_language() {
    for mut form in forms() {
        let key = form.key.clone();
        form.each_text(&mut |texts| {
            for locale in Locale::ALL {
                let text = texts.0.get(locale).map(String::as_str).unwrap_or_default();
                assert!(
                    !text.trim().is_empty(),
                    "{}: no {} for {:?}",
                    key.as_str(),
                    locale.as_str(),
                    texts.0
                );
            }
        });
    }
}

#[test]
fn every_element_stands_once_and_has_a_name_in_every_language() {
    let elements: Vec<Element> = serde_json::from_str(ELEMENTS).unwrap();
    assert_eq!(catalogue().unwrap().iter().count(), elements.len(), "two elements have the same key");
    for element in elements {
        assert!(!element.key.is_own(), "{}: such keys are a municipality's own", element.key.as_str());
        for locale in Locale::ALL {
            let name = element.label.0.get(locale).map(String::as_str).unwrap_or_default();
            assert!(!name.trim().is_empty(), "{}: no {}", element.key.as_str(), locale.as_str());
        }
    }
}

#[test]
fn every_bound_field_has_its_element_about_the_same_subject() {
    let catalogue = catalogue().unwrap();
    for act in acts() {
        for field in &act.fields {
            let Some(key) = &field.element else { continue };
            let element =
                catalogue.get(key).unwrap_or_else(|| panic!("{} is not in the catalogue", key.as_str()));
            assert_eq!(element.subject, act.subject, "{}", key.as_str());
        }
    }
}

/// Health data that everybody with a task at the unit needs: who serves food, and who takes a class to the water.
const HEALTH_FOR_ALL: [&str; 4] =
    ["child.diet-", "child.outing-help", "child.health-needs", "child.support-needs"];

#[test]
fn health_data_is_for_few_where_nobody_has_said_why_not() {
    for element in catalogue().unwrap().iter() {
        let is_reviewed = HEALTH_FOR_ALL.iter().any(|start| element.key.as_str().starts_with(start));
        let is_health = element.sensitivity == Sensitivity::Health;
        assert!(!is_health || is_reviewed || element.audience != Audience::Unit, "{}", element.key.as_str());
    }
}

#[test]
fn what_families_are_told_that_few_see_few_see() {
    let catalogue = catalogue().unwrap();
    let mut promised = 0;
    for act in acts() {
        let readers = act.readers.get(Locale::Sv);
        // "Only …", and not the child's staff.
        if !readers.starts_with("Bara ") || readers.contains("barnets personal") {
            continue;
        }
        for key in act.fields.iter().filter_map(|field| field.element.as_ref()) {
            promised += 1;
            assert_ne!(catalogue.get(key).unwrap().audience, Audience::Unit, "{}", key.as_str());
        }
    }
    assert!(promised > 20, "no form says so");
}

#[test]
fn a_consent_rests_on_consent_and_is_never_prefilled() {
    for act in acts() {
        let is_consent = act.kind == ActKind::Consent;
        assert_eq!(is_consent, act.legal_basis == LegalBasis::Consent, "{}", act.key.as_str());
        for field in &act.fields {
            assert_eq!(is_consent, matches!(field.kind, FieldKind::Consent { .. }), "{}", field.key.as_str());
            assert!(!is_consent || field.element.is_none(), "{}", field.key.as_str());
        }
    }
}

#[test]
fn what_concerns_the_guardian_is_asked_once() {
    assert!(acts().iter().any(|act| act.subject == Subject::Guardian));
    for act in acts().iter().filter(|act| act.subject == Subject::Guardian) {
        assert!(act.applies_if.is_none(), "an act about the guardian cannot hang on one child's school");
    }
}

#[test]
fn conditions_name_fields_that_exist() {
    for form in forms() {
        let json = serde_json::to_value(&form).unwrap();
        for (act, shape) in form.acts.iter().zip(json["acts"].as_array().unwrap()) {
            for field in shape["fields"].as_array().unwrap() {
                for name in named_fields(&field["visible-if"]) {
                    let known = act.fields.iter().any(|field| field.key.as_str() == name);
                    assert!(known, "{} hangs on {name}, which is not in the act", field["key"]);
                }
            }
        }
    }
}

/// The field keys in a condition, by its written shape: `{"is":[key,…]}`, `{"chosen":[key,…]}`, `{"some":key}`.
fn named_fields(condition: &serde_json::Value) -> Vec<String> {
    let Some(parts) = condition.as_object() else { return Vec::new() };
    parts
        .iter()
        .flat_map(|(kind, value)| match kind.as_str() {
            "is" | "chosen" => vec![value[0].as_str().unwrap().to_owned()],
            "some" => vec![value.as_str().unwrap().to_owned()],
            "all" | "any" => value.as_array().unwrap().iter().flat_map(named_fields).collect(),
            "not" => named_fields(value),
            _ => Vec::new(),
        })
        .collect()
}

/// Reviewed by people: what somebody answers who holds a letter from the school and has shown no more.
#[test]
fn a_code_from_school_opens_these_acts_and_no_others() {
    let catalogue = catalogue().unwrap();
    let mut open = Vec::new();
    for form in forms() {
        let acts = form.acts.iter().filter(|act| is_open_to_codes(act, &catalogue));
        open.extend(acts.map(|act| [form.key.as_str(), "/", &act.key.0].concat()));
    }
    let reviewed = [
        "contact-details/own",
        "contact-details/to-reach",
        "contact-details/collect",
        "preschool-enrolment/own",
        "going-home-alone/safe",
        "device-loan/receipt",
        "it-rules/read",
    ];
    assert_eq!(open, reviewed);
}

#[test]
fn a_new_part_of_every_kind_can_be_published_as_soon_as_it_asks_something() {
    use skolstart_shared::form::ActKind::{
        Acknowledgement, Agreement, Application, Confirmation, Consent, Information, Notification,
    };
    let words = act_words().unwrap();
    let both = |text: &str| Texts(Locale::ALL.iter().map(|locale| (*locale, text.to_owned())).collect());
    for (kind, asks) in [
        (Confirmation, "yes-no"),
        (Notification, "yes-no"),
        (Application, "yes-no"),
        (Consent, "consent"),
        (Acknowledgement, "acknowledge"),
        (Agreement, "acknowledge"),
        (Information, "information"),
    ] {
        let mut form = new_form(FormKey("prov".to_owned()), both("Prov"));
        form.intro = both("Prov");
        let mut act = new_act(&form, kind, both("Del"));
        act.take_words(None, words.iter().find(|words| words.kind == kind).unwrap());
        let mut asked = plain_kind(asks, None).unwrap();
        if let FieldKind::Consent { audience: text }
        | FieldKind::Acknowledge { text }
        | FieldKind::Information { text } = &mut asked
        {
            *text = both("Prov");
        }
        act.fields.push(new_field(&[], both("Ord"), asked));
        form.acts.push(act);
        assert_eq!(check(&form, &catalogue().unwrap()), [], "{kind:?}");
    }
    assert_eq!(words.len(), 7, "each kind once");
}
