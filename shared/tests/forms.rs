//! Forms: what is hidden is not kept, what is kept is right, and what is known is shown to the right person.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use skolstart_shared::fact::{
    Audience, Catalogue, Element, ElementKey, Freshness, Merge, Provenance, Sensitivity, Sharing, Snapshot,
    Source, Subject, Value,
};
use skolstart_shared::form::{Act, Answers, FieldKey, Setting, normalise, prefill, progress, validate};
use skolstart_shared::id::PersonId;
use skolstart_shared::school::{Grade, SchoolForm};
use skolstart_shared::{Code, Date, Timestamp};
use uuid::Uuid;

const ACT: &str = r#"{
  "key": "a", "kind": "notification", "subject": "child", "title": {"sv": "t"}, "purpose": {"sv": "p"},
  "readers": {"sv": "r"}, "legal-basis": "public-interest", "law": {"sv": "l"}, "signers": "any-guardian",
  "retention": "r",
  "fields": [
    {"key": "needs", "label": {"sv": "?"}, "kind": {"yes-no": {}}, "required": true},
    {"key": "which", "label": {"sv": "?"}, "required": true, "element": "child.which",
     "kind": {"choices": {"options": [{"key": "egg", "label": {"sv": "e"}}, {"key": "other", "label": {"sv": "o"}}],
              "none": {"sv": "n"}}}, "visible-if": {"is": ["needs", {"flag": true}]}},
    {"key": "other", "label": {"sv": "?"}, "kind": {"text": {"max": 10}}, "required": true,
     "visible-if": {"chosen": ["which", "other"]}},
    {"key": "alone", "label": {"sv": "?"}, "kind": {"yes-no": {}}, "visible-if": {"grade": [1, 6]}},
    {"key": "persons", "label": {"sv": "?"}, "kind": {"rows": {"least": 1, "most": 2, "add": {"sv": "+"},
     "row": {"sv": "p"}, "fields": [{"key": "name", "label": {"sv": "n"}, "kind": {"text": {"max": 5}}, "required": true}]}}}
  ],
  "rules": []
}"#;

fn act() -> Act {
    serde_json::from_str(ACT).unwrap()
}

fn key(name: &str) -> FieldKey {
    FieldKey(name.to_owned())
}

fn setting() -> Setting {
    Setting {
        school_form: Some(SchoolForm::Gr),
        grade: Grade::new(2),
        birth: Date::new(2018, 3, 1),
        guardians: 2,
        today: Date::new(2026, 8, 17).unwrap(),
    }
}

fn answers(pairs: &[(&str, Value)]) -> Answers {
    pairs.iter().map(|(name, value)| (key(name), value.clone())).collect()
}

fn codes(pairs: &[(&str, Value)]) -> Vec<(String, Code)> {
    let act = act();
    let kept = normalise(&act, &answers(pairs), &setting());
    validate(&act, &kept, &setting()).into_iter().map(|violation| (violation.path, violation.code)).collect()
}

#[test]
fn what_hangs_on_a_hidden_field_falls_away_with_it() {
    let given = answers(&[
        ("needs", Value::Flag(false)),
        ("which", Value::Choices(vec!["other".into()])),
        ("other", Value::Text("havre".into())),
    ]);
    let kept = normalise(&act(), &given, &setting());
    assert_eq!(kept, answers(&[("needs", Value::Flag(false))]));
}

#[test]
fn only_what_is_visible_is_required() {
    assert_eq!(codes(&[]), [("needs".into(), Code::Required)]);
    assert_eq!(codes(&[("needs", Value::Flag(false))]), []);
    assert_eq!(codes(&[("needs", Value::Flag(true))]), [("which".into(), Code::Required)]);
    let other = ("which", Value::Choices(vec!["other".into()]));
    assert_eq!(codes(&[("needs", Value::Flag(true)), other]), [("other".into(), Code::Required)]);
}

#[test]
fn none_of_these_is_an_answer() {
    assert_eq!(codes(&[("needs", Value::Flag(true)), ("which", Value::Choices(vec![]))]), []);
}

