//! The library comes through its own check list.

use skolstart_server::library::{AT_SCHOOL_START, FORMS, catalogue, read_form};
use skolstart_shared::form::check::{Callable, FindingCode, check, check_calls};

/// Warnings that are meant: form, place, what, why.
const MEANT: [(&str, &str, FindingCode, &str); 5] = [
    (
        "change-of-school",
        "apply/siblings",
        FindingCode::ElementExists,
        "only those at the schools applied for",
    ),
    ("preschool-place", "apply/siblings", FindingCode::ElementExists, "only those in the municipality's own"),
    (
        "preschool-enrolment",
        "join/group",
        FindingCode::ElementExists,
        "a work group of parents, not the child's",
    ),
    ("device-loan", "hand-out/device", FindingCode::ElementExists, "written anew at every hand-out"),
    ("lodging-allowance", "apply/address", FindingCode::ElementExists, "where she lodges, not the home"),
];

#[test]
fn every_form_comes_through_the_check_list() {
    let catalogue = catalogue().unwrap();
    let mut found = Vec::new();
    let shipped: Vec<Callable> = FORMS.iter().map(|text| Callable::of(&read_form(text).unwrap())).collect();
    for text in FORMS {
        let form = read_form(text).unwrap();
        for finding in check(&form, &catalogue).into_iter().chain(check_calls(&form, &shipped)) {
            let is_meant = MEANT.iter().any(|(key, path, code, _)| {
                form.key.as_str() == *key && finding.path == *path && finding.code == *code
            });
            if !is_meant {
                found.push(format!(
                    "{}: {} {} {:?}",
                    form.key.as_str(),
                    finding.path,
                    finding.code.as_str(),
                    finding.params
                ));
            }
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn forms_have_their_own_keys_and_only_those_of_the_school_start_must_be_answered() {
    let forms: Vec<_> = FORMS.iter().map(|text| read_form(text).unwrap()).collect();
    for (at, form) in forms.iter().enumerate() {
        assert!(forms[..at].iter().all(|other| other.key != form.key), "{}", form.key.as_str());
        let asks_family = form.acts.iter().any(|act| act.signers.staff().is_none());
        assert_eq!(form.is_on_demand(), at >= AT_SCHOOL_START && asks_family, "{}", form.key.as_str());
    }
    assert!(forms.len() >= 20);
}
