//! Forms, answers and registers that nobody wrote: the real ones with a few places changed into something else. Whatever comes of
//! it is read or refused, and what is refused is said without a word of what stood there.

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};
use skolstart_server::demo::{LEAST_CHILDREN, write};
use skolstart_server::library::{FORMS, catalogue};
use skolstart_server::register::ss12000::{Folder, Rejected};
use skolstart_shared::Date;
use skolstart_shared::form::check::check;
use skolstart_shared::form::{Answers, FormDefinition, Setting, example_answers, normalise, validate};
use skolstart_shared::school::{Grade, SchoolForm};
use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::sync::LazyLock;

/// Stands in what is made up and may stand in nothing that is said about it.
const CANARY: &str = "kanariefagel";

/// Another value for a place, nothing at all, the place twice, or a name that nobody knows.
#[derive(Clone, Debug)]
enum Change {
    To(Value),
    Away,
    Twice,
    Renamed,
}

fn any_change() -> impl Strategy<Value = Change> {
    prop_oneof![
        Just(Change::Away),
        Just(Change::Twice),
        Just(Change::Renamed),
        any::<bool>().prop_map(|flag| Change::To(json!(flag))),
        any::<i64>().prop_map(|number| Change::To(json!(number))),
        any::<f64>().prop_map(|number| Change::To(json!(number))),
        ".{0,40}".prop_map(|text| Change::To(json!(text))),
        prop_oneof![
            Just(Value::Null),
            Just(json!([])),
            Just(json!({})),
            Just(json!(CANARY)),
            Just(json!({ CANARY: CANARY })),
            Just(json!(["20500101", CANARY])),
            Just(json!("9999-12-31")),
            Just(json!("-0001-01-01")),
            Just(json!("\u{202e}a\u{0}b")),
            Just(json!("9".repeat(70_000))),
        ]
        .prop_map(Change::To),
    ]
}

fn any_changes() -> impl Strategy<Value = Vec<(Index, Change)>> {
    prop::collection::vec((any::<Index>(), any_change()), 1..5)
}

/// The places of a value, itself included, as JSON pointers (RFC 6901).
fn places(value: &Value, at: &str, all: &mut Vec<String>) {
    all.push(at.to_owned());
    match value {
        Value::Array(inside) => {
            inside.iter().enumerate().for_each(|(place, one)| places(one, &format!("{at}/{place}"), all));
        }
        Value::Object(inside) => {
            for (name, one) in inside {
                places(one, &format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), all);
            }
        }
        _ => (),
    }
}

/// The value with these places changed, one after the other.
fn changed(mut whole: Value, changes: &[(Index, Change)]) -> Value {
    for (at, change) in changes {
        let mut all = Vec::new();
        places(&whole, "", &mut all);
        change_at(&mut whole, &all[at.index(all.len())], change);
    }
    whole
}

fn change_at(whole: &mut Value, at: &str, change: &Change) {
    if let Change::To(other) = change {
        whole.pointer_mut(at).unwrap().clone_from(other);
        return;
    }
    // The whole has no place around it.
    let Some((around, name)) = at.rsplit_once('/') else { return };
    match (whole.pointer_mut(around).unwrap(), change) {
        (Value::Array(all), Change::Away) => drop(all.remove(name.parse().unwrap())),
        (Value::Array(all), _) => {
            let twice = all[name.parse::<usize>().unwrap()].clone();
            all.push(twice);
        }
        (Value::Object(all), change) => {
            let moved = all.remove(&name.replace("~1", "/").replace("~0", "~")).unwrap();
            if !matches!(change, Change::Away) {
                all.insert(CANARY.to_owned(), moved);
            }
        }
        _ => (),
    }
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

static CATALOGUE: LazyLock<skolstart_shared::fact::Catalogue> = LazyLock::new(|| catalogue().unwrap());

/// The first records of each file of a small demo.
static REGISTER: LazyLock<BTreeMap<String, Value>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), 1, LEAST_CHILDREN, 2026).unwrap();
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        let read: Value = serde_json::from_slice(&fs::read(entry.path()).unwrap()).unwrap();
        let list = read.get("data").unwrap_or(&read).as_array().unwrap();
        let first: Vec<&Value> = list.iter().take(4).collect();
        files.insert(entry.file_name().into_string().unwrap(), json!({ "data": first }));
    }
    assert!(files.len() >= 5, "organisations, persons, groups, duties and placements");
    files
});

