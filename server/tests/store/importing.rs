use super::families::{Municipality, bring_in, child, guardian, municipality};
use super::site::{Site, count, on_both, value};
use sea_orm::ConnectionTrait;
use serde_json::json;
use skolstart_server::usecase::import::{Counts, ImportError, import};
use std::fs;

const TABLES: [&str; 14] = [
    "organisation",
    "person",
    "person_identifier",
    "guardian_relation",
    "enrolment",
    "school_group",
    "group_membership",
    "duty",
    "duty_assignment",
    "fact",
    "fact_snapshot",
    "task",
    "register_history",
    "audit",
];

async fn sizes(site: &Site) -> Vec<i64> {
    let raw = site.raw().await;
    let mut sizes = Vec::new();
    for table in TABLES {
        sizes.push(count(&raw, table).await);
    }
    sizes
}

fn position(register: &Municipality, n: usize) -> usize {
    let id = child(n).0.to_string();
    register.persons.iter().position(|person| person["id"] == id.as_str()).unwrap()
}

#[test]
fn the_second_time_nothing_is_written() {
    on_both(|site| async move {
        let store = site.open().await;
        let folder = site.folder.path().join("register");
        let first = bring_in(&store, &municipality(12), &folder).await;
        let persons = first.counts["persons"];
        assert_eq!(persons, Counts { created: persons.created, ..Counts::default() });
        assert!(persons.created > 30 && first.rejected.is_empty(), "{first}");
        let before = sizes(&site).await;
        let second = bring_in(&store, &municipality(12), &folder).await;
        assert_eq!(second.counts["persons"], Counts { unchanged: persons.created, ..Counts::default() });
        assert!(
            second.counts.values().all(|counts| counts.created + counts.changed + counts.rejected == 0),
            "{second}"
        );
        assert_eq!(sizes(&site).await, before);
        assert_eq!(count(&site.raw().await, "import_run").await, 2);
        store.close().await;
    });
}

#[test]
fn a_changed_record_keeps_what_was_before_and_ends_what_is_gone() {
    on_both(|site| async move {
        let store = site.open().await;
        let folder = site.folder.path().join("register");
        bring_in(&store, &municipality(6), &folder).await;
        let mut changed = municipality(6);
        let at = position(&changed, 0);
        changed.persons[at]["givenName"] = "Nytt".into();
        changed.persons[at]["responsibles"].as_array_mut().unwrap().pop();
        let report = bring_in(&store, &changed, &folder).await;
        let counts = report.counts["persons"];
        assert_eq!((counts.created, counts.changed), (0, 1));
        let raw = site.raw().await;
        let kept: i64 = value(
            &raw,
            "SELECT COUNT(*) FROM register_history WHERE kind IN ('person', 'guardian_relation')",
        )
        .await;
        assert_eq!(kept, 2);
        let ended: String =
            value(&raw, "SELECT to_day FROM guardian_relation WHERE to_day IS NOT NULL").await;
        assert_eq!(ended, "2026-08-16");
        assert!(!super::answering::sign_in(&store, guardian(0, true)).await.is_guardian());
        store.close().await;
    });
}

#[test]
fn a_broken_record_is_left_out_with_its_reason_and_the_rest_comes_in() {
    on_both(|site| async move {
        let store = site.open().await;
        let folder = site.folder.path().join("register");
        let mut broken = municipality(8);
        let number = broken.persons[position(&broken, 0)]["civicNo"].clone();
        let (marked, twin, lost) = (position(&broken, 3), position(&broken, 5), position(&broken, 6));
        broken.persons[marked]["securityMarking"] = "hemligt".into();
        broken.persons[twin]["civicNo"] = number;
        broken.persons[lost]["responsibles"][0]["person"]["id"] =
            json!("00000000-0000-0000-0000-00000000dead");
        let report = bring_in(&store, &broken, &folder).await;
        let mut reasons: Vec<String> =
            report.rejected.iter().map(|rejected| rejected.reason.to_string()).collect();
        reasons.sort();
        assert_eq!(reasons[0], "duplicate: civicNo.value");
        assert_eq!(reasons[1], "unknown-reference: responsibles[0].person");
        assert!(reasons[2].starts_with("unknown-word: securityMarking"), "{reasons:?}");
        assert!(
            report
                .rejected
                .iter()
                .all(|rejected| rejected.id.is_some() && &*rejected.place.file == "persons.json")
        );
        assert_eq!(report.counts["persons"].rejected, 3);
        // The classes come in without the children whose own records were left out.
        let without: Vec<String> = report.left_out.iter().map(|part| part.reason.to_string()).collect();
        let member = |at: u8| format!("unknown-reference: groupMemberships[{at}].person");
        assert_eq!(without, [member(1), member(0), member(0)]);
        assert_eq!(report.counts["groups"].created, 6);
        let raw = site.raw().await;
        let total = broken.persons.len() as i64;
        assert_eq!(count(&raw, "person").await, total - 3);
        store.close().await;
    });
}

#[test]
fn a_broken_file_changes_nothing() {
    on_both(|site| async move {
        let store = site.open().await;
        let folder = site.folder.path().join("register");
        municipality(6).write(&folder);
        let groups = fs::read_to_string(folder.join("groups.json")).unwrap();
        fs::write(folder.join("groups.json"), &groups[..groups.len() / 2]).unwrap();
        let refused = import(&store, &folder, |_, _| {}).await.err().unwrap();
        assert!(
            matches!(&refused, ImportError::BadFiles(bad) if &*bad[0].file == "groups.json"),
            "{refused}"
        );
        assert!(sizes(&site).await.iter().all(|rows| *rows == 0));
        assert_eq!(count(&site.raw().await, "import_run").await, 0);
        store.close().await;
    });
}

#[test]
fn stopped_half_way_it_is_finished_by_the_next_run() {
    on_both(|site| async move {
        let store = site.open().await;
        let folder = site.folder.path().join("register");
        municipality(300).write(&folder);
        // The database refuses one person of a later part; what came before stays.
        let raw = site.raw().await;
        refuse_family(&raw, site.is_sqlite(), "Familj290").await;
        assert!(import(&store, &folder, |_, _| {}).await.is_err());
        let half = count(&raw, "person").await;
        assert!((500..840).contains(&half), "{half}");
        assert_eq!(value::<i64>(&raw, "SELECT COUNT(*) FROM import_run WHERE finished_at IS NULL").await, 1);
        allow_again(&raw, site.is_sqlite()).await;
        let report = import(&store, &folder, |_, _| {}).await.unwrap();
        let counts = report.counts["persons"];
        assert_eq!(counts.unchanged as i64, half);
        assert_eq!((counts.unchanged + counts.created) as i64, count(&raw, "person").await);
        store.close().await;
    });
}

async fn refuse_family(raw: &sea_orm::DatabaseConnection, sqlite: bool, name: &str) {
    let rule = if sqlite {
        format!(
            "CREATE TRIGGER refuse BEFORE INSERT ON person WHEN NEW.family_name = '{name}' \
             BEGIN SELECT RAISE(ABORT, 'refused'); END"
        )
    } else {
        format!("ALTER TABLE person ADD CONSTRAINT refuse CHECK (family_name <> '{name}')")
    };
    raw.execute_unprepared(&rule).await.unwrap();
}

async fn allow_again(raw: &sea_orm::DatabaseConnection, sqlite: bool) {
    let rule = if sqlite { "DROP TRIGGER refuse" } else { "ALTER TABLE person DROP CONSTRAINT refuse" };
    raw.execute_unprepared(rule).await.unwrap();
}
