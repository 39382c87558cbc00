//! What is out of reach does not exist, and what is open to everybody is on one short list.

use crate::answering::{answer, bytes, submission};
use crate::browser::{Browser, Reply};
use crate::matrix::{ask, group_of, objects};
use crate::on_both;
use crate::site::Site;
use axum::body::Body;
use http::Request;
use serde_json::Value;
use skolstart_server::demo::Cast;
use skolstart_server::http::routed;
use skolstart_shared::access::Action;
use skolstart_shared::api::{
    ChildHistory, Endpoint, ErrorCode, GetChildPage, GetGroup, GetHome, GetSubmission, PutSubmission,
    described,
};
use skolstart_shared::id::{GroupId, PersonId};
use uuid::Uuid;

on_both! { foreign_and_never_used_look_the_same only_these_are_open staff_reach_no_child_of_their_own }

/// All that a caller can see of a reply, without what is different in every reply.
fn seen(reply: &Reply) -> (u16, Vec<(String, String)>, Value) {
    let mut body: Value = serde_json::from_slice(&reply.body).unwrap();
    assert!(body.as_object_mut().unwrap().remove("request_id").is_some());
    let mut headers: Vec<(String, String)> = reply
        .headers
        .iter()
        .filter(|(name, _)| *name != "x-request-id")
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect();
    headers.sort();
    (reply.status.as_u16(), headers, body)
}

pub(crate) async fn same(browser: &mut Browser, foreign: &str, never: &str) {
    let (foreign, never) = (browser.get_path(foreign).await, browser.get_path(never).await);
    foreign.refused(404, ErrorCode::NotFound);
    assert_eq!(seen(&foreign), seen(&never));
}

async fn foreign_and_never_used_look_the_same(site: Site) {
    let (ellas, loves) = objects(&site).await;
    let nobody = PersonId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_ffff));
    let mut maria = site.sign_in(Cast::MariaBergstrom).await;
    same(&mut maria, &ChildHistory::path(&ellas.child), &ChildHistory::path(&nobody)).await;
    same(&mut maria, &GetSubmission::path(&submission(1)), &GetSubmission::path(&submission(77))).await;
    let mut johan = site.sign_in(Cast::JohanLindqvist).await;
    same(&mut johan, &GetSubmission::path(&submission(1)), &GetSubmission::path(&submission(77))).await;
    // A guardian at a door of the staff, staff of another unit, and a teacher about a child with protected identity.
    let no_group = GroupId(nobody.0);
    for who in [Cast::MariaBergstrom, Cast::FatimaRahimi, Cast::MatsOberg] {
        let mut browser = site.sign_in(who).await;
        same(&mut browser, &GetChildPage::path(&ellas.child), &GetChildPage::path(&nobody)).await;
        same(&mut browser, &GetGroup::path(&(ellas.group, 0)), &GetGroup::path(&(no_group, 0))).await;
    }
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    same(&mut anna, &GetChildPage::path(&loves.child), &GetChildPage::path(&nobody)).await;

    let home = maria.get::<GetHome>(&()).await;
    let mut replies = Vec::new();
    for child in [ellas.child, nobody] {
        let mut content = answer(&home, Some(home.children[0].person), true);
        content.acts.iter_mut().for_each(|act| act.child = Some(child));
        replies.push(maria.put::<PutSubmission>(&submission(50), bytes(content)).await);
    }
    replies[0].refused(404, ErrorCode::NotFound);
    assert_eq!(seen(&replies[0]), seen(&replies[1]));
}

/// The whole list. It grows only when somebody writes here why.
const OPEN: [&str; 9] = [
    // Is the service up?
    "Ping",
    // How one can sign in, and the way there.
    "ListSignInWays",
    "BeginSignIn",
    // A guardian with a code from school: few tries, for one child and for little.
    "SignInWithCode",
    // Staff with a passkey: whether it is offered, what the device is asked, and what it answers.
    "GetPasskeySignIn",
    "BeginPasskeySignIn",
    "SignInWithPasskey",
    // Demo only: who can be signed in as, and the sign-in itself.
    "ListPersonas",
    "SignInAsPersona",
];

async fn only_these_are_open(site: Site) {
    let mut open: Vec<&str> = routed()
        .iter()
        .filter(|route| route.endpoint.action == Action::Anonymous)
        .map(|route| route.endpoint.name)
        .collect();
    open.sort_unstable();
    let mut listed = OPEN;
    listed.sort_unstable();
    assert_eq!(open, listed);
    let (ellas, _) = objects(&site).await;
    for endpoint in described().iter().filter(|endpoint| !OPEN.contains(&endpoint.name)) {
        let reply = ask(&mut site.visitor(), endpoint, &ellas, 60).await;
        reply.refused(401, ErrorCode::SignedOut);
        // Somebody who makes up a cookie is nobody.
        let mut liar = site.visitor();
        liar.cookie = Some(format!("__Host-skolstart={}", "0".repeat(64)));
        ask(&mut liar, endpoint, &ellas, 61).await.refused(401, ErrorCode::SignedOut);
    }
    // Beside the endpoints: the document about them, the way back from a provider of identity (here there is none), and
    // nothing else under /api.
    for (path, status) in [
        ("/api/sign-in/x/callback", 404),
        ("/api/sign-in/x", 405),
        ("/api/openapi.json", 200),
        ("/api/metrics", 404),
        ("/api/debug", 404),
        ("/metrics", 404),
    ] {
        let request = Request::get(path).body(Body::empty()).unwrap();
        assert_eq!(site.visitor().send(request).await.status, status, "{path}");
    }
}

/// A teacher becomes the guardian of a child in her class: a colleague reads its page from then on.
async fn staff_reach_no_child_of_their_own(site: Site) {
    let (ella, group) = (PersonId(Cast::EllaLindqvist.id()), ellas_group(&site).await);
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    assert_eq!(anna.get_path(&GetChildPage::path(&ella)).await.status, 200);
    site.become_guardian(Cast::AnnaHolmgren, Cast::SaraLindqvist).await;
    anna.get_path(&GetChildPage::path(&ella)).await.refused(404, ErrorCode::NotFound);
    assert_eq!(anna.get_path(&GetGroup::path(&(group, 0))).await.status, 200, "her class is hers");
    assert!(
        anna.get::<GetHome>(&()).await.children.iter().any(|child| child.person == ella),
        "as her guardian"
    );
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    assert_eq!(lars.get_path(&GetChildPage::path(&ella)).await.status, 200, "a colleague");
}

async fn ellas_group(site: &Site) -> GroupId {
    let home = site.sign_in(Cast::SaraLindqvist).await.get::<GetHome>(&()).await;
    group_of(site, &home).await.0
}