#[test]
fn violations_name_the_row_and_the_column() {
    let row = |name: &str| [("name".to_owned(), Value::Text(name.into()))].into();
    let rows = Value::Rows(vec![row("Anna"), row("Maximilian")]);
    let found = codes(&[("needs", Value::Flag(false)), ("persons", rows)]);
    assert_eq!(found, [("persons.1.name".into(), Code::TooLong)]);
}

#[test]
fn text_that_hides_or_reorders_is_refused() {
    let found = codes(&[
        ("needs", Value::Flag(true)),
        ("which", Value::Choices(vec!["other".into()])),
        ("other", Value::Text("a\u{202E}b".into())),
    ]);
    assert_eq!(found, [("other".into(), Code::UnprintableText)]);
}

fn element(merge: Merge, sharing: Sharing) -> Element {
    Element {
        key: ElementKey("child.which".into()),
        subject: Subject::Child,
        sensitivity: Sensitivity::Health,
        holds_days: Some(365),
        merge,
        sharing,
        retention: "r".into(),
        label: Default::default(),
        sources: vec![Source::Guardian],
        audience: Audience::Unit,
        kind: None,
    }
}

fn guardian(n: u128) -> PersonId {
    PersonId(Uuid::from_u128(n))
}

fn day(millis: i64) -> Timestamp {
    Timestamp::from_millis(1_780_000_000_000 + millis)
}

#[test]
fn staff_see_what_every_guardian_has_said_of_a_union() {
    let element = element(Merge::Union, Sharing::Guardians);
    let mut snapshot = Snapshot::default();
    let egg = Value::Choices(vec!["egg".into()]);
    snapshot.record(&element.key, egg.clone(), Source::Guardian, Some(guardian(1)), day(0));
    snapshot.record(&element.key, Value::Choices(vec![]), Source::Guardian, Some(guardian(2)), day(1));
    assert_eq!(snapshot.for_staff(&element).len(), 2);
    assert_eq!(snapshot.known_to(&element, guardian(1)).map(|entry| &entry.value), Some(&egg));
}

#[test]
fn what_only_the_giver_sees_is_not_filled_in_for_the_other() {
    let element = element(Merge::Union, Sharing::GiverOnly);
    let mut snapshot = Snapshot::default();
    snapshot.record(&element.key, Value::Choices(vec![]), Source::Guardian, Some(guardian(1)), day(0));
    assert!(snapshot.known_to(&element, guardian(2)).is_none());
    assert!(snapshot.known_to(&element, guardian(1)).is_some());
}

#[test]
fn a_confirmation_keeps_since_and_version_and_makes_it_fresh() {
    let element = element(Merge::Latest, Sharing::Guardians);
    let catalogue = Catalogue::new(vec![element.clone()]);
    let year_and_more = 400 * 86_400_000;
    let today = Date::new(2026, 8, 17).unwrap();
    let now = Timestamp::from_millis(1_786_924_800_000);
    let before = now.plus_millis(-year_and_more);
    let egg = Value::Choices(vec!["egg".into()]);
    let mut snapshot = Snapshot::default();
    let first = snapshot.record(&element.key, egg.clone(), Source::Guardian, Some(guardian(1)), before);
    let shown = |snapshot: &Snapshot| {
        let about = (guardian(9), snapshot);
        let setting = Setting { today, ..setting() };
        prefill(&act(), about, &catalogue, guardian(2), &setting)[&key("which")].clone()
    };
    assert_eq!(shown(&snapshot).freshness, Freshness::Stale);
    assert_eq!(shown(&snapshot).from, Provenance::OtherGuardian);
    // The same of a pupil who has said it of herself.
    assert_eq!(first.provenance(guardian(1), Some(guardian(2))), Provenance::Pupil);
    assert_eq!(first.provenance(guardian(1), Some(guardian(1))), Provenance::You);
    let again = snapshot.record(&element.key, egg, Source::Guardian, Some(guardian(1)), now);
    assert_eq!((again.since, again.version), (first.since, first.version));
    assert_eq!(shown(&snapshot).freshness, Freshness::Known);
}

