//! What a whole delivery of the register does not name any more has ended; half a delivery ends nothing.

use super::answering::sign_in;
use super::families::{
    Municipality, bring_in, child, group, guardian, municipality, principal, teacher, unit,
};
use super::site::{Site, count, on_both, value};
use serde_json::{Value, json};
use skolstart_server::policy;
use skolstart_server::register::ss12000::Resource;
use skolstart_server::store::{Emptied, Store};
use skolstart_server::usecase::import::{Counts, ImportReport, Missing, NotEnded, Unnamed, import_with};
use skolstart_shared::Locale;
use skolstart_shared::id::PersonId;
use std::fs;
use std::path::PathBuf;

fn folder(site: &Site) -> PathBuf {
    site.folder.path().join("register")
}

/// True when there is somebody who can act.
async fn is_there(store: &Store, who: PersonId) -> bool {
    policy::principal(store, who, Locale::Sv, "request".to_owned()).await.unwrap().is_some()
}

fn ended(report: &ImportReport) -> Vec<u64> {
    ["duties", "placements", "groups", "persons"].iter().map(|kind| report.counts[kind].ended).collect()
}

fn names(record: &Value, who: PersonId) -> bool {
    record["id"] == who.0.to_string().as_str()
}

fn without(register: &mut Municipality, people: &[PersonId]) {
    register.persons.retain(|person| !people.iter().any(|who| names(person, *who)));
    for class in &mut register.groups {
        let members = class["groupMemberships"].as_array_mut().unwrap();
        members.retain(|member| !people.iter().any(|who| names(&member["person"], *who)));
    }
}

fn person(register: &mut Municipality, who: PersonId) -> &mut Value {
    register.persons.iter_mut().find(|person| names(person, who)).unwrap()
}

#[test]
fn who_and_what_is_not_named_any_more_has_left_and_comes_back_when_it_is() {
    on_both(|site| async move {
        let store = site.open().await;
        bring_in(&store, &municipality(12), &folder(&site)).await;
        assert!(!sign_in(&store, teacher()).await.roles().is_empty());
        let family = [child(0), guardian(0, false), guardian(0, true)];
        let mut fewer = municipality(12);
        fewer.duties.remove(0);
        without(&mut fewer, &family);
        let report = bring_in(&store, &fewer, &folder(&site)).await;
        assert_eq!(ended(&report), [1, 0, 0, 3], "{report}");
        assert!(report.to_string().lines().any(|line| line.starts_with("persons") && line.ends_with(" 3")));
        assert!(sign_in(&store, teacher()).await.roles().is_empty(), "her duty ended yesterday");
        assert!(!sign_in(&store, principal()).await.roles().is_empty());
        for who in family {
            assert!(!is_there(&store, who).await, "{who:?}");
        }
        assert!(is_there(&store, guardian(1, false)).await);
        let raw = site.raw().await;
        for sql in [
            "SELECT to_day FROM duty WHERE to_day IS NOT NULL",
            "SELECT DISTINCT to_day FROM guardian_relation WHERE to_day IS NOT NULL",
            "SELECT to_day FROM enrolment WHERE to_day IS NOT NULL",
            "SELECT to_day FROM group_membership WHERE to_day IS NOT NULL",
        ] {
            assert_eq!(value::<String>(&raw, sql).await, "2026-08-16", "{sql}");
        }
        for (kind, many) in [("person", 3), ("duty", 1), ("guardian_relation", 2), ("enrolment", 1)] {
            let sql = format!("SELECT COUNT(*) FROM register_history WHERE kind = '{kind}'");
            assert_eq!(value::<i64>(&raw, &sql).await, many, "{kind}");
        }
        // The same again changes nothing.
        let before = (count(&raw, "register_history").await, count(&raw, "audit").await);
        let again = bring_in(&store, &fewer, &folder(&site)).await;
        let is_quiet =
            |counts: &Counts| counts.created + counts.changed + counts.rejected + counts.ended == 0;
        assert!(again.counts.values().all(is_quiet), "{again}");
        assert_eq!((count(&raw, "register_history").await, count(&raw, "audit").await), before);
        // They are back, with everything.
        let report = bring_in(&store, &municipality(12), &folder(&site)).await;
        assert_eq!(ended(&report), [0; 4]);
        assert!(!sign_in(&store, teacher()).await.roles().is_empty());
        for adult in [guardian(0, false), guardian(0, true)] {
            assert!(sign_in(&store, adult).await.is_guardian());
        }
        let open = "SELECT COUNT(*) FROM group_membership WHERE to_day IS NOT NULL";
        assert_eq!(value::<i64>(&raw, open).await, 0);
        assert_eq!(store.verify_audit().await.unwrap().faults, []);
        store.close().await;
    });
}

