//! PostgreSQL with a role that serves and owns nothing.

use super::answering::{everything, first_guardian, send};
use super::families::{child, settle};
use super::site::{on_both, value};
use sea_orm::{ConnectionTrait, Database};
use skolstart_server::store::{OpenError, RoleError, Store, switched_off_at};

#[test]
fn a_role_that_owns_nothing_serves_and_changes_neither_tables_nor_the_trail() {
    on_both(|mut site| async move {
        let store = site.open().await;
        settle(&store, site.folder.path(), 2).await;
        if site.is_sqlite() {
            assert!(matches!(store.let_serve("anybody").await, Err(RoleError::NoRoles)));
            store.close().await;
            return;
        }
        assert!(matches!(store.let_serve("a\"b").await, Err(RoleError::Name)));
        assert!(matches!(store.let_serve("nobody_of_that_name").await, Err(RoleError::Store(_))));
        // Roles are of the whole cluster: named after this database, which is named at random.
        let owner = site.raw().await;
        let role: String = value(&owner, "SELECT current_database()").await;
        owner.execute_unprepared(&format!("CREATE ROLE {role} LOGIN PASSWORD 'only-here'")).await.unwrap();
        store.let_serve(&role).await.unwrap();
        store.close().await;

        let (_, place) = site.settings.database_url.rsplit_once('@').unwrap();
        let url = format!("postgres://{role}:only-here@{place}");
        site.settings.database_url.clone_from(&url);
        let store = site.open().await;
        let me = first_guardian(&store, 0).await;
        send(&store, &me, everything(&store, &me, child(0), 1, true).await).await.unwrap();
        assert_eq!(store.verify_audit().await.unwrap().faults, []);
        store.close().await;

        let server = Database::connect(url.as_str()).await.unwrap();
        for sql in [
            "UPDATE audit SET purpose = 'nobody'",
            "DELETE FROM audit",
            "TRUNCATE audit",
            "ALTER TABLE audit DISABLE TRIGGER ALL",
            "DROP TRIGGER audit_only_added_to ON audit",
            "DELETE FROM seaql_migrations",
            "ALTER TABLE person ADD COLUMN more text",
            "DROP TABLE submission",
            "CREATE TABLE more (id int)",
        ] {
            let refused = server.execute_unprepared(sql).await.unwrap_err().to_string();
            assert!(
                refused.contains("permission denied") || refused.contains("must be owner"),
                "{sql}: {refused}"
            );
        }
        // Tables that are older than the program: it says what to do.
        owner.execute_unprepared("DELETE FROM seaql_migrations WHERE version LIKE 'm0035%'").await.unwrap();
        assert!(matches!(
            Store::open(&site.settings, site.clock.clone()).await,
            Err(OpenError::MayNotMigrate)
        ));
        server.close().await.unwrap();
        owner.execute_unprepared(&format!("DROP OWNED BY {role}; DROP ROLE {role}")).await.unwrap();
        owner.close().await.unwrap();
    });
}

#[test]
fn what_lets_postgres_lose_a_commit_is_found() {
    on_both(|site| async move {
        let url = &site.settings.database_url;
        let name = "synchronous_commit".to_owned();
        assert!(!switched_off_at(url).await.unwrap().contains(&name));
        if !site.is_sqlite() {
            let off = format!("{url}?options=-c%20synchronous_commit%3Doff");
            assert!(switched_off_at(&off).await.unwrap().contains(&name));
        }
    });
}
