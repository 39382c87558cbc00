//! The keys of persons: what each opens, what is left when one is gone, and what a start makes of the file.

use super::answering::{everything, first_guardian, send};
use super::families::{child, guardian, settle};
use super::site::{Site, count, on_both, value};
use super::unsealing::{Thief, cells, grow_young};
use sea_orm::{ConnectionTrait, Statement};
use skolstart_server::store::classes::Rules;
use skolstart_server::store::{
    BackupError, OpenError, PersonKeysError, Store, StoreError, StoreSettings, restore,
};
use skolstart_shared::Date;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;
use uuid::Uuid;

const FAMILIES: usize = 4;

/// Two families have answered.
async fn answered(site: &Site) -> Store {
    let store = site.open().await;
    settle(&store, site.folder.path(), FAMILIES).await;
    for family in [0, 3] {
        let me = first_guardian(&store, family).await;
        send(&store, &me, everything(&store, &me, child(family), 1, true).await).await.unwrap();
    }
    store
}

async fn change(site: &Site, sql: &str, values: Vec<sea_orm::Value>) {
    let raw = site.raw().await;
    raw.execute_raw(Statement::from_sql_and_values(raw.get_database_backend(), sql, values)).await.unwrap();
}

fn holds(file: &Path, person: Uuid) -> bool {
    fs::read(file).unwrap().windows(16).any(|window| window == person.as_bytes())
}

/// The child of the first family goes here no more.
async fn leave(site: &Site) {
    let sql = "UPDATE enrolment SET to_day = '2026-08-18' WHERE child_id = $1";
    change(site, sql, vec![child(0).0.into()]).await;
    let sql = "UPDATE group_membership SET to_day = '2026-08-18' WHERE person_id = $1";
    change(site, sql, vec![child(0).0.into()]).await;
}

/// Everything of the first family is over, and erased.
async fn erase_first_family(site: &Site, store: &Store) {
    for year in ["2028", "2034", "2040", "2046"] {
        site.clock
            .set(site.clock.start_of(Date::parse_iso(&format!("{year}-09-30")).unwrap()).plus_millis(1));
        store.erase_over(&Arc::new(Rules::shipped().unwrap()), |_| true).await.unwrap();
    }
    let raw = site.raw().await;
    let left: i64 = value(&raw, "SELECT COUNT(*) FROM person WHERE family_name = 'Familj0'").await;
    assert_eq!(left, 0, "the family is gone");
}

#[test]
fn what_is_somebodys_is_sealed_with_her_key_and_does_not_open_as_anothers() {
    on_both(|site| async move {
        let store = answered(&site).await;
        let thief = Thief::at(&site);
        let mut of_person = 0;
        for (table, column, cell) in cells(&site).await {
            let of = match cell.sealed[0] {
                1 => None,
                2 => Some(Uuid::from_slice(&cell.sealed[2..18]).unwrap()),
                _ => Some(Uuid::from_slice(&cell.sealed[8..24]).unwrap()),
            };
            assert_eq!(of, cell.person, "{table}.{column}");
            assert!(thief.opens(&table, &column, &cell).is_some(), "as the format is described");
            of_person += usize::from(of.is_some());
        }
        assert!(of_person > 30);
        let me = first_guardian(&store, 0).await;
        assert!(!store.snapshots_of_own(&me).await.unwrap().is_empty());
        // The same row, said to be about another child.
        let sql = "UPDATE fact_snapshot SET subject_id = $1 WHERE subject_id = $2";
        change(&site, "DELETE FROM fact_snapshot WHERE subject_id = $1", vec![child(3).0.into()]).await;
        change(&site, sql, vec![child(3).0.into(), child(0).0.into()]).await;
        let other = first_guardian(&store, 3).await;
        let refused = store.snapshots_of_own(&other).await;
        assert!(matches!(refused, Err(StoreError::Corrupt("fact_snapshot"))));
        store.close().await;
    });
}

