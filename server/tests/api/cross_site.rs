//! Another site's page cannot write, whatever it sends and whatever its browser leaves out.

use crate::on_both;
use crate::site::{ORIGIN, Site};
use axum::body::Body;
use http::{Request, header};
use skolstart_server::demo::Cast;
use skolstart_shared::api::{Method, Wire, described};

on_both! { writes_come_from_our_own_pages }

/// `Sec-Fetch-Site`, `Origin`, and whether that is one of our own pages.
const SENDERS: [(Option<&str>, Option<&str>, bool); 9] = [
    (Some("same-origin"), None, true),
    (Some("same-origin"), Some(ORIGIN), true),
    (None, Some(ORIGIN), true),
    (Some("cross-site"), Some("https://evil.example"), false),
    (Some("same-site"), Some("https://other.example.se"), false),
    (Some("none"), None, false),
    (None, Some("https://evil.example"), false),
    (None, Some("null"), false),
    (None, None, false),
];

const KINDS: [&str; 5] = [
    "application/json",
    "application/octet-stream",
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
];

async fn writes_come_from_our_own_pages(site: Site) {
    let site = site.without_limits();
    let mut routes: Vec<(&str, String, &str)> = Vec::new();
    for endpoint in described().iter().filter(|endpoint| endpoint.method != Method::Get) {
        let argument = |part| match part {
            "{offset}" => "0",
            part if str::starts_with(part, '{') => "01900000-0000-7000-8000-000000000001",
            part => part,
        };
        let path = endpoint.path.split('/').map(argument).collect::<Vec<_>>().join("/");
        let taken = if endpoint.wire == Wire::BytesIn { KINDS[1] } else { KINDS[0] };
        routes.push((endpoint.method.as_str(), path, taken));
    }
    assert!(routes.len() >= 2);
    routes.push(("PUT", format!("/api/demo/session/{}", Cast::SaraLindqvist.id()), KINDS[0]));
    for (method, path, taken) in &routes {
        for (site_header, origin, own) in SENDERS {
            for kind in KINDS {
                let mut sara = site.sign_in(Cast::SaraLindqvist).await;
                let mut request =
                    Request::builder().method(*method).uri(path).header(header::CONTENT_TYPE, kind);
                if let Some(value) = site_header {
                    request = request.header("sec-fetch-site", value);
                }
                if let Some(value) = origin {
                    request = request.header(header::ORIGIN, value);
                }
                let status = sara.send(request.body(Body::from("{}")).unwrap()).await.status.as_u16();
                let case = format!("{method} {path} {site_header:?} {origin:?} {kind}: {status}");
                match (own, kind == *taken) {
                    (false, _) => assert_eq!(status, 403, "{case}"),
                    // Read, and then there is no such file, and no passkey of a guardian's.
                    (true, true) if path.starts_with("/api/files/") || path.starts_with("/api/passkeys") => {
                        assert!([200, 400, 404].contains(&status), "{case}");
                    }
                    (true, true) => assert!(status == 200 || status == 400, "{case}"),
                    (true, false) => assert_eq!(status, 415, "{case}"),
                }
            }
        }
    }
}
