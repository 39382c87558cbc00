//! Elements of the municipality's own that come with the form, and whether questions take the kind of answer that is known.

use super::finding::{Finding, FindingCode};
use crate::fact::{Audience, Catalogue, Element, Sensitivity};
use crate::form::builder::kind_name;
use crate::form::{Field, FormDefinition};
use crate::inventory::check_element;
use crate::locale::Locale;
use crate::violation::Code;

pub(super) fn check(form: &FormDefinition, known: &Catalogue, found: &mut Vec<Finding>) {
    for (at, element) in form.elements.iter().enumerate() {
        let path = place_of(form, element);
        if form.elements[..at].iter().any(|other| other.key == element.key) {
            found.push(Finding::new(FindingCode::DuplicateKey, path).with("key", element.key.as_str()));
        } else if known.get(&element.key).is_none() {
            // What is known here is described here; that is checked where it is changed.
            new_element(element, &path, found);
        }
    }
    let all = known.with(&form.elements);
    for act in &form.acts {
        for field in &act.fields {
            kind(field, &format!("{}/{}", act.key.as_str(), field.key.as_str()), &all, found);
        }
    }
}

/// Where the first question about it stands; the whole form when there is none.
fn place_of(form: &FormDefinition, element: &Element) -> String {
    for act in &form.acts {
        if let Some(field) = act.fields.iter().find(|field| field.element.as_ref() == Some(&element.key)) {
            return format!("{}/{}", act.key.as_str(), field.key.as_str());
        }
    }
    String::new()
}

fn new_element(element: &Element, path: &str, found: &mut Vec<Finding>) {
    let name = element.label.get(Locale::Sv);
    let unfit =
        |what: &str| Finding::new(FindingCode::ElementUnfit, path).with("name", name).with("what", what);
    if !element.key.is_own() {
        found.push(unfit("key"));
    }
    for violation in check_element(element, element, false) {
        found.push(match (violation.path.strip_prefix("label."), violation.code) {
            (Some(locale), Code::Required) => {
                Finding::new(FindingCode::ElementWithoutName, path).with("locale", locale)
            }
            _ if violation.path == "audience" => Finding::new(FindingCode::NobodyReads, path),
            _ => unfit(&violation.path),
        });
    }
    if element.sensitivity == Sensitivity::Health && element.audience == Audience::Unit {
        found.push(Finding::new(FindingCode::HealthForAll, path).with("name", name));
    }
}

fn kind(field: &Field, path: &str, all: &Catalogue, found: &mut Vec<Finding>) {
    let element = field.element.as_ref().and_then(|key| all.get(key));
    if let Some(element) = element
        && element.kind.as_ref().is_some_and(|kind| kind != kind_name(&field.kind))
    {
        let name = element.label.get(Locale::Sv);
        found.push(Finding::new(FindingCode::WrongElementKind, path).with("name", name));
    }
}
