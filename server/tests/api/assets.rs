//! The browser programs as files.

use crate::browser::Browser;
use crate::on_both;
use crate::site::{ORIGIN, Site, rules};
use axum::body::Body;
use http::{Request, header};
use skolstart_server::http::{assets::Assets, router};
use skolstart_server::state::AppState;

on_both! { pages_and_files_are_served workers_are_withdrawn_whole }

async fn workers_are_withdrawn_whole(site: Site) {
    let web = site.folder.path().join("web");
    for name in ["guardian/sw.js", "guardian/sw.js.br", "staff/sw.js", "guardian/boot-0123456789abcdef.js"] {
        std::fs::create_dir_all(web.join(name).parent().unwrap()).unwrap();
        std::fs::write(web.join(name), name).unwrap();
    }
    let assets = Assets::new(Some(web)).with_workers_withdrawn(true);
    let router = router(AppState::new(site.store.clone(), ORIGIN, rules(), assets));
    let ask = async |path: &str| {
        let request = Request::get(path).header(header::ACCEPT_ENCODING, "br").body(Body::empty()).unwrap();
        let reply = Browser::new(router.clone()).send(request).await;
        assert_eq!(reply.header(header::CONTENT_TYPE), "text/javascript; charset=utf-8", "{path}");
        assert_eq!(reply.header(header::CONTENT_ENCODING), "", "{path}");
        String::from_utf8(reply.body).unwrap()
    };
    for path in ["/sw.js", "/personal/sw.js"] {
        let worker = ask(path).await;
        assert!(worker.contains("self.registration.unregister()"), "{path}: {worker}");
    }
    assert_eq!(ask("/boot-0123456789abcdef.js").await, "guardian/boot-0123456789abcdef.js");
}

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
