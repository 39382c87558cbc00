//! Passkeys of staff: added by whoever has just signed in, used to come back, and everything that is refused.

use crate::authenticator::Device;
use crate::browser::{Browser, Reply};
use crate::on_both;
use crate::provider::Provider;
use crate::sign_in::{begin, finish, number_of, way};
use crate::site::{ORIGIN, Site, rules};
use axum::body::Body;
use http::{Request, header};
use sea_orm::{ConnectionTrait, Statement};
use skolstart_server::demo::Cast;
use skolstart_server::http::{assets::Assets, router};
use skolstart_server::identity::{Passkeys, Ways};
use skolstart_server::state::AppState;
use skolstart_shared::api::{
    AddPasskey, BeginPasskey, BeginPasskeySignIn, Endpoint, ErrorCode, GetHome, GetPasskeySignIn,
    GetPasskeys, GetSession, GetSessions, NamePasskey, PasskeyAsked, PasskeyIn, PasskeyName, PasskeyProof,
    PasskeysOut, RemovePasskey, SignInWithPasskey,
};
use skolstart_shared::id::{PasskeyId, PersonId};
use skolstart_shared::violation::Code;
use uuid::Uuid;

on_both! {
    a_teacher_adds_one_and_comes_back_with_it
    what_is_wrong_is_refused_and_noted
    a_question_is_answered_once_in_time_and_by_the_browser_that_asked
    a_copy_is_found_out
    a_leaver_and_whoever_the_provider_has_not_seen_for_long_come_no_more
    only_whoever_has_just_signed_in_changes_them
    adding_is_checked_and_the_same_twice_is_once
    a_person_has_ten_at_most
    names_and_removing_are_the_owners_and_end_sessions
    a_provider_that_signs_her_out_ends_what_a_passkey_began
    where_they_are_off_there_are_none
}

const DAY: i64 = 24 * 60;

fn id(number: u128) -> PasskeyId {
    PasskeyId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0001_0000 + number))
}

fn body(value: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap()
}

fn options(reply: &Reply) -> String {
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    serde_json::from_slice::<PasskeyAsked>(&reply.body).unwrap().options
}

async fn asked_for_new(browser: &mut Browser) -> String {
    options(&browser.put::<BeginPasskey>(&(), b"{}".to_vec()).await)
}

async fn asked_to_sign(browser: &mut Browser) -> String {
    options(&browser.put::<BeginPasskeySignIn>(&(), b"{}".to_vec()).await)
}

async fn put(browser: &mut Browser, number: u128, name: &str, credential: String) -> Reply {
    browser.put::<AddPasskey>(&id(number), body(&PasskeyIn { name: name.to_owned(), credential })).await
}

/// What the matrix asks: nothing that anybody was asked for, and a passkey that is nobody's.
pub(crate) async fn ask(browser: &mut Browser, endpoint: &str, number: u128) -> Reply {
    match endpoint {
        "BeginPasskeySignIn" => browser.put::<BeginPasskeySignIn>(&(), b"{}".to_vec()).await,
        "SignInWithPasskey" => proved(browser, "{}".to_owned()).await,
        "BeginPasskey" => browser.put::<BeginPasskey>(&(), b"{}".to_vec()).await,
        "AddPasskey" => put(browser, number, "Prov", "{}".to_owned()).await,
        "NamePasskey" => rename(browser, number, "Prov").await,
        _ => browser.delete::<RemovePasskey>(&id(number)).await,
    }
}

/// Adds a passkey of this device's.
async fn add(browser: &mut Browser, number: u128, device: &mut Device) -> Reply {
    let asked = asked_for_new(browser).await;
    put(browser, number, "Arbetsdatorn", device.made(&asked)).await
}

async fn proved(browser: &mut Browser, credential: String) -> Reply {
    browser.put::<SignInWithPasskey>(&(), proof(credential)).await
}

