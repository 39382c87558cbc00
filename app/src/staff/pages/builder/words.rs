//! What the builder says about codes. Turns them into texts; decides nothing.

use crate::i18n::{number, t, t_or, t_with};
use skolstart_shared::access::Function;
use skolstart_shared::fact::Subject;
use skolstart_shared::form::builder::{Change, DraftState, Meaning, Operator, TrialFamily};
use skolstart_shared::form::check::Finding;
use skolstart_shared::form::{ActKind, LegalBasis};
use skolstart_shared::school::SchoolForm;
use std::collections::BTreeMap;

/// The kinds of acts, in the order in which they are offered.
pub(super) const ACT_KINDS: [ActKind; 7] = [
    ActKind::Confirmation,
    ActKind::Notification,
    ActKind::Application,
    ActKind::Consent,
    ActKind::Acknowledgement,
    ActKind::Agreement,
    ActKind::Information,
];

/// The school forms that a condition or an audience can name.
pub(super) const SCHOOL_FORMS: [SchoolForm; 8] = [
    SchoolForm::Fs,
    SchoolForm::Fklass,
    SchoolForm::Gr,
    SchoolForm::Gran,
    SchoolForm::Sp,
    SchoolForm::Sam,
    SchoolForm::Gy,
    SchoolForm::Gyan,
];

pub(super) const BASES: [LegalBasis; 5] = [
    LegalBasis::PublicInterest,
    LegalBasis::OfficialAuthority,
    LegalBasis::LegalObligation,
    LegalBasis::Contract,
    LegalBasis::Consent,
];

pub(super) fn act_kind(kind: ActKind) -> String {
    match kind {
        ActKind::Confirmation => t("builder.act.confirmation"),
        ActKind::Notification => t("builder.act.notification"),
        ActKind::Application => t("builder.act.application"),
        ActKind::Consent => t("builder.act.consent"),
        ActKind::Acknowledgement => t("builder.act.acknowledgement"),
        ActKind::Agreement => t("builder.act.agreement"),
        ActKind::Information => t("builder.act.information"),
    }
}

pub(super) fn subject(subject: Subject) -> String {
    match subject {
        Subject::Child => t("builder.subject.child"),
        Subject::Guardian => t("builder.subject.guardian"),
    }
}

pub(super) fn basis(basis: LegalBasis) -> String {
    match basis {
        LegalBasis::Consent => t("builder.basis.consent"),
        LegalBasis::Contract => t("builder.basis.contract"),
        LegalBasis::LegalObligation => t("builder.basis.obligation"),
        LegalBasis::PublicInterest => t("builder.basis.interest"),
        LegalBasis::OfficialAuthority => t("builder.basis.authority"),
    }
}

pub(super) fn function(function: Function) -> String {
    t_or(&["function.", function.as_str()].concat(), "kind.other")
}

pub(super) fn kind(name: &str) -> String {
    t_or(&["kind.", name].concat(), "kind.other")
}

pub(super) fn school_form(form: SchoolForm) -> String {
    t_or(&["school-form.", &form.code().to_lowercase()].concat(), "kind.other")
}

pub(super) fn operator(operator: Operator, negated: bool) -> String {
    match (operator, negated) {
        (Operator::Is, false) => t("builder.when.is"),
        (Operator::Is, true) => t("builder.when.is-not"),
        (Operator::Chosen, false) => t("builder.when.chosen"),
        (Operator::Chosen, true) => t("builder.when.not-chosen"),
        (Operator::Some, false) => t("builder.when.some"),
        (Operator::Some, true) => t("builder.when.none"),
        (Operator::AtLeast, false) => t("builder.when.at-least"),
        (Operator::AtLeast, true) => t("builder.when.less-than"),
        (Operator::AtMost, false) => t("builder.when.at-most"),
        (Operator::AtMost, true) => t("builder.when.more-than"),
        (Operator::Within, false) => t("builder.when.within"),
        (Operator::Within, true) => t("builder.when.outside"),
    }
}

/// A finding of the check list as a sentence.
pub(super) fn finding(finding: &Finding) -> String {
    sentence("check.", finding.code.as_str(), finding.params.iter().map(|(name, text)| (name.as_str(), text)))
}

/// A difference between two versions as a sentence.
pub(super) fn change(change: &Change) -> String {
    let mut params: BTreeMap<&str, String> = change.params.clone();
    if change.code.as_str() == "kind" {
        for name in ["before", "after"] {
            if let Some(text) = params.get_mut(name) {
                *text = kind(text);
            }
        }
    }
    sentence("diff.", change.code.as_str(), params.iter().map(|(name, text)| (*name, text)))
}

fn sentence<'a>(family: &str, code: &str, params: impl Iterator<Item = (&'a str, &'a String)>) -> String {
    let params: Vec<(&str, &str)> = params.map(|(name, text)| (name, text.as_str())).collect();
    t_with(&[family, code].concat(), &params)
}

/// What becomes of the answers to an act, as a sentence.
pub(super) fn meaning(meaning: Meaning, act: &str) -> String {
    let named = [("act", act)];
    match meaning {
        Meaning::Stands => t_with("builder.effect.stands", &named),
        Meaning::NoLongerAsked => t_with("builder.effect.gone", &named),
        Meaning::New => t_with("builder.effect.new", &named),
        Meaning::AskedAnew(reason) => {
            let why = t_or(&["effect.", reason.as_str()].concat(), "kind.other");
            t_with("builder.effect.anew", &[("act", act), ("why", &why)])
        }
    }
}

pub(super) fn draft_state(state: DraftState) -> String {
    match state {
        DraftState::Editing => t("builder.state.editing"),
        DraftState::Asked => t("builder.state.asked"),
        DraftState::SentBack => t("builder.state.sent-back"),
        DraftState::Published => t("builder.state.published"),
    }
}

/// A trial family in one line: "Cleo, årskurs 2, 8 år, två vårdnadshavare".
pub(super) fn family(family: &TrialFamily) -> String {
    let place = match family.grade {
        Some(grade) if grade > 0 => t_with("builder.try.grade", &[("grade", &number(grade.into()))]),
        _ => school_form(family.school_form),
    };
    let guardians = match family.guardians {
        0 => t("builder.try.adult"),
        1 => t("builder.try.one-guardian"),
        _ => t("builder.try.two-guardians"),
    };
    let age = t_with("builder.try.age", &[("age", &number(family.age.into()))]);
    [family.name, place.as_str(), age.as_str(), guardians.as_str()].join(", ")
}
