//! The browser programs as files.

use crate::on_both;
use crate::site::Site;
use axum::body::Body;
use http::{Request, header};

on_both! { pages_and_files_are_served }

async fn pages_and_files_are_served(site: Site) {
    let web = site.folder.path().join("web");
    for (name, text) in [
        ("guardian/index.html", "guardian page"),
        ("guardian/index.html.br", "packed page"),
        ("guardian/boot-0123456789abcdef.js", "boot"),
        ("guardian/boot-0123456789abcdef.js.gz", "packed boot"),
        ("staff/index.html", "staff page"),
        ("guardian/icons.svg", "icons"),
        ("secret", "secret"),
    ] {
        let file = web.join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }
    let cases = [
        ("/", "", 200, "guardian page", "no-cache"),
        ("/barn/1/kontroll", "", 200, "guardian page", "no-cache"),
        ("/", "gzip, br", 200, "packed page", "no-cache"),
        ("/", "br;q=0", 200, "guardian page", "no-cache"),
        ("/personal", "", 200, "staff page", "no-cache"),
        ("/personal/klass/1", "br", 200, "staff page", "no-cache"),
        ("/personal/elements/guardian.phone", "", 200, "staff page", "no-cache"),
        ("/boot-0123456789abcdef.js", "", 200, "boot", "public, max-age=31536000, immutable"),
        ("/boot-0123456789abcdef.js", "gzip", 200, "packed boot", "public, max-age=31536000, immutable"),
        ("/icons.svg", "", 200, "icons", "public, max-age=3600, stale-while-revalidate=86400"),
        ("/boot-0123456789abcdef.js.gz", "", 404, "", "no-store"),
        ("/missing.js", "", 404, "", "no-store"),
        ("/personal/boot-0123456789abcdef.js", "", 404, "", "no-store"),
        ("/../secret.txt", "", 404, "", "no-store"),
    ];
    for (path, accept, status, body, cache) in cases {
        let request = Request::get(path).header(header::ACCEPT_ENCODING, accept).body(Body::empty()).unwrap();
        let reply = site.visitor().send(request).await;
        assert_eq!(reply.status, status, "{path}");
        assert_eq!(reply.header(header::CACHE_CONTROL), cache, "{path}");
        if status == 200 {
            assert_eq!(String::from_utf8(reply.body).unwrap(), body, "{path} {accept}");
        }
    }
    let head = site.visitor().send(Request::head("/").body(Body::empty()).unwrap()).await;
    assert_eq!((head.status.as_u16(), head.body.len()), (200, 0));
    let tag = head.header(header::ETAG).to_owned();
    let again = Request::get("/").header(header::IF_NONE_MATCH, tag).body(Body::empty()).unwrap();
    assert_eq!(site.visitor().send(again).await.status, 304);
}
