//! A provider ends sessions of those who have signed out there, and nobody else does (`docs/security.md`, sign-in).

use crate::browser::{Browser, Reply};
use crate::on_both;
use crate::provider::{Fault, Provider};
use crate::sign_in::{begin, finish, number_of, way, with_ways};
use crate::site::Site;
use axum::Router;
use axum::body::Body;
use http::{Request, header};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use skolstart_server::demo::Cast;
use skolstart_shared::api::{ErrorCode, GetSession};

on_both! {
    who_signs_out_there_is_signed_out_here
    what_is_no_word_of_the_provider_ends_nothing_and_is_noted
}

const FORM: &str = "application/x-www-form-urlencoded";

async fn sent(router: &Router, way: &str, kind: &str, body: String) -> Reply {
    let request = Request::post(format!("/api/sign-in/{way}/logout")).header(header::CONTENT_TYPE, kind);
    Browser::new(router.clone()).send(request.body(Body::from(body)).unwrap()).await
}

async fn says(router: &Router, token: &str) -> u16 {
    let reply = sent(router, "guardians", FORM, format!("logout_token={token}&state=x")).await;
    assert_eq!(reply.header(header::CACHE_CONTROL), "no-store");
    reply.status.as_u16()
}

async fn signed_in(site: &Site, router: &Router, provider: &Provider, who: Cast, subject: &str) -> Browser {
    let mut browser = Browser::new(router.clone());
    let address = begin(&mut browser, "guardians", "/").await;
    let query = provider.proves(&address, subject, Some(&number_of(site, who)));
    finish(&mut browser, "guardians", &query).await;
    browser.get::<GetSession>(&()).await;
    browser
}

async fn has_ended(browser: &mut Browser) {
    browser.get_path("/api/session").await.refused(401, ErrorCode::SignedOut);
}

async fn noted(site: &Site, outcome: &str, purpose: &str) -> usize {
    let db = site.raw().await;
    let sql = "SELECT 1 FROM audit WHERE action = 'sign-out' AND outcome = $1 AND purpose = $2";
    let values = [outcome.into(), purpose.into()];
    let query = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    db.query_all_raw(query).await.unwrap().len()
}

async fn who_signs_out_there_is_signed_out_here(site: Site) {
    let provider = Provider::start(site.clock.clone(), false).await;
    let router = with_ways(&site, &[way(&provider, "guardians", "guardians", "")]);
    let sign_in = async |who, subject| signed_in(&site, &router, &provider, who, subject).await;
    let mut first = sign_in(Cast::SaraLindqvist, "sara").await;
    let mut second = sign_in(Cast::SaraLindqvist, "sara").await;
    let mut johan = sign_in(Cast::JohanLindqvist, "johan").await;
    let mut by_another_way = site.sign_in(Cast::SaraLindqvist).await;

    // One session of hers there.
    let one = provider.logout_token("logout+jwt", |claims| {
        (claims["sub"], claims["sid"]) = (json!("sara"), json!("session-1"));
    });
    assert_eq!(says(&router, &one).await, 200);
    has_ended(&mut first).await;
    second.get::<GetSession>(&()).await;
    // A session of another's is not ended in her name.
    let mixed = provider.logout_token("logout+jwt", |claims| {
        (claims["sub"], claims["sid"]) = (json!("sara"), json!("session-3"));
    });
    assert_eq!(says(&router, &mixed).await, 200);
    johan.get::<GetSession>(&()).await;
    let alone = provider.logout_token("JWT", |claims| claims["sid"] = json!("session-2"));
    assert_eq!(says(&router, &alone).await, 200);
    has_ended(&mut second).await;

    // All of hers, and no other's; what is said twice ends nothing that began since.
    let mut third = sign_in(Cast::SaraLindqvist, "sara").await;
    let all = provider.logout_token("logout+jwt", |claims| claims["sub"] = json!("sara"));
    assert_eq!(says(&router, &all).await, 200);
    has_ended(&mut third).await;
    let mut fourth = sign_in(Cast::SaraLindqvist, "sara").await;
    assert_eq!(says(&router, &all).await, 400);
    fourth.get::<GetSession>(&()).await;
    // Who is not signed in is signed out.
    let nobody = provider.logout_token("logout+jwt", |claims| claims["sub"] = json!("nobody"));
    assert_eq!(says(&router, &nobody).await, 200);
    johan.get::<GetSession>(&()).await;
    by_another_way.get::<GetSession>(&()).await;
    assert_eq!((noted(&site, "done", "provider").await, noted(&site, "refused", "state").await), (3, 1));
    assert_eq!(site.store.verify_audit().await.unwrap().faults, []);
}

