//! Every kind of field on a sheet: what is typed, what it comes to, what is said about it, and back again. The same natively and
//! in a browser: what the guardian is told is what the server finds.

use super::{Doing, Input, Parts, Sheet, week_minutes};
use skolstart_shared::Map;
use skolstart_shared::date::{Date, Timestamp};
use skolstart_shared::fact::Value;
use skolstart_shared::form::{Act, FieldKey, FieldKind, FormDefinition, Setting, example};
use skolstart_shared::violation::Code;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn act() -> Act {
    let form: FormDefinition = serde_json::from_str(include_str!("all_kinds.json")).unwrap();
    form.acts.into_iter().next().unwrap()
}

fn today() -> Date {
    Date::new(2026, 8, 10).unwrap()
}

fn sheet() -> Sheet {
    Sheet::new(act(), Setting::of_nobody(today()))
}

fn key(name: &str) -> FieldKey {
    FieldKey(name.to_owned())
}

fn put(sheet: &mut Sheet, name: &str, input: Input) {
    sheet.write(&key(name), Doing::Set(input), Timestamp::from_millis(1));
}

fn typed(text: &str) -> Input {
    Input::Typed(text.to_owned())
}

fn parts(pairs: &[(&str, &str)]) -> Parts {
    pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

fn said(sheet: &Sheet) -> Vec<(String, Code)> {
    let wrong = sheet.standing().wrong;
    wrong.into_iter().map(|one| (one.path, one.code)).filter(|(_, code)| *code != Code::Required).collect()
}

fn missing(sheet: &Sheet) -> Vec<String> {
    let wrong = sheet.standing().wrong.into_iter();
    wrong.filter(|one| one.code == Code::Required).map(|one| one.path).collect()
}

fn row(cells: &[(&str, Input)]) -> Map<String, Input> {
    cells.iter().map(|(name, input)| ((*name).to_owned(), input.clone())).collect()
}

#[test]
fn every_kind_can_be_opened_and_read_back() {
    let setting = Setting::of_nobody(today());
    let mut seen = 0;
    for field in act().fields {
        for variant in 0..4 {
            let Some(value) = example(&field, variant, &setting) else { continue };
            let input = Input::from_value(&field.kind, &value, today());
            let read = super::read(&field.kind, &input, field.key.as_str(), today());
            assert_eq!(read.value, Some(value), "{}", field.key.as_str());
            assert!(read.violations.is_empty(), "{}", field.key.as_str());
            seen += 1;
        }
    }
    assert!(seen > 80, "{seen}");
}

#[test]
fn right_answers_to_everything_can_be_sent() {
    let (mut sheet, setting) = (sheet(), Setting::of_nobody(today()));
    for field in act().fields {
        if let Some(value) = example(&field, 1, &setting) {
            put(&mut sheet, field.key.as_str(), Input::from_value(&field.kind, &value, today()));
        }
    }
    assert_eq!(sheet.standing().wrong, []);
}

#[test]
fn days_say_what_is_wrong_in_one_place() {
    let mut sheet = sheet();
    put(&mut sheet, "days", Input::Parts(parts(&[("from", "2026-09-01")])));
    assert!(missing(&sheet).contains(&"days".to_owned()), "the other day is missing");
    put(&mut sheet, "days", Input::Parts(parts(&[("from", "2026-09-10"), ("to", "2026-09-01")])));
    assert_eq!(said(&sheet), [("days".to_owned(), Code::TooEarly)]);
    put(&mut sheet, "days", Input::Parts(parts(&[("from", "2026-09-07"), ("to", "2026-09-13")])));
    assert_eq!(said(&sheet), []);
    assert_eq!(sheet.standing().value_at("weekdays"), Some(&Value::Number(5)));
    put(&mut sheet, "days", Input::Parts(parts(&[("from", ""), ("to", " ")])));
    assert!(!missing(&sheet).contains(&"days".to_owned()), "nothing is an answer to a voluntary question");
}

#[test]
fn amounts_are_added_up_and_a_tick_has_no_no() {
    let mut sheet = sheet();
    assert_eq!(sheet.standing().value_at("sum"), None);
    put(&mut sheet, "salary", typed("25 000"));
    put(&mut sheet, "other-income", typed("120,50"));
    assert_eq!(sheet.standing().value_at("sum"), Some(&Value::Number(2_512_050)));
    put(&mut sheet, "other-income", typed("mycket"));
    assert_eq!(said(&sheet), [("other-income".to_owned(), Code::NotAnAmount)]);
    assert!(missing(&sheet).contains(&"true".to_owned()));
    put(&mut sheet, "true", Input::Flag(true));
    assert!(!missing(&sheet).contains(&"true".to_owned()));
}

#[test]
fn codes_and_numbers_are_of_their_kind() {
    let mut sheet = sheet();
    put(&mut sheet, "country", Input::Choice("XX".to_owned()));
    put(&mut sheet, "language", Input::Choice("prs".to_owned()));
    put(&mut sheet, "time", typed("25.00"));
    put(&mut sheet, "id", typed("201601022386"));
    let expected =
        [("time", Code::NotATime), ("country", Code::UnknownOption), ("id", Code::PersonalNumberCheckDigit)];
    assert_eq!(said(&sheet), expected.map(|(path, code)| (path.to_owned(), code)));
}

#[test]
fn rows_within_rows_hide_and_say_where_they_stand_on_the_screen() {
    let mut sheet = sheet();
    let blank = row(&[]);
    let times =
        Input::Rows(vec![blank.clone(), row(&[("day", typed("2026-09-01")), ("time", typed("kvart i"))])]);
    let person = |always: bool| {
        row(&[("name", typed("Bo")), ("always", Input::Flag(always)), ("times", times.clone())])
    };
    put(&mut sheet, "people", Input::Rows(vec![blank, person(true)]));
    let hides = |sheet: &Sheet, path: &str| !sheet.standing().is_visible(path);
    assert!(hides(&sheet, "people.0.times") && hides(&sheet, "people.1.times.1.time"));
    assert_eq!(said(&sheet), []);
    put(&mut sheet, "people", Input::Rows(vec![row(&[]), person(false)]));
    assert!(hides(&sheet, "people.0.times") && !hides(&sheet, "people.1.times.1.time"));
    assert_eq!(said(&sheet), [("people.1.times.1.time".to_owned(), Code::NotATime)]);
    put(&mut sheet, "people", Input::Rows(vec![row(&[]), row(&[("name", typed("Bo"))])]));
    assert!(missing(&sheet).contains(&"people.1.always".to_owned()), "counted as on the screen");
}

#[test]
fn a_schedule_is_typed_in_parts_and_nothing_is_lost() {
    let mut sheet = sheet();
    let mut typed = parts(&[
        ("from", "2026-08-25"),
        ("0.home", "a"),
        ("0.0.0.from", "07:30"),
        ("0.0.0.to", "16:00"),
        ("0.1.0.from", "16:00"),
        ("0.1.0.to", "07:30"),
        ("0.2.0.from", "07:30"),
        ("except", "1"),
        ("except.0.0.from", "8"),
        ("except.0.0.to", "12"),
    ]);
    put(&mut sheet, "schedule", Input::Parts(typed.clone()));
    // While it cannot be read nothing more is said.
    assert_eq!(said(&sheet), [("schedule.except.0".to_owned(), Code::NotADate)]);
    assert!(missing(&sheet).contains(&"schedule.0.2.0".to_owned()), "a time that was only begun");
    assert_eq!(week_minutes(&typed, 0), 8 * 60 + 30 + 15 * 60 + 30);
    typed.insert("0.2.0.to".to_owned(), "16:00".to_owned());
    typed.insert("except.0.day".to_owned(), "2026-12-24".to_owned());
    put(&mut sheet, "schedule", Input::Parts(typed.clone()));
    assert_eq!(
        said(&sheet),
        [("schedule.from".to_owned(), Code::NotAMonday), ("schedule.0.1.0".to_owned(), Code::TooEarly)]
    );
    typed.insert("from".to_owned(), "2026-08-24".to_owned());
    typed.insert("0.1.0.to".to_owned(), "17:00".to_owned());
    put(&mut sheet, "schedule", Input::Parts(typed));
    assert_eq!(said(&sheet), []);
    let standing = sheet.standing();
    let Some(Value::Schedule(schedule)) = standing.value_at("schedule") else { panic!("no schedule") };
    assert_eq!((schedule.weeks.len(), schedule.except.len()), (1, 1));
    let field = act().field(&key("schedule")).unwrap().clone();
    assert!(matches!(field.kind, FieldKind::Schedule { .. }));
}

#[test]
fn a_device_record_of_several_inputs_has_this_shape() {
    let record = serde_json::to_string(&Input::Parts(parts(&[("from", "2026-09-01"), ("to", "")]))).unwrap();
    assert_eq!(record, r#"{"parts":{"from":"2026-09-01","to":""}}"#);
}
