//! A browser on one of our own pages: keeps the cookie, sends what browsers send.

use axum::Router;
use axum::body::{Body, to_bytes};
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header};
use skolstart_shared::api::{ApiError, Endpoint, ErrorCode, SignInAsPersona};
use skolstart_shared::id::PersonId;
use tower::ServiceExt;

pub(crate) struct Browser {
    router: Router,
    pub(crate) cookie: Option<String>,
    /// What it holds of a sign-in under way.
    pub(crate) login: Option<String>,
    /// What it has sent, where somebody wants to know.
    pub(crate) tape: Option<Vec<Recorded>>,
}

/// A request that was sent.
#[derive(Clone)]
pub(crate) struct Recorded {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) media_type: Option<HeaderValue>,
    pub(crate) body: Vec<u8>,
}

impl Recorded {
    /// The same, to be sent again.
    pub(crate) fn request(&self) -> Request<Body> {
        let mut request = Request::builder().method(self.method.clone()).uri(&self.path);
        request = request.header("sec-fetch-site", "same-origin");
        if let Some(media_type) = &self.media_type {
            request = request.header(header::CONTENT_TYPE, media_type);
        }
        request.body(Body::from(self.body.clone())).unwrap()
    }
}

#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn error(&self) -> ApiError {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn refused(&self, status: u16, code: ErrorCode) {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.body));
        assert_eq!(self.error().code, code);
        assert_eq!(self.error().request_id, self.header("x-request-id"));
    }

    pub(crate) fn header(&self, name: impl header::AsHeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl Browser {
    pub(crate) fn new(router: Router) -> Self {
        Self { router, cookie: None, login: None, tape: None }
    }

    pub(crate) async fn sign_in(&mut self, person: PersonId) {
        let reply = self.put::<SignInAsPersona>(&person, b"{}".to_vec()).await;
        assert_eq!(reply.status, 200);
    }

    /// Another page of the same browser: the same session, at the same time.
    pub(crate) fn another_page(&self) -> Self {
        Self { cookie: self.cookie.clone(), login: self.login.clone(), ..Self::new(self.router.clone()) }
    }

    /// Sends a request as it is, with the cookie, and takes the cookie of the reply.
    pub(crate) async fn send(&mut self, mut request: Request<Body>) -> Reply {
        if let Some(tape) = &mut self.tape {
            let (parts, body) = request.into_parts();
            let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
            tape.push(Recorded {
                method: parts.method.clone(),
                path: parts.uri.to_string(),
                media_type: parts.headers.get(header::CONTENT_TYPE).cloned(),
                body: body.clone(),
            });
            request = Request::from_parts(parts, Body::from(body));
        }
        let held: Vec<&str> = [&self.cookie, &self.login].into_iter().flatten().map(String::as_str).collect();
        if !held.is_empty() {
            request.headers_mut().insert(header::COOKIE, held.join("; ").parse().unwrap());
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for set in parts.headers.get_all(header::SET_COOKIE) {
            let pair = set.to_str().unwrap().split(';').next().unwrap().to_owned();
            let place = if pair.contains("login=") { &mut self.login } else { &mut self.cookie };
            *place = (!pair.ends_with('=')).then_some(pair);
        }
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Reply { status: parts.status, headers: parts.headers, body }
    }

    pub(crate) async fn get_path(&mut self, path: &str) -> Reply {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn put<E: Endpoint>(&mut self, path: &E::Path, body: Vec<u8>) -> Reply {
        let request = Request::put(E::path(path))
            .header(header::CONTENT_TYPE, "application/json")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body));
        self.send(request.unwrap()).await
    }

    /// Sends bytes that are no JSON.
    pub(crate) async fn put_bytes<E: Endpoint>(&mut self, path: &E::Path, body: Vec<u8>) -> Reply {
        let request = Request::put(E::path(path))
            .header(header::CONTENT_TYPE, "application/octet-stream")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body));
        self.send(request.unwrap()).await
    }

    pub(crate) async fn delete<E: Endpoint>(&mut self, path: &E::Path) -> Reply {
        let request = Request::delete(E::path(path)).header("sec-fetch-site", "same-origin");
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Reads an endpoint that must answer.
    pub(crate) async fn get<E: Endpoint>(&mut self, path: &E::Path) -> E::Out {
        let reply = self.get_path(&E::path(path)).await;
        assert_eq!(reply.status, 200, "{}: {}", E::NAME, String::from_utf8_lossy(&reply.body));
        assert_eq!(reply.header(header::CACHE_CONTROL), "no-store");
        serde_json::from_slice(&reply.body).unwrap()
    }
}