#[test]
fn progress_counts_what_is_known_and_what_is_new() {
    let counted = progress(&act(), &Default::default(), &setting());
    assert_eq!(
        (counted.known, counted.new),
        (0, 3),
        "needs, alone and persons are visible before anything is said"
    );
}

/// Any value, of a kind that fits or not.
fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        ".{0,12}".prop_map(Value::Text),
        any::<bool>().prop_map(Value::Flag),
        any::<i64>().prop_map(Value::Number),
        prop::collection::vec(prop_oneof![Just("egg".to_owned()), Just("other".to_owned()), ".{0,3}"], 0..3)
            .prop_map(Value::Choices),
        ".{0,4}".prop_map(Value::Choice),
        prop::collection::vec(
            prop::collection::btree_map("name|x", ".{0,7}".prop_map(Value::Text), 0..2),
            0..4
        )
        .prop_map(|rows| Value::Rows(rows.into_iter().map(|row| row.into_iter().collect()).collect())),
    ]
}

fn any_answers() -> impl Strategy<Value = Answers> {
    let names = prop_oneof![
        Just("needs"),
        Just("which"),
        Just("other"),
        Just("alone"),
        Just("persons"),
        Just("unknown")
    ];
    prop::collection::btree_map(names.prop_map(key), any_value(), 0..6)
        .prop_map(|answers| Answers(answers.into_iter().collect()))
}

proptest! {
    #[test]
    fn normalising_twice_is_normalising_once(given in any_answers()) {
        let once = normalise(&act(), &given, &setting());
        prop_assert_eq!(&normalise(&act(), &once, &setting()), &once);
    }

    #[test]
    fn what_is_kept_is_visible_and_never_unknown(given in any_answers()) {
        let act = act();
        let kept = normalise(&act, &given, &setting());
        for field in kept.0.keys() {
            let field = act.field(field);
            prop_assert!(field.is_some_and(|field| field.is_visible(&kept, &setting())));
        }
        let unknown = validate(&act, &kept, &setting()).into_iter()
            .any(|violation| violation.code == Code::UnknownField && !violation.path.contains('.'));
        prop_assert!(!unknown);
    }

    #[test]
    fn answers_survive_the_wire(given in any_answers()) {
        let sent = serde_json::to_string(&given).unwrap();
        prop_assert_eq!(serde_json::from_str::<Answers>(&sent).unwrap(), given);
    }
}

const WIDE: &str = r#"{
  "key": "w", "kind": "application", "subject": "child", "title": {"sv": "t"}, "purpose": {"sv": "p"},
  "readers": {"sv": "r"}, "legal-basis": "official-authority", "law": {"sv": "l"}, "signers": "all-guardians",
  "retention": "r",
  "fields": [
    {"key": "read", "label": {"sv": "i"}, "kind": {"information": {"text": {"sv": "t"}}}},
    {"key": "leave", "label": {"sv": "?"}, "kind": {"days": {"earliest": 0}}, "required": true},
    {"key": "days", "label": {"sv": "?"}, "kind": {"calculated": {"how": {"weekdays": "leave"}}}},
    {"key": "why-long", "label": {"sv": "?"}, "kind": {"text": {"max": 50}}, "required": true,
     "visible-if": {"at-least": ["days", 11]}},
    {"key": "incomes", "label": {"sv": "?"}, "kind": {"rows": {"least": 0, "most": 2, "add": {"sv": "+"}, "row": {"sv": "r"},
     "shape": "table", "fields": [
       {"key": "salary", "label": {"sv": "s"}, "kind": {"money": {"min": 0, "max": 10000000}}},
       {"key": "other", "label": {"sv": "o"}, "kind": {"money": {"min": 0, "max": 10000000}}},
       {"key": "source", "label": {"sv": "o"}, "kind": {"text": {"max": 20}}, "required": true,
        "visible-if": {"at-least": ["other", 1]}},
       {"key": "sum", "label": {"sv": "s"}, "kind": {"calculated": {"how": {"sum": {"plus": ["salary", "other"], "money": true}}}}}
     ]}}},
    {"key": "all", "label": {"sv": "s"}, "kind": {"calculated": {"how": {"column": {"rows": "incomes", "column": "sum", "money": true}}}}},
    {"key": "mine", "label": {"sv": "s"}, "kind": {"number": {"min": 0, "max": 100}}},
    {"key": "yours", "label": {"sv": "s"}, "kind": {"number": {"min": 0, "max": 100}}},
    {"key": "old", "label": {"sv": "?"}, "kind": {"yes-no": {}}, "required-if": {"age": {"from": 15, "on": "leave"}}}
  ],
  "rules": [
    {"total": {"fields": ["mine", "yours"], "total": 100}},
    {"must": {"holds": {"at-most": ["all", 4376000]}, "at": "incomes", "says": {"sv": "Kryssa i taket i stället"}}}
  ]
}"#;

