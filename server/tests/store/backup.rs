use super::answering::{everything, first_guardian, send};
use super::families::{child, settle};
use super::site::{Site, count, on_both, value};
use sea_orm::ConnectionTrait;
use skolstart_server::store::{BackupError, PutBack, Store, StoreSettings, restore, verify_trail};

/// What a database holds, whatever its kind.
async fn told(site: &Site) -> Vec<i64> {
    let raw = site.raw().await;
    let mut counts = Vec::new();
    for table in ["person", "submission", "fact", "act_answer", "consent_decision", "task", "audit", "meta"] {
        counts.push(count(&raw, table).await);
    }
    counts
}

/// Puts it back beside the keys of persons of this place.
async fn put_back(site: &Site, mut taken: &[u8]) -> Result<PutBack, BackupError> {
    restore(&site.settings.database_url, &site.settings.person_keys(), false, &mut taken).await
}

/// An empty database of the other kind, or of the same where there is only one.
fn empty(site: &Site, name: &str) -> StoreSettings {
    let url = format!("sqlite:{}", site.folder.path().join(name).display());
    StoreSettings { database_url: url, ..site.settings.clone() }
}

#[test]
fn what_was_taken_comes_back_whole_in_an_empty_database_of_either_kind() {
    on_both(|site| async move {
        let store = site.open().await;
        settle(&store, site.folder.path(), 6).await;
        for family in 0..4 {
            let me = first_guardian(&store, family).await;
            send(&store, &me, everything(&store, &me, child(family), 1, true).await).await.unwrap();
        }
        let mut taken = Vec::new();
        let contents = store.back_up(&mut taken).await.unwrap();
        assert!(contents.rows() > 100 && contents.tables() > 30, "{} {}", contents.rows(), contents.tables());
        let before = told(&site).await;
        // What comes after is not in it.
        let me = first_guardian(&store, 5).await;
        send(&store, &me, everything(&store, &me, child(5), 1, true).await).await.unwrap();
        store.close().await;

        // First SQLite, whatever it came from; then back to where it came from, emptied.
        let beside = Site { settings: empty(&site, "beside.db"), ..site };
        assert_eq!(
            put_back(&beside, &taken).await.unwrap(),
            PutBack { contents: contents.clone(), without_keys: Default::default() }
        );
        assert_eq!(told(&beside).await, before);
        let refused = put_back(&beside, &taken).await.unwrap_err();
        assert!(matches!(refused, BackupError::NotEmpty(_)), "{refused}");
        let again = Store::open(&beside.settings, beside.clock.clone()).await.unwrap();
        assert_eq!(again.verify_audit().await.unwrap().faults, []);
        let me = first_guardian(&again, 0).await;
        assert!(!again.snapshots_of_own(&me).await.unwrap().is_empty(), "what is sealed opens");
        send(&again, &me, everything(&again, &me, child(0), 2, true).await).await.unwrap();
        let mut second = Vec::new();
        let later = again.back_up(&mut second).await.unwrap();
        assert_ne!(later.head(), contents.head());
        again.close().await;
    });
}

#[test]
fn it_comes_back_into_the_kind_it_came_from() {
    on_both(|site| async move {
        let store = site.open().await;
        settle(&store, site.folder.path(), 6).await;
        let me = first_guardian(&store, 0).await;
        send(&store, &me, everything(&store, &me, child(0), 1, true).await).await.unwrap();
        let mut taken = Vec::new();
        let contents = store.back_up(&mut taken).await.unwrap();
        let before = told(&site).await;
        store.close().await;
        let raw = site.raw().await;
        if site.is_sqlite() {
            site.database_files().iter().for_each(|file| std::fs::remove_file(file).unwrap());
        } else {
            raw.execute_unprepared("DROP SCHEMA public CASCADE; CREATE SCHEMA public").await.unwrap();
        }
        drop(raw);
        for cut in [taken.len() / 3, taken.len() - 1] {
            let refused = put_back(&site, &taken[..cut]).await.unwrap_err();
            assert!(matches!(refused, BackupError::NotOurs), "{refused}");
        }
        assert_eq!(put_back(&site, &taken).await.unwrap().contents, contents);
        assert_eq!(told(&site).await, before);
        let store = site.open().await;
        let me = first_guardian(&store, 0).await;
        send(&store, &me, everything(&store, &me, child(0), 2, true).await).await.unwrap();
        assert_eq!(store.verify_audit().await.unwrap().faults, []);
        let raw = site.raw().await;
        let decisions: i64 = value(&raw, "SELECT COUNT(*) FROM consent_decision").await;
        assert!(decisions > 0, "numbers that the database gives go on");
        store.close().await;
    });
}

#[test]
fn the_trail_of_a_backup_is_checked_where_it_lies() {
    on_both(|site| async move {
        let store = site.open().await;
        settle(&store, site.folder.path(), 6).await;
        for family in 0..3 {
            let me = first_guardian(&store, family).await;
            send(&store, &me, everything(&store, &me, child(family), 1, true).await).await.unwrap();
        }
        store.close().await;
        // A second chain.
        let store = site.open().await;
        let me = first_guardian(&store, 3).await;
        send(&store, &me, everything(&store, &me, child(3), 1, true).await).await.unwrap();
        let taken = async |store: &Store| {
            let mut taken = Vec::new();
            let contents = store.back_up(&mut taken).await.unwrap();
            (taken, contents)
        };
        let (whole, contents) = taken(&store).await;
        let (report, head) = verify_trail(&mut whole.as_slice()).unwrap();
        assert_eq!((&report, head), (&store.verify_audit().await.unwrap(), contents.head()));
        assert!(report.chains > 1 && report.faults.is_empty());
        for cut in [10, whole.len() / 2, whole.len() - 1] {
            assert!(matches!(verify_trail(&mut &whole[..cut]).unwrap_err(), BackupError::NotOurs));
        }
        let raw = site.raw().await;
        let guards = match site.is_sqlite() {
            true => ["DROP TRIGGER audit_never_changed", "DROP TRIGGER audit_never_taken_away"].as_slice(),
            false => ["DROP TRIGGER audit_only_added_to ON audit"].as_slice(),
        };
        for guard in guards {
            raw.execute_unprepared(guard).await.unwrap();
        }
        // What is done to the database is found in a back-up of it as in itself: altered, put elsewhere, taken away.
        for change in [
            "UPDATE audit SET purpose = purpose || 'x' WHERE seq = 2",
            "UPDATE audit SET seq = seq + 900 WHERE seq = 3",
            "DELETE FROM audit WHERE seq = 1",
        ] {
            raw.execute_unprepared(change).await.unwrap();
            let (report, _) = verify_trail(&mut taken(&store).await.0.as_slice()).unwrap();
            assert!(!report.faults.is_empty(), "{change}");
        }
        store.close().await;
    });
}