#[test]
fn who_is_erased_has_no_key_and_nothing_that_was_copied_before_opens() {
    on_both(|site| async move {
        let store = answered(&site).await;
        let keys = site.settings.person_keys();
        let mine = |person: Uuid| person == child(0).0 || person == guardian(0, false).0;
        let copied = cells(&site).await;
        let copied: Vec<_> =
            copied.into_iter().filter(|(_, _, cell)| cell.person.is_some_and(mine)).collect();
        assert!(copied.len() > 10);
        let before = Thief::at(&site);
        assert!(copied.iter().all(|(table, column, cell)| before.opens(table, column, cell).is_some()));
        leave(&site).await;
        let mut back_up = Vec::new();
        store.back_up(&mut back_up).await.unwrap();
        let old_keys = site.folder.path().join("old-keys");
        fs::copy(&keys, &old_keys).unwrap();
        assert!(holds(&keys, child(0).0) && holds(&keys, guardian(0, true).0));

        erase_first_family(&site, &store).await;
        assert!(!holds(&keys, child(0).0) && !holds(&keys, guardian(0, false).0));
        assert!(!holds(&keys, guardian(0, true).0) && holds(&keys, child(1).0));
        let after = Thief::at(&site);
        for (table, column, cell) in &copied {
            assert!(after.opens(table, column, cell).is_none(), "{table}.{column} still opens");
        }
        let raw = site.raw().await;
        let noted: i64 = value(&raw, "SELECT COUNT(*) FROM audit WHERE action = 'destroy-key'").await;
        assert_eq!((noted, count(&raw, "key_to_destroy").await), (3, 0));
        assert_eq!(store.verify_audit().await.unwrap().faults, []);
        store.close().await;

        // The back-up of before, with the keys of now: everybody but them.
        let url = format!("sqlite:{}", site.folder.path().join("beside.db").display());
        let beside = Site { settings: StoreSettings { database_url: url, ..site.settings.clone() }, ..site };
        let put_back = restore(&beside.settings.database_url, &keys, false, &mut &back_up[..]).await.unwrap();
        assert_eq!(put_back.without_keys.len(), 3);
        let left = cells(&beside).await;
        assert!(!left.iter().any(|(_, _, cell)| cell.person.is_some_and(mine)));
        assert!(left.len() > 10);
        let store = beside.open().await;
        store.leave_out(&put_back).await.unwrap();
        let raw = beside.raw().await;
        let noted: i64 = value(&raw, "SELECT COUNT(*) FROM audit WHERE action = 'leave-out'").await;
        assert_eq!(noted, 3);
        let me = first_guardian(&store, 3).await;
        assert!(!store.snapshots_of_own(&me).await.unwrap().is_empty(), "the others open");
        // What lies open of them comes back too, until the next run.
        let theirs = store.snapshots_of_own(&first_guardian(&store, 0).await).await.unwrap();
        assert!(theirs.is_empty());
        store.erase_over(&Arc::new(Rules::shipped().unwrap()), |_| true).await.unwrap();
        let raw = beside.raw().await;
        let left: i64 = value(&raw, "SELECT COUNT(*) FROM person WHERE family_name = 'Familj0'").await;
        assert_eq!(left, 0);
        store.close().await;
    });
}

#[test]
fn a_run_that_was_stopped_before_the_key_was_destroyed_destroys_it_the_next_time() {
    on_both(|site| async move {
        let store = answered(&site).await;
        let keys = site.settings.person_keys();
        let before = fs::read(&keys).unwrap();
        leave(&site).await;
        erase_first_family(&site, &store).await;
        store.close().await;
        // As it is when the program is killed between the commit and the destroying. The last one has come back.
        fs::write(&keys, before).unwrap();
        for person in [child(0), guardian(0, false), guardian(0, true), child(3)] {
            change(&site, "INSERT INTO key_to_destroy (person_id) VALUES ($1)", vec![person.0.into()]).await;
        }
        let store = site.open().await;
        store.erase_over(&Arc::new(Rules::shipped().unwrap()), |_| true).await.unwrap();
        assert!(!holds(&keys, child(0).0) && !holds(&keys, guardian(0, true).0));
        assert!(holds(&keys, child(3).0), "who is there keeps her key");
        let raw = site.raw().await;
        assert_eq!(count(&raw, "key_to_destroy").await, 0);
        let me = first_guardian(&store, 3).await;
        assert!(!store.snapshots_of_own(&me).await.unwrap().is_empty());
        store.close().await;
    });
}

#[test]
fn keys_of_persons_that_cannot_be_trusted_are_refused_with_their_reason() {
    on_both(|site| async move {
        answered(&site).await.close().await;
        let keys = site.settings.person_keys();
        let right = fs::read(&keys).unwrap();
        assert_eq!(fs::metadata(&keys).unwrap().permissions().mode() & 0o777, 0o600);
        let refused = || async {
            match site.try_open().await.err().unwrap() {
                OpenError::Persons(refused) => refused,
                other => panic!("{other}"),
            }
        };
        fs::set_permissions(&keys, Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(refused().await, PersonKeysError::ReadableByOthers(_)));
        fs::set_permissions(&keys, Permissions::from_mode(0o600)).unwrap();
        fs::write(&keys, b"something else").unwrap();
        assert!(matches!(refused().await, PersonKeysError::Malformed(_)));
        let mut other = right.clone();
        other[40] ^= 1;
        fs::write(&keys, &other).unwrap();
        assert!(matches!(refused().await, PersonKeysError::WrongStore(_)));
        fs::remove_file(&keys).unwrap();
        assert!(matches!(refused().await, PersonKeysError::Missing(_)));
        assert!(!keys.exists(), "no new keys are made for a database with data");
        fs::write(&keys, &right).unwrap();
        fs::set_permissions(&keys, Permissions::from_mode(0o600)).unwrap();
        let store = site.open().await;
        let me = first_guardian(&store, 0).await;
        assert!(!store.snapshots_of_own(&me).await.unwrap().is_empty());
        // A copy that is used somewhere else is the newer one: whoever has the other is busy, and does not start again.
        let copy = site.folder.path().join("copy");
        fs::copy(&keys, &copy).unwrap();
        let settings = StoreSettings { person_keys: Some(copy), ..site.settings.clone() };
        let elsewhere = Store::open(&settings, site.clock.clone()).await.unwrap();
        let me = skolstart_server::policy::principal(
            &store,
            me.person(),
            skolstart_shared::Locale::Sv,
            String::new(),
        );
        assert!(matches!(me.await, Err(StoreError::Busy)));
        assert!(!elsewhere.snapshots_of_own(&first_guardian(&elsewhere, 0).await).await.unwrap().is_empty());
        store.close().await;
        elsewhere.close().await;
        assert!(matches!(refused().await, PersonKeysError::OlderCopy(_)));
    });
}