/// The body that brings what a device has signed.
pub(crate) fn proof(credential: String) -> Vec<u8> {
    body(&PasskeyProof { credential })
}

/// Signs in with this device.
async fn sign_in(browser: &mut Browser, device: &mut Device) -> Reply {
    let asked = asked_to_sign(browser).await;
    proved(browser, device.signed(&asked)).await
}

async fn rename(browser: &mut Browser, number: u128, name: &str) -> Reply {
    browser.put::<NamePasskey>(&id(number), body(&PasskeyName { name: name.to_owned() })).await
}

/// How often this was noted: action, outcome, purpose, and whether it says who.
async fn noted(site: &Site, action: &str, outcome: &str, purpose: &str, who: Option<Cast>) -> usize {
    let db = site.raw().await;
    let sql = "SELECT actor FROM audit WHERE action = $1 AND outcome = $2 AND purpose = $3";
    let values = [action.into(), outcome.into(), purpose.into()];
    let query = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let rows = db.query_all_raw(query).await.unwrap();
    let actor = |row: &sea_orm::QueryResult| row.try_get::<Option<Uuid>>("", "actor").unwrap();
    rows.iter().filter(|row| actor(row) == who.map(Cast::id)).count()
}

async fn with_one(site: &Site, who: Cast) -> (Browser, Device) {
    let (mut browser, mut device) = (site.sign_in(who).await, Device::new());
    let reply = add(&mut browser, 1, &mut device).await;
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    (browser, device)
}

async fn a_teacher_adds_one_and_comes_back_with_it(site: Site) {
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    assert!(anna.get::<GetPasskeySignIn>(&()).await.offered);
    let none = anna.get::<GetPasskeys>(&()).await;
    assert_eq!(none, PasskeysOut { passkeys: Vec::new(), most: 10, fresh: true });
    let mut device = Device::new();
    let asked = asked_for_new(&mut anna).await;
    assert!(asked.contains("Anna Holmgren"), "the device shows whose it is");
    assert!(!asked.contains(&Cast::AnnaHolmgren.id().to_string()) && anna.login.is_some());
    let reply = put(&mut anna, 1, " Arbetsdatorn ", device.made(&asked)).await;
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    assert_eq!(anna.login, None, "it is used");
    assert!(device.is_excluded(&asked_for_new(&mut anna).await), "one device has one");

    site.later(60);
    let mut back = site.visitor();
    let reply = sign_in(&mut back, &mut device).await;
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    let set: Vec<&str> =
        reply.headers.get_all(header::SET_COOKIE).iter().map(|set| set.to_str().unwrap()).collect();
    assert!(set.iter().any(|set| set.starts_with("__Host-skolstart=") && set.contains("SameSite=Strict")));
    assert!(set.iter().any(|set| set.starts_with("__Host-login=; Max-Age=0")));
    let session = back.get::<GetSession>(&()).await;
    assert_eq!(session.person, PersonId(Cast::AnnaHolmgren.id()));
    assert_eq!((session.staff_at.len(), session.is_guardian), (1, false));
    let mine = back.get::<GetPasskeys>(&()).await;
    let [line] = mine.passkeys.as_slice() else { panic!("{mine:?}") };
    assert_eq!((line.name.as_str(), line.here, mine.fresh), ("Arbetsdatorn", true, true));
    assert_eq!(line.used, Some(site.clock.now()));
    assert_eq!(line.until, line.added.plus_millis(30 * DAY * 60_000));
    // Again, in the same browser: the session before ends.
    let old = back.cookie.clone();
    assert_eq!(sign_in(&mut back, &mut device).await.status, 200);
    assert_ne!(back.cookie, old);
    back.cookie = old;
    back.get_path("/api/session").await.refused(401, ErrorCode::SignedOut);
    assert_eq!(noted(&site, "add-passkey", "done", "staff", Some(Cast::AnnaHolmgren)).await, 1);
    assert_eq!(noted(&site, "sign-in", "done", "own", Some(Cast::AnnaHolmgren)).await, 3);
    assert_eq!(site.store.verify_audit().await.unwrap().faults, []);
}

