//! The newest keys of persons are lost: nobody goes on without having said so, and whoever has goes on with the rest.

use super::answering::{everything, first_guardian, send};
use super::families::{child, settle};
use super::site::{Site, count, on_both, value};
use super::unsealing::cells;
use skolstart_server::policy::{Object, ReadOwnSubmissions, authorize};
use skolstart_server::store::{BackupError, OpenError, PersonKeysError, Store, StoreSettings, restore};
use skolstart_shared::id::SubmissionId;
use std::collections::HashSet;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use uuid::Uuid;

const FAMILIES: usize = 2;

fn put(bytes: &[u8], place: &Path) {
    // As from a back-up: another file, which lies somewhere else.
    let _ = fs::remove_file(place);
    fs::write(place, bytes).unwrap();
    fs::set_permissions(place, Permissions::from_mode(0o600)).unwrap();
}

/// Two families, a copy of their keys, then a third family that has answered too.
async fn grown(site: &Site) -> Vec<u8> {
    let store = site.open().await;
    settle(&store, site.folder.path(), FAMILIES).await;
    answer(&store, 0).await;
    let older = fs::read(site.settings.person_keys()).unwrap();
    settle(&store, &site.folder.path().join("more"), FAMILIES + 1).await;
    answer(&store, 2).await;
    store.close().await;
    older
}

async fn answer(store: &Store, family: usize) {
    let me = first_guardian(store, family).await;
    send(store, &me, everything(store, &me, child(family), 1, true).await).await.unwrap();
}

async fn facts(store: &Store, family: usize) -> usize {
    store.snapshots_of_own(&first_guardian(store, family).await).await.unwrap().len()
}

async fn refused(site: &Site) -> PersonKeysError {
    match site.try_open().await.err().unwrap() {
        OpenError::Persons(refused) => refused,
        other => panic!("{other}"),
    }
}

/// Those for whom something is sealed.
async fn owners(site: &Site) -> HashSet<Uuid> {
    cells(site).await.into_iter().filter_map(|(_, _, cell)| cell.person).collect()
}

#[test]
fn keys_that_are_older_than_the_database_are_refused_before_a_new_one_is_made() {
    on_both(|site| async move {
        let older = grown(&site).await;
        let keys = site.settings.person_keys();
        let newest = fs::read(&keys).unwrap();
        put(&older, &keys);
        assert!(matches!(refused(&site).await, PersonKeysError::Older(_)));
        assert_eq!(fs::read(&keys).unwrap().len(), older.len(), "nothing was added");
        // To look at what would be lost changes nothing.
        let lost = Store::without_keys(&site.settings, site.clock.clone()).await.unwrap();
        assert!(lost >= 3, "{lost}");
        assert!(matches!(refused(&site).await, PersonKeysError::Older(_)));
        // The newest is found after all.
        put(&newest, &keys);
        let store = site.open().await;
        assert!(facts(&store, 0).await > 0 && facts(&store, 2).await > 0);
        store.close().await;
        assert_eq!(Store::without_keys(&site.settings, site.clock.clone()).await.unwrap(), 0);
    });
}

#[test]
fn what_lost_keys_have_sealed_is_given_up_by_who_says_so_and_the_rest_goes_on() {
    on_both(|site| async move {
        let older = grown(&site).await;
        let keys = site.settings.person_keys();
        put(&older, &keys);
        let before = owners(&site).await;
        let raw = site.raw().await;
        let people = count(&raw, "person").await;
        let lost = Store::give_up_keys(&site.settings, site.clock.clone()).await.unwrap();
        let after = owners(&site).await;
        assert_eq!(before.difference(&after).count(), lost);
        assert!(!after.contains(&child(2).0) && after.contains(&child(0).0));
        let noted: i64 = value(&raw, "SELECT COUNT(*) FROM audit WHERE action = 'give-up-key'").await;
        assert_eq!(usize::try_from(noted).unwrap(), lost);
        assert_eq!(count(&raw, "person").await, people, "nobody is gone from the register");

        let store = site.open().await;
        assert!(facts(&store, 0).await > 0);
        assert_eq!(facts(&store, 2).await, 0);
        // She answers anew, with a key of her own.
        answer(&store, 2).await;
        assert!(facts(&store, 2).await > 0);
        assert_eq!(store.verify_audit().await.unwrap().faults, []);
        store.close().await;
        assert_eq!(Store::give_up_keys(&site.settings, site.clock.clone()).await.unwrap(), 0);
        // What was the newest once is not any more.
        put(&older, &keys);
        // By the number of its keys, or, where the file system has put it elsewhere, by that.
        assert!(matches!(refused(&site).await, PersonKeysError::Older(_) | PersonKeysError::OlderCopy(_)));
    });
}

#[test]
fn a_back_up_comes_back_with_older_keys_only_when_that_is_said() {
    on_both(|site| async move {
        let older = grown(&site).await;
        let store = site.open().await;
        let mut rows = Vec::new();
        store.back_up(&mut rows).await.unwrap();
        store.close().await;
        let url = format!("sqlite:{}", site.folder.path().join("beside.db").display());
        let place = site.folder.path().join("beside.persons");
        put(&older, &place);
        let put_back = async |takes_older: bool| restore(&url, &place, takes_older, &mut &rows[..]).await;
        assert!(matches!(put_back(false).await.unwrap_err(), BackupError::OlderKeys(_)));
        assert!(put_back(true).await.unwrap().without_keys.len() >= 3);
        let settings = StoreSettings {
            database_url: url.clone(),
            person_keys: Some(place.clone()),
            ..site.settings.clone()
        };
        let store = Store::open(&settings, site.clock.clone()).await.unwrap();
        assert!(facts(&store, 0).await > 0);
        assert_eq!(facts(&store, 2).await, 0);
        answer(&store, 2).await;
        store.close().await;
    });
}