fn wide(pairs: &[(&str, Value)]) -> (Answers, Vec<(String, Code)>) {
    let act: Act = serde_json::from_str(WIDE).unwrap();
    let kept = normalise(&act, &answers(pairs), &setting());
    let found = validate(&act, &kept, &setting());
    (kept, found.into_iter().map(|violation| (violation.path, violation.code)).collect())
}

fn days(from: &str, to: &str) -> Value {
    Value::Days(Date::parse_iso(from).unwrap(), Date::parse_iso(to).unwrap())
}

#[test]
fn what_follows_is_worked_out_whatever_was_sent_and_conditions_see_it() {
    // Monday to Friday of the week after: ten weekdays with the one before.
    let (kept, found) = wide(&[("leave", days("2026-08-17", "2026-08-28")), ("days", Value::Number(1))]);
    assert_eq!(kept.get(&key("days")), Some(&Value::Number(10)));
    assert!(found.iter().all(|(path, _)| path != "why-long"), "{found:?}");
    let (_, found) = wide(&[("leave", days("2026-08-17", "2026-08-31"))]);
    assert!(found.contains(&("why-long".into(), Code::Required)), "{found:?}");
    let (_, found) = wide(&[("leave", days("2026-08-20", "2026-08-18"))]);
    assert!(found.contains(&("leave".into(), Code::TooEarly)), "{found:?}");
}

#[test]
fn rows_have_conditions_and_sums_of_their_own() {
    let row = |salary: i64, other: i64| -> skolstart_shared::fact::Row {
        [("salary".to_owned(), Value::Number(salary)), ("other".to_owned(), Value::Number(other))].into()
    };
    let leave = ("leave", days("2026-08-17", "2026-08-18"));
    let (kept, found) =
        wide(&[leave.clone(), ("incomes", Value::Rows(vec![row(3_000_000, 0), row(1_000_000, 500)]))]);
    assert_eq!(kept.get(&key("all")), Some(&Value::Number(4_000_500)));
    assert_eq!(found, [("incomes.1.source".into(), Code::Required)]);
    let (_, found) = wide(&[leave, ("incomes", Value::Rows(vec![row(4_400_000, 0)]))]);
    assert_eq!(found, [("incomes".into(), Code::RuleBroken)]);
}

#[test]
fn shares_add_up_and_ages_are_counted_on_the_day_that_matters() {
    let leave = ("leave", days("2026-08-17", "2026-08-18"));
    let shares = |mine: i64, yours: i64| {
        wide(&[leave.clone(), ("mine", Value::Number(mine)), ("yours", Value::Number(yours))]).1
    };
    assert!(shares(60, 30).contains(&("yours".into(), Code::WrongTotal)));
    assert!(!shares(60, 40).iter().any(|(_, code)| *code == Code::WrongTotal));
    // Born 1 March 2018: fifteen on the day of a leave in 2033.
    assert!(!shares(60, 40).contains(&("old".into(), Code::Required)));
    let (_, found) = wide(&[("leave", days("2033-03-01", "2033-03-02"))]);
    assert!(found.contains(&("old".into(), Code::Required)), "{found:?}");
}

