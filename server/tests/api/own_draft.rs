//! What a guardian has begun to answer, kept so that she can go on at another device.

use crate::answering::{answer, bytes as sent_bytes, submission};
use crate::browser::{Browser, Reply};
use crate::contents::contents;
use crate::on_both;
use crate::site::Site;
use skolstart_server::demo::Cast;
use skolstart_server::usecase::own_draft::forget_old;
use skolstart_shared::Timestamp;
use skolstart_shared::api::{
    DeleteOwnDraft, ErrorCode, GetHome, GetOwnDraft, OwnDraftIn, OwnDraftOut, OwnDraftSaved, PutOwnDraft,
    PutSubmission,
};

on_both! {
    it_is_there_at_another_device_and_nobody_elses
    the_same_again_changes_nothing_and_an_older_base_is_told
    it_ends_when_something_is_sent_and_when_it_is_forgotten
    it_is_forgotten_after_thirty_days
    it_lies_sealed_and_leaves_a_trace
}

const RECORD: &str = "{\"format\":1,\"acts\":{\"kanariefagel\":{}}}";

pub(crate) fn bytes(base: Option<Timestamp>, record: &str) -> Vec<u8> {
    serde_json::to_vec(&OwnDraftIn { base, record: record.to_owned() }).unwrap()
}

async fn put(browser: &mut Browser, base: Option<Timestamp>, record: &str) -> Reply {
    browser.put::<PutOwnDraft>(&(), bytes(base, record)).await
}

fn saved(reply: &Reply) -> Timestamp {
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    serde_json::from_slice::<OwnDraftSaved>(&reply.body).unwrap().at
}

async fn kept(browser: &mut Browser) -> OwnDraftOut {
    browser.get::<GetOwnDraft>(&()).await
}

fn nothing() -> OwnDraftOut {
    OwnDraftOut { at: None, record: String::new() }
}

async fn it_is_there_at_another_device_and_nobody_elses(site: Site) {
    let mut phone = site.sign_in(Cast::SaraLindqvist).await;
    assert_eq!(kept(&mut phone).await, nothing());
    let at = saved(&put(&mut phone, None, RECORD).await);
    let mut laptop = site.sign_in(Cast::SaraLindqvist).await;
    assert_eq!(kept(&mut laptop).await, OwnDraftOut { at: Some(at), record: RECORD.to_owned() });
    let mut maria = site.sign_in(Cast::MariaBergstrom).await;
    assert_eq!(kept(&mut maria).await, nothing());
    saved(&put(&mut maria, None, "Marias").await);
    assert_eq!(kept(&mut phone).await.record, RECORD);
}

async fn the_same_again_changes_nothing_and_an_older_base_is_told(site: Site) {
    let mut phone = site.sign_in(Cast::SaraLindqvist).await;
    let mut laptop = site.sign_in(Cast::SaraLindqvist).await;
    let first = saved(&put(&mut phone, None, "ett").await);
    let before = contents(&site).await;
    let noted = site.store.verify_audit().await.unwrap().rows;
    assert_eq!(saved(&put(&mut phone, None, "ett").await), first, "the answer was lost");
    assert_eq!(contents(&site).await, before);
    assert_eq!(site.store.verify_audit().await.unwrap().rows, noted);

    put(&mut laptop, None, "två").await.refused(412, ErrorCode::Stale);
    assert_eq!(kept(&mut laptop).await.record, "ett");
    let second = saved(&put(&mut laptop, Some(first), "två").await);
    assert!(second > first, "also when the clock stands still");
    put(&mut phone, Some(first), "tre").await.refused(412, ErrorCode::Stale);
    assert_eq!(kept(&mut phone).await, OwnDraftOut { at: Some(second), record: "två".to_owned() });
}

async fn it_ends_when_something_is_sent_and_when_it_is_forgotten(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let mut maria = site.sign_in(Cast::MariaBergstrom).await;
    let at = saved(&put(&mut sara, None, RECORD).await);
    saved(&put(&mut maria, None, "Marias").await);
    let home = sara.get::<GetHome>(&()).await;
    let sent = sara.put::<PutSubmission>(&submission(1), sent_bytes(answer(&home, None, true))).await;
    assert_eq!(sent.status, 200, "{}", String::from_utf8_lossy(&sent.body));
    assert_eq!(kept(&mut sara).await, nothing());
    assert_eq!(kept(&mut maria).await.record, "Marias");
    put(&mut sara, Some(at), "resten").await.refused(412, ErrorCode::Stale);
    saved(&put(&mut sara, None, "resten").await);
    for _ in 0..2 {
        assert_eq!(sara.delete::<DeleteOwnDraft>(&()).await.status, 200);
        assert_eq!(kept(&mut sara).await, nothing());
    }
    assert_eq!(kept(&mut maria).await.record, "Marias");
}

async fn it_is_forgotten_after_thirty_days(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    saved(&put(&mut sara, None, RECORD).await);
    site.later(30 * 24 * 60);
    assert_eq!(forget_old(&site.store).await.unwrap(), 0);
    site.later(1);
    assert_eq!(forget_old(&site.store).await.unwrap(), 1);
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    assert_eq!(kept(&mut sara).await, nothing());
}

async fn it_lies_sealed_and_leaves_a_trace(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let noted = site.store.verify_audit().await.unwrap().rows;
    saved(&put(&mut sara, None, RECORD).await);
    assert_eq!(site.store.verify_audit().await.unwrap().rows, noted + 1);
    let rows = contents(&site).await.remove("own_draft").unwrap();
    assert_eq!(rows.len(), 1);
    let plain = RECORD.as_bytes().iter().map(|byte| format!("{byte:02X}")).collect::<String>();
    for row in rows {
        assert!(!row.contains("kanariefagel") && !row.to_uppercase().contains(&plain), "{row}");
    }
    kept(&mut sara).await;
    assert_eq!(site.store.verify_audit().await.unwrap().rows, noted + 2, "reading is noted too");
}