#[test]
fn half_a_delivery_ends_nothing_until_somebody_says_so() {
    on_both(|site| async move {
        let store = site.open().await;
        bring_in(&store, &municipality(24), &folder(&site)).await;
        let mut half = municipality(12);
        person(&mut half, guardian(0, false))["givenName"] = "Nytt".into();
        let report = bring_in(&store, &half, &folder(&site)).await;
        assert_eq!(report.counts["persons"].changed, 1, "what is there comes in");
        assert_eq!(ended(&report), [0; 4]);
        let missing = Missing { kind: Resource::Persons, missing: 34, of: 71 };
        assert_eq!(report.not_ended, [NotEnded::TooMuch(vec![missing])]);
        assert!(report.to_string().contains("34 of 71 persons"), "{report}");
        assert!(sign_in(&store, guardian(20, false)).await.is_guardian());
        half.write(&folder(&site));
        let keep = import_with(&store, &folder(&site), Unnamed::Keep, |_, _| {}).await.unwrap();
        assert_eq!((ended(&keep), keep.not_ended), (vec![0; 4], Vec::new()));
        let report = import_with(&store, &folder(&site), Unnamed::EndMany, |_, _| {}).await.unwrap();
        assert_eq!(ended(&report), [0, 0, 0, 34]);
        assert!(!is_there(&store, guardian(20, false)).await);
        store.close().await;
    });
}

/// A small school that was left out of an export is no fifth of anything.
#[test]
fn a_school_that_is_missing_ends_nothing_until_somebody_says_so() {
    on_both(|site| async move {
        let store = site.open().await;
        let small: Vec<usize> = (0..8).collect();
        let mut register = municipality(42);
        let mut school = register.organisations[2].clone();
        (school["id"], school["displayName"]) = (unit(2).0.to_string().into(), "Lilla skolan".into());
        register.organisations.push(school);
        for n in &small {
            person(&mut register, child(*n))["enrolments"][0]["enroledAt"]["id"] =
                unit(2).0.to_string().into();
        }
        bring_in(&store, &register, &folder(&site)).await;
        let everybody = |n: &usize| [child(*n), guardian(*n, false), guardian(*n, true)];
        without(&mut register, &small.iter().flat_map(everybody).collect::<Vec<_>>());
        let report = bring_in(&store, &register, &folder(&site)).await;
        let emptied = Emptied { name: "Lilla skolan".to_owned(), missing: 8, of: 8 };
        assert_eq!((ended(&report), &*report.not_ended), (vec![0; 4], &[NotEnded::Units(vec![emptied])][..]));
        assert!(report.to_string().contains("8 of 8 places at Lilla skolan"), "{report}");
        assert!(is_there(&store, child(0)).await);
        let report = import_with(&store, &folder(&site), Unnamed::EndMany, |_, _| {}).await.unwrap();
        assert_eq!(ended(&report), [0, 0, 0, 23]);
        assert!(!is_there(&store, child(0)).await);
        store.close().await;
    });
}

#[test]
fn a_folder_without_a_kind_is_a_part_and_ends_nothing() {
    on_both(|site| async move {
        let store = site.open().await;
        bring_in(&store, &municipality(12), &folder(&site)).await;
        let mut fewer = municipality(12);
        without(&mut fewer, &[child(0)]);
        fewer.write(&folder(&site));
        fs::remove_file(folder(&site).join("duties.json")).unwrap();
        let report = import_with(&store, &folder(&site), Unnamed::EndMany, |_, _| {}).await.unwrap();
        assert_eq!(report.not_ended, [NotEnded::Part(vec![Resource::Duties])]);
        assert!(is_there(&store, child(0)).await);
        store.close().await;
    });
}