async fn what_is_wrong_is_refused_and_noted(site: Site) {
    let (_, device) = with_one(&site, Cast::AnnaHolmgren).await;
    let anna = Some(Cast::AnnaHolmgren);
    let elsewhere = |origin: &str| Device { origin: origin.to_owned(), ..device.copy() };
    let mut stranger = Device::new();
    stranger.handle.clone_from(&device.handle);
    let other_handle = Device { handle: crate::provider::url64(&[7; 16]), ..device.copy() };
    let no_handle = Device { handle: String::new(), ..device.copy() };
    let unverified = Device { verifies: false, ..device.copy() };
    let cases = [
        (stranger, "passkey", None),
        (other_handle, "passkey", anna),
        (no_handle, "assertion", None),
        (device.impostor(), "assertion", anna),
        (unverified, "assertion", anna),
        (elsewhere("https://skolstart.example.com"), "assertion", anna),
        (elsewhere("https://personal.skolstart.example.se"), "assertion", anna),
        (elsewhere("http://skolstart.example.se"), "assertion", anna),
        (elsewhere("https://skolstart.example.se:8443"), "assertion", anna),
    ];
    let mut bodies = Vec::new();
    for (mut device, why, who) in cases {
        let before = noted(&site, "sign-in", "refused", why, who).await;
        let mut browser = site.visitor();
        let reply = sign_in(&mut browser, &mut device).await;
        reply.refused(404, ErrorCode::NotFound);
        assert_eq!(browser.cookie, None);
        assert_eq!(noted(&site, "sign-in", "refused", why, who).await, before + 1, "{why}");
        let mut error = reply.error();
        error.request_id.clear();
        bodies.push(error);
    }
    assert!(bodies.iter().all(|body| *body == bodies[0]), "unknown and wrong look the same");
    // Words that are no answer of a device, a question of another's, and an answer to adding.
    let mut browser = site.visitor();
    asked_to_sign(&mut browser).await;
    proved(&mut browser, "{}".to_owned()).await.refused(404, ErrorCode::NotFound);
    let others = asked_to_sign(&mut site.visitor()).await;
    asked_to_sign(&mut browser).await;
    proved(&mut browser, device.copy().signed(&others)).await.refused(404, ErrorCode::NotFound);
    let asked = asked_to_sign(&mut browser).await;
    let flipped = asked.replace("\"challenge\":\"", "\"challenge\":\"A");
    proved(&mut browser, device.copy().signed(&flipped)).await.refused(404, ErrorCode::NotFound);
    assert_eq!(browser.cookie, None);
    // None of this has moved the counter: she herself comes in.
    assert_eq!(sign_in(&mut browser, &mut device.copy()).await.status, 200);
    assert_eq!(site.store.verify_audit().await.unwrap().faults, []);
}

async fn a_question_is_answered_once_in_time_and_by_the_browser_that_asked(site: Site) {
    let (_, mut device) = with_one(&site, Cast::AnnaHolmgren).await;
    let mut browser = site.visitor();
    let asked = asked_to_sign(&mut browser).await;
    let held = browser.login.clone();
    let answer = device.signed(&asked);
    // Another browser that has got hold of the answer.
    let mut thief = site.visitor();
    proved(&mut thief, answer.clone()).await.refused(410, ErrorCode::Closed);
    asked_to_sign(&mut thief).await;
    proved(&mut thief, answer.clone()).await.refused(404, ErrorCode::NotFound);
    assert_eq!(thief.cookie, None);
    assert_eq!(proved(&mut browser, answer.clone()).await.status, 200);
    // The same again, also with what the browser held.
    browser.login.clone_from(&held);
    proved(&mut browser, answer).await.refused(410, ErrorCode::Closed);
    // Too late.
    let asked = asked_to_sign(&mut browser).await;
    site.later(5);
    proved(&mut browser, device.signed(&asked)).await.refused(410, ErrorCode::Closed);
    assert_eq!(noted(&site, "sign-in", "refused", "state", None).await, 3);
    // A question about adding is none about signing in, and the other way.
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    asked_for_new(&mut anna).await;
    proved(&mut anna, device.signed(&asked)).await.refused(410, ErrorCode::Closed);
    let mut other = Device::new();
    let asked = asked_for_new(&mut anna).await;
    asked_to_sign(&mut anna).await;
    put(&mut anna, 2, "En till", other.made(&asked)).await.refused(410, ErrorCode::Closed);
    assert_eq!(anna.get::<GetPasskeys>(&()).await.passkeys.len(), 1);
}

