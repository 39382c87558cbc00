//! The session from sign-in to its end.

use crate::browser::Browser;
use crate::on_both;
use crate::site::Site;
use axum::body::Body;
use http::{Request, header};
use sea_orm::{ConnectionTrait, Statement};
use skolstart_server::demo::Cast;
use skolstart_shared::api::{
    EndOneSession, EndOtherSessions, EndSession, Endpoint, ErrorCode, GetSession, GetSessions, ListPersonas,
    Persona, SignInAsPersona,
};
use skolstart_shared::id::{PersonId, SessionId};
use uuid::Uuid;

on_both! {
    the_cookie_is_strict
    a_session_ends_when_it_is_not_used
    a_session_ends_whatever_happens
    signing_out_ends_it_here_and_in_the_browser
    signing_in_ends_the_earlier_session
    only_personas_can_sign_in
    her_sessions_are_hers_to_see_and_end
    what_has_ended_by_itself_is_not_shown
}

/// An id that no session has.
pub(crate) const NOBODYS: SessionId = SessionId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_fffe));

async fn the_cookie_is_strict(site: Site) {
    let mut sara = site.visitor();
    let person = PersonId(Cast::SaraLindqvist.id());
    let reply = sara.put::<SignInAsPersona>(&person, b"{}".to_vec()).await;
    let (pair, attributes) = reply.header(header::SET_COOKIE).split_once("; ").unwrap();
    let (name, token) = pair.split_once('=').unwrap();
    assert_eq!(name, "__Host-skolstart");
    assert_eq!(token.len(), 64, "256 bits");
    assert_eq!(attributes, "Path=/; HttpOnly; SameSite=Strict; Secure");
    let session = sara.get::<GetSession>(&()).await;
    assert_eq!((session.person, session.is_guardian, session.is_municipal), (person, true, false));
    assert_eq!(session.name, "Sara Lindqvist");
    // Two cookies of that name: one was planted, and we cannot know which.
    let own = sara.cookie.clone().unwrap();
    sara.cookie = Some(format!("__Host-skolstart={}; {own}", "0".repeat(64)));
    sara.get_path("/api/session").await.refused(401, ErrorCode::SignedOut);
}

async fn a_session_ends_when_it_is_not_used(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    for _ in 0..4 {
        site.later(29);
        sara.get::<GetSession>(&()).await;
    }
    site.later(30);
    sara.get_path("/api/session").await.refused(401, ErrorCode::SignedOut);
}

async fn a_session_ends_whatever_happens(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    for _ in 0..23 {
        site.later(20);
        sara.get::<GetSession>(&()).await;
    }
    site.later(20);
    sara.get_path("/api/session").await.refused(401, ErrorCode::SignedOut);
}

async fn signing_out_ends_it_here_and_in_the_browser(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let old = sara.cookie.clone();
    let reply = sara.delete::<EndSession>(&()).await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("clear-site-data"), "\"cache\", \"storage\"");
    assert!(reply.header(header::SET_COOKIE).starts_with("__Host-skolstart=; Max-Age=0; Path=/"));
    assert_eq!(sara.cookie, None);
    sara.cookie = old;
    sara.get_path("/api/session").await.refused(401, ErrorCode::SignedOut);
}

async fn signing_in_ends_the_earlier_session(site: Site) {
    let mut browser = site.sign_in(Cast::SaraLindqvist).await;
    let old = browser.cookie.clone();
    browser.sign_in(PersonId(Cast::AnnaHolmgren.id())).await;
    let anna = browser.get::<GetSession>(&()).await;
    assert_eq!(anna.staff_at.len(), 1);
    assert_ne!(browser.cookie, old);
    browser.cookie = old;
    browser.get_path("/api/session").await.refused(401, ErrorCode::SignedOut);
}

async fn only_personas_can_sign_in(site: Site) {
    let mut visitor = site.visitor();
    let personas: Vec<Persona> = visitor.get::<ListPersonas>(&()).await;
    assert!(personas.len() > 10);
    let stranger = PersonId(Uuid::from_u128(1));
    let reply = visitor.put::<SignInAsPersona>(&stranger, b"{}".to_vec()).await;
    reply.refused(404, ErrorCode::NotFound);
    // A child of the cast is in the register and no persona.
    let child = PersonId(Cast::EllaLindqvist.id());
    visitor.put::<SignInAsPersona>(&child, b"{}".to_vec()).await.refused(404, ErrorCode::NotFound);
}

