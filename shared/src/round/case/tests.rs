use super::*;
use crate::Map;
use crate::date::Timestamp;
use crate::form::{ActKey, FieldKey};
use crate::round::{MyPart, Outcome, my_part};
use uuid::Uuid;

const FORM: &str = r#"{"key": "device", "version": 1, "title": {"sv": "t"}, "intro": {"sv": "t"}, "acts": [
    {"key": "details", "kind": "confirmation", "subject": "child", "title": {"sv": "t"}, "purpose": {"sv": "t"},
     "readers": {"sv": "t"}, "legal-basis": "public-interest", "law": {"sv": "t"}, "retention": "year",
     "signers": "all-guardians", "fields": []},
    {"key": "hand-out", "kind": "acknowledgement", "subject": "child", "title": {"sv": "t"}, "purpose": {"sv": "t"},
     "readers": {"sv": "t"}, "legal-basis": "public-interest", "law": {"sv": "t"}, "retention": "year",
     "signers": {"staff": ["mentor", 1]}, "after": "details", "fields": []},
    {"key": "home", "kind": "confirmation", "subject": "child", "title": {"sv": "t"}, "purpose": {"sv": "t"},
     "readers": {"sv": "t"}, "legal-basis": "public-interest", "law": {"sv": "t"}, "retention": "year",
     "signers": {"all-then-any": ["days"]}, "fields": []}]}"#;

#[derive(Default)]
struct Known {
    now: Map<String, Vec<SignerAnswer>>,
    earlier: Map<String, Vec<SignerAnswer>>,
    exempt: Option<&'static str>,
    applies_not: Option<&'static str>,
}

impl Ground for Known {
    fn answers(&self, act: &Act) -> Vec<SignerAnswer> {
        self.now.get(&act.key.0).cloned().unwrap_or_default()
    }
    fn earlier(&self, act: &Act) -> Vec<SignerAnswer> {
        self.earlier.get(&act.key.0).cloned().unwrap_or_default()
    }
    fn applies(&self, act: &Act) -> bool {
        self.applies_not != Some(act.key.as_str())
    }
    fn is_exempt(&self, act: &Act) -> bool {
        self.exempt == Some(act.key.as_str())
    }
}

fn person(n: u128) -> PersonId {
    PersonId(Uuid::from_u128(n))
}

fn answer(n: u128, at: i64, renewed: Option<i64>) -> SignerAnswer {
    SignerAnswer {
        renewed: renewed.map(Timestamp::from_millis),
        ..SignerAnswer::new(person(n), Outcome::Answered, Timestamp::from_millis(at))
    }
}

