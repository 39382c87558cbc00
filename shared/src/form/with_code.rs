use super::definition::{Act, ActKind};
use super::field::Field;
use super::kind::FieldKind;
use crate::fact::{Catalogue, Sensitivity};

/// True for what somebody can answer who has shown no more than a code from school: she says how something is, or that she has
/// read it. What binds her or gives the school a right needs to be surer who she is, and so does health, which whoever
/// found the letter would see.
pub fn is_open_to_codes(act: &Act, catalogue: &Catalogue) -> bool {
    let kind_is_open = match act.kind {
        ActKind::Confirmation | ActKind::Acknowledgement | ActKind::Information => true,
        ActKind::Consent | ActKind::Application | ActKind::Notification | ActKind::Agreement => false,
    };
    let is_staffs = act.signers.staff().is_some();
    kind_is_open && !is_staffs && act.fields.iter().all(|field| field_is_open(field, catalogue))
}

fn field_is_open(field: &Field, catalogue: &Catalogue) -> bool {
    // An element that is not in the catalogue could be anything.
    let is_open = |key| catalogue.get(key).is_some_and(|element| element.sensitivity != Sensitivity::Health);
    field.element.as_ref().is_none_or(is_open)
        && !matches!(field.kind, FieldKind::Files { .. })
        && field.kind.columns().iter().all(|column| field_is_open(column, catalogue))
}