async fn a_copy_is_found_out(site: Site) {
    let (_, mut device) = with_one(&site, Cast::AnnaHolmgren).await;
    let mut copy = device.copy();
    assert_eq!(sign_in(&mut site.visitor(), &mut device).await.status, 200);
    let mut thief = site.visitor();
    sign_in(&mut thief, &mut copy).await.refused(404, ErrorCode::NotFound);
    assert_eq!(thief.cookie, None);
    assert_eq!(noted(&site, "sign-in", "refused", "cloned", Some(Cast::AnnaHolmgren)).await, 1);
    assert_eq!(sign_in(&mut site.visitor(), &mut device).await.status, 200);
    // What is kept in step over several devices does not count, and is no copy.
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let mut synced = Device { counter: 0, ..Device::new() };
    assert_eq!(add(&mut lars, 2, &mut synced).await.status, 200);
    for _ in 0..2 {
        assert_eq!(sign_in(&mut site.visitor(), &mut synced).await.status, 200);
    }
}

async fn a_leaver_and_whoever_the_provider_has_not_seen_for_long_come_no_more(site: Site) {
    let (_, mut device) = with_one(&site, Cast::AnnaHolmgren).await;
    site.later(29 * DAY);
    assert_eq!(sign_in(&mut site.visitor(), &mut device).await.status, 200);
    // A sign-in with it says nothing new about whether she still works here.
    site.later(DAY);
    sign_in(&mut site.visitor(), &mut device).await.refused(403, ErrorCode::SignInAgain);
    assert_eq!(noted(&site, "sign-in", "refused", "unconfirmed", Some(Cast::AnnaHolmgren)).await, 1);
    // She signs in in the other way, and it works on.
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    assert_eq!(
        anna.get::<GetPasskeys>(&()).await.passkeys[0].until,
        site.clock.now().plus_millis(30 * DAY * 60_000)
    );
    let mut back = site.visitor();
    assert_eq!(sign_in(&mut back, &mut device).await.status, 200);
    // Her duty ends, as an import would end it: the session reaches nothing, and the next sign-in is none.
    site.end_duties(Cast::AnnaHolmgren).await;
    assert!(back.get::<GetSession>(&()).await.staff_at.is_empty());
    back.get_path("/api/passkeys").await.refused(404, ErrorCode::NotFound);
    sign_in(&mut site.visitor(), &mut device).await.refused(404, ErrorCode::NotFound);
    assert_eq!(noted(&site, "sign-in", "refused", "unknown", Some(Cast::AnnaHolmgren)).await, 1);
    // Half a year after the provider last knew her it is gone, whoever signs in next.
    site.later(181 * DAY);
    site.sign_in(Cast::LarsNystrom).await;
    sign_in(&mut site.visitor(), &mut device).await.refused(404, ErrorCode::NotFound);
    assert_eq!(noted(&site, "sign-in", "refused", "passkey", None).await, 1);
}