#[test]
fn a_database_from_before_persons_had_keys_works_and_moves_over_with_the_next_change_of_key() {
    on_both(|site| async move {
        answered(&site).await.close().await;
        grow_young(&site).await;
        assert!(cells(&site).await.iter().all(|(_, _, cell)| cell.sealed[0] == 1));
        let store = site.open().await;
        let me = first_guardian(&store, 0).await;
        assert!(!store.snapshots_of_own(&me).await.unwrap().is_empty());
        send(&store, &me, everything(&store, &me, child(0), 2, true).await).await.unwrap();
        store.close().await;
        let kinds = |cells: &[(String, String, super::unsealing::Cell)]| {
            let mut kinds: Vec<u8> = cells.iter().map(|(_, _, cell)| cell.sealed[0]).collect();
            kinds.sort_unstable();
            kinds.dedup();
            kinds
        };
        assert_eq!(kinds(&cells(&site).await), [1, 2, 3], "old and new beside each other");
        Store::rotate_key(&site.settings, site.clock.clone(), |_, _| true).await.unwrap().unwrap();
        for (table, column, cell) in cells(&site).await {
            assert_eq!(cell.sealed[0] == 1, cell.person.is_none(), "{table}.{column}");
        }
        let store = site.open().await;
        let me = first_guardian(&store, 0).await;
        assert!(!store.snapshots_of_own(&me).await.unwrap().is_empty());
        send(&store, &me, everything(&store, &me, child(0), 3, true).await).await.unwrap();
        store.close().await;
    });
}

#[test]
fn a_back_up_comes_back_with_keys_that_are_as_new_and_with_no_others() {
    on_both(|site| async move {
        let store = site.open().await;
        settle(&store, site.folder.path(), FAMILIES).await;
        let mut old = Vec::new();
        store.back_up_keys(&mut old).unwrap();
        settle(&store, &site.folder.path().join("more"), FAMILIES + 1).await;
        let me = first_guardian(&store, 4).await;
        send(&store, &me, everything(&store, &me, child(4), 1, true).await).await.unwrap();
        let (mut rows, mut keys) = (Vec::new(), Vec::new());
        store.back_up(&mut rows).await.unwrap();
        let people = store.back_up_keys(&mut keys).unwrap();
        let raw = site.raw().await;
        assert_eq!(i64::try_from(people).unwrap(), count(&raw, "person").await);
        store.close().await;

        let url = format!("sqlite:{}", site.folder.path().join("beside.db").display());
        let place = site.folder.path().join("beside.persons");
        let put_back = async |takes_older: bool| restore(&url, &place, takes_older, &mut &rows[..]).await;
        let refused = put_back(false).await.unwrap_err();
        assert!(matches!(refused, BackupError::Keys(PersonKeysError::Missing(_))), "{refused}");
        let write = |bytes: &[u8]| {
            fs::write(&place, bytes).unwrap();
            fs::set_permissions(&place, Permissions::from_mode(0o600)).unwrap();
        };
        write(&old);
        let refused = put_back(false).await.unwrap_err();
        assert!(matches!(refused, BackupError::OlderKeys(_)), "{refused}");
        let mut other = keys.clone();
        other[40] ^= 1;
        write(&other);
        let refused = put_back(false).await.unwrap_err();
        assert!(matches!(refused, BackupError::OtherKeys(_)), "{refused}");
        write(&keys);
        assert!(put_back(false).await.unwrap().without_keys.is_empty());
        let settings = StoreSettings {
            database_url: url.clone(),
            person_keys: Some(place.clone()),
            ..site.settings.clone()
        };
        let store = Store::open(&settings, site.clock.clone()).await.unwrap();
        let me = first_guardian(&store, 4).await;
        assert!(!store.snapshots_of_own(&me).await.unwrap().is_empty());
        send(&store, &me, everything(&store, &me, child(4), 2, true).await).await.unwrap();
        store.close().await;
    });
}
