//! Every response carries the same protection, whatever it is.

use crate::on_both;
use crate::site::{ORIGIN, Site};
use axum::Router;
use axum::body::Body;
use axum::routing::get;
use http::{HeaderMap, Request, header};
use skolstart_server::demo::Cast;
use skolstart_server::http::{Protection, Refusal, protect};
use skolstart_shared::api::ErrorCode;
use tower::ServiceExt;

on_both! { every_response_is_protected }

const EXPECTED: [(&str, &str); 9] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-robots-tag", "noindex, nofollow"),
    ("x-frame-options", "DENY"),
    ("strict-transport-security", "max-age=63072000"),
    (
        "permissions-policy",
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), \
         magnetometer=(), microphone=(), midi=(), payment=(), usb=(), xr-spatial-tracking=()",
    ),
];

fn check(headers: &HeaderMap, what: &str) {
    for (name, value) in EXPECTED {
        assert_eq!(headers.get(name).map(|value| value.to_str().unwrap()), Some(value), "{name} of {what}");
    }
    assert_eq!(headers.get("x-request-id").unwrap().len(), 32, "{what}");
    assert!(headers.contains_key(header::CACHE_CONTROL), "{what}");
    for header in ["server", "x-powered-by", "access-control-allow-origin"] {
        assert!(!headers.contains_key(header), "{header} of {what}");
    }
}

async fn every_response_is_protected(site: Site) {
    let web = site.folder.path().join("web/guardian");
    std::fs::create_dir_all(&web).unwrap();
    std::fs::write(web.join("index.html"), "page").unwrap();
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let cases = [
        ("GET", "/api/guardian/home", 200),
        ("GET", "/api/openapi.json", 200),
        ("GET", "/", 200),
        ("HEAD", "/", 200),
        ("GET", "/missing.js", 404),
        ("GET", "/api/missing", 404),
        ("DELETE", "/api/ping", 403),
        ("OPTIONS", "/api/ping", 405),
        ("TRACE", "/api/ping", 403),
    ];
    for (method, path, status) in cases {
        let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
        let reply = sara.send(request).await;
        assert_eq!(reply.status, status, "{method} {path}");
        check(&reply.headers, &format!("{method} {path}"));
    }
    let request = Request::put("/api/submissions/x").header("sec-fetch-site", "same-origin");
    let reply =
        sara.send(request.header(header::CONTENT_TYPE, "text/plain").body(Body::empty()).unwrap()).await;
    assert_eq!(reply.status, 415);
    check(&reply.headers, "415");
}

#[tokio::test]
async fn faults_are_protected_and_say_nothing() {
    async fn broken() -> String {
        panic!("a fault of ours")
    }
    let routes = Router::new()
        .route("/panic", get(broken))
        .route("/internal", get(|| async { Refusal::of(ErrorCode::Internal) }))
        .route("/busy", get(|| async { Refusal::of(ErrorCode::Busy) }));
    let router: Router = protect(routes, Protection::new(ORIGIN));
    for (path, status) in [("/panic", 500), ("/internal", 500), ("/busy", 503)] {
        let response = router.clone().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.status(), status, "{path}");
        assert_eq!(response.headers().contains_key(header::RETRY_AFTER), status == 503, "{path}");
        check(response.headers(), path);
        assert!(axum::body::to_bytes(response.into_body(), 1).await.unwrap().is_empty(), "{path}");
    }
}