async fn only_whoever_has_just_signed_in_changes_them(site: Site) {
    // Guardians and pupils have none.
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    sara.get_path("/api/passkeys").await.refused(404, ErrorCode::NotFound);
    sara.put::<BeginPasskey>(&(), b"{}".to_vec()).await.refused(404, ErrorCode::NotFound);

    let (mut anna, mut device) = with_one(&site, Cast::AnnaHolmgren).await;
    let asked = asked_for_new(&mut anna).await;
    let mut other = Device::new();
    let answer = other.made(&asked);
    site.later(15);
    assert!(!anna.get::<GetPasskeys>(&()).await.fresh);
    anna.put::<BeginPasskey>(&(), b"{}".to_vec()).await.refused(403, ErrorCode::SignInAgain);
    put(&mut anna, 2, "En till", answer).await.refused(403, ErrorCode::SignInAgain);
    rename(&mut anna, 1, "Hemma").await.refused(403, ErrorCode::SignInAgain);
    anna.delete::<RemovePasskey>(&id(1)).await.refused(403, ErrorCode::SignInAgain);
    let refused = noted(&site, "add-passkey", "refused", "not-fresh", Some(Cast::AnnaHolmgren)).await;
    assert_eq!(refused, 2);
    assert_eq!(noted(&site, "remove-passkey", "refused", "not-fresh", Some(Cast::AnnaHolmgren)).await, 1);
    // With the passkey itself she has signed in anew. What it adds is confirmed no later than it was itself.
    let mut back = site.visitor();
    assert_eq!(sign_in(&mut back, &mut device).await.status, 200);
    assert_eq!(add(&mut back, 3, &mut other).await.status, 200);
    let mine = back.get::<GetPasskeys>(&()).await.passkeys;
    assert_eq!(mine.len(), 2);
    assert_eq!(mine[0].until, mine[1].until);
    assert!(mine[0].added > mine[1].added);
}

async fn adding_is_checked_and_the_same_twice_is_once(site: Site) {
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let not_found_by_itself =
        Device { discoverable: serde_json::json!({"credProps": {"rk": false}}), ..Device::new() };
    let wrong = [
        not_found_by_itself,
        Device { verifies: false, ..Device::new() },
        Device { origin: "https://skolstart.example.com".to_owned(), ..Device::new() },
    ];
    for mut device in wrong {
        let reply = add(&mut anna, 1, &mut device).await;
        reply.refused(422, ErrorCode::Invalid);
        assert_eq!(reply.error().violations[0].code, Code::WrongKind);
    }
    assert_eq!(noted(&site, "add-passkey", "refused", "assertion", Some(Cast::AnnaHolmgren)).await, 3);
    for name in ["", "  ", &"a".repeat(61), "rad\nrad"] {
        let asked = asked_for_new(&mut anna).await;
        put(&mut anna, 1, name, Device::new().made(&asked)).await.refused(422, ErrorCode::Invalid);
    }
    // What another has asked for.
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let asked = asked_for_new(&mut lars).await;
    anna.login.clone_from(&lars.login);
    put(&mut anna, 1, "Lars", Device::new().made(&asked)).await.refused(410, ErrorCode::Closed);
    assert!(anna.get::<GetPasskeys>(&()).await.passkeys.is_empty());

    let mut device = Device::new();
    let asked = asked_for_new(&mut anna).await;
    let answer = device.made(&asked);
    for _ in 0..2 {
        assert_eq!(put(&mut anna, 1, "Arbetsdatorn", answer.clone()).await.status, 200);
    }
    assert_eq!(noted(&site, "add-passkey", "done", "staff", Some(Cast::AnnaHolmgren)).await, 1);
    // Another passkey under the same id, one that the device was told not to make again, an id of somebody else's, and
    // somebody else's passkey.
    add(&mut anna, 1, &mut Device::new()).await.refused(409, ErrorCode::HashMismatch);
    add(&mut anna, 2, &mut device.copy()).await.refused(422, ErrorCode::Invalid);
    add(&mut lars, 1, &mut Device::new()).await.refused(404, ErrorCode::NotFound);
    add(&mut lars, 2, &mut device.copy()).await.refused(409, ErrorCode::HashMismatch);
    assert!(lars.get::<GetPasskeys>(&()).await.passkeys.is_empty());
    assert_eq!(anna.get::<GetPasskeys>(&()).await.passkeys.len(), 1);
}

