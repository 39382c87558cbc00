//! The reader on small files written by hand, each fault once.

use super::elements::each_element;
use super::*;
use skolstart_shared::people::{DutyRole, RelationKind, SecurityMarking};
use skolstart_shared::school::{OrganisationKind, SchoolForm};
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::PathBuf;

const A: &str = "00000000-0000-8000-8000-00000000000a";
const B: &str = "00000000-0000-8000-8000-00000000000b";

/// A folder that is gone after the test.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str, files: &[(&str, &[u8])]) -> Self {
        let path = std::env::temp_dir().join(format!("skolstart-ss12000-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        for (file, text) in files {
            std::fs::write(path.join(file), text).unwrap();
        }
        Self(path)
    }

    fn folder(&self) -> Folder {
        Folder::open(&self.0).unwrap()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).unwrap();
    }
}

fn person(id: &str, rest: &str) -> String {
    format!(r#"{{"id":"{id}","givenName":"Ada","familyName":"Berg"{rest}}}"#)
}

fn persons(scratch: &Scratch) -> (Vec<Person>, Vec<Rejected>) {
    let (mut read, mut rejected) = (Vec::new(), Vec::new());
    let done = scratch.folder().each_person(|found| {
        match found {
            Ok(found) => read.push(found.record),
            Err(refused) => rejected.push(refused),
        }
        ControlFlow::Continue(())
    });
    assert_eq!(done, Ok(()));
    (read, rejected)
}

fn one_reason(name: &str, record: &str) -> String {
    let scratch = Scratch::new(name, &[("persons.json", format!("[{record}]").as_bytes())]);
    let (read, rejected) = persons(&scratch);
    assert!(read.is_empty());
    rejected[0].reason.to_string()
}

#[test]
fn a_list_page_a_plain_array_and_an_empty_array_are_read_in_order_of_name() {
    let page = format!(r#"{{"pageToken":"2","data":[{}],"more":{{"x":[1]}}}}"#, person(B, ""));
    let array = format!("[{}]", person(A, ""));
    let scratch = Scratch::new(
        "pages",
        &[
            ("persons-0002.json", page.as_bytes()),
            ("persons-0001.json", array.as_bytes()),
            ("persons-0003.json", b" [ ] "),
            ("persons-old.json", b"not read"),
            ("readme.txt", b"not read"),
        ],
    );
    assert_eq!(scratch.folder().check(), []);
    let ids: Vec<_> = persons(&scratch).0.iter().map(|person| person.id.to_string()).collect();
    assert_eq!(ids, [A, B]);
}

#[test]
fn a_byte_order_mark_and_unknown_fields_do_no_harm() {
    let text = format!("\u{feff}[{}]", person(A, r#","vendor":{"a":[null,{"b":1e9}]},"emails":null"#));
    let scratch = Scratch::new("mark", &[("persons.json", text.as_bytes())]);
    assert_eq!(persons(&scratch).0.len(), 1);
}

#[test]
fn a_bad_record_is_refused_alone_with_place_id_and_reason() {
    let text = format!(r#"[{},{{"id":"{B}","givenName":"Zaza"}},{}]"#, person(A, ""), person(A, ""));
    let scratch = Scratch::new("record", &[("persons.json", text.as_bytes())]);
    let (read, rejected) = persons(&scratch);
    assert_eq!(read.len(), 2);
    assert_eq!(rejected.len(), 1);
    assert_eq!(rejected[0].to_string(), format!("persons.json [1] {B}: missing: familyName"));
}

#[test]
fn each_fault_has_its_code_and_no_value_reaches_the_reason() {
    let cases = [
        (person("Zaza", ""), "bad-id: id"),
        (person(A, r#","emails":[{"value":7}]"#), "wrong-type: emails[0].value"),
        (person(A, r#","securityMarking":"Zaza""#), "unknown-word: securityMarking"),
        (person(A, r#","birthDate":"2019-02-30""#), "bad-date: birthDate"),
        (
            person(A, r#","enrolments":[{"enroledAt":{},"schoolType":"GR"}]"#),
            "missing: enrolments[0].enroledAt.id",
        ),
        (
            person(A, r#","enrolments":[{"enroledAt":{"id":"x"},"schoolType":"Zaza"}]"#),
            "bad-id: enrolments[0].enroledAt.id",
        ),
        (person(A, r#","givenName":"Zaza""#), "duplicate: givenName"),
        (person(A, r#","enrolments":[{"schoolYear":300}]"#), "bad-value: enrolments[0].schoolYear"),
        ("17".to_owned(), "wrong-type"),
    ];
    for (index, (record, expected)) in cases.iter().enumerate() {
        assert_eq!(one_reason(&format!("fault{index}"), record), *expected);
    }
}

#[test]
fn a_vendor_field_of_any_shape_is_skipped_unread() {
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let text =
        format!("[{}]", person(A, &format!(r#","x":{{"201701012393":{deep},"y":1e999,"z":"\\ud800"}}"#)));
    let scratch = Scratch::new("vendor", &[("persons.json", text.as_bytes())]);
    assert_eq!(persons(&scratch).0.len(), 1);
}

#[test]
fn check_names_each_bad_file_and_leaves_good_ones_out() {
    let good = format!("[{}]", person(A, ""));
    let cut = &good.as_bytes()[..good.len() - 3];
    let scratch = Scratch::new(
        "files",
        &[
            ("organisations.json", b"{\"data\": {}}"),
            ("persons-1.json", good.as_bytes()),
            ("persons-2.json", cut),
            ("groups.json", b"[1, x]"),
            ("duties.json", b"[] []"),
            ("placements.json", b"\"Zaza\""),
        ],
    );
    let bad: Vec<_> = scratch.folder().check().iter().map(ToString::to_string).collect();
    assert_eq!(
        bad,
        [
            "organisations.json is neither an array nor a list page with an array named data".to_owned(),
            format!("persons-2.json ends too early: line 1, column {}", cut.len()),
            "groups.json is not JSON: line 1, column 5".to_owned(),
            "duties.json is not JSON: line 1, column 4".to_owned(),
            "placements.json is neither an array nor a list page with an array named data".to_owned(),
        ]
    );
}

#[test]
fn a_page_without_data_or_with_it_twice_is_bad() {
    for text in ["{}", r#"{"data":[],"data":[]}"#] {
        let read = each_element(text.as_bytes(), |_, _| ControlFlow::Continue(()));
        assert_eq!(read, Err(FileFault::NotAList));
    }
}

#[test]
fn reading_stops_when_the_callback_breaks() {
    let mut seen = 0;
    let read = each_element("[1,2,3 and the rest is never looked at".as_bytes(), |_, _| {
        seen += 1;
        ControlFlow::Break(())
    });
    assert_eq!((read, seen), (Ok(()), 1));
}

/// An endless supply of records, made as they are read and held by nobody.
struct Endless {
    left: u64,
    pending: io::Cursor<Vec<u8>>,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.pending.position() == self.pending.get_ref().len() as u64 && self.left > 0 {
            self.left -= 1;
            let comma = if self.left == 0 { "]" } else { "," };
            self.pending = io::Cursor::new(format!("{}{comma}", person(A, "")).into_bytes());
        }
        self.pending.read(buffer)
    }
}

#[test]
fn many_records_pass_one_at_a_time() {
    const COUNT: u64 = 100_000;
    let source = Endless { left: COUNT, pending: io::Cursor::new(b"[".to_vec()) };
    let (mut count, mut longest) = (0, 0);
    let read = each_element(source, |index, raw| {
        assert_eq!(index, count);
        count += 1;
        longest = longest.max(raw.get().len());
        ControlFlow::Continue(())
    });
    assert_eq!((read, count, longest), (Ok(()), COUNT, person(A, "").len()));
}

#[test]
fn a_record_without_end_is_given_up_at_the_limit() {
    let source = io::Cursor::new(b"[\"").chain(io::repeat(b'x'));
    let read = each_element(source, |_, _| ControlFlow::Continue(()));
    assert_eq!(read, Err(FileFault::RecordTooLong));
}

#[test]
fn a_folder_without_files_is_a_problem() {
    let scratch = Scratch::new("empty", &[("readme.json", b"[]")]);
    assert!(matches!(Folder::open(&scratch.0), Err(FolderProblem::Empty(_))));
    assert!(matches!(Folder::open(&scratch.0.join("nowhere")), Err(FolderProblem::Unreadable { .. })));
}

#[test]
fn a_full_child_keeps_its_relations_and_marking() {
    let rest = format!(
        r#","securityMarking":"Sekretessmarkering","civicNo":{{"value":"20190101TF01"}},
        "responsibles":[{{"person":{{"id":"{B}"}},"relationType":"God man"}}],
        "enrolments":[{{"enroledAt":{{"id":"{B}"}},"schoolType":"FKLASS","schoolYear":null,"startDate":"2026-08-17"}}]"#
    );
    let scratch = Scratch::new("child", &[("persons.json", format!("[{}]", person(A, &rest)).as_bytes())]);
    let child = &persons(&scratch).0[0];
    assert_eq!(child.security_marking, SecurityMarking::Sekretessmarkering);
    assert_eq!(child.responsibles[0].relation_type, RelationKind::AppointedGuardian);
    assert_eq!(child.enrolments[0].school_type.form(), Some(SchoolForm::Fklass));
    assert_eq!(SchoolType::parse("VUXSFI").map(SchoolType::form), Some(None));
    assert_eq!(format!("{child:?}"), format!("Person({A})"));
    let today = skolstart_shared::Date::new(2026, 8, 20).unwrap();
    assert_eq!(child.personal_number(today).unwrap().unwrap().as_str12(), "20190101TF01");
    let mut wrong = child.clone();
    wrong.civic_no.as_mut().unwrap().value.replace_range(9..10, "X");
    assert_eq!(wrong.personal_number(today).unwrap_err().to_string(), "bad-value: civicNo.value");
}

#[test]
fn the_other_resources_are_read_with_their_words() {
    let scratch = Scratch::new(
        "others",
        &[
            ("organisations.json", format!(r#"[{{"id":"{A}","displayName":"S","organisationType":"Skolenhet","schoolTypes":["GR"]}}]"#).as_bytes()),
            ("groups.json", format!(r#"[{{"id":"{A}","displayName":"2B","groupType":"Klass","organisation":{{"id":"{B}"}},"groupMemberships":[{{"person":{{"id":"{A}"}}}}]}}]"#).as_bytes()),
            ("duties.json", format!(r#"[{{"id":"{A}","person":{{"id":"{B}"}},"dutyAt":{{"id":"{A}"}},"dutyRole":"Förskolechef","assignmentRole":[{{"group":{{"id":"{A}"}},"assignmentRoleType":"Mentor"}}]}}]"#).as_bytes()),
            ("placements.json", format!(r#"[{{"id":"{A}","placedAt":{{"id":"{B}"}},"child":{{"id":"{A}"}},"schoolType":"FS","startDate":"2026-08-17","owners":[{{"id":"{B}"}}]}}]"#).as_bytes()),
        ],
    );
    let (folder, mut seen) = (scratch.folder(), Vec::new());
    let flow = ControlFlow::Continue(());
    let read = [
        folder.each_organisation(|found| {
            seen.push(found.is_ok_and(|found| found.record.organisation_type == OrganisationKind::Unit));
            flow
        }),
        folder.each_group(|found| {
            seen.push(found.is_ok_and(|found| found.record.group_type.is_home()));
            flow
        }),
        folder.each_duty(|found| {
            seen.push(found.is_ok_and(|found| found.record.role() == DutyRole::Principal));
            flow
        }),
        folder.each_placement(|found| {
            seen.push(found.is_ok_and(|found| found.record.owners.len() == 1));
            flow
        }),
    ];
    assert_eq!(read, [Ok(()), Ok(()), Ok(()), Ok(())]);
    assert_eq!(seen, [true; 4]);
}
