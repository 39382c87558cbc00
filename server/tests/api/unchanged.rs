//! What changes nothing: reading, and requests that say more than was asked.

use crate::answering::{answer, bytes, sealed, submission};
use crate::contents::contents;
use crate::matrix::{ask, objects};
use crate::on_both;
use crate::site::Site;
use serde_json::{Value, json};
use skolstart_server::demo::Cast;
use skolstart_shared::api::{ErrorCode, GetHome, Method, PutSubmission, described};
use skolstart_shared::form::FieldKey;
use skolstart_shared::id::PersonId;

on_both! { reading_writes_only_its_trace what_was_not_asked_for_is_refused }

async fn reading_writes_only_its_trace(site: Site) {
    let (ellas, _) = objects(&site).await;
    let before = contents(&site).await;
    let noted = site.store.verify_audit().await.unwrap().rows;
    for who in [Cast::SaraLindqvist, Cast::AnnaHolmgren, Cast::LarsNystrom, Cast::MatsOberg] {
        let mut browser = site.sign_in(who).await;
        for endpoint in described().iter().filter(|endpoint| endpoint.method == Method::Get) {
            site.later(2);
            let status = ask(&mut browser, endpoint, &ellas, 0).await.status;
            assert!(status == 200 || status == 404, "{}: {status}", endpoint.name);
        }
    }
    assert_eq!(contents(&site).await, before);
    assert!(site.store.verify_audit().await.unwrap().rows > noted + 4);
}

/// A body that is right except for one thing, and how it is refused.
async fn what_was_not_asked_for_is_refused(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    let ella = PersonId(Cast::EllaLindqvist.id());
    let before = contents(&site).await;
    let content = answer(&home, Some(ella), true);
    let johan = json!(Cast::JohanLindqvist.id());
    let outside = [
        ("", "sender", johan.clone()),
        ("", "role", json!("municipal-admin")),
        ("/content", "signer", johan.clone()),
        ("/content", "received", json!("2026-01-01T00:00:00Z")),
        ("/content/acts/0", "by", johan),
        ("/content/acts/0", "outcome", json!("answered")),
        ("/content/acts/0", "source", json!("register")),
    ];
    for (at, name, value) in outside {
        let mut body = serde_json::to_value(sealed(content.clone())).unwrap();
        body.pointer_mut(at).and_then(Value::as_object_mut).unwrap().insert(name.to_owned(), value);
        let reply = sara.put::<PutSubmission>(&submission(2), body.to_string().into_bytes()).await;
        reply.refused(400, ErrorCode::Malformed);
    }
    // Answers have the form's own names, so the form says what is too much.
    for (at, act) in content.acts.iter().enumerate() {
        let mut more = content.clone();
        let told = act.answers.0.values().next().unwrap().clone();
        more.acts[at].answers.set(&FieldKey("status".to_owned()), Some(told));
        let reply = sara.put::<PutSubmission>(&submission(2), bytes(more)).await;
        reply.refused(422, ErrorCode::Invalid);
        assert_eq!(reply.error().violations[0].path, format!("acts.{at}.status"));
    }
    assert_eq!(contents(&site).await, before);
}
