use super::answering::{everything, first_guardian, send};
use super::families::{child, settle};
use super::site::{count, on_both};
use sea_orm::ConnectionTrait;

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
        let raw = site.raw().await;
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
