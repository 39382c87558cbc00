//! When sources differ: who is asked, who is not, and that one tap settles it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use proptest::prelude::*;
use skolstart_shared::fact::{
    Audience, CHILD_ADDRESS, Catalogue, Element, ElementKey, Freshness, GUARDIAN_ADDRESS, Merge, Provenance,
    Sensitivity, Sharing, Snapshot, Source, Subject, Value,
};
use skolstart_shared::form::{Act, FieldKey, Known, Setting, prefill};
use skolstart_shared::id::PersonId;
use skolstart_shared::{Date, Timestamp};
use uuid::Uuid;

const DAY: i64 = 86_400_000;

fn element(merge: Merge, sharing: Sharing) -> Element {
    Element {
        key: ElementKey("child.x".into()),
        subject: Subject::Child,
        sensitivity: Sensitivity::Contact,
        holds_days: Some(365),
        merge,
        sharing,
        retention: "r".into(),
        label: Default::default(),
        sources: vec![Source::Guardian, Source::Register, Source::Staff],
        audience: Audience::Unit,
        kind: None,
    }
}

fn latest() -> Element {
    element(Merge::Latest, Sharing::Guardians)
}

fn guardian(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(number))
}

fn at(day: i64) -> Timestamp {
    Timestamp::from_millis(1_780_000_000_000 + day * DAY)
}

fn on(day: i64) -> Date {
    at(day).date_utc()
}

fn text(value: &str) -> Value {
    Value::Text(value.to_owned())
}

/// Says it on a day: 0 the register, 9 staff, otherwise that guardian.
fn say(snapshot: &mut Snapshot, element: &Element, who: u8, value: &str, day: i64) {
    let (source, by) = match who {
        0 => (Source::Register, None),
        9 => (Source::Staff, Some(guardian(9))),
        other => (Source::Guardian, Some(guardian(other.into()))),
    };
    snapshot.record(&element.key, text(value), source, by, at(day));
}

fn said(entries: &[&skolstart_shared::fact::Entry]) -> Vec<Value> {
    entries.iter().map(|entry| entry.value.clone()).collect()
}

#[test]
fn a_register_that_changes_later_is_asked_about_and_one_tap_settles_it() {
    let element = latest();
    let mut snapshot = Snapshot::default();
    say(&mut snapshot, &element, 0, "old", 0);
    say(&mut snapshot, &element, 1, "mine", 1);
    assert_eq!(
        said(&snapshot.alternatives(&element, guardian(1), on(2))),
        [],
        "she saw what the register said"
    );
    assert_eq!(said(&snapshot.disputed(&element, on(2))), []);
    say(&mut snapshot, &element, 0, "moved", 3);
    assert_eq!(said(&snapshot.alternatives(&element, guardian(1), on(4))), [text("mine")]);
    assert_eq!(
        said(&snapshot.disputed(&element, on(4))),
        [text("mine"), text("moved")],
        "in the order of trust"
    );
    for pick in ["mine", "moved"] {
        let mut settled = snapshot.clone();
        say(&mut settled, &element, 1, pick, 5);
        assert_eq!(said(&settled.alternatives(&element, guardian(1), on(6))), [], "{pick}");
        assert_eq!(said(&settled.disputed(&element, on(6))), [], "{pick}");
        assert_eq!(settled.known_to(&element, guardian(1)).unwrap().value, text(pick));
    }
    // A year later neither stands: it is stale and asked as such.
    assert_eq!(said(&snapshot.alternatives(&element, guardian(1), on(400))), []);
}

#[test]
fn two_guardians_are_each_asked_once_and_staff_see_both() {
    let element = latest();
    let mut snapshot = Snapshot::default();
    say(&mut snapshot, &element, 1, "red", 0);
    say(&mut snapshot, &element, 2, "blue", 1);
    assert_eq!(said(&snapshot.alternatives(&element, guardian(1), on(2))), [text("red")]);
    assert_eq!(said(&snapshot.alternatives(&element, guardian(2), on(2))), [], "she saw red and said blue");
    say(&mut snapshot, &element, 1, "red", 3);
    assert_eq!(said(&snapshot.alternatives(&element, guardian(1), on(4))), []);
    assert_eq!(
        said(&snapshot.alternatives(&element, guardian(2), on(4))),
        [],
        "she is not asked again and again"
    );
    assert_eq!(said(&snapshot.disputed(&element, on(4))), [text("red"), text("blue")]);
    say(&mut snapshot, &element, 9, "blue", 5);
    assert_eq!(said(&snapshot.disputed(&element, on(6))), [], "staff have found out");
}