async fn a_person_has_ten_at_most(site: Site) {
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    for number in 1..=9 {
        assert_eq!(add(&mut anna, number, &mut Device::new()).await.status, 200);
    }
    // Two that were begun while there was room for one.
    let mut second = anna.another_page();
    let (one, two) = (asked_for_new(&mut anna).await, asked_for_new(&mut second).await);
    assert_eq!(put(&mut anna, 10, "Tio", Device::new().made(&one)).await.status, 200);
    let reply = put(&mut second, 11, "Elva", Device::new().made(&two)).await;
    reply.refused(422, ErrorCode::Invalid);
    assert_eq!(reply.error().violations[0].code, Code::TooMany);
    let reply = anna.put::<BeginPasskey>(&(), b"{}".to_vec()).await;
    reply.refused(422, ErrorCode::Invalid);
    assert_eq!(reply.error().violations[0].params, [("most".to_owned(), "10".to_owned())]);
    assert_eq!(anna.delete::<RemovePasskey>(&id(10)).await.status, 200);
    assert_eq!(add(&mut anna, 12, &mut Device::new()).await.status, 200);
    assert_eq!(anna.get::<GetPasskeys>(&()).await.passkeys.len(), 10);
}

async fn names_and_removing_are_the_owners_and_end_sessions(site: Site) {
    let (mut anna, mut device) = with_one(&site, Cast::AnnaHolmgren).await;
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    for number in [1, 99] {
        rename(&mut lars, number, "Min").await.refused(404, ErrorCode::NotFound);
        lars.delete::<RemovePasskey>(&id(number)).await.refused(404, ErrorCode::NotFound);
    }
    for _ in 0..2 {
        assert_eq!(rename(&mut anna, 1, " Datorn hemma ").await.status, 200);
    }
    assert_eq!(anna.get::<GetPasskeys>(&()).await.passkeys[0].name, "Datorn hemma");
    assert_eq!(noted(&site, "name-passkey", "done", "staff", Some(Cast::AnnaHolmgren)).await, 1);
    rename(&mut anna, 1, "").await.refused(422, ErrorCode::Invalid);

    let mut back = site.visitor();
    assert_eq!(sign_in(&mut back, &mut device).await.status, 200);
    assert_eq!(anna.get::<GetSessions>(&()).await.len(), 2);
    let asked = asked_to_sign(&mut site.visitor()).await;
    for _ in 0..2 {
        assert_eq!(anna.delete::<RemovePasskey>(&id(1)).await.status, 200);
    }
    assert_eq!(noted(&site, "remove-passkey", "done", "staff", Some(Cast::AnnaHolmgren)).await, 1);
    assert_eq!(noted(&site, "sign-out", "done", "staff", Some(Cast::AnnaHolmgren)).await, 1);
    back.get_path("/api/session").await.refused(401, ErrorCode::SignedOut);
    assert_eq!(anna.get::<GetSessions>(&()).await.len(), 1, "what was begun in another way goes on");
    assert!(anna.get::<GetPasskeys>(&()).await.passkeys.is_empty());
    rename(&mut anna, 1, "Borta").await.refused(404, ErrorCode::NotFound);
    let mut late = site.visitor();
    asked_to_sign(&mut late).await;
    proved(&mut late, device.signed(&asked)).await.refused(404, ErrorCode::NotFound);
    sign_in(&mut late, &mut device).await.refused(404, ErrorCode::NotFound);
    // Nothing of it is left in the row, and the device may add it anew under another id, not under the same.
    let db = site.raw().await;
    let sql = "SELECT 1 FROM passkey WHERE credential IS NULL AND sealed IS NULL AND name IS NULL AND subject IS NULL";
    let query = Statement::from_string(db.get_database_backend(), sql);
    assert_eq!(db.query_all_raw(query).await.unwrap().len(), 1);
    add(&mut anna, 1, &mut device).await.refused(409, ErrorCode::HashMismatch);
    assert_eq!(add(&mut anna, 2, &mut device).await.status, 200);
    assert_eq!(sign_in(&mut late, &mut device).await.status, 200);
    assert_eq!(site.store.verify_audit().await.unwrap().faults, []);
}

