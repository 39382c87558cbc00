use crate::fact::{Audience, Element, Merge, Sensitivity, Sharing};
use crate::form::builder::KINDS;
use crate::locale::Locale;
use crate::violation::{Code, Violation};

const LONGEST_HOLD: u16 = 3650;
const MOST_LABEL: usize = 120;

/// What is wrong with changing an element from `before` to `after`. `asked`: a published form asks for it. Paths are the
/// names of the fields as on the wire.
///
/// Health data that a form asks for stays health data and is never overwritten by the newest answer (GDPR art. 9); what was
/// given on the promise that only the giver sees it stays with the giver (OSL 21:3).
pub fn check_element(before: &Element, after: &Element, asked: bool) -> Vec<Violation> {
    let mut found = Vec::new();
    if after.key != before.key {
        found.push(Violation::new("key", Code::WrongKind));
    }
    if after.subject != before.subject {
        found.push(Violation::new("subject", Code::WrongKind));
    }
    // What was answered is of this kind, and is filled in as it is.
    if after.kind != before.kind || after.kind.as_deref().is_some_and(|kind| !KINDS.contains(&kind)) {
        found.push(Violation::new("kind", Code::WrongKind));
    }
    for locale in Locale::ALL {
        let label = after.label.0.get(locale).map(|label| label.trim()).unwrap_or_default();
        let path = format!("label.{}", locale.as_str());
        if label.is_empty() {
            found.push(Violation::new(path, Code::Required));
        } else if label.chars().count() > MOST_LABEL {
            found.push(Violation::new(path, Code::TooLong).with("max", MOST_LABEL));
        }
    }
    match after.holds_days {
        Some(0) => found.push(Violation::new("holds-days", Code::TooSmall).with("min", 1)),
        Some(days) if days > LONGEST_HOLD => {
            found.push(Violation::new("holds-days", Code::TooLarge).with("max", LONGEST_HOLD));
        }
        _ => {}
    }
    if matches!(&after.audience, Audience::Only(functions) if functions.is_empty()) {
        found.push(Violation::new("audience", Code::TooFew).with("least", 1));
    }
    let repeated = |at: usize| after.sources[..at].contains(&after.sources[at]);
    if after.sources.is_empty() {
        found.push(Violation::new("sources", Code::TooFew).with("least", 1));
    } else if (1..after.sources.len()).any(repeated) {
        found.push(Violation::new("sources", Code::Repeated));
    }
    let is_class = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if after.retention.is_empty() || after.retention.len() > 60 || !after.retention.chars().all(is_class) {
        found.push(Violation::new("retention", Code::WrongKind));
    }
    found.extend(unsafe_change(before, after, asked));
    found
}

fn unsafe_change(before: &Element, after: &Element, asked: bool) -> Vec<Violation> {
    let mut found = Vec::new();
    if asked && before.sensitivity == Sensitivity::Health {
        if after.sensitivity < Sensitivity::Health {
            found.push(Violation::new("sensitivity", Code::KeptAsHealth));
        }
        if before.merge == Merge::Union && after.merge == Merge::Latest {
            found.push(Violation::new("merge", Code::KeptAsHealth));
        }
    }
    let opens = before.sharing == Sharing::GiverOnly && after.sharing == Sharing::Guardians;
    if asked && opens {
        found.push(Violation::new("sharing", Code::PromisedToGiver));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::{ElementKey, Source, Subject};
    use crate::form::Texts;

    fn element() -> Element {
        Element {
            key: ElementKey("child.diet".into()),
            subject: Subject::Child,
            sensitivity: Sensitivity::Health,
            holds_days: Some(365),
            merge: Merge::Union,
            sharing: Sharing::GiverOnly,
            retention: "special-diet".into(),
            label: Texts([(Locale::Sv, "Kost".into()), (Locale::En, "Diet".into())].into()),
            sources: vec![Source::Guardian],
            audience: Audience::Unit,
            kind: None,
        }
    }

    fn paths(after: &Element, asked: bool) -> Vec<String> {
        check_element(&element(), after, asked).into_iter().map(|found| found.path).collect()
    }

    #[test]
    fn what_a_form_asks_for_as_health_stays_so() {
        let less = Element {
            sensitivity: Sensitivity::Contact,
            merge: Merge::Latest,
            sharing: Sharing::Guardians,
            ..element()
        };
        assert_eq!(paths(&less, true), ["sensitivity", "merge", "sharing"]);
        assert_eq!(paths(&less, false), Vec::<String>::new(), "nobody asks for it");
        let narrower = Element { audience: Audience::Principal, holds_days: None, ..element() };
        assert_eq!(paths(&narrower, true), Vec::<String>::new());
    }

    #[test]
    fn names_each_field_that_is_wrong() {
        let wrong = Element {
            subject: Subject::Guardian,
            label: Texts([(Locale::Sv, "Kost".into())].into()),
            holds_days: Some(0),
            sources: vec![Source::Staff, Source::Staff],
            retention: "Kost 2".into(),
            ..element()
        };
        assert_eq!(paths(&wrong, true), ["subject", "label.en", "holds-days", "sources", "retention"]);
        assert_eq!(paths(&Element { sources: vec![], ..element() }, true), ["sources"]);
        assert_eq!(paths(&Element { audience: Audience::Only(vec![]), ..element() }, true), ["audience"]);
        assert_eq!(paths(&Element { kind: Some("yes-no".into()), ..element() }, false), ["kind"]);
    }
}