#[test]
fn what_is_given_side_by_side_never_contradicts() {
    let element = element(Merge::Union, Sharing::Guardians);
    let mut snapshot = Snapshot::default();
    say(&mut snapshot, &element, 1, "egg", 0);
    say(&mut snapshot, &element, 2, "fish", 1);
    assert_eq!(said(&snapshot.alternatives(&element, guardian(1), on(2))), []);
    assert_eq!(said(&snapshot.disputed(&element, on(2))), []);
    assert_eq!(snapshot.for_staff(&element).len(), 2, "staff see both");
}

#[test]
fn a_register_that_moves_on_is_asked_about_beside_what_others_say_too() {
    let element = element(Merge::Union, Sharing::GiverOnly);
    let mut snapshot = Snapshot::default();
    say(&mut snapshot, &element, 0, "here", 0);
    say(&mut snapshot, &element, 1, "here", 1);
    say(&mut snapshot, &element, 2, "there", 1);
    assert_eq!(said(&snapshot.alternatives(&element, guardian(1), on(2))), []);
    assert_eq!(said(&snapshot.alternatives(&element, guardian(2), on(2))), [], "two homes");
    say(&mut snapshot, &element, 0, "moved", 3);
    for viewer in [1, 2] {
        let others = snapshot.alternatives(&element, guardian(viewer), on(4));
        assert_eq!(said(&others), [text("moved")], "beside her own word {viewer}");
    }
    assert_eq!(said(&snapshot.disputed(&element, on(4))), [], "staff see all of them anyway");
    say(&mut snapshot, &element, 1, "moved", 5);
    assert_eq!(said(&snapshot.alternatives(&element, guardian(1), on(6))), []);
}

const ACT: &str = r#"{
  "key": "a", "kind": "confirmation", "subject": "child", "title": {"sv": "t"}, "purpose": {"sv": "p"},
  "readers": {"sv": "r"}, "legal-basis": "public-interest", "law": {"sv": "l"}, "signers": "any-guardian",
  "retention": "r",
  "fields": [{"key": "FIELD", "label": {"sv": "?"}, "kind": {"text": {"max": 50}}, "element": "child.x"}]
}"#;

fn filled_in(field: &str, snapshot: &Snapshot, viewer: u8, day: i64) -> Known {
    let act: Act = serde_json::from_str(&ACT.replace("FIELD", field)).unwrap();
    let catalogue = Catalogue::new(vec![latest()]);
    let setting = Setting::of_nobody(on(day));
    let about = (guardian(9), snapshot);
    prefill(&act, about, &catalogue, guardian(viewer.into()), &setting)[&FieldKey(field.into())].clone()
}

#[test]
fn what_is_confirmed_in_one_form_is_known_in_all_and_what_differs_is_shown() {
    let mut snapshot = Snapshot::default();
    say(&mut snapshot, &latest(), 1, "mine", 0);
    assert_eq!(filled_in("first", &snapshot, 1, 400).freshness, Freshness::Stale);
    say(&mut snapshot, &latest(), 1, "mine", 400);
    for form in ["first", "second", "third"] {
        let known = filled_in(form, &snapshot, 1, 401);
        assert_eq!(
            (known.freshness, known.value, known.since),
            (Freshness::Known, text("mine"), at(0)),
            "{form}"
        );
    }
    say(&mut snapshot, &latest(), 0, "moved", 402);
    let known = filled_in("second", &snapshot, 1, 403);
    assert_eq!((known.freshness, known.from), (Freshness::Contradicted, Provenance::Register));
    assert_eq!((known.others[0].value.clone(), known.others[0].from), (text("mine"), Provenance::You));
}

fn any_story() -> impl Strategy<Value = Vec<(u8, String, i64)>> {
    let who = prop_oneof![Just(0_u8), Just(1), Just(2), Just(9)];
    let value = prop_oneof![Just(""), Just("a"), Just("b"), Just("c")].prop_map(str::to_owned);
    prop::collection::vec((who, value, 0_i64..300), 0..12).prop_map(|mut story| {
        story.sort_by_key(|(_, _, day)| *day);
        story
    })
}

