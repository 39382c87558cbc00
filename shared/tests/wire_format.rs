//! What old phones and stored rows hold: a snapshot per wire type that outlives a deployment. A failing test here means
//! that a phone in the field, or a row in a database, would no longer be understood. Add fields with a default; never
//! rename or remove.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde::Serialize;
use serde::de::DeserializeOwned;
use skolstart_shared::Map;
use skolstart_shared::api::{
    ApiError, Conflict, ErrorCode, FileIn, FileState, MyDecision, PurposeState, TaskOut,
};
use skolstart_shared::consent::{ConsentChoice, Standing, WaitsFor};
use skolstart_shared::contact::{Email, Phone};
use skolstart_shared::fact::{ElementKey, FileRef, FileType, Freshness, Provenance, Snapshot, Source, Value};
use skolstart_shared::form::{ActKey, Answers, FieldKey, FormKey, FormRef, Known, Progress};
use skolstart_shared::id::{FileId, PersonId, RoundId, SubmissionId};
use skolstart_shared::receipt::{Receipt, ReceiptAct, receipt_number};
use skolstart_shared::round::{MyPart, TaskStatus};
use skolstart_shared::submission::{ActAnswer, ContentHash, SubmissionContent, SubmissionIn};
use skolstart_shared::{Code, Date, Locale, Timestamp, Violation};
use uuid::Uuid;

fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0000 + n)
}

fn key(name: &str) -> FieldKey {
    FieldKey(name.to_owned())
}

fn form() -> FormRef {
    FormRef { key: FormKey("form".into()), version: 1 }
}

fn at() -> Timestamp {
    Timestamp::from_millis(1_786_960_920_000)
}

fn row() -> Map<String, Value> {
    Map::from([("name".to_owned(), Value::Text("Mormor".into()))])
}

fn every_kind() -> Answers {
    [
        ("choice", Value::Choice("a".into())),
        ("choices", Value::Choices(vec!["a".into(), "b".into()])),
        ("date", Value::Date(Date::new(2026, 8, 17).unwrap())),
        ("email", Value::Email(Email::parse("namn@example.org").unwrap())),
        ("flag", Value::Flag(true)),
        ("number", Value::Number(-12)),
        ("phone", Value::Phone(Phone::parse("070-174 06 05").unwrap())),
        ("rows", Value::Rows(vec![row()])),
        ("text", Value::Text("Hej".into())),
    ]
    .into_iter()
    .map(|(name, value)| (key(name), value))
    .collect()
}

/// Compares with the stored form, and reads it back to the same value.
fn holds<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(name: &str, value: &T) {
    insta::assert_json_snapshot!(name, value);
    let json = serde_json::to_string(value).unwrap();
    assert_eq!(&serde_json::from_str::<T>(&json).unwrap(), value);
}

fn content() -> SubmissionContent {
    SubmissionContent {
        round: RoundId(id(1)),
        locale: Locale::Sv,
        acts: vec![ActAnswer {
            form: form(),
            act: ActKey("act".into()),
            child: Some(PersonId(id(2))),
            answers: every_kind(),
            base: [(key("text"), 3)].into(),
        }],
        supersedes: Some(SubmissionId(id(3))),
    }
}

#[test]
fn submission() {
    holds("submission", &SubmissionIn { content: content(), hash: ContentHash::of_digest(&[0xAB; 32]) });
}

#[test]
fn canonical_bytes_are_the_compact_json_with_keys_in_order() {
    let bytes = content().canonical_bytes().unwrap();
    insta::assert_snapshot!("canonical_bytes", String::from_utf8(bytes).unwrap());
}

#[test]
fn receipt() {
    let submission = SubmissionId(id(3));
    let act = ReceiptAct {
        form: form(),
        act: ActKey("act".into()),
        child: None,
        status: TaskStatus::WaitingForOther,
        others_left: 1,
    };
    let receipt = Receipt {
        number: receipt_number(submission),
        submission,
        received: at(),
        hash: ContentHash::of_digest(&[0xAB; 32]),
        acts: vec![act],
        confirmed: 23,
        changed: 1,
        new: 7,
    };
    holds("receipt", &receipt);
}

#[test]
fn file_on_its_way() {
    let hash = ContentHash("ab".repeat(32));
    let name = "intyg.jpg".to_owned();
    holds("file_in", &FileIn { child: Some(PersonId(id(3))), bytes: 12_345, hash, name: name.clone() });
    let done = FileRef { id: FileId(id(8)), name, kind: FileType::Jpeg, bytes: 12_345 };
    holds("file_state", &FileState { received: 12_345, done: Some(done) });
    holds("file_state_coming", &FileState { received: 500, done: None });
}

#[test]
fn refusal() {
    let conflict = Conflict {
        path: "acts.0.phone".into(),
        theirs: Some(Value::Flag(false)),
        from: Provenance::OtherGuardian,
        at: at(),
        version: 4,
    };
    let error = ApiError {
        code: ErrorCode::Stale,
        violations: vec![Violation::new("acts.0.text", Code::TooLong).with("max", 80)],
        conflicts: vec![conflict],
        request_id: "01".into(),
    };
    holds("refusal", &error);
}

#[test]
fn task() {
    let known = Known {
        value: Value::Text("Hej".into()),
        since: at(),
        from: Provenance::Register,
        freshness: Freshness::Stale,
        version: 2,
        others: vec![],
    };
    let purpose = PurposeState {
        mine: Some(MyDecision { choice: ConsentChoice::Withdrawn, at: at(), version: 3 }),
        standing: Standing::Withdrawn(at()),
        waits_for: WaitsFor::default(),
        until: Date::new(2027, 7, 1),
    };
    let task = TaskOut {
        form: form(),
        act: ActKey("act".into()),
        child: None,
        status: TaskStatus::NotStarted,
        mine: MyPart::ToDo,
        others_left: 1,
        answered: None,
        known: [(key("text"), known)].into(),
        progress: Progress { known: 1, new: 2 },
        purposes: [(key("web"), purpose)].into(),
        returned: None,
        renewed: None,
        offered: Map::new(),
        called: None,
    };
    holds("task", &task);
}

#[test]
fn standings() {
    let all = [
        Standing::NotAnswered,
        Standing::Waiting,
        Standing::Given(at()),
        Standing::Limited(at()),
        Standing::Refused(at()),
        Standing::Conflict(at()),
        Standing::Withdrawn(at()),
        Standing::Expired(Date::new(2027, 7, 1).unwrap()),
        Standing::Blocked,
    ];
    holds("standings", &all.to_vec());
}

#[test]
fn what_a_server_says_that_does_not_know_who_is_waited_for() {
    let older: PurposeState = serde_json::from_str(r#"{"mine":null,"standing":"waiting"}"#).unwrap();
    assert_eq!(
        (older.standing, older.waits_for, older.until),
        (Standing::Waiting, WaitsFor::default(), None)
    );
}

#[test]
fn snapshot_row() {
    let mut snapshot = Snapshot::default();
    let element = ElementKey("child.x".into());
    snapshot.record(&element, Value::Flag(true), Source::Guardian, Some(PersonId(id(4))), at());
    snapshot.record(&element, Value::Flag(false), Source::Register, None, at());
    holds("snapshot_row", &snapshot);
}
