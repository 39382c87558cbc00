//! What one person's pages have sent is recorded and sent again by the same person with ids of those she has no task with in the place
//! of those she has: each id by each other id of its kind, and all of somebody's at once, in paths and in bodies. Nothing is found and
//! nothing is changed.

use crate::answering::{sealed, submission};
use crate::applications::{apply, done};
use crate::browser::Recorded;
use crate::contents::contents;
use crate::matrix::{Object, ask, objects};
use crate::on_both;
use crate::site::Site;
use crate::todos::NEVER;
use crate::{archive, files};
use skolstart_server::demo::Cast;
use skolstart_shared::access::Action;
use skolstart_shared::api::{GetOffer, described};
use skolstart_shared::fact::Value;
use skolstart_shared::form::FormKey;
use skolstart_shared::id::PersonId;
use skolstart_shared::submission::SubmissionIn;
use std::collections::BTreeMap;
use uuid::Uuid;

on_both! { nothing_is_found_with_swapped_ids }

/// Who has something to do with Ella, and with whom of the others (see the test) she has nothing to do: Love, whose identity is protected;
/// Yonas, who goes to another school; Wilma, who goes to the same.
const CALLERS: [(Cast, &[usize]); 5] = [
    (Cast::SaraLindqvist, &[0, 1, 2]),
    (Cast::AnnaHolmgren, &[0, 1]),
    (Cast::MonaForsberg, &[0, 1]),
    (Cast::LarsNystrom, &[1]),
    (Cast::MatsOberg, &[0, 1, 2]),
];

type Swap = (String, String);

