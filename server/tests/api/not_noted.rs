//! Whoever is not signed in cannot fill the audit trail: what is refused is noted up to a measure, and counted beyond it.

use crate::browser::Browser;
use crate::on_both;
use crate::passkeys::proof;
use crate::provider::Provider;
use crate::sign_in::way;
use crate::site::{ORIGIN, Site, rules};
use axum::Router;
use axum::body::Body;
use http::{Method, Request, header};
use sea_orm::{ConnectionTrait, Statement};
use skolstart_server::http::{Limits, Peer, assets::Assets, router};
use skolstart_server::identity::{Passkeys, Ways};
use skolstart_server::state::AppState;
use skolstart_shared::api::{Endpoint, SignInWithPasskey};
use std::net::IpAddr;

on_both! { refusals_fill_the_trail_only_so_far }

/// As many as one address may have noted at once.
const AT_ONCE: usize = 60;

async fn refused_in_trail(site: &Site) -> usize {
    let db = site.raw().await;
    let sql = "SELECT 1 FROM audit WHERE outcome = 'refused' AND action IN ('sign-in', 'sign-out')";
    db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap().len()
}

fn not_noted(limits: &Limits) -> usize {
    let text = limits.meters().text();
    let found = text.lines().find_map(|line| line.strip_prefix("skolstart_refusals_not_noted_total "));
    found.unwrap().parse().unwrap()
}

/// A callback, a word of a provider and the answer of a device, none of which anybody has asked for.
async fn tries(router: &Router, which: usize, address: &str) -> u16 {
    let (method, path, kind, body) = match which % 3 {
        0 => (
            Method::GET,
            "/api/sign-in/guardians/callback?state=x&code=y".to_owned(),
            "text/plain",
            Vec::new(),
        ),
        1 => {
            let form = "application/x-www-form-urlencoded";
            (Method::POST, "/api/sign-in/guardians/logout".to_owned(), form, b"logout_token=a.b.c".to_vec())
        }
        _ => (Method::PUT, SignInWithPasskey::path(&()), "application/json", proof("{}".to_owned())),
    };
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::CONTENT_TYPE, kind)
        .header("sec-fetch-site", "same-origin")
        .extension(Peer(address.parse::<IpAddr>().unwrap()))
        .body(Body::from(body));
    Browser::new(router.clone()).send(request.unwrap()).await.status.as_u16()
}

async fn refusals_fill_the_trail_only_so_far(site: Site) {
    let provider = Provider::start(site.clock.clone(), false).await;
    let ways = Ways::new(&[way(&provider, "guardians", "guardians", "")], ORIGIN, true).unwrap();
    let assets = Assets::new(Some(site.folder.path().join("web")));
    let limits = Limits::default();
    let state = AppState::new(site.store.clone(), ORIGIN, rules(), assets).with_ways(ways);
    let state = state.with_passkeys(Passkeys::new(ORIGIN).ok()).limited_by(limits.clone());
    let router = router(state);
    let before = refused_in_trail(&site).await;
    let first = [303, 400, 410];
    for (which, status) in first.into_iter().enumerate() {
        assert_eq!(tries(&router, which, "198.51.100.7").await, status);
    }
    assert_eq!(refused_in_trail(&site).await, before + 3, "each of them is noted");
    for which in 0..3 * AT_ONCE {
        // Whether or not it is noted, it is answered the same.
        assert_eq!(tries(&router, which, "198.51.100.7").await, first[which % 3]);
    }
    let noted = refused_in_trail(&site).await - before;
    // A slow machine may have given room for some more meanwhile.
    assert!((AT_ONCE..AT_ONCE + 30).contains(&noted), "{noted}");
    assert_eq!(not_noted(&limits), 3 * AT_ONCE + 3 - noted, "what is not noted is counted");
    tries(&router, 0, "198.51.100.8").await;
    assert_eq!(refused_in_trail(&site).await - before, noted + 1, "another address is noted as before");
    assert_eq!(site.store.verify_audit().await.unwrap().faults, []);
}