/// Everything that is said about records and files that are not taken, and how many were read.
fn read_all(folder: &Folder) -> (usize, Vec<String>) {
    let (mut read, mut said) = (0, Vec::new());
    let mut one = |refused: Option<Rejected>| {
        read += 1;
        said.extend(refused.map(|refused| refused.to_string()));
        ControlFlow::Continue(())
    };
    let files = [
        folder.each_organisation(|found| one(found.err())),
        folder.each_person(|found| one(found.err())),
        folder.each_group(|found| one(found.err())),
        folder.each_duty(|found| one(found.err())),
        folder.each_placement(|found| one(found.err())),
    ];
    said.extend(files.into_iter().filter_map(Result::err).map(|bad| bad.to_string()));
    said.extend(folder.check().iter().map(ToString::to_string));
    (read, said)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases.max(200)))]

    /// What is read is the same when it is written and read again, can be checked, and takes any answers.
    #[test]
    fn a_form_that_is_made_up_is_read_or_refused(which in 0..FORMS.len(), changes in any_changes()) {
        let real: Value = serde_json::from_str(FORMS[which]).unwrap();
        let Ok(form) = serde_json::from_value::<FormDefinition>(changed(real, &changes)) else { return Ok(()) };
        let written = serde_json::to_value(&form).unwrap();
        prop_assert_eq!(&serde_json::from_value::<FormDefinition>(written).unwrap(), &form);
        for finding in check(&form, &CATALOGUE) {
            prop_assert!(!finding.code.as_str().is_empty());
        }
        for act in &form.acts {
            let kept = example_answers(act, 1, &setting());
            validate(act, &kept, &setting());
        }
    }

    /// Of answers that are made up nothing is kept that the act does not ask, and keeping them twice changes nothing.
    #[test]
    fn answers_that_are_made_up_are_kept_or_refused(
        which in 0..FORMS.len(), variant in 0_usize..3, changes in any_changes(),
    ) {
        let form: FormDefinition = serde_json::from_str(FORMS[which]).unwrap();
        for act in &form.acts {
            let real = serde_json::to_value(example_answers(act, variant, &setting())).unwrap();
            let Ok(given) = serde_json::from_value::<Answers>(changed(real, &changes)) else { continue };
            let kept = normalise(act, &given, &setting());
            prop_assert_eq!(&normalise(act, &kept, &setting()), &kept);
            prop_assert!(kept.0.keys().all(|key| act.field(key).is_some()));
            for violation in validate(act, &kept, &setting()) {
                let said = format!("{:?}", violation);
                prop_assert!(!said.contains(CANARY) || violation.path.contains(CANARY), "{}", said);
            }
        }
    }

    /// Each record and each file is read or refused, and what is said of it quotes none of it.
    #[test]
    fn a_register_that_is_made_up_is_read_or_refused(
        changes in any_changes(), which in any::<Index>(), cut in prop::option::of(any::<Index>()),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let which = which.index(REGISTER.len());
        for (at, (name, real)) in REGISTER.iter().enumerate() {
            let mut text = if at == which { changed(real.clone(), &changes) } else { real.clone() }.to_string();
            if let Some(cut) = cut.filter(|_| at == which) {
                text.truncate(text.floor_char_boundary(cut.index(text.len())));
            }
            fs::write(folder.path().join(name), text).unwrap();
        }
        let (read, said) = read_all(&Folder::open(folder.path()).unwrap());
        prop_assert!(read > 0);
        for said in said {
            prop_assert!(!said.contains(CANARY), "{}", said);
        }
    }
}