/// What somebody has ids of, in the order in which they stand for each other.
struct Ids {
    child: Uuid,
    all: Vec<(&'static str, Uuid)>,
    /// Of the child and of its guardian.
    names: Vec<&'static str>,
}

impl Ids {
    fn of(object: &Object, sent: [u128; 2], names: &[&'static str]) -> Self {
        let all = vec![
            ("child", object.child.0),
            ("guardian", object.guardian.0),
            ("group", object.group.0),
            ("unit", object.unit.0),
            ("file", object.file.0),
            ("application", object.application.0),
            ("todo", object.todo.todo.0),
            ("submission", submission(sent[0]).0),
            ("submission", submission(sent[1]).0),
        ];
        Self { child: object.child.0, all, names: names.to_vec() }
    }

    /// The same for a child about whom a guardian applies, sends a file and sets something in motion first.
    async fn made(site: &Site, guardian: Cast, child: Cast, number: u128, names: &[&'static str]) -> Self {
        let mut browser = site.sign_in(guardian).await;
        let (guardian, child) = (guardian.id(), PersonId(child.id()));
        let monday = site.clock.today().add_days(14);
        let leave = [
            ("days", Value::Days(monday, monday)),
            ("off", Value::Number(0)),
            ("reason", Value::Text("Prov".to_owned())),
        ];
        done(&apply(&mut browser, number, "leave", child, &leave).await);
        let file = files::held(&mut browser, child, number).await;
        // Nobody in grade seven is asked about it: then the id is one that is nobody's.
        let opened = browser.get::<GetOffer>(&FormKey("going-home-alone".to_owned())).await;
        let is_asked = opened.tasks.iter().any(|task| task.child == Some(child));
        if is_asked {
            done(&apply(&mut browser, number + 1, "going-home-alone", child, &NEVER).await);
        }
        let one = async |sql: &str| {
            let found = archive::ids(site, sql, child.0).await;
            Uuid::parse_str(found.first().unwrap()).unwrap()
        };
        let all = vec![
            ("child", child.0),
            ("guardian", guardian),
            ("group", one("SELECT group_id AS id FROM group_membership WHERE person_id = $1").await),
            ("unit", one("SELECT unit_id AS id FROM enrolment WHERE child_id = $1").await),
            ("file", file.0),
            ("application", one("SELECT id FROM application WHERE child_id = $1").await),
            (
                "todo",
                if is_asked {
                    one("SELECT id FROM todo WHERE child_id = $1").await
                } else {
                    submission(number).0
                },
            ),
            ("submission", submission(number).0),
            ("submission", submission(number + 1).0),
        ];
        Self { child: child.0, all, names: names.to_vec() }
    }

    /// Each id by each of its kind, and then all at once.
    fn swaps(&self, foreign: &Self) -> Vec<Vec<Swap>> {
        let swap = |own: Uuid, other: Uuid| (own.to_string(), other.to_string());
        let is_other = |(own, other): &(&(&str, Uuid), &(&str, Uuid))| own.1 != other.1;
        let pairs = self.all.iter().flat_map(|own| foreign.all.iter().map(move |other| (own, other)));
        let pairs = pairs.filter(|(own, other)| own.0 == other.0).filter(is_other);
        let mut each: Vec<Vec<Swap>> = pairs.map(|(own, other)| vec![swap(own.1, other.1)]).collect();
        let together = self.all.iter().zip(&foreign.all).filter(is_other);
        each.push(together.map(|(own, other)| swap(own.1, other.1)).collect());
        each
    }
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
async fn rows_about(site: &Site, foreign: &Ids) -> BTreeMap<String, Vec<String>> {
    // Guardian, class and unit are others' too.
    let own = foreign.all.iter().filter(|(kind, _)| !["guardian", "group", "unit"].contains(kind));
    let written: Vec<String> =
        own.flat_map(|(_, id)| [id.to_string(), id.simple().to_string().to_uppercase()]).collect();
    let mut found = contents(site).await;
    for rows in found.values_mut() {
        rows.retain(|row| written.iter().any(|id| row.contains(id.as_str())));
    }
    found.retain(|_, rows| !rows.is_empty());
    found
}

async fn nothing_is_found_with_swapped_ids(site: Site) {
    let site = site.without_limits();
    let (ellas, loves) = objects(&site).await;
    // What Sara and Karin have sent: see `matrix::objects`.
    let own = Ids::of(&ellas, [1, 2], &[]);
    let others = [
        Ids::of(&loves, [4, 6], &["Sandberg", "\"Love", "Karin"]),
        Ids::made(&site, Cast::GunnarEkholm, Cast::YonasTesfay, 70, &["Tesfay", "Ekholm"]).await,
        Ids::made(&site, Cast::MariaBergstrom, Cast::WilmaBergstrom, 80, &["Wilma", "Bergström"]).await,
    ];
    let mut before = Vec::new();
    for foreign in &others {
        let rows = rows_about(&site, foreign).await;
        assert!(rows.len() > 5, "a search that finds nothing shows nothing: {:?}", rows.keys());
        before.push(rows);
    }
    let mut sent = 0;
    for (at, (who, foreign_to_her)) in CALLERS.into_iter().enumerate() {
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
        for foreign in foreign_to_her.iter().map(|at| &others[*at]) {
            let all = own.swaps(foreign);
            for recorded in &tape {
                for swaps in &all {
                    let fresh = 40_000 + u128::from(sent);
                    let Some(other) = swapped(recorded, swaps, fresh) else { continue };
                    sent += 1_u32;
                    let reply = browser.send(other.request()).await;
                    let said = String::from_utf8_lossy(&reply.body);
                    let told = format!("{who:?} {} {}: {} {said}", other.method, other.path, reply.status);
                    assert!(!reply.status.is_server_error(), "{told}");
                    for name in &foreign.names {
                        assert!(!said.contains(name), "{name}: {told}");
                    }
                    assert!(!said.contains(&foreign.child.to_string()), "{told}");
                }
            }
        }
    }
    assert!(sent > 600, "{sent} requests");
    for (foreign, before) in others.iter().zip(&before) {
        let after = rows_about(&site, foreign).await;
        for (table, rows) in &after {
            assert_eq!(before.get(table), Some(rows), "{table} was changed");
        }
        assert_eq!(before.len(), after.len(), "something is gone");
    }
    assert!(site.store.verify_audit().await.unwrap().faults.is_empty());
}