/// Signs in on a device that says this of itself.
async fn on(site: &Site, who: Cast, said: &str) -> Browser {
    let mut browser = site.visitor();
    let request = Request::put(SignInAsPersona::path(&PersonId(who.id())))
        .header(header::CONTENT_TYPE, "application/json")
        .header("sec-fetch-site", "same-origin")
        .header(header::USER_AGENT, said);
    assert_eq!(browser.send(request.body(Body::from("{}")).unwrap()).await.status, 200);
    browser
}

async fn signed_out_by(site: &Site, who: Cast) -> usize {
    let db = site.raw().await;
    let sql = "SELECT 1 FROM audit WHERE action = 'sign-out' AND actor = $1";
    let query = Statement::from_sql_and_values(db.get_database_backend(), sql, [who.id().into()]);
    db.query_all_raw(query).await.unwrap().len()
}

async fn her_sessions_are_hers_to_see_and_end(site: Site) {
    const PHONE: &str = "Mozilla/5.0 (Linux; Android 14; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) \
                         Chrome/126.0.0.0 Mobile Safari/537.36";
    let mut phone = on(&site, Cast::SaraLindqvist, PHONE).await;
    site.later(2);
    let mut library = on(&site, Cast::SaraLindqvist, "something of its own").await;
    let mut laptop = site.sign_in(Cast::SaraLindqvist).await;
    let mut johan = site.sign_in(Cast::JohanLindqvist).await;
    site.later(2);
    let lines = phone.get::<GetSessions>(&()).await;
    assert_eq!(lines.len(), 3, "her own and no others");
    let own: Vec<_> = lines.iter().filter(|line| line.here).collect();
    assert_eq!((own[0].browser.as_str(), own[0].system.as_str(), own.len()), ("Chrome", "Android", 1));
    assert!(own[0].seen > own[0].since && lines[0].here, "the last used first");
    let others: Vec<_> = lines.iter().filter(|line| !line.here).collect();
    assert!(others.iter().all(|line| line.browser.is_empty() && line.system.is_empty()));
    // What the browser said of itself is nowhere.
    let db = site.raw().await;
    let sql = "SELECT DISTINCT browser FROM session WHERE browser IS NOT NULL";
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    let stored: Vec<String> = rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
    assert_eq!(stored, ["Chrome|Android"]);

    // Another's, and one that never was, look the same and end nothing.
    let johans = johan.get::<GetSessions>(&()).await[0].session;
    for not_hers in [johans, NOBODYS] {
        let reply = phone.delete::<EndOneSession>(&not_hers).await;
        assert_eq!((reply.status.as_u16(), reply.body), (200, b"{}".to_vec()));
    }
    johan.get::<GetSession>(&()).await;
    assert_eq!(signed_out_by(&site, Cast::SaraLindqvist).await, 0);

    let at_library = library.get::<GetSessions>(&()).await;
    let at_library = at_library.iter().find(|line| line.here).unwrap().session;
    for _ in 0..2 {
        assert_eq!(phone.delete::<EndOneSession>(&at_library).await.status, 200, "the same twice is once");
    }
    library.get_path("/api/session").await.refused(401, ErrorCode::SignedOut);
    assert_eq!(signed_out_by(&site, Cast::SaraLindqvist).await, 1);
    laptop.get::<GetSession>(&()).await;

    site.sign_in(Cast::SaraLindqvist).await;
    for _ in 0..2 {
        assert_eq!(phone.delete::<EndOtherSessions>(&()).await.status, 200);
    }
    laptop.get_path("/api/session").await.refused(401, ErrorCode::SignedOut);
    assert_eq!(phone.get::<GetSessions>(&()).await.len(), 1);
    assert_eq!(signed_out_by(&site, Cast::SaraLindqvist).await, 3);
    johan.get::<GetSession>(&()).await;
    assert_eq!(site.store.verify_audit().await.unwrap().faults, []);
}

async fn what_has_ended_by_itself_is_not_shown(site: Site) {
    let mut forgotten = site.sign_in(Cast::SaraLindqvist).await;
    site.later(20);
    let mut here = site.sign_in(Cast::SaraLindqvist).await;
    assert_eq!(here.get::<GetSessions>(&()).await.len(), 2);
    site.later(11);
    assert_eq!(here.get::<GetSessions>(&()).await.len(), 1);
    forgotten.get_path("/api/session").await.refused(401, ErrorCode::SignedOut);
}
