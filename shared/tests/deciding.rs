//! Who decides about an application, what is checked of a decision, and what it makes known.

#![allow(missing_docs)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use proptest::prelude::*;
use skolstart_shared::access::Function;
use skolstart_shared::application::{
    Decision, Granted, Opinion, Sheet, carried, check_decision, check_opinion,
};
use skolstart_shared::fact::Value;
use skolstart_shared::form::{Act, Answers, DecisionOutcome, FieldKey, Setting};
use skolstart_shared::{Code, Date};

const ACT: &str = r#"{
  "key": "apply", "kind": "application", "subject": "child",
  "title": {"sv": "Ledighet"}, "purpose": {"sv": "p"}, "readers": {"sv": "r"},
  "legal-basis": "official-authority", "law": {"sv": "l"}, "signers": "all-guardians", "retention": "x",
  "fields": [
    {"key": "asked", "label": {"sv": "Dagar"}, "kind": {"number": {"min": 1, "max": 200}}, "required": true},
    {"key": "from", "label": {"sv": "Från"}, "kind": {"date": {"earliest": 0, "latest": 30}}, "required": true},
    {"key": "why", "label": {"sv": "Varför"}, "kind": {"text": {"max": 80}}}
  ],
  "decision": {
    "deciders": [{"function": "principal", "if": {"at-least": ["sum", 11]}}, {"function": "mentor"}],
    "opinion": "mentor",
    "outcomes": ["granted", "partly", "refused"],
    "fields": [
      {"key": "earlier", "label": {"sv": "Tidigare"}, "kind": {"number": {"min": 0, "max": 190}}, "required": true},
      {"key": "sum", "label": {"sv": "Summa"}, "kind": {"calculated": {"how": {"sum": {"plus": ["asked", "earlier"]}}}}},
      {"key": "part", "label": {"sv": "Del"}, "kind": {"number": {"min": 1, "max": 200}}, "required": true,
       "visible-if": {"is": ["outcome", {"choice": "partly"}]}}
    ],
    "law": {"sv": "l"},
    "carries": [{"field": "earlier", "sum": ["part", "asked"], "within": "school-year"}],
    "grants": [{"element": "child.leave", "from": "part"}, {"element": "child.leave", "from": "asked"}]
  }
}"#;

fn act() -> Act {
    serde_json::from_str(ACT).unwrap()
}

fn day(text: &str) -> Date {
    Date::parse_iso(text).unwrap()
}

fn setting() -> Setting {
    Setting::of_nobody(day("2026-10-01"))
}

fn answers(given: &[(&str, i64)]) -> Answers {
    given.iter().map(|(key, number)| (FieldKey((*key).to_owned()), Value::Number(*number))).collect()
}

/// Applied for on a day that has passed long ago when it is decided.
fn applied(asked: i64) -> Answers {
    let mut applied = answers(&[("asked", asked)]);
    applied.set(&FieldKey("from".to_owned()), Some(Value::Date(day("2026-01-05"))));
    applied
}

fn decision(outcome: DecisionOutcome, reasons: &str, fields: Answers) -> Decision {
    Decision { outcome, reasons: reasons.to_owned(), fields, changes: None }
}

fn paths(outcome: DecisionOutcome, reasons: &str, fields: Answers) -> Vec<String> {
    let wrong =
        check_decision(&act(), &applied(2), &decision(outcome, reasons, fields), &setting()).unwrap_err();
    wrong.into_iter().map(|violation| violation.path).collect()
}