#[test]
fn an_example_answers_every_act_rightly() {
    let act: Act = serde_json::from_str(WIDE).unwrap();
    for variant in 0..4 {
        let mut given = skolstart_shared::form::example_answers(&act, variant, &setting());
        // Two numbers that an example cannot know to add up.
        given.set(&key("mine"), Some(Value::Number(50)));
        given.set(&key("yours"), Some(Value::Number(50)));
        assert_eq!(validate(&act, &given, &setting()), [], "{variant}");
    }
}

const HANGING: &str = r#"[
    {"key": "asked", "label": {"sv": "?"}, "kind": {"number": {"min": 0, "max": 99}}},
    {"key": "sum", "label": {"sv": "s"}, "kind": {"calculated": {"how": {"sum": {"plus": ["asked"]}}}}},
    {"key": "why", "label": {"sv": "?"}, "kind": {"text": {"max": 9}}, "visible-if": {"at-least": ["sum", 4]}},
    {"key": "rows", "label": {"sv": "r"}, "kind": {"rows": {"least": 0, "most": 3, "add": {"sv": "a"}, "row": {"sv": "r"}, "fields": [
       {"key": "n", "label": {"sv": "n"}, "kind": {"number": {"min": 0, "max": 99}}},
       {"key": "twice", "label": {"sv": "t"}, "kind": {"calculated": {"how": {"sum": {"plus": ["n", "n"]}}}}},
       {"key": "note", "label": {"sv": "n"}, "kind": {"text": {"max": 9}}, "visible-if": {"at-least": ["twice", 4]}}
    ]}}}
]"#;

/// Whatever number is sent: it is worked out before it is said to be too large.
#[test]
fn numbers_that_do_not_fit_are_worked_out_to_nothing() {
    let fields = r#"[
        {"key": "had", "label": {"sv": "?"}, "kind": {"number": {"min": 0, "max": 99}}},
        {"key": "spent", "label": {"sv": "?"}, "kind": {"number": {"min": 0, "max": 99}}},
        {"key": "left", "label": {"sv": "s"}, "kind": {"calculated": {"how": {"sum": {"plus": ["had"], "minus": ["spent"]}}}}}
    ]"#;
    let act = Act { fields: serde_json::from_str(fields).unwrap(), rules: Vec::new(), ..act() };
    for (had, spent) in [(i64::MAX, -1), (i64::MIN, 1), (-2, i64::MAX), (0, i64::MIN)] {
        let given = answers(&[("had", Value::Number(had)), ("spent", Value::Number(spent))]);
        let kept = normalise(&act, &given, &setting());
        assert_eq!(kept.get(&key("left")), None, "{had} - {spent}");
        assert!(!validate(&act, &kept, &setting()).is_empty());
    }
}

/// Nothing is hidden for want of what is worked out from the answers beside it.
#[test]
fn an_answer_that_hangs_on_a_calculated_value_is_kept() {
    let act = Act { fields: serde_json::from_str(HANGING).unwrap(), rules: Vec::new(), ..act() };
    let row = |number: i64| {
        let cells = [("n", Value::Number(number)), ("note", Value::Text("x".to_owned()))];
        cells.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    };
    let given = |asked: i64| {
        let pairs = [
            (key("asked"), Value::Number(asked)),
            (key("why"), Value::Text("resa".to_owned())),
            (key("rows"), Value::Rows(vec![row(1), row(2)])),
        ];
        normalise(&act, &pairs.into_iter().collect(), &setting())
    };
    assert_eq!(given(5).get(&key("why")), Some(&Value::Text("resa".to_owned())));
    assert_eq!(given(3).get(&key("why")), None);
    let Some(Value::Rows(rows)) = given(5).get(&key("rows")).cloned() else { panic!("the rows are kept") };
    assert_eq!(rows.iter().map(|row| row.contains_key("note")).collect::<Vec<_>>(), [false, true]);
}