async fn a_provider_that_signs_her_out_ends_what_a_passkey_began(site: Site) {
    let provider = Provider::start(site.clock.clone(), false).await;
    let ways = Ways::new(&[way(&provider, "staff", "staff", "")], ORIGIN, true).unwrap();
    let assets = Assets::new(Some(site.folder.path().join("web")));
    let state = AppState::new(site.store.clone(), ORIGIN, rules(), assets);
    let router = router(state.with_ways(ways).with_passkeys(Passkeys::new(ORIGIN).ok()));
    let mut anna = Browser::new(router.clone());
    let address = begin(&mut anna, "staff", "/personal/").await;
    let query = provider.proves(&address, "anna@skola", Some(&number_of(&site, Cast::AnnaHolmgren)));
    finish(&mut anna, "staff", &query).await;
    let mut device = Device::new();
    assert_eq!(add(&mut anna, 1, &mut device).await.status, 200);
    let (mut back, mut site_of_provider) = (Browser::new(router.clone()), Browser::new(router));
    assert_eq!(sign_in(&mut back, &mut device).await.status, 200);
    // Staff only, also for somebody who is a guardian too: it is not sure enough for that.
    back.get_path(&GetHome::path(&())).await.refused(404, ErrorCode::NotFound);
    let token = provider.logout_token("logout+jwt", |claims| claims["sub"] = "anna@skola".into());
    let request = Request::post("/api/sign-in/staff/logout")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(format!("logout_token={token}")));
    assert_eq!(site_of_provider.send(request.unwrap()).await.status, 200);
    for browser in [&mut anna, &mut back] {
        browser.get_path("/api/session").await.refused(401, ErrorCode::SignedOut);
    }
    // It is no end of the passkey: whoever works here signs in again.
    assert_eq!(sign_in(&mut back, &mut device).await.status, 200);
}

async fn where_they_are_off_there_are_none(site: Site) {
    let (_, mut device) = with_one(&site, Cast::AnnaHolmgren).await;
    let assets = Assets::new(Some(site.folder.path().join("web")));
    let off = router(AppState::new(site.store.clone(), ORIGIN, rules(), assets));
    let asked = asked_to_sign(&mut site.visitor()).await;
    let mut anna = Browser::new(off);
    assert!(!anna.get::<GetPasskeySignIn>(&()).await.offered);
    anna.put::<BeginPasskeySignIn>(&(), b"{}".to_vec()).await.refused(404, ErrorCode::NotFound);
    proved(&mut anna, device.signed(&asked)).await.refused(404, ErrorCode::NotFound);
    anna.sign_in(PersonId(Cast::AnnaHolmgren.id())).await;
    anna.get_path("/api/passkeys").await.refused(404, ErrorCode::NotFound);
    anna.put::<BeginPasskey>(&(), b"{}".to_vec()).await.refused(404, ErrorCode::NotFound);
    put(&mut anna, 2, "En till", "{}".to_owned()).await.refused(404, ErrorCode::NotFound);
    rename(&mut anna, 1, "Hemma").await.refused(404, ErrorCode::NotFound);
    anna.delete::<RemovePasskey>(&id(1)).await.refused(404, ErrorCode::NotFound);
}