proptest! {
    #[test]
    fn more_than_ten_days_in_all_are_the_principals(asked in 1i64..150, earlier in 0i64..40) {
        let act = act();
        let rule = act.decision.as_ref().unwrap();
        let sheet = Sheet::of(&act, &applied(asked)).unwrap();
        let decider = rule.decider(&sheet, &answers(&[("earlier", earlier)]), &setting());
        let expected = if asked + earlier > 10 { Function::Principal } else { Function::Mentor };
        prop_assert_eq!(decider, Some(expected));
        // Whoever decides gives no opinion to herself.
        let opinion = rule.opinion_before(decider);
        prop_assert_eq!(opinion.is_some(), expected == Function::Principal);
    }

    #[test]
    fn what_was_granted_in_the_same_school_year_is_added_up(days in proptest::collection::vec((0i64..20, any::<bool>()), 0..6)) {
        let act = act();
        let rule = act.decision.as_ref().unwrap();
        let earlier: Vec<Granted> = days
            .iter()
            .map(|(number, now)| Granted {
                decided: day(if *now { "2026-08-20" } else { "2026-06-30" }),
                answers: answers(&[("asked", *number)]),
            })
            .collect();
        let sum: i64 = days.iter().filter(|(_, now)| *now).map(|(number, _)| number).sum();
        prop_assert_eq!(carried(rule, &earlier, day("2027-06-30")), answers(&[("earlier", sum)]));
    }
}

#[test]
fn a_part_counts_as_the_part_and_not_as_what_was_asked() {
    let act = act();
    let earlier = [Granted { decided: day("2026-09-01"), answers: answers(&[("asked", 9), ("part", 2)]) }];
    let rule = act.decision.as_ref().unwrap();
    assert_eq!(carried(rule, &earlier, day("2026-10-01")), answers(&[("earlier", 2)]));
}

#[test]
fn a_no_and_half_a_yes_need_reasons_and_every_field_its_answer() {
    use DecisionOutcome::{Granted, Partly, Refused, Waiting};
    assert_eq!(paths(Granted, "", answers(&[])), ["fields.earlier"]);
    assert_eq!(paths(Refused, " ", answers(&[("earlier", 0)])), ["reasons"]);
    assert_eq!(paths(Partly, "Så", answers(&[("earlier", 0)])), ["fields.part"]);
    assert_eq!(paths(Waiting, "Så", answers(&[("earlier", 0)])), ["outcome"]);
    assert_eq!(
        paths(Refused, "Så", answers(&[("earlier", 191), ("other", 1)])),
        ["fields.earlier", "fields.other"]
    );
    let ok = decision(Partly, "Så", answers(&[("earlier", 0), ("part", 1)]));
    let checked = check_decision(&act(), &applied(2), &ok, &setting()).unwrap();
    assert_eq!(checked.fields, answers(&[("earlier", 0), ("part", 1), ("sum", 2)]));
    // What is only asked for half a yes is not kept of a whole one.
    let whole = decision(Granted, "", answers(&[("earlier", 0), ("part", 1)]));
    let checked = check_decision(&act(), &applied(2), &whole, &setting()).unwrap();
    assert_eq!(checked.fields, answers(&[("earlier", 0), ("sum", 2)]));
}

#[test]
fn an_opinion_needs_words_and_nothing_else() {
    let opinion = |words: &str, fields: Answers| Opinion { words: words.to_owned(), fields };
    assert!(check_opinion(&act(), &applied(20), &opinion("Ja", answers(&[])), &setting()).is_ok());
    let wrong = check_opinion(&act(), &applied(20), &opinion("", answers(&[("earlier", -1)])), &setting());
    let codes: Vec<_> = wrong.unwrap_err().into_iter().map(|violation| violation.code).collect();
    assert_eq!(codes, [Code::Required, Code::TooSmall]);
}

#[test]
fn what_is_granted_is_known_and_what_is_not_is_known_no_more() {
    let rule = act().decision.unwrap();
    let all = answers(&[("asked", 5), ("part", 2)]);
    let value = |outcome, all: &Answers| rule.makes_known(outcome, all).pop().unwrap().1;
    assert_eq!(value(DecisionOutcome::Partly, &all), Some(Value::Number(2)));
    assert_eq!(value(DecisionOutcome::Granted, &answers(&[("asked", 5)])), Some(Value::Number(5)));
    assert_eq!(value(DecisionOutcome::Refused, &all), None);
}

#[test]
fn what_is_not_decided_has_no_sheet() {
    let other = Act { decision: None, ..act() };
    assert!(Sheet::of(&other, &applied(1)).is_none());
    assert!(
        check_decision(
            &other,
            &applied(1),
            &decision(DecisionOutcome::Granted, "", answers(&[])),
            &setting()
        )
        .is_err()
    );
}
