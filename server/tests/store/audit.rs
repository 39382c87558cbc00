use super::answering::{everything, first_guardian, send};
use super::families::{child, settle};
use super::site::{Site, count, on_both, rows};
use sea_orm::{ConnectionTrait, DatabaseConnection, FromQueryResult, Statement};
use skolstart_server::store::{Broken, CheckpointError, Store};
use std::fs;
use uuid::Uuid;

#[test]
fn the_chain_holds_and_shows_an_altered_or_missing_row() {
    on_both(|site| async move {
        let store = site.open().await;
        settle(&store, site.folder.path(), 6).await;
        for family in [0, 3] {
            let me = first_guardian(&store, family).await;
            send(&store, &me, everything(&store, &me, child(family), 1, true).await).await.unwrap();
        }
        store.close().await;
        // A second start begins a second chain.
        let store = site.open().await;
        let me = first_guardian(&store, 5).await;
        send(&store, &me, everything(&store, &me, child(5), 1, true).await).await.unwrap();
        let raw = owner(&site).await;
        let report = store.verify_audit().await.unwrap();
        assert_eq!((report.chains, report.rows as i64), (2, count(&raw, "audit").await));
        assert_eq!(report.faults, []);

        let one = "(SELECT MIN(seq) FROM audit WHERE action = 'submit' AND object_kind = 'child')";
        let altered = format!("UPDATE audit SET purpose = 'nobody' WHERE action = 'submit' AND seq = {one}");
        raw.execute_unprepared(&altered).await.unwrap();
        assert_eq!(store.verify_audit().await.unwrap().faults.len(), 1);
        raw.execute_unprepared("UPDATE audit SET purpose = 'guardian' WHERE action = 'submit'")
            .await
            .unwrap();
        assert_eq!(store.verify_audit().await.unwrap().faults, []);
        raw.execute_unprepared("DELETE FROM audit WHERE seq = 2").await.unwrap();
        assert!(!store.verify_audit().await.unwrap().faults.is_empty());
        store.close().await;
    });
}

/// Somebody who owns the tables, and has taken away what guards the trail.
async fn owner(site: &Site) -> DatabaseConnection {
    let raw = site.raw().await;
    let guards = match site.is_sqlite() {
        true => ["DROP TRIGGER audit_never_changed", "DROP TRIGGER audit_never_taken_away"].as_slice(),
        false => ["DROP TRIGGER audit_only_added_to ON audit"].as_slice(),
    };
    for guard in guards {
        raw.execute_unprepared(guard).await.unwrap();
    }
    raw
}

#[test]
fn the_database_refuses_to_change_a_line_or_to_take_one_away() {
    on_both(|site| async move {
        let store = site.open().await;
        settle(&store, site.folder.path(), 2).await;
        let raw = site.raw().await;
        let before = count(&raw, "audit").await;
        let truncate = if site.is_sqlite() { "DELETE FROM audit" } else { "TRUNCATE audit" };
        for sql in ["UPDATE audit SET purpose = 'nobody'", "DELETE FROM audit WHERE seq = 1", truncate] {
            let refused = raw.execute_unprepared(sql).await.unwrap_err().to_string();
            assert!(refused.contains("the audit trail is only added to"), "{sql}: {refused}");
        }
        assert_eq!(count(&raw, "audit").await, before);
        assert_eq!(store.verify_audit().await.unwrap().faults, []);
        store.close().await;
    });
}

/// A row of the trail.
#[derive(FromQueryResult)]
struct Row {
    chain: Uuid,
    seq: i64,
}

/// A trail of two chains, and a copy of it beside.
async fn trail(site: &Site) -> (Store, DatabaseConnection) {
    let store = site.open().await;
    settle(&store, site.folder.path(), 2).await;
    store.close().await;
    let store = site.open().await;
    let me = first_guardian(&store, 0).await;
    send(&store, &me, everything(&store, &me, child(0), 1, true).await).await.unwrap();
    let raw = owner(site).await;
    raw.execute_unprepared("CREATE TABLE audit_copy AS SELECT * FROM audit").await.unwrap();
    (store, raw)
}

async fn restore(raw: &DatabaseConnection) {
    raw.execute_unprepared("DELETE FROM audit").await.unwrap();
    raw.execute_unprepared("INSERT INTO audit SELECT * FROM audit_copy").await.unwrap();
}

async fn at(raw: &DatabaseConnection, change: &str, row: &Row) {
    let sql = format!("{change} WHERE chain = $1 AND seq = $2");
    let values = [row.chain.into(), row.seq.into()];
    let statement = Statement::from_sql_and_values(raw.get_database_backend(), sql, values);
    assert_eq!(raw.execute_raw(statement).await.unwrap().rows_affected(), 1);
}

async fn all(raw: &DatabaseConnection) -> Vec<Row> {
    rows(raw, "SELECT chain, seq FROM audit ORDER BY chain, seq").await
}