#[test]
fn what_was_left_out_for_a_fault_is_not_missing() {
    on_both(|site| async move {
        let store = site.open().await;
        bring_in(&store, &municipality(12), &folder(&site)).await;
        // The child's record is broken: nobody knows whether it still names the mother, whose own record is not sent.
        let mut broken = municipality(12);
        without(&mut broken, &[guardian(0, false), guardian(3, false)]);
        person(&mut broken, child(0))["securityMarking"] = "hemligt".into();
        person(&mut broken, child(3))["responsibles"].as_array_mut().unwrap().remove(0);
        broken.duties[0]["startDate"] = "i går".into();
        let report = bring_in(&store, &broken, &folder(&site)).await;
        assert_eq!((report.counts["persons"].rejected, report.counts["duties"].rejected), (1, 1));
        assert_eq!(ended(&report), [0, 0, 0, 1], "{report}");
        assert!(sign_in(&store, guardian(0, false)).await.is_guardian());
        assert!(!is_there(&store, guardian(3, false)).await, "nobody names her");
        assert!(!sign_in(&store, teacher()).await.roles().is_empty());
        // Which duty it is cannot be read: any of them may be it.
        let mut broken = municipality(12);
        broken.duties[0]["id"] = "0".into();
        let report = bring_in(&store, &broken, &folder(&site)).await;
        assert_eq!(report.not_ended, [NotEnded::Unreadable(Resource::Duties, 1)]);
        assert!(!sign_in(&store, teacher()).await.roles().is_empty());
        store.close().await;
    });
}

#[test]
fn a_guardian_who_has_died_decides_no_more() {
    on_both(|site| async move {
        let store = site.open().await;
        bring_in(&store, &municipality(12), &folder(&site)).await;
        let mut later = municipality(12);
        person(&mut later, guardian(0, true))["personStatus"] = "Avliden".into();
        person(&mut later, guardian(3, true))["personStatus"] = "Utvandrad".into();
        bring_in(&store, &later, &folder(&site)).await;
        assert!(!is_there(&store, guardian(0, true)).await);
        assert!(sign_in(&store, guardian(3, true)).await.is_guardian(), "who lives abroad still decides");
        let raw = site.raw().await;
        let standing = format!(
            "SELECT COUNT(*) FROM guardian_relation WHERE to_day IS NULL AND child_id = {}",
            literal(&site, child(0))
        );
        assert_eq!(value::<i64>(&raw, &standing).await, 1, "nobody waits for her answer");
        // The child's record changes and names her as before.
        person(&mut later, child(0))["givenName"] = "Nytt".into();
        bring_in(&store, &later, &folder(&site)).await;
        assert_eq!(value::<i64>(&raw, &standing).await, 1);
        // It was a mistake of the register's.
        person(&mut later, guardian(0, true)).as_object_mut().unwrap().remove("personStatus");
        bring_in(&store, &later, &folder(&site)).await;
        bring_in(&store, &later, &folder(&site)).await;
        assert!(sign_in(&store, guardian(0, true)).await.is_guardian());
        assert_eq!(value::<i64>(&raw, &standing).await, 2);
        store.close().await;
    });
}

fn literal(site: &Site, who: PersonId) -> String {
    if site.is_sqlite() { format!("x'{}'", who.0.simple()) } else { format!("'{}'", who.0) }
}

#[test]
fn a_place_that_is_not_named_ends_with_its_membership() {
    on_both(|site| async move {
        let store = site.open().await;
        municipality(12).write(&folder(&site));
        let place = |n: usize| {
            json!({"id": format!("00000000-0000-7000-8000-{:012x}", 0xAB00 + n), "placedAt": {"id": unit(n % 2).0},
                "child": {"id": child(n).0}, "group": {"id": group(n).0}, "schoolType": "FTH", "startDate": "2026-08-18"})
        };
        let places = |which: &[usize]| {
            let data: Vec<Value> = which.iter().map(|n| place(*n)).collect();
            fs::write(folder(&site).join("placements.json"), json!({"data": data}).to_string()).unwrap();
        };
        let raw = site.raw().await;
        let standing = async || {
            let places = "SELECT COUNT(*) FROM enrolment WHERE kind = 'placement' AND to_day IS NULL";
            let members =
                "SELECT COUNT(*) FROM group_membership WHERE from_day = '2026-08-18' AND to_day IS NULL";
            (value::<i64>(&raw, places).await, value::<i64>(&raw, members).await)
        };
        let taken = async || import_with(&store, &folder(&site), Unnamed::EndFew, |_, _| {}).await.unwrap();
        places(&[0, 1, 2]);
        taken().await;
        assert_eq!(standing().await, (3, 3));
        places(&[0, 2]);
        assert_eq!(ended(&taken().await), [0, 1, 0, 0]);
        assert_eq!(standing().await, (2, 2));
        places(&[0, 1, 2]);
        taken().await;
        assert_eq!(standing().await, (3, 3));
        store.close().await;
    });
}
