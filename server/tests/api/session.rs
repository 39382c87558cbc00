//! The session from sign-in to its end.

use crate::on_both;
use crate::site::Site;
use http::header;
use skolstart_server::demo::Cast;
use skolstart_shared::api::{EndSession, ErrorCode, GetSession, ListPersonas, Persona, SignInAsPersona};
use skolstart_shared::id::PersonId;
use uuid::Uuid;

on_both! {
    the_cookie_is_strict
    a_session_ends_when_it_is_not_used
    a_session_ends_whatever_happens
    signing_out_ends_it_here_and_in_the_browser
    signing_in_ends_the_earlier_session
    only_personas_can_sign_in
}

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
