//! What the browser finds is what the server finds: every act of the library and of every kind of field, answered rightly, wrongly,
//! in part and not at all by chance, for children of every age and school. What is kept, hidden, worked out and said about it is
//! written down natively, act for act, and found again in a browser, which reads the forms with its own reader and without what
//! only staff read.
//!
//! After a change of a form or a rule: `SKOLSTART_WRITE=1 cargo test -p skolstart-app --lib same_everywhere` and read the difference.

use crate::dice::Dice;
use crate::json;
use skolstart_shared::date::{Date, TimeOfDay};
use skolstart_shared::fact::{FileRef, FileType, Interval, Row, Schedule, ScheduleWeek, Value};
use skolstart_shared::form::{
    Act, Answers, Field, FieldKind, FormDefinition, Setting, example, hidden, normalise, validate,
};
use skolstart_shared::school::{Grade, SchoolForm};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

macro_rules! library {
    ($($name:literal)*) => {
        [$(($name, include_str!(concat!("../../../server/src/library/forms/", $name)))),*]
    };
}

const LIBRARY: [(&str, &str); 28] = library!(
    "absence-notices.json" "after-school-place.json" "care-schedule.json" "change-of-school.json" "class-contacts.json" "contact-details.json" "device-loan.json"
    "exemption.json" "extra-funding.json" "going-home-alone.json" "holiday-care.json" "income.json" "it-rules.json" "language-choice.json" "leave.json" "library-card.json"
    "lodging-allowance.json" "mother-tongue.json" "pictures.json" "preschool-enrolment.json" "preschool-handover.json" "preschool-place.json" "school-photo.json"
    "school-transport.json" "self-care.json" "special-diet.json" "swimming.json" "vaccination.json"
);
const WRITTEN: &str = include_str!("same_everywhere.txt");
/// Of each act.
const CASES: usize = 300;

