//! Who asks for too much is told when to come back, and nobody else notices.

use crate::on_both;
use crate::site::{ORIGIN, Site};
use axum::Router;
use axum::body::Body;
use http::{Request, header};
use skolstart_server::demo::Cast;
use skolstart_server::http::{Limits, Peer, Protection, Proxies, Rates, operations, protect};
use skolstart_shared::api::{ErrorCode, GetHome, GetSession};
use std::net::IpAddr;
use tower::ServiceExt;

on_both! {
    one_person_in_haste_waits_and_others_do_not
    those_who_keep_it_running_are_told_nothing_personal
}

async fn one_person_in_haste_waits_and_others_do_not(site: Site) {
    // So seldom that a slow machine's own time between two requests lets none in.
    let site = site.with_rates(Rates { person: 1, address: 1_000_000 });
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let mut other_device = site.sign_in(Cast::SaraLindqvist).await;
    let mut refused = None;
    for _ in 0..2_000 {
        let reply = sara.get_path("/api/session").await;
        if reply.status != 200 {
            refused = Some(reply);
            break;
        }
    }
    let refused = refused.unwrap_or_else(|| panic!("two thousand requests at once are not too many"));
    refused.refused(429, ErrorCode::Busy);
    let wait: u64 = refused.header(header::RETRY_AFTER).parse().unwrap();
    assert!((1..=5).contains(&wait), "{wait}");
    // Signed in at another device she is the same person; others are not.
    let mut let_in = 0;
    while other_device.get_path("/api/session").await.status == 200 {
        let_in += 1;
        assert!(let_in < 10, "a bucket of its own");
    }
    let mut maria = site.sign_in(Cast::MariaBergstrom).await;
    maria.get::<GetHome>(&()).await;
    maria.get::<GetSession>(&()).await;
    assert!(site.limits.meters().text().contains("skolstart_refused_total{reason=\"person\"} 2"));
}

async fn those_who_keep_it_running_are_told_nothing_personal(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let ella = Cast::EllaLindqvist.id();
    sara.get_path(&format!("/api/guardian/children/{ella}/history")).await;
    sara.get_path("/Ella-Lindqvist").await;
    let ask = operations(site.store.clone(), site.limits.meters().clone());
    for path in ["/health", "/metrics"] {
        let response = ask.clone().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.status(), 200, "{path}");
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
        assert_eq!(response.headers()["x-content-type-options"], "nosniff");
        let text = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let text = String::from_utf8(text.to_vec()).unwrap();
        for word in [ella.to_string().as_str(), "Ella", "Sara", "Lindqvist"] {
            assert!(!text.contains(word), "{path} says {word}: {text}");
        }
        assert_eq!(path == "/metrics", text.contains("skolstart_requests_total{route=\"/api/"), "{text}");
    }
    site.store.close().await;
    let health = ask.oneshot(Request::get("/health").body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(health.status(), 503);
}

#[tokio::test]
async fn one_address_in_haste_waits_and_another_does_not() {
    let limits = Limits::new(Rates { person: 20, address: 5 }, Proxies::default());
    let routes = Router::new().route("/", axum::routing::get(|| async { "page" }));
    let router: Router = protect(routes, Protection::new(ORIGIN).limited_by(limits));
    let ask = async |peer: [u8; 4], client: &str| {
        let mut request = Request::get("/").body(Body::empty()).unwrap();
        request.extensions_mut().insert(Peer(IpAddr::from(peer)));
        request.headers_mut().insert("x-forwarded-for", client.parse().unwrap());
        router.clone().oneshot(request).await.unwrap()
    };
    let proxy = [127, 0, 0, 1];
    for _ in 0..100 {
        assert_eq!(ask(proxy, "192.0.2.1").await.status(), 200);
    }
    let refused = ask(proxy, "10.1.1.1, 192.0.2.1").await;
    assert_eq!(refused.status(), 429, "what the client writes before it changes nothing");
    assert_eq!(refused.headers()[header::RETRY_AFTER], "1");
    assert_eq!(refused.headers()["x-content-type-options"], "nosniff");
    assert_eq!(ask(proxy, "192.0.2.2").await.status(), 200);
    for _ in 0..100 {
        ask([192, 0, 2, 9], "192.0.2.3").await;
    }
    assert_eq!(ask([192, 0, 2, 9], "192.0.2.4").await.status(), 429, "who is no proxy is not believed");
}
