//! PostgreSQL's own guard of rows: what a role that owns nothing meets when a statement names nobody.

use super::answering::{everything, first_guardian, send};
use super::families::{child, guardian, settle, teacher, unit};
use super::site::{count, on_both, value};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement, TransactionTrait};
use skolstart_server::store::classes::tables;
use std::future::Future;
use uuid::Uuid;

/// A municipality of four families who have answered: a connection of who owns the tables, and one of the role that serves.
fn with_role<F: Future<Output = ()>>(body: impl Fn(DatabaseConnection, DatabaseConnection) -> F) {
    on_both(|mut site| {
        let body = &body;
        async move {
            if site.is_sqlite() {
                return;
            }
            let store = site.open().await;
            settle(&store, site.folder.path(), 4).await;
            let owner = site.raw().await;
            let role: String = value(&owner, "SELECT current_database()").await;
            owner
                .execute_unprepared(&format!("CREATE ROLE {role} LOGIN PASSWORD 'only-here'"))
                .await
                .unwrap();
            store.let_serve(&role).await.unwrap();
            // The same twice is the same as once.
            store.let_serve(&role).await.unwrap();
            assert!(!store.is_guarded());
            store.close().await;
            let (_, place) = site.settings.database_url.rsplit_once('@').unwrap();
            site.settings.database_url = format!("postgres://{role}:only-here@{place}");
            let store = site.open().await;
            assert!(store.is_guarded());
            for family in 0..4 {
                let me = first_guardian(&store, family).await;
                send(&store, &me, everything(&store, &me, child(family), 1, true).await).await.unwrap();
            }
            store.close().await;
            let served = Database::connect(site.settings.database_url.as_str()).await.unwrap();
            body(owner.clone(), served.clone()).await;
            served.close().await.unwrap();
            owner.execute_unprepared(&format!("DROP OWNED BY {role}; DROP ROLE {role}")).await.unwrap();
            owner.close().await.unwrap();
        }
    });
}

/// How many rows a table has for whoever is told of, within one transaction.
async fn met(db: &DatabaseConnection, table: &str, people: &[Uuid], units: &[Uuid]) -> i64 {
    let list = |ids: &[Uuid]| ids.iter().map(Uuid::to_string).collect::<Vec<_>>().join(",");
    let told = db.begin().await.unwrap();
    let sql = format!(
        "SELECT set_config('skolstart.people', '{{{}}}', true), set_config('skolstart.units', '{{{}}}', true)",
        list(people),
        list(units)
    );
    told.execute_unprepared(&sql).await.unwrap();
    let statement = Statement::from_string(DbBackend::Postgres, format!("SELECT COUNT(*) FROM {table}"));
    let found = told.query_one_raw(statement).await.unwrap().unwrap().try_get_by_index(0).unwrap();
    told.rollback().await.unwrap();
    found
}

#[test]
fn whoever_does_not_say_who_asks_meets_nobody() {
    with_role(|_, served| async move {
        let mut guarded = 0;
        for table in tables().unwrap().iter().filter(|table| !table.seen.is_empty()) {
            assert_eq!(count(&served, &table.name).await, 0, "{}", table.name);
            guarded += 1;
        }
        assert!(guarded > 15, "{guarded}");
        // What is guarded can neither be changed nor added to in another's name.
        let changed = served.execute_unprepared("UPDATE fact_snapshot SET version = 9").await.unwrap();
        assert_eq!(changed.rows_affected(), 0);
        let sql = format!("INSERT INTO own_draft (id, kept_at, sealed) VALUES ('{}', 1, 'x')", child(0).0);
        let refused = served.execute_unprepared(&sql).await.unwrap_err().to_string();
        assert!(refused.contains("row-level security"), "{refused}");
        // What rights follow from is there before anybody is known.
        assert!(count(&served, "guardian_relation").await > 0);
    });
}

#[test]
fn a_statement_without_a_filter_gives_a_guardian_her_own_and_staff_those_of_their_unit() {
    with_role(|owner, served| async move {
        let of = |who: &[Uuid]| who.iter().map(|id| format!("'{id}'")).collect::<Vec<_>>().join(",");
        let whose = async |column: &str, table: &str, who: &[Uuid]| -> i64 {
            value(&owner, &format!("SELECT COUNT(*) FROM {table} WHERE {column} IN ({})", of(who))).await
        };
        let family = [guardian(0, false).0, child(0).0];
        // Families 0 and 2 go to the first school; a teacher there has said nothing herself.
        let at_unit = [0, 2].map(|n| [child(n).0, guardian(n, false).0, guardian(n, true).0]).concat();
        for (table, column) in [
            ("fact", "subject_id"),
            ("fact_snapshot", "subject_id"),
            ("act_answer", "subject_id"),
            ("task", "child_id"),
            ("consent_decision", "child_id"),
        ] {
            let (all, hers) = (count(&owner, table).await, whose(column, table, &family).await);
            assert!(hers > 0 && hers < all, "{table}: {hers} of {all}");
            assert_eq!(met(&served, table, &family, &[]).await, hers, "{table}");
            let theirs = whose(column, table, &at_unit).await;
            assert!(theirs > hers && theirs < all, "{table}: {theirs} of {all}");
            assert_eq!(met(&served, table, &[teacher().0], &[unit(0).0]).await, theirs, "{table}");
        }
        // What was sent goes with who sent it.
        assert_eq!(met(&served, "submission", &family, &[]).await, 1);
        assert_eq!(met(&served, "submission", &[teacher().0], &[unit(0).0]).await, 2);
        assert_eq!(met(&served, "submission", &[teacher().0], &[]).await, 0);
    });
}