/// FNV-1a: small, and the same on 32 and 64 bits.
fn fold(hash: u64, text: &str) -> u64 {
    text.bytes().fold(hash, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn pick<T: Clone>(dice: &mut Dice, of: &[T]) -> Option<T> {
    (!of.is_empty()).then(|| of[dice.roll(of.len() as u64) as usize].clone())
}

fn setting(dice: &mut Dice) -> Setting {
    let forms = [SchoolForm::Fs, SchoolForm::Fklass, SchoolForm::Gr, SchoolForm::Gran, SchoolForm::Gy];
    Setting {
        school_form: pick(dice, &forms),
        grade: Grade::new(dice.roll(10) as u8),
        birth: Date::new(2005 + dice.roll(21) as i32, 1 + dice.roll(12) as u8, 1 + dice.roll(28) as u8),
        guardians: dice.roll(4) as u8,
        today: Date::new(2026, 1 + dice.roll(12) as u8, 1 + dice.roll(28) as u8).unwrap(),
    }
}

/// A value that the field may or may not take.
fn value(dice: &mut Dice, field: &Field, setting: &Setting) -> Option<Value> {
    let options: Vec<String> = match &field.kind {
        FieldKind::Choice { options } | FieldKind::Choices { options, .. } => {
            options.iter().map(|option| option.key.clone()).collect()
        }
        _ => Vec::new(),
    };
    match dice.roll(10) {
        0 => None,
        1 | 2 => stray(dice),
        3..=5 => match &field.kind {
            FieldKind::Choice { .. } => pick(dice, &options).map(Value::Choice),
            FieldKind::Choices { .. } => {
                Some(Value::Choices(options.into_iter().filter(|_| dice.roll(2) == 0).collect()))
            }
            FieldKind::Rows { fields, .. } => {
                let count = dice.roll(4);
                Some(Value::Rows((0..count).map(|_| row(dice, fields, setting)).collect()))
            }
            FieldKind::Files { most, .. } => {
                let count = dice.roll(u64::from(*most) + 2);
                Some(Value::Files((0..count).filter_map(|_| file(dice)).collect()))
            }
            FieldKind::Number { min, max } | FieldKind::Money { min, max } => Some(Value::Number(
                min.saturating_sub(1).saturating_add(dice.roll(max.abs_diff(*min).saturating_add(3)) as i64),
            )),
            _ => example(field, dice.roll(60) as usize, setting),
        },
        _ => example(field, dice.roll(60) as usize, setting),
    }
}

fn file(dice: &mut Dice) -> Option<FileRef> {
    let kind = pick(dice, &[FileType::Jpeg, FileType::Png, FileType::Heic, FileType::Pdf])?;
    let id = format!("01980000-0000-7000-8000-{:012}", dice.roll(1_000_000)).parse().ok()?;
    Some(FileRef { id, name: "fil".to_owned(), kind, bytes: dice.roll(30_000_000) as u32 })
}

fn row(dice: &mut Dice, fields: &[Field], setting: &Setting) -> Row {
    let mut row = Row::default();
    for field in fields {
        if let Some(value) = value(dice, field, setting) {
            row.insert(field.key.as_str().to_owned(), value);
        }
    }
    row
}

/// What no field waits for, or only some.
fn stray(dice: &mut Dice) -> Option<Value> {
    let day = Date::new(2020 + dice.roll(14) as i32, 1 + dice.roll(12) as u8, 1 + dice.roll(28) as u8)?;
    let time = |dice: &mut Dice| TimeOfDay::new(dice.roll(24) as u8, dice.roll(60) as u8);
    Some(match dice.roll(12) {
        0 => Value::Text(String::new()),
        1 => Value::Text("\u{202e}baklänges".to_owned()),
        2 => Value::Text("å".repeat(dice.roll(600) as usize)),
        3 => Value::Flag(dice.roll(2) == 0),
        4 => Value::Number(i64::MAX - dice.roll(3) as i64),
        5 => Value::Number(dice.roll(200) as i64 - 100),
        6 => Value::Date(day),
        7 => Value::Days(day, day.add_days(dice.roll(40) as i32 - 10)),
        8 => Value::Choice("not-an-option".to_owned()),
        9 => Value::Choices(Vec::new()),
        10 => Value::Time(time(dice)?),
        _ => {
            let (from, to) = (time(dice)?, time(dice)?);
            let week =
                ScheduleWeek { days: vec![vec![Interval { from, to }]; dice.roll(8) as usize], home: None };
            Value::Schedule(Schedule { from: day, weeks: vec![week], except: Vec::new() })
        }
    })
}

fn found(act: &Act, dice: &mut Dice) -> String {
    let setting = setting(dice);
    let mut given = Answers::default();
    for field in &act.fields {
        given.set(&field.key, value(dice, field, &setting));
    }
    let kept = normalise(act, &given, &setting);
    let wrong = validate(act, &kept, &setting);
    let hidden = hidden(act, &kept, &given, &setting).join(" ");
    [json::write(&kept).unwrap(), json::write(&wrong).unwrap(), hidden].join("\n")
}

fn read(text: &str) -> FormDefinition {
    #[cfg(target_arch = "wasm32")]
    return json::read(text).unwrap();
    #[cfg(not(target_arch = "wasm32"))]
    serde_json::from_str(text).unwrap()
}

/// A line for each act.
fn all() -> String {
    let mut lines = String::new();
    for (name, text) in LIBRARY.into_iter().chain([("all-kinds.json", include_str!("all_kinds.json"))]) {
        let name = name.trim_end_matches(".json");
        for act in read(text).acts {
            let name = [name, "/", act.key.0.as_str()].concat();
            let start = fold(0xcbf2_9ce4_8422_2325, &name);
            let mut dice = Dice::new(start);
            let hash = (0..CASES).fold(start, |hash, _| fold(hash, &found(&act, &mut dice)));
            lines.push_str(&format!("{name} {hash:016x}\n"));
        }
    }
    lines
}

#[test]
fn the_browser_finds_what_was_found_natively() {
    let found = all();
    #[cfg(not(target_arch = "wasm32"))]
    if std::env::var_os("SKOLSTART_WRITE").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/forms/same_everywhere.txt");
        return std::fs::write(path, found).unwrap();
    }
    assert_eq!(found, WRITTEN);
}

/// Chance that never answers rightly, or never wrongly, would show nothing.
#[test]
fn chance_answers_rightly_and_wrongly() {
    let act = read(include_str!("all_kinds.json")).acts.remove(0);
    let mut dice = Dice::new(7);
    let mut told = std::collections::BTreeSet::new();
    for _ in 0..CASES {
        let setting = setting(&mut dice);
        let mut given = Answers::default();
        act.fields.iter().for_each(|field| given.set(&field.key, value(&mut dice, field, &setting)));
        let kept = normalise(&act, &given, &setting);
        let wrong = validate(&act, &kept, &setting);
        for field in act.fields.iter().filter(|field| field.kind.is_asked() && kept.get(&field.key).is_some())
        {
            let is_wrong = wrong.iter().any(|one| one.path.split('.').next() == Some(field.key.as_str()));
            told.insert((field.key.clone(), is_wrong));
        }
    }
    let both = |field: &&Field| {
        told.contains(&(field.key.clone(), true)) && told.contains(&(field.key.clone(), false))
    };
    let asked = act.fields.iter().filter(|field| field.kind.is_asked());
    let lacking: Vec<&str> = asked.filter(|field| !both(field)).map(|field| field.key.as_str()).collect();
    assert_eq!(lacking, Vec::<&str>::new());
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn every_form_of_the_library_is_here() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../server/src/library/forms");
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names, LIBRARY.map(|(name, _)| name.to_owned()));
}