/// What is done to the claims of a token.
type Change = Box<dyn Fn(&mut Value)>;

/// What is wrong with a token, by what it changes, and the reason that is noted.
fn wrong(now: i64) -> Vec<(&'static str, Change)> {
    let put =
        |name: &'static str, value: Value| -> Change { Box::new(move |claims| claims[name] = value.clone()) };
    let without = |name: &'static str| -> Change {
        Box::new(move |claims| drop(claims.as_object_mut().unwrap().remove(name)))
    };
    vec![
        ("issuer", put("iss", json!("https://other.example.se"))),
        ("issuer", without("iss")),
        ("claims", put("aud", json!(["other"]))),
        ("claims", without("aud")),
        ("claims", without("events")),
        ("claims", put("events", json!({"http://schemas.openid.net/event/other": {}}))),
        ("claims", put("events", json!({"http://schemas.openid.net/event/backchannel-logout": true}))),
        ("claims", put("events", json!(["http://schemas.openid.net/event/backchannel-logout"]))),
        ("claims", without("jti")),
        ("claims", put("jti", json!(""))),
        ("claims", without("sub")),
        ("claims", put("sub", json!(7))),
        ("claims", put("sid", json!(7))),
        ("claims", put("sid", json!(""))),
        ("claims", without("iat")),
        ("claims", without("exp")),
        ("nonce", put("nonce", json!("x"))),
        ("lifetime", put("exp", json!(now - 31))),
        ("lifetime", put("exp", json!(now + 3600))),
        ("lifetime", put("iat", json!(now + 60))),
        ("lifetime", put("iat", json!(now - 3600))),
    ]
}

async fn what_is_no_word_of_the_provider_ends_nothing_and_is_noted(site: Site) {
    let (provider, other) =
        (Provider::start(site.clock.clone(), false).await, Provider::start(site.clock.clone(), false).await);
    let ways = [way(&provider, "guardians", "guardians", ""), way(&other, "other", "guardians", "")];
    let router = with_ways(&site, &ways);
    let mut sara = signed_in(&site, &router, &provider, Cast::SaraLindqvist, "sara").await;
    let hers = |claims: &mut Value| claims["sub"] = json!("sara");
    for (why, change) in wrong(site.clock.now().as_millis() / 1000) {
        let token = provider.logout_token("logout+jwt", |claims| {
            hers(claims);
            change(claims);
        });
        let before = noted(&site, "refused", why).await;
        assert_eq!(says(&router, &token).await, 400, "{why}");
        assert_eq!(noted(&site, "refused", why).await, before + 1, "{why}");
        sara.get::<GetSession>(&()).await;
    }
    for fault in [Fault::NotSigned, Fault::SignedWithThePublicKey, Fault::UnknownKey, Fault::OtherKey] {
        provider.does_wrong(fault);
        let token = provider.logout_token("logout+jwt", hers);
        provider.does_wrong(Fault::None);
        let before = noted(&site, "refused", "signature").await;
        assert_eq!(says(&router, &token).await, 400, "{fault:?}");
        assert_eq!(noted(&site, "refused", "signature").await, before + 1, "{fault:?}");
    }
    // A token of another kind, and one of another provider.
    for token in
        [provider.logout_token("at+jwt", hers), other.logout_token("logout+jwt", hers), String::new()]
    {
        assert_eq!(says(&router, &token).await, 400);
    }
    let good = provider.logout_token("logout+jwt", hers);
    // In another form, without a token, with two, in the address.
    for (kind, body) in [
        ("application/json", json!({"logout_token": good}).to_string()),
        ("text/plain", format!("logout_token={good}")),
        (FORM, "token=x".to_owned()),
        (FORM, format!("logout_token={good}&logout_token={good}")),
        (FORM, format!("logout_token={}", "x".repeat(70_000))),
    ] {
        assert_eq!(sent(&router, "guardians", kind, body).await.status, 400, "{kind}");
    }
    let asked = format!("/api/sign-in/guardians/logout?logout_token={good}");
    assert_eq!(sara.get_path(&asked).await.status, 405);
    assert_eq!(sent(&router, "nobody", FORM, format!("logout_token={good}")).await.status, 404);
    sara.get::<GetSession>(&()).await;
    // And it was a good one.
    assert_eq!(says(&router, &good).await, 200);
    has_ended(&mut sara).await;
    assert_eq!(site.store.verify_audit().await.unwrap().faults, []);
}
