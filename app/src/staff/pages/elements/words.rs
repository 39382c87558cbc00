//! Classes and rules of elements in words.

use super::consequence::Consequence;
use crate::i18n::{number, t, t_count, t_or, t_with};
use crate::letter;
use skolstart_shared::Violation;
use skolstart_shared::fact::{Audience, Merge, Sensitivity, Sharing, Source, Subject};

pub(super) fn subject(subject: Subject) -> String {
    match subject {
        Subject::Child => t("staff.element.child"),
        Subject::Guardian => t("staff.element.guardian"),
    }
}

pub(in crate::staff::pages) fn sensitivity(sensitivity: Sensitivity) -> String {
    match sensitivity {
        Sensitivity::Personal => t("staff.element.personal"),
        Sensitivity::Contact => t("staff.element.contact"),
        Sensitivity::Health => t("staff.element.health"),
    }
}

pub(in crate::staff::pages) fn holds(days: Option<u16>) -> String {
    match days {
        Some(days) => t_count("staff.element.days", days.into(), &[]),
        None => t("staff.element.forever"),
    }
}

pub(in crate::staff::pages) fn merge(merge: Merge) -> String {
    match merge {
        Merge::Latest => t("staff.element.latest"),
        Merge::Union => t("staff.element.union"),
    }
}

pub(in crate::staff::pages) fn sharing(sharing: Sharing) -> String {
    match sharing {
        Sharing::Guardians => t("staff.element.shared"),
        Sharing::GiverOnly => t("staff.element.giver-only"),
    }
}

pub(in crate::staff::pages) fn audience(audience: &Audience) -> String {
    match audience {
        Audience::Unit => t("staff.element.unit"),
        Audience::Principal => t("staff.element.principal"),
        Audience::Only(functions) => {
            let names: Vec<String> = functions.iter().map(|function| letter::title(*function)).collect();
            t_with("staff.element.only", &[("who", &names.join(", "))])
        }
    }
}

pub(super) fn source(source: Source) -> String {
    match source {
        Source::Register => t("staff.element.source-register"),
        Source::Guardian => t("staff.element.source-guardian"),
        Source::Staff => t("staff.element.source-staff"),
    }
}

pub(super) fn consequence(consequence: Consequence) -> String {
    match consequence {
        Consequence::Renamed => t("staff.element.then-renamed"),
        Consequence::HoldsFor(days) => t_with("staff.element.then-holds", &[("n", &number(days.into()))]),
        Consequence::HoldsForever => t("staff.element.then-forever"),
        Consequence::PrincipalOnly => t("staff.element.then-principal"),
        Consequence::FunctionsOnly => t("staff.element.then-only"),
        Consequence::WholeUnit => t("staff.element.then-unit"),
        Consequence::GiverOnly => t("staff.element.then-giver"),
        Consequence::Shared => t("staff.element.then-shared"),
        Consequence::SideBySide => t("staff.element.then-union"),
        Consequence::NewestStands => t("staff.element.then-latest"),
        Consequence::Health => t("staff.element.then-health"),
        Consequence::OtherClass => t("staff.element.then-class"),
        Consequence::OtherTrust => t("staff.element.then-trust"),
        Consequence::OtherRetention => t("staff.element.then-retention"),
    }
}

/// What is wrong and where.
pub(super) fn wrong(violation: &Violation) -> String {
    let field = match violation.path.as_str() {
        "label.sv" => t("staff.element.label-sv"),
        "label.en" => t("staff.element.label-en"),
        "holds-days" => t("staff.element.holds"),
        "sources" => t("staff.element.trust"),
        "sensitivity" => t("staff.element.sensitivity"),
        "merge" => t("staff.element.merge"),
        "sharing" => t("staff.element.sharing"),
        "audience" => t("staff.element.audience"),
        "retention" => t("staff.element.retention"),
        _ => t("staff.element.title-one"),
    };
    let why = t_or(&["unfit.", violation.code.as_str()].concat(), "unfit.other");
    [field.as_str(), ": ", &why].concat()
}
