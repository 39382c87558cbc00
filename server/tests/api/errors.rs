//! Every refusal that a client can meet.

use crate::answering::{answer, bytes, sealed, submission};
use crate::on_both;
use crate::site::Site;
use axum::body::Body;
use http::{Request, header};
use skolstart_server::demo::Cast;
use skolstart_shared::Map;
use skolstart_shared::api::{ErrorCode, GetHome, PutSubmission};
use skolstart_shared::id::PersonId;

on_both! { refusals_have_their_codes answers_that_break_rules_say_which }

async fn refusals_have_their_codes(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    let id = submission(1);
    let put = PutPath(format!("/api/submissions/{id}"));

    sara.get_path("/api/nothing").await.refused(404, ErrorCode::NotFound);
    sara.get_path("/api").await.refused(404, ErrorCode::NotFound);
    sara.get_path("/api/submissions/not-an-id").await.refused(404, ErrorCode::NotFound);
    let reply = sara.send(put.request("text/plain", b"{}".to_vec())).await;
    reply.refused(415, ErrorCode::UnsupportedMedia);
    let reply = sara.send(put.request("application/json", b"{\"content\": \"070-1740605\"".to_vec())).await;
    reply.refused(400, ErrorCode::Malformed);
    assert!(!String::from_utf8_lossy(&reply.body).contains("1740605"), "no value is sent back");
    let large = vec![b' '; 256 * 1024 + 1];
    sara.send(put.request("application/json", large)).await.refused(413, ErrorCode::TooLarge);
    let old = put.request("application/json", b"{}".to_vec());
    let (mut parts, body) = old.into_parts();
    parts.headers.insert(skolstart_shared::api::WIRE_HEADER, "0".parse().unwrap());
    sara.send(Request::from_parts(parts, body)).await.refused(426, ErrorCode::Outdated);
    site.visitor().get_path("/api/guardian/home").await.refused(401, ErrorCode::SignedOut);

    let content = answer(&home, None, true);
    assert_eq!(sara.put::<PutSubmission>(&id, bytes(content.clone())).await.status, 200);
    let other = answer(&home, Some(PersonId(Cast::EllaLindqvist.id())), true);
    sara.put::<PutSubmission>(&id, bytes(other.clone())).await.refused(409, ErrorCode::HashMismatch);
    let mut wrong = sealed(other);
    wrong.hash = sealed(content).hash;
    let body = serde_json::to_vec(&wrong).unwrap();
    sara.put::<PutSubmission>(&submission(9), body).await.refused(409, ErrorCode::HashMismatch);
}

async fn answers_that_break_rules_say_which(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    let mut content = answer(&home, Some(PersonId(Cast::EllaLindqvist.id())), true);
    for act in &mut content.acts {
        act.answers.0 = Map::new();
    }
    let reply = sara.put::<PutSubmission>(&submission(1), bytes(content)).await;
    reply.refused(422, ErrorCode::Invalid);
    assert!(!reply.error().violations.is_empty());
}

struct PutPath(String);

impl PutPath {
    fn request(&self, kind: &str, body: Vec<u8>) -> Request<Body> {
        let request = Request::put(&self.0).header(header::CONTENT_TYPE, kind);
        request.header("sec-fetch-site", "same-origin").body(Body::from(body)).unwrap()
    }
}