fn with(known: &Known, act: &str, mut look: impl FnMut(&Evidence<'_>)) {
    let form: FormDefinition = serde_json::from_str(FORM).unwrap();
    let guardians = [person(1), person(2)];
    let family = Family { pupil: person(7), age: Some(9), guardians: &guardians, settled: false };
    let act = form.act(&ActKey(act.to_owned())).unwrap();
    look(&Case::of(&form, act, family, known).evidence());
}

fn status_of(known: &Known, act: &str) -> TaskStatus {
    let mut found = TaskStatus::NotStarted;
    with(known, act, |evidence| found = status(evidence));
    found
}

#[test]
fn a_later_act_opens_when_the_one_before_is_complete() {
    let mut known = Known::default();
    assert_eq!(status_of(&known, "hand-out"), TaskStatus::NotYet);
    known.now.insert("details".to_owned(), vec![answer(1, 5, None)]);
    assert_eq!(status_of(&known, "hand-out"), TaskStatus::NotYet);
    known.now.insert("details".to_owned(), vec![answer(1, 5, None), answer(2, 6, None)]);
    assert_eq!(status_of(&known, "hand-out"), TaskStatus::WaitingForStaff);
    // An answer that is sent back with a question closes it again.
    known.now.get_mut("details").unwrap()[0].returned = true;
    assert_eq!(status_of(&known, "hand-out"), TaskStatus::NotYet);
}

#[test]
fn nothing_waits_for_what_will_never_come() {
    let exempt = Known { exempt: Some("details"), ..Known::default() };
    assert_eq!(status_of(&exempt, "hand-out"), TaskStatus::WaitingForStaff);
    let other = Known { applies_not: Some("details"), ..Known::default() };
    assert_eq!(status_of(&other, "hand-out"), TaskStatus::WaitingForStaff);
}

#[test]
fn a_ring_of_acts_ends() {
    let mut form: FormDefinition = serde_json::from_str(FORM).unwrap();
    form.acts[0].after = Some(ActKey("hand-out".to_owned()));
    let family = Family { pupil: person(7), age: None, guardians: &[], settled: false };
    let case = Case::of(&form, &form.acts[1], family, &Known::default());
    assert_eq!(status(&case.evidence()), TaskStatus::NotYet);
}

#[test]
fn one_is_enough_once_all_have_answered_until_a_named_field_changes() {
    let home = |now: Vec<SignerAnswer>, earlier: Vec<SignerAnswer>| Known {
        now: [("home".to_owned(), now)].into(),
        earlier: [("home".to_owned(), earlier)].into(),
        ..Known::default()
    };
    let first = home(vec![answer(1, 100, None)], vec![answer(1, 5, None)]);
    assert_eq!(status_of(&first, "home"), TaskStatus::WaitingForOther);
    let both_before = vec![answer(1, 5, None), answer(2, 6, None)];
    assert_eq!(
        status_of(&home(vec![answer(1, 100, None)], both_before.clone()), "home"),
        TaskStatus::Complete
    );
    // She changes a named field: the other is asked again, and is told since when.
    let changed = home(vec![answer(1, 100, Some(100)), answer(2, 90, None)], both_before);
    assert_eq!(status_of(&changed, "home"), TaskStatus::WaitingForOther);
    with(&changed, "home", |evidence| {
        assert_eq!(my_part(evidence, person(2)), MyPart::ToDo);
        assert_eq!(evidence.renewed_since(person(2)), Some(Timestamp::from_millis(100)));
        assert_eq!(evidence.renewed_since(person(1)), None);
    });
    // Last year's change that the other never answered is not settled this year.
    let open = home(vec![answer(1, 200, None)], vec![answer(1, 100, Some(100)), answer(2, 6, None)]);
    assert_eq!(status_of(&open, "home"), TaskStatus::WaitingForOther);
    let named = FieldKey("days".to_owned());
    with(&open, "home", |evidence| assert_eq!(evidence.rule.renewing_fields(), std::slice::from_ref(&named)));
}

/// A loan: staff hand out, the family acknowledges. Both are there for those who need them.
const LOAN: &str = r#"{"key": "loan", "version": 1, "title": {"sv": "t"}, "intro": {"sv": "t"}, "acts": [
    {"key": "hand-out", "kind": "notification", "subject": "child", "title": {"sv": "t"}, "purpose": {"sv": "t"},
     "readers": {"sv": "t"}, "legal-basis": "public-interest", "law": {"sv": "t"}, "retention": "year",
     "signers": {"staff": ["devices", 1]}, "on-demand": true, "fields": []},
    {"key": "receipt", "kind": "acknowledgement", "subject": "child", "title": {"sv": "t"}, "purpose": {"sv": "t"},
     "readers": {"sv": "t"}, "legal-basis": "public-interest", "law": {"sv": "t"}, "retention": "year",
     "signers": "all-guardians", "after": "hand-out", "on-demand": true, "fields": []},
    {"key": "return", "kind": "notification", "subject": "child", "title": {"sv": "t"}, "purpose": {"sv": "t"},
     "readers": {"sv": "t"}, "legal-basis": "public-interest", "law": {"sv": "t"}, "retention": "year",
     "signers": {"staff": ["devices", 1]}, "after": "receipt", "on-demand": true, "fields": []}]}"#;

#[test]
fn what_is_begun_is_finished_and_a_new_hand_out_is_acknowledged_anew() {
    let form: FormDefinition = serde_json::from_str(LOAN).unwrap();
    let guardians = [person(1), person(2)];
    let family = Family { pupil: person(7), age: Some(9), guardians: &guardians, settled: false };
    let mut known = Known::default();
    let stands = |known: &Known, act: &str| {
        let act = form.act(&ActKey(act.to_owned())).unwrap();
        let case = Case::of(&form, act, family, known);
        (status(&case.evidence()), my_part(&case.evidence(), person(1)))
    };
    assert_eq!(stands(&known, "receipt"), (TaskStatus::NotYet, MyPart::Waits));
    known.now.insert("hand-out".to_owned(), vec![answer(20, 5, None)]);
    assert_eq!(stands(&known, "receipt"), (TaskStatus::NotStarted, MyPart::ToDo));
    known.now.insert("receipt".to_owned(), vec![answer(1, 6, None), answer(2, 7, None)]);
    assert_eq!(stands(&known, "receipt"), (TaskStatus::Complete, MyPart::Done));
    assert_eq!(stands(&known, "return").0, TaskStatus::WaitingForStaff);
    // Another device: what they signed was for the first one.
    known.now.insert("hand-out".to_owned(), vec![answer(21, 8, None)]);
    assert_eq!(stands(&known, "receipt"), (TaskStatus::NotStarted, MyPart::ToDo));
    assert_eq!(stands(&known, "return").0, TaskStatus::NotYet);
    known.now.insert("receipt".to_owned(), vec![answer(1, 9, None), answer(2, 7, None)]);
    assert_eq!(stands(&known, "receipt"), (TaskStatus::WaitingForOther, MyPart::Done));
}
