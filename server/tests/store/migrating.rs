use super::answering::{everything, first_guardian, send};
use super::families::{bring_in, child, municipality, settle};
use super::site::{Site, count, on_both, rows};
use sea_orm::{ConnectionTrait, FromQueryResult};

const TABLES: [&str; 12] = [
    "person",
    "guardian_relation",
    "enrolment",
    "group_membership",
    "duty",
    "form_version",
    "round",
    "submission",
    "fact",
    "act_answer",
    "task",
    "audit",
];

#[derive(FromQueryResult, Debug, PartialEq, Eq)]
struct Applied {
    version: String,
    applied_at: i64,
}

async fn state(site: &Site) -> (Vec<Applied>, Vec<i64>) {
    let raw = site.raw().await;
    let applied = rows(&raw, "SELECT version, applied_at FROM seaql_migrations ORDER BY version").await;
    let mut counts = Vec::new();
    for table in TABLES {
        counts.push(count(&raw, table).await);
    }
    (applied, counts)
}

#[test]
fn migrating_again_changes_nothing_in_a_database_that_is_in_use() {
    on_both(|site| async move {
        let store = site.open().await;
        settle(&store, site.folder.path(), 6).await;
        let me = first_guardian(&store, 0).await;
        send(&store, &me, everything(&store, &me, child(0), 1, true).await).await.unwrap();
        store.close().await;
        let before = state(&site).await;
        assert!(before.0.len() >= 6 && before.1.iter().all(|rows| *rows > 0), "{before:?}");
        for _ in 0..2 {
            site.open().await.close().await;
            assert_eq!(state(&site).await, before);
        }
        // It can be used as before: what is sealed opens, and more can be sent.
        let store = site.open().await;
        let me = first_guardian(&store, 0).await;
        assert!(!store.snapshots_of_own(&me).await.unwrap().is_empty());
        send(&store, &me, everything(&store, &me, child(0), 2, true).await).await.unwrap();
        assert_eq!(count(&site.raw().await, "submission").await, 2);
        assert_eq!(store.verify_audit().await.unwrap().faults, []);
        store.close().await;
    });
}

#[test]
fn a_filled_database_without_aliases_gets_their_table_and_loses_nothing() {
    on_both(|site| async move {
        let store = site.open().await;
        settle(&store, site.folder.path(), 6).await;
        store.close().await;
        let raw = site.raw().await;
        for sql in ["DROP TABLE child_alias", "DELETE FROM seaql_migrations WHERE version = 'm0034_alias'"] {
            raw.execute_unprepared(sql).await.unwrap();
        }
        let before = state(&site).await;
        assert!(before.1[0] > 0, "{before:?}");
        site.open().await.close().await;
        let after = state(&site).await;
        assert_eq!((after.0.len(), after.1), (before.0.len() + 1, before.1));
        assert_eq!(count(&raw, "child_alias").await, 0);
    });
}

#[test]
fn a_program_that_is_older_than_the_tables_does_not_start() {
    on_both(|site| async move {
        site.open().await.close().await;
        let raw = site.raw().await;
        let later = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_later', 0)";
        raw.execute_unprepared(later).await.unwrap();
        assert!(site.try_open().await.is_err());
        raw.execute_unprepared("DELETE FROM seaql_migrations WHERE version = 'm9999_later'").await.unwrap();
        site.open().await.close().await;
    });
}

#[test]
fn the_register_points_only_to_what_is_there() {
    on_both(|site| async move {
        let store = site.open().await;
        bring_in(&store, &municipality(6), &site.folder.path().join("register")).await;
        let raw = site.raw().await;
        raw.execute_unprepared(if site.is_sqlite() { "PRAGMA foreign_keys = ON" } else { "SELECT 1" })
            .await
            .unwrap();
        for table in ["person", "organisation", "school_group"] {
            let refused =
                raw.execute_unprepared(&format!("DELETE FROM {table}")).await.unwrap_err().to_string();
            assert!(refused.to_lowercase().contains("foreign key"), "{table}: {refused}");
        }
        store.close().await;
    });
}