fn told(element: &Element, story: &[(u8, String, i64)]) -> Snapshot {
    let mut snapshot = Snapshot::default();
    story.iter().for_each(|(who, value, day)| say(&mut snapshot, element, *who, value, *day));
    snapshot
}

proptest! {
    #[test]
    fn whatever_she_picks_she_is_not_asked_again(story in any_story(), sharing in prop_oneof![Just(Sharing::Guardians), Just(Sharing::GiverOnly)], pick in 0_usize..4) {
        let element = element(Merge::Latest, sharing);
        let mut snapshot = told(&element, &story);
        // Whatever came before, the register then says something else than she did: stories rarely end so by themselves.
        say(&mut snapshot, &element, 1, "mine", 300);
        say(&mut snapshot, &element, 0, "moved", 301);
        let me = guardian(1);
        let others = said(&snapshot.alternatives(&element, me, on(302)));
        prop_assume!(!others.is_empty());
        let known = snapshot.known_to(&element, me).unwrap().value.clone();
        let picked = others.get(pick).cloned().unwrap_or(known);
        snapshot.record(&element.key, picked.clone(), Source::Guardian, Some(me), at(303));
        prop_assert_eq!(said(&snapshot.alternatives(&element, me, on(303))), Vec::<Value>::new());
        prop_assert_eq!(&snapshot.known_to(&element, me).unwrap().value, &picked);
    }

    #[test]
    fn alternatives_differ_from_what_is_known_and_from_each_other_and_are_never_hidden_ones(story in any_story()) {
        let element = element(Merge::Latest, Sharing::GiverOnly);
        let snapshot = told(&element, &story);
        let others = snapshot.alternatives(&element, guardian(1), on(300));
        for (at, entry) in others.iter().enumerate() {
            prop_assert!(!entry.value.is_empty());
            prop_assert!(entry.by != Some(guardian(2)), "another guardian's own value");
            prop_assert_ne!(&entry.value, &snapshot.known_to(&element, guardian(1)).unwrap().value);
            prop_assert!(others[..at].iter().all(|other| other.value != entry.value));
        }
    }

    #[test]
    fn a_home_is_told_by_the_register_only_to_who_is_registered_there(
        child in any_story(),
        own in any_story(),
        viewer in 1_u8..3,
    ) {
        let of = |key: &str| Element { key: ElementKey(key.into()), ..element(Merge::Union, Sharing::GiverOnly) };
        let (home, hers) = (of(CHILD_ADDRESS), of(GUARDIAN_ADDRESS));
        let (child, own) = (told(&home, &child), told(&hers, &own));
        let at = own.registered_at(GUARDIAN_ADDRESS);
        let mut seen = child.clone();
        seen.tell_home_to(at);
        prop_assert!(seen.registered_at(CHILD_ADDRESS).is_none() || seen.registered_at(CHILD_ADDRESS) == at);
        prop_assert_eq!(child.is_told_to(at), seen == child);
        // What people have said stays, and what she is shown of it is her own.
        let by_people = |snapshot: &Snapshot| {
            let entries = snapshot.entries.get(&home.key).into_iter().flatten();
            entries.filter(|entry| entry.by.is_some()).cloned().collect::<Vec<_>>()
        };
        prop_assert_eq!(by_people(&seen), by_people(&child));
        let known = seen.known_to(&home, guardian(viewer.into()));
        prop_assert!(known.is_none_or(|known| known.by == Some(guardian(viewer.into())) || known.by.is_none()));
    }

    #[test]
    fn staff_settle_everything_and_one_source_alone_contradicts_nothing(story in any_story(), only in 0_u8..3) {
        let element = latest();
        let mut snapshot = told(&element, &story);
        snapshot.record(&element.key, text("found out"), Source::Staff, Some(guardian(9)), at(301));
        prop_assert_eq!(said(&snapshot.disputed(&element, on(301))), Vec::<Value>::new());
        let alone: Vec<_> = story.into_iter().filter(|(who, ..)| *who == only).collect();
        let snapshot = told(&element, &alone);
        prop_assert!(snapshot.disputed(&element, on(300)).is_empty());
        prop_assert!(snapshot.alternatives(&element, guardian(1), on(300)).is_empty());
    }
}
