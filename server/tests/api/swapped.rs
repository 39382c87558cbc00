//! What one person's pages have sent is recorded and sent again by the same person with ids of somebody she has no task with in the place
//! of those she has, one at a time and all at once, in paths and in bodies. Nothing is found and nothing is changed.

use crate::answering::{sealed, submission};
use crate::browser::Recorded;
use crate::contents::contents;
use crate::matrix::{Object, ask, objects};
use crate::on_both;
use crate::site::Site;
use skolstart_server::demo::Cast;
use skolstart_shared::access::Action;
use skolstart_shared::api::described;
use skolstart_shared::submission::SubmissionIn;
use std::collections::BTreeMap;
use uuid::Uuid;

on_both! { nothing_is_found_with_swapped_ids }

/// Who has something to do with Ella and nothing with Love, whose identity is protected.
const CALLERS: [Cast; 4] = [Cast::SaraLindqvist, Cast::AnnaHolmgren, Cast::MonaForsberg, Cast::MatsOberg];
/// Of Love and of her guardian.
const NAMES: [&str; 3] = ["Sandberg", "\"Love", "Karin"];

type Swap = (String, String);

fn swaps(own: &Object, foreign: &Object) -> Vec<Swap> {
    let pair = |own: Uuid, foreign: Uuid| (own.to_string(), foreign.to_string());
    vec![
        pair(own.child.0, foreign.child.0),
        pair(own.guardian.0, foreign.guardian.0),
        pair(own.group.0, foreign.group.0),
        pair(own.file.0, foreign.file.0),
        pair(own.application.0, foreign.application.0),
        pair(own.todo.todo.0, foreign.todo.todo.0),
        // What Karin has sent: see `matrix::objects`.
        pair(submission(1).0, submission(4).0),
        pair(submission(2).0, submission(6).0),
    ]
}

/// The request with other ids. `None`: there is nothing to swap in it. What a client makes up is made up anew, so that nothing is
/// refused only because it was sent before.
fn swapped(recorded: &Recorded, swaps: &[Swap], fresh: u128) -> Option<Recorded> {
    let mut path = recorded.path.clone();
    let mut body = String::from_utf8_lossy(&recorded.body).into_owned();
    let is_text = body.as_bytes() == recorded.body;
    let mut is_other = false;
    for (own, foreign) in swaps {
        is_other |= path.contains(own) || (is_text && body.contains(own));
        path = path.replace(own, foreign);
        if is_text {
            body = body.replace(own, foreign);
        }
    }
    if !is_other {
        return None;
    }
    if recorded.method != "GET"
        && let Some((before, last)) = path.rsplit_once('/')
        && Uuid::parse_str(last).is_ok()
        && !swaps.iter().any(|(_, foreign)| foreign == last)
    {
        path = format!("{before}/{}", submission(fresh).0);
    }
    let body = match serde_json::from_str::<SubmissionIn>(&body) {
        Ok(sent) => serde_json::to_vec(&sealed(sent.content)).unwrap(),
        Err(_) if is_text => body.into_bytes(),
        Err(_) => recorded.body.clone(),
    };
    Some(Recorded { path, body, ..recorded.clone() })
}

/// Every row that holds an id of hers.
async fn rows_about(site: &Site, foreign: &Object) -> BTreeMap<String, Vec<String>> {
    let ids = [foreign.child.0, foreign.application.0, foreign.todo.todo.0, foreign.file.0];
    let written: Vec<String> =
        ids.iter().flat_map(|id| [id.to_string(), id.simple().to_string().to_uppercase()]).collect();
    let mut found = contents(site).await;
    for rows in found.values_mut() {
        rows.retain(|row| written.iter().any(|id| row.contains(id.as_str())));
    }
    found.retain(|_, rows| !rows.is_empty());
    found
}

async fn nothing_is_found_with_swapped_ids(site: Site) {
    let (ellas, loves) = objects(&site).await;
    let all = swaps(&ellas, &loves);
    let before = rows_about(&site, &loves).await;
    assert!(before.len() > 5, "a search that finds nothing shows nothing: {:?}", before.keys());
    let mut sent = 0;
    for (at, who) in CALLERS.into_iter().enumerate() {
        let mut recorder = site.sign_in(who).await;
        recorder.tape = Some(Vec::new());
        let endpoints = described();
        // A round is for whole groups, and whoever runs it names no child. One's own session is one's own.
        let left_out = [Action::OwnSession, Action::OwnPasskeys, Action::RunRounds];
        let asked = endpoints.iter().filter(|endpoint| !left_out.contains(&endpoint.action));
        for (number, endpoint) in asked.enumerate() {
            ask(&mut recorder, endpoint, &ellas, 20_000 + (at * 200 + number) as u128).await;
        }
        let tape = recorder.tape.take().unwrap();
        let mut browser = site.sign_in(who).await;
        for recorded in &tape {
            let each = all.iter().map(std::slice::from_ref).chain([all.as_slice()]);
            for swaps in each {
                let fresh = 40_000 + u128::from(sent);
                let Some(other) = swapped(recorded, swaps, fresh) else { continue };
                sent += 1_u32;
                let reply = browser.send(other.request()).await;
                let said = String::from_utf8_lossy(&reply.body);
                let told = format!("{who:?} {} {}: {} {said}", other.method, other.path, reply.status);
                assert!(!reply.status.is_server_error(), "{told}");
                for name in NAMES {
                    assert!(!said.contains(name), "{told}");
                }
                assert!(!said.contains(&loves.child.to_string()), "{told}");
            }
        }
    }
    assert!(sent > 150, "{sent} requests");
    let after = rows_about(&site, &loves).await;
    for (table, rows) in &after {
        assert_eq!(before.get(table), Some(rows), "{table} was changed");
    }
    assert_eq!(before.len(), after.len(), "something is gone");
    assert!(site.store.verify_audit().await.unwrap().faults.is_empty());
}