#[test]
fn keys_of_persons_and_a_key_file_that_were_not_in_use_together_are_refused() {
    on_both(|site| async move {
        let store = site.open().await;
        settle(&store, site.folder.path(), FAMILIES).await;
        store.close().await;
        let (key_file, keys) = (site.settings.key_file.clone(), site.settings.person_keys());
        let (old_key, old_keys) = (fs::read(&key_file).unwrap(), fs::read(&keys).unwrap());
        Store::rotate_key(&site.settings, site.clock.clone(), |_, _| true).await.unwrap().unwrap();
        let new_keys = fs::read(&keys).unwrap();
        put(&old_keys, &keys);
        assert!(matches!(refused(&site).await, PersonKeysError::OtherKeyFile(_)));
        put(&new_keys, &keys);
        site.open().await.close().await;
        put(&old_key, &key_file);
        assert!(matches!(site.try_open().await.err().unwrap(), OpenError::Key(_)));
    });
}

#[test]
fn a_back_up_from_before_a_change_of_key_comes_back_with_both_keys_and_the_newest_keys_of_persons() {
    on_both(|site| async move {
        grown(&site).await;
        let store = site.open().await;
        let mut rows = Vec::new();
        store.back_up(&mut rows).await.unwrap();
        store.close().await;
        let old = fs::read_to_string(&site.settings.key_file).unwrap();
        Store::rotate_key(&site.settings, site.clock.clone(), |_, _| true).await.unwrap().unwrap();

        let keys = site.settings.person_keys();
        let url = format!("sqlite:{}", site.folder.path().join("beside.db").display());
        let key_file = site.folder.path().join("both.key");
        let new = fs::read_to_string(&site.settings.key_file).unwrap();
        put(&both(&new, &old), &key_file);
        let settings = StoreSettings {
            database_url: url.clone(),
            key_file,
            person_keys: Some(keys.clone()),
            ..site.settings.clone()
        };
        assert!(restore(&url, &keys, false, &mut &rows[..]).await.unwrap().without_keys.is_empty());
        Store::rotate_key(&settings, site.clock.clone(), |_, _| true).await.unwrap().unwrap();
        let store = Store::open(&settings, site.clock.clone()).await.unwrap();
        assert!(facts(&store, 0).await > 0 && facts(&store, 2).await > 0);
        store.close().await;
    });
}

/// The child's key is lost, her guardian's is not: what they were in together is read without the child, also when she has a new key.
fn without_key_of(keys: &Path, person: Uuid) {
    let mut bytes = fs::read(keys).unwrap();
    let at = bytes.windows(16).position(|window| window == person.as_bytes()).unwrap();
    bytes[at..at + 128].fill(0);
    put(&bytes, keys);
}

async fn acts_of_first(store: &Store, id: SubmissionId) -> usize {
    let me = first_guardian(store, 0).await;
    let grant = authorize::<ReadOwnSubmissions>(store, &me, Object::Own).await.unwrap();
    store.sent_submission(&grant, id).await.unwrap().unwrap().content.acts.len()
}

async fn sent_by_first(store: &Store) -> SubmissionId {
    let me = first_guardian(store, 0).await;
    let grant = authorize::<ReadOwnSubmissions>(store, &me, Object::Own).await.unwrap();
    store.sent_submissions(&grant).await.unwrap().pop().unwrap().receipt.submission
}

#[test]
fn what_was_sent_with_somebody_whose_key_is_lost_can_be_read_when_she_has_a_new_one() {
    on_both(|site| async move {
        grown(&site).await;
        let store = site.open().await;
        let first = sent_by_first(&store).await;
        let whole = acts_of_first(&store, first).await;
        let mut rows = Vec::new();
        store.back_up(&mut rows).await.unwrap();
        store.close().await;
        let keys = site.settings.person_keys();
        without_key_of(&keys, child(0).0);
        Store::give_up_keys(&site.settings, site.clock.clone()).await.unwrap();
        let store = site.open().await;
        let left = acts_of_first(&store, first).await;
        assert!(left > 0 && left < whole, "{left} of {whole}");
        answer(&store, 0).await;
        assert_eq!(acts_of_first(&store, first).await, left);
        store.close().await;

        // The same when a back-up is put back.
        without_key_of(&keys, child(0).0);
        let url = format!("sqlite:{}", site.folder.path().join("beside.db").display());
        let put_back = restore(&url, &keys, false, &mut &rows[..]).await.unwrap();
        let settings = StoreSettings { database_url: url, ..site.settings.clone() };
        let store = Store::open(&settings, site.clock.clone()).await.unwrap();
        store.leave_out(&put_back).await.unwrap();
        assert_eq!(acts_of_first(&store, first).await, left);
        answer(&store, 0).await;
        assert_eq!(acts_of_first(&store, first).await, left);
        assert_eq!(store.verify_audit().await.unwrap().faults, []);
        store.close().await;
    });
}

/// The line of the new key and the line of the old one, as the runbook says.
fn both(new: &str, old: &str) -> Vec<u8> {
    let keys = |text: &str| {
        text.lines().filter(|line| line.starts_with("skolstart-key ")).collect::<Vec<_>>().join("\n")
    };
    let marked = if new.contains("skolstart-demo") { "\nskolstart-demo\n" } else { "\n" };
    format!("{}\n{}{marked}", keys(new), keys(old)).into_bytes()
}
