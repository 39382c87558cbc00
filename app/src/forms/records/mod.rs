//! What lies on devices: a record as the first version wrote it still opens, and what today's program writes has the shape of
//! `today.json`. `docs/how-to/change-a-device-record.md` says what to do when it has another.

use super::refused::Refused;
use super::*;
use crate::json;
use crate::sync::{Hold, Outbox, Waiting, waiting};
use skolstart_shared::Map;
use skolstart_shared::date::Timestamp;
use skolstart_shared::form::FieldKey;
use skolstart_shared::id::{PersonId, RoundId, SubmissionId};
use skolstart_shared::violation::{Code, Violation};

/// As the program of 22 November 2026 wrote it, when what waited for a receipt was one frozen submission.
const FIRST: &str = include_str!("first.json");
/// As the program of 30 November 2026 wrote it, before what the school found wrong was kept beside an answer.
const NOVEMBER: &str = include_str!("november.json");
const TODAY: &str = include_str!("today.json");

fn person() -> PersonId {
    "00000000-0000-7000-8000-000000000001".parse().unwrap()
}

fn round() -> RoundId {
    "00000000-0000-7000-8000-0000000000ff".parse().unwrap()
}

fn input(draft: &Draft, field: &str) -> Option<Input> {
    draft.acts["all/own"].fields[&FieldKey(field.to_owned())].input.clone()
}

#[test]
fn a_record_of_the_first_version_opens_with_all_that_was_written() {
    let draft = Draft::decode(FIRST, person(), round()).expect("it opens");
    assert_eq!(draft.only.as_deref(), Some("all/own"));
    assert_eq!(input(&draft, "phone"), Some(Input::Typed("0701".to_owned())));
    assert_eq!(input(&draft, "choice"), Some(Input::Choice("a".to_owned())));
    assert_eq!(input(&draft, "choices"), Some(Input::Choices(vec!["a".to_owned(), "b".to_owned()])));
    assert_eq!(input(&draft, "flag"), Some(Input::Flag(true)));
    assert_eq!(input(&draft, "email"), None);
    let row = Map::from([("name".to_owned(), Input::Typed("Mormor".to_owned()))]);
    assert_eq!(input(&draft, "others"), Some(Input::Rows(vec![row])));
    let own = &draft.acts["all/own"].fields;
    let stands = |field: &str| {
        let field = &own[&FieldKey(field.to_owned())];
        (field.mode, field.base, field.at)
    };
    assert_eq!(stands("email"), (Mode::Confirmed, 2, 1_786_000_000_003));
    assert_eq!(stands("phone"), (Mode::Asked, 3, 1_786_000_000_006));
    assert_eq!(stands("choice"), (Mode::Changed, 0, 1_786_000_000_001));
}

#[test]
fn what_the_first_version_had_frozen_goes_out_byte_for_byte_under_the_same_id() {
    let draft = Draft::decode(FIRST, person(), round()).unwrap();
    let [waits] = draft.outbox.items() else { panic!("one waits") };
    assert_eq!(waits.id.to_string(), "01980000-0000-7000-8000-000000000004");
    assert!(waits.tried, "the school may have it");
    assert_eq!(waits.held, None);
    let (_, sent) = FIRST.split_once(r#""body":"#).unwrap();
    assert_eq!(json::write(&waits.body).unwrap(), sent.trim_end().strip_suffix("}}").unwrap());
    // Written anew it is an outbox, which opens the same.
    let again = Draft::decode(&draft.encode(), person(), round());
    assert_eq!(again, Some(draft));
}

#[test]
fn a_record_of_before_refusals_were_kept_opens_with_all_that_was_written() {
    let draft = Draft::decode(NOVEMBER, person(), round()).expect("it opens");
    let mut all = everything();
    all.outbox.renewed();
    all.acts.values_mut().for_each(|act| act.refused = Refused::default());
    assert_eq!(draft, all);
    assert!(
        draft.outbox.items().iter().any(|item| item.held == Some(Hold::Invalid)),
        "it still waits for her"
    );
}

/// One of everything that a record can hold. A kind that is added does not compile until it is here.
fn everything() -> Draft {
    let text = |text: &str| Input::Typed(text.to_owned());
    let mut inputs = vec![None];
    for kind in [
        text("0701"),
        Input::Flag(true),
        Input::Choice("a".to_owned()),
        Input::Choices(Vec::new()),
        Input::Rows(vec![Map::from([("name".to_owned(), text("Mormor"))])]),
        Input::Parts(Map::from([("from".to_owned(), "2026-08-17".to_owned())])),
    ] {
        match &kind {
            Input::Typed(_)
            | Input::Flag(_)
            | Input::Choice(_)
            | Input::Choices(_)
            | Input::Rows(_)
            | Input::Parts(_) => inputs.push(Some(kind)),
        }
    }
    let mut draft = Draft::new(person(), round());
    draft.only = Some("all/own".to_owned());
    let step = StepKey::parse("all/own").unwrap();
    for (number, input) in inputs.into_iter().enumerate() {
        let mode = [Mode::Asked, Mode::Confirmed, Mode::Changed][number % 3];
        let field = FieldDraft { mode, input, base: number as u32, at: 1_786_000_000_000 + number as i64 };
        *draft.field_mut(&step, &FieldKey(format!("field-{number}"))) = field;
    }
    let wrong = Violation::new("field-1", Code::TooLong).with("max", 200);
    draft.acts.values_mut().for_each(|act| act.refused.set(vec![wrong.clone()], Timestamp::from_millis(9)));
    draft.outbox = outbox();
    draft
}

fn outbox() -> Outbox {
    let mut outbox = Outbox::default();
    let held = [Hold::Invalid, Hold::Stale, Hold::Closed, Hold::Update, Hold::Fault].map(|hold| match hold {
        Hold::Invalid | Hold::Stale | Hold::Closed | Hold::Update | Hold::Fault => Some(hold),
    });
    for (number, held) in [None].into_iter().chain(held).enumerate() {
        let item = waiting(1 + number as u32, "ab");
        outbox.push(Waiting { tried: number > 0, held, ..item });
    }
    let gone = waiting(9, "cd");
    let id: SubmissionId = gone.id;
    outbox.push(gone);
    outbox.take(id);
    outbox
}

#[test]
fn what_is_written_today_has_this_shape_and_opens_again() {
    let draft = everything();
    let written = draft.encode();
    assert_eq!(written, TODAY.trim_end(), "see docs/how-to/change-a-device-record.md");
    let opened = Draft::decode(&written, person(), round()).unwrap();
    assert_eq!(opened.acts, draft.acts);
    // What an older program could not send, and what the school stumbled over, goes again when the program is started.
    let mut renewed = draft.outbox;
    renewed.renewed();
    assert_eq!(opened.outbox, renewed);
}