#[test]
fn every_change_of_any_column_of_any_row_is_found() {
    on_both(|site| async move {
        let (store, raw) = trail(&site).await;
        let (id, hash) = match site.is_sqlite() {
            true => ("randomblob(16)", "randomblob(32)"),
            false => ("gen_random_uuid()", "decode(md5('a') || md5('b'), 'hex')"),
        };
        let mut changes: Vec<String> = ["chain", "actor", "object_id", "acting_for"]
            .iter()
            .map(|name| format!("{name} = {id}"))
            .collect();
        changes.extend(["prev_hash", "hash"].iter().map(|name| format!("{name} = {hash}")));
        changes.extend(["seq = seq + 1000", "at = at + 1"].map(str::to_owned));
        let texts = ["action", "object_kind", "purpose", "outcome", "request_id"];
        changes.extend(texts.iter().map(|name| format!("{name} = {name} || 'x'")));
        assert_eq!(changes.len(), 13, "every column");
        let all = all(&raw).await;
        assert!(all.len() > 8);
        for row in &all {
            for change in &changes {
                at(&raw, &format!("UPDATE audit SET {change}"), row).await;
                assert!(
                    !store.verify_audit().await.unwrap().faults.is_empty(),
                    "{change} in row {}",
                    row.seq
                );
                restore(&raw).await;
            }
        }
        assert_eq!(store.verify_audit().await.unwrap().faults, []);
        store.close().await;
    });
}

#[test]
fn every_row_that_is_taken_away_added_or_moved_is_found_the_last_ones_by_a_checkpoint() {
    on_both(|site| async move {
        let (store, raw) = trail(&site).await;
        let file = site.folder.path().join("checkpoints");
        assert_eq!(store.write_checkpoint(&file).await.unwrap(), 1);
        let points = store.read_checkpoints(&file).unwrap();
        assert_eq!(store.verify_audit_against(&points).await.unwrap().faults, []);
        let all = all(&raw).await;
        for (place, row) in all.iter().enumerate() {
            let is_last = all.get(place + 1).is_none_or(|next| next.chain != row.chain);
            at(&raw, "DELETE FROM audit", row).await;
            assert_eq!(store.verify_audit().await.unwrap().faults.is_empty(), is_last, "row {}", row.seq);
            let against = store.verify_audit_against(&points).await.unwrap();
            assert!(!against.faults.is_empty(), "row {}", row.seq);
            assert!(!is_last || against.faults[0].what == Broken::CutOff);
            restore(&raw).await;
        }
        // A whole chain is gone, and one that does not follow is there.
        let chain = Row { chain: all[0].chain, seq: 0 };
        let of_chain = all.iter().filter(|row| row.chain == chain.chain).count() as i64;
        let one = "DELETE FROM audit WHERE chain IN (SELECT chain FROM audit_copy ORDER BY chain LIMIT 1)";
        raw.execute_unprepared(one).await.unwrap();
        assert_eq!(count(&raw, "audit").await, all.len() as i64 - of_chain);
        assert_eq!(store.verify_audit().await.unwrap().faults, []);
        let faults = store.verify_audit_against(&points).await.unwrap().faults;
        assert_eq!((faults.len(), faults[0].chain, faults[0].what), (1, chain.chain, Broken::CutOff));
        restore(&raw).await;
        let added = "INSERT INTO audit SELECT chain, seq + 500, at, actor, action, object_kind, object_id, purpose, \
                     outcome, request_id, prev_hash, hash, acting_for FROM audit_copy ORDER BY chain, seq LIMIT 1";
        raw.execute_unprepared(added).await.unwrap();
        assert_eq!(store.verify_audit().await.unwrap().faults.len(), 1);
        restore(&raw).await;
        let (first, second) = (Row { seq: 1, ..chain }, Row { chain: all[0].chain, seq: 2 });
        at(&raw, "UPDATE audit SET seq = 900", &first).await;
        at(&raw, "UPDATE audit SET seq = 1", &second).await;
        at(&raw, "UPDATE audit SET seq = 2", &Row { chain: all[0].chain, seq: 900 }).await;
        assert_eq!(store.verify_audit().await.unwrap().faults.len(), 1);
        store.close().await;
    });
}

#[test]
fn checkpoints_follow_each_other_are_signed_and_tell_of_a_chain_that_was_computed_anew() {
    on_both(|site| async move {
        let store = site.open().await;
        settle(&store, site.folder.path(), 3).await;
        let file = site.folder.path().join("checkpoints");
        for (number, family) in [(1, 0), (2, 1)] {
            let me = first_guardian(&store, family).await;
            send(&store, &me, everything(&store, &me, child(family), number, true).await).await.unwrap();
            assert_eq!(store.write_checkpoint(&file).await.unwrap(), number);
        }
        let text = fs::read_to_string(&file).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let refused = |text: &str, line: usize| {
            let other = site.folder.path().join("other");
            fs::write(&other, text).unwrap();
            let refused = store.read_checkpoints(&other).err().unwrap();
            assert!(
                matches!(refused, CheckpointError::NotGenuine { line: at, .. } if at == line),
                "{refused}"
            );
        };
        // A line that was altered, one that was taken away, two that changed places.
        refused(&text.replacen("\"ends\":[[\"0", "\"ends\":[[\"1", 1), 1);
        refused(lines[1], 1);
        refused(&[lines[1], lines[0]].join("\n"), 1);
        refused(&[lines[0], lines[0]].join("\n"), 2);
        let points = store.read_checkpoints(&file).unwrap();
        assert_eq!((points.lines, points.last), (2, Some(site.clock.now())));
        assert_eq!(store.verify_audit_against(&points).await.unwrap().faults, []);
        // Another instance's trail in place of this one: whole in itself, and not what was told of.
        let raw = owner(&site).await;
        raw.execute_unprepared("DELETE FROM audit").await.unwrap();
        store.close().await;
        let store = site.open().await;
        let me = first_guardian(&store, 2).await;
        send(&store, &me, everything(&store, &me, child(2), 9, true).await).await.unwrap();
        assert_eq!(store.verify_audit().await.unwrap().faults, []);
        assert!(!store.verify_audit_against(&points).await.unwrap().faults.is_empty());
        store.close().await;
    });
}
