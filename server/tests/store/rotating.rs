//! A change of key, also one that is killed half-way.

use super::answering::{everything, first_guardian, send};
use super::families::{bring_in, child, municipality, settle};
use super::site::{Site, count, on_both, value};
use super::unsealing::{cells, grow_young};
use sea_orm::ConnectionTrait;
use skolstart_server::clock::Clock;
use skolstart_server::policy::principal;
use skolstart_server::store::{KeyFileError, OpenError, Store, StoreError};
use skolstart_shared::Locale;
use std::fs;

/// Enough that one step does not do a table.
const FAMILIES: usize = 80;

/// The numbers of the keys of the key file that have sealed something, or a key of a person.
async fn keys(site: &Site) -> Vec<u8> {
    let nobodys = cells(site).await.into_iter().filter(|(_, _, cell)| cell.sealed[0] == 1);
    let mut found: Vec<u8> = nobodys.map(|(_, _, cell)| cell.sealed[1]).collect();
    let persons = fs::read(site.settings.person_keys()).unwrap_or_default();
    found.extend(persons.chunks_exact(128).skip(1).map(|place| place[16]));
    found.sort_unstable();
    found.dedup();
    found
}

/// A database from before persons had keys: a change of key then has most to do.
async fn filled(site: &Site) {
    let store = site.open().await;
    settle(&store, site.folder.path(), FAMILIES).await;
    let me = first_guardian(&store, 0).await;
    send(&store, &me, everything(&store, &me, child(0), 1, true).await).await.unwrap();
    store.close().await;
    grow_young(site).await;
}

/// What is sealed opens, numbers are found by their blind index, and more can be sent.
async fn works(site: &Site, number: usize) {
    let store = site.open().await;
    let me = first_guardian(&store, 0).await;
    assert!(!store.snapshots_of_own(&me).await.unwrap().is_empty());
    send(&store, &me, everything(&store, &me, child(0), number, true).await).await.unwrap();
    let raw = site.raw().await;
    let before = count(&raw, "person_identifier").await;
    // Every record is taken for changed, so that every number is looked up.
    raw.execute_unprepared(
        "UPDATE person SET source_hash = blind FROM person_identifier i WHERE i.person_id = person.id",
    )
    .await
    .unwrap();
    bring_in(&store, &municipality(FAMILIES), &site.folder.path().join("register")).await;
    assert_eq!(count(&raw, "person_identifier").await, before, "no number is there twice");
    let ended: i64 = value(&raw, "SELECT COUNT(*) FROM person_identifier WHERE valid_to IS NOT NULL").await;
    assert_eq!(ended, 0, "no number was taken for a new one");
    assert_eq!(store.verify_audit().await.unwrap().faults, []);
    store.close().await;
}

#[test]
fn everything_is_sealed_anew_and_the_old_key_is_gone() {
    on_both(|site| async move {
        filled(&site).await;
        let file = site.folder.path().join("checkpoints");
        let store = site.open().await;
        store.write_checkpoint(&file).await.unwrap();
        let signature = store.receipt_key().sign(b"yes");
        store.close().await;
        let before = fs::read_to_string(&site.settings.key_file).unwrap();
        assert_eq!(keys(&site).await, [1]);
        let rotated =
            Store::rotate_key(&site.settings, site.clock.clone(), |_, _| true).await.unwrap().unwrap();
        assert_eq!(rotated.number, 2);
        assert!(rotated.sealed > 30);
        assert_eq!(keys(&site).await, [2]);
        let after = fs::read_to_string(&site.settings.key_file).unwrap();
        let secret = before.lines().next().unwrap().rsplit(' ').next().unwrap();
        assert_eq!(secret.len(), 64);
        // The new key, what is left of the old one, and the mark of a demo, which stays.
        assert!(!after.contains(secret) && after.lines().count() == 3);
        assert!(after.ends_with("skolstart-demo\n"));
        works(&site, 2).await;
        // What the old key signed is still known.
        let store = site.open().await;
        assert!(store.receipt_key().has_signed(b"yes", &signature));
        let points = store.read_checkpoints(&file).unwrap();
        assert_eq!(store.verify_audit_against(&points).await.unwrap().faults, []);
        assert_eq!(store.write_checkpoint(&file).await.unwrap(), 2);
        store.close().await;
        // With the old key file nothing opens.
        fs::write(&site.settings.key_file, before).unwrap();
        let refused = site.try_open().await.err().unwrap();
        assert!(matches!(refused, OpenError::Key(KeyFileError::WrongKey(_))), "{refused}");
    });
}

#[test]
fn a_change_that_was_stopped_anywhere_loses_nothing_and_goes_on() {
    on_both(|site| async move {
        filled(&site).await;
        let mut stops = 0;
        // Stopped after each step in turn, and used in between.
        for stop in 1_usize.. {
            let rotated = Store::rotate_key(&site.settings, site.clock.clone(), |_, _| false).await.unwrap();
            if rotated.is_some() {
                break;
            }
            stops += 1;
            let file = fs::read_to_string(&site.settings.key_file).unwrap();
            let keys = file.lines().filter(|line| line.starts_with("skolstart-key")).count();
            assert_eq!(keys, 2, "both keys are kept");
            works(&site, 100 + stop).await;
            assert!(stop < 60, "each call gets further");
        }
        assert!(stops > 6, "{stops}: also in the middle of a table");
        assert_eq!(keys(&site).await, [2]);
        works(&site, 500).await;
    });
}

#[test]
fn a_process_that_has_the_old_key_only_says_that_it_is_busy() {
    on_both(|site| async move {
        filled(&site).await;
        let old = site.open().await;
        let me = first_guardian(&old, 0).await;
        Store::rotate_key(&site.settings, Clock::fixed(site.clock.now()), |_, _| true)
            .await
            .unwrap()
            .unwrap();
        let refused = principal(&old, me.person(), Locale::Sv, "request".to_owned()).await;
        assert!(matches!(refused, Err(StoreError::Busy)), "no request is let in");
        old.close().await;
        assert_eq!(keys(&site).await, [2]);
    });
}
