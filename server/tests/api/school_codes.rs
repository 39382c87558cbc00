//! A guardian without an e-identification signs in with a code from school: for one child, for little, and for a short while
//! (`docs/security.md`, codes from school).

use crate::answering::{answer, answer_by, answer_loudly, bytes, submission};
use crate::browser::{Browser, Reply};
use crate::matrix::{ask, objects};
use crate::on_both;
use crate::protection;
use crate::sign_in::number_of;
use crate::site::Site;
use axum::body::Body;
use http::{Request, header};
use sea_orm::{ConnectionTrait, Statement};
use skolstart_server::demo::Cast;
use skolstart_server::http::Peer;
use skolstart_shared::Locale;
use skolstart_shared::access::Action;
use skolstart_shared::api::{
    CodeSheet, Endpoint, ErrorCode, GetHome, GetSchoolCodes, GetSession, GetSubmission, HomeOut,
    PutSchoolCode, PutSubmission, SchoolCodeFor, SchoolCodeOut, SchoolCodeState, SchoolCodeStep,
    SignInWithCode, described,
};
use skolstart_shared::fact::{Provenance, Value};
use skolstart_shared::form::{Act, ActKind, FieldKind};
use skolstart_shared::id::{ChangeId, PersonId};
use skolstart_shared::submission::SubmissionContent;
use std::net::IpAddr;

on_both! {
    she_answers_for_one_child_what_no_more_than_a_letter_is_needed_for
    no_other_door_opens
    what_does_not_work_is_refused_alike
    a_code_is_blocked_when_somebody_guesses
    one_address_does_not_guess_for_long
    staff_make_withdraw_and_cannot_look_again
    what_another_guardian_has_said_is_not_told
    a_protected_family_uses_the_same_door
}

fn person(who: Cast) -> PersonId {
    PersonId(who.id())
}

fn omar() -> PersonId {
    person(Cast::OmarAlMasri)
}

fn code_id(number: u128) -> ChangeId {
    ChangeId(submission(number).0)
}

pub(crate) fn make_for(guardian: PersonId) -> Vec<u8> {
    let whom = SchoolCodeFor { guardian, locale: Locale::Sv };
    serde_json::to_vec(&SchoolCodeStep::Make(whom)).unwrap()
}

async fn step(staff: &mut Browser, child: PersonId, number: u128, body: Vec<u8>) -> Reply {
    staff.put::<PutSchoolCode>(&(child, code_id(number)), body).await
}

async fn made(staff: &mut Browser, child: PersonId, number: u128, guardian: PersonId) -> CodeSheet {
    let reply = step(staff, child, number, make_for(guardian)).await;
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    serde_json::from_slice::<SchoolCodeOut>(&reply.body).unwrap().sheet.unwrap()
}

async fn withdrawn(staff: &mut Browser, child: PersonId, number: u128) -> u16 {
    let body = serde_json::to_vec(&SchoolCodeStep::Withdraw).unwrap();
    step(staff, child, number, body).await.status.as_u16()
}

async fn tried(browser: &mut Browser, code: &str) -> Reply {
    browser.put::<SignInWithCode>(&(), serde_json::to_vec(&serde_json::json!({"code": code})).unwrap()).await
}

async fn with_code(site: &Site, code: &str) -> Browser {
    let mut browser = site.visitor();
    let reply = tried(&mut browser, code).await;
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    browser
}

/// A guardian who has signed in with a code for this child that its principal has given.
pub(crate) async fn letter(site: &Site, child: Cast, guardian: Cast, number: u128) -> Browser {
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let sheet = made(&mut lars, person(child), number, person(guardian)).await;
    with_code(site, &sheet.code).await
}

/// All that can be seen of a refusal, without what is different in every reply.
async fn refusal(site: &Site, code: &str) -> String {
    let mut browser = site.visitor();
    let reply = tried(&mut browser, code).await;
    reply.refused(404, ErrorCode::NotFound);
    assert_eq!(browser.cookie, None);
    String::from_utf8(reply.body.clone()).unwrap().replace(&reply.error().request_id, "")
}

async fn counted(site: &Site, sql: &str, who: PersonId) -> usize {
    let db = site.raw().await;
    let values = if sql.contains("$1") { vec![who.0.into()] } else { Vec::new() };
    let query = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    db.query_all_raw(query).await.unwrap().len()
}

fn acts(home: &HomeOut) -> impl Iterator<Item = &Act> {
    home.tasks.iter().map(|task| {
        let form = home.forms.iter().find(|form| form.reference() == task.form).unwrap();
        form.act(&task.act).unwrap()
    })
}

async fn put(browser: &mut Browser, number: u128, content: SubmissionContent) -> Reply {
    browser.put::<PutSubmission>(&submission(number), bytes(content)).await
}

const HEARD: &str = "kanariefagelkhaled";
const OWN: &str = "kanariefagelhuda";

async fn she_answers_for_one_child_what_no_more_than_a_letter_is_needed_for(site: Site) {
    // The other guardian and she herself have answered everything before, health too, as loudly as can be.
    let mut khaled = site.sign_in(Cast::KhaledAlMasri).await;
    let home = khaled.get::<GetHome>(&()).await;
    assert_eq!(put(&mut khaled, 1, answer_loudly(&home, Some(omar()), HEARD)).await.status, 200);
    let mut huda = site.sign_in(Cast::HudaAlMasri).await;
    let whole = huda.get::<GetHome>(&()).await;
    assert_eq!(put(&mut huda, 2, answer_loudly(&whole, Some(omar()), OWN)).await.status, 200);
    let whole = huda.get::<GetHome>(&()).await;
    assert!(whole.children.len() == 2 && !whole.with_code);

    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    let sheet = made(&mut eva, omar(), 10, person(Cast::HudaAlMasri)).await;
    let text = serde_json::to_string(&sheet).unwrap();
    let number = number_of(&site, Cast::HudaAlMasri);
    assert!(!text.contains(&number) && !text.contains(&number[2..]) && sheet.about[0].contains("Omar"));
    let mut letter = with_code(&site, &sheet.code.to_lowercase().replace('-', " ")).await;
    let session = letter.get::<GetSession>(&()).await;
    assert_eq!((session.person, session.is_guardian), (person(Cast::HudaAlMasri), true));

    let reply = letter.get_path(&GetHome::path(&())).await;
    assert!(!String::from_utf8_lossy(&reply.body).contains(HEARD), "nothing of the other guardian");
    let home: HomeOut = serde_json::from_slice(&reply.body).unwrap();
    assert!(home.with_code && home.children.len() == 1 && home.children[0].person == omar());
    assert_eq!(home.children[0].other_guardians, 0);
    assert!(home.offers.is_empty() && home.begun.is_empty() && home.applications.is_empty());
    assert!(!home.tasks.is_empty());
    let published = site.store.published();
    for act in acts(&home) {
        assert!(matches!(act.kind, ActKind::Confirmation | ActKind::Acknowledgement), "{:?}", act.key);
        for element in act.fields.iter().filter_map(|field| field.element.as_ref()) {
            let element = published.catalogue().get(element).unwrap();
            assert!(element.sensitivity < skolstart_shared::fact::Sensitivity::Health);
        }
    }
    let known = home.tasks.iter().flat_map(|task| task.known.values());
    assert!(known.clone().all(|known| known.from != Provenance::OtherGuardian && known.others.is_empty()));
    assert!(home.tasks.iter().all(|task| task.others_left == 0 && task.purposes.is_empty()));

    // About herself, and what she has sent so is what she can read again.
    assert_eq!(put(&mut letter, 3, answer(&home, None, true)).await.status, 200);
    letter.get::<GetSubmission>(&submission(3)).await;
    letter.get_path(&GetSubmission::path(&submission(2))).await.refused(404, ErrorCode::NotFound);
    // Everything else is not there, one act at a time: consents, health, applications, the other child.
    for (at, task) in whole.tasks.iter().enumerate() {
        let is_open = home
            .tasks
            .iter()
            .any(|open| (&open.form, &open.act, open.child) == (&task.form, &task.act, task.child));
        let mut content = answer(&whole, task.child, true);
        content.acts.retain(|act| act.form == task.form && act.act == task.act);
        let reply = put(&mut letter, 20 + at as u128, content).await;
        if !is_open {
            reply.refused(404, ErrorCode::NotFound);
        }
    }
    assert_eq!(site.store.verify_audit().await.unwrap().faults, []);
}

/// What exists for her; the rest is asked for and is not there.
const OPEN: [&str; 5] = ["GetSession", "EndSession", "GetHome", "PutSubmission", "GetSubmission"];

async fn no_other_door_opens(site: Site) {
    let site = site.without_limits();
    let (ellas, _) = objects(&site).await;
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    let sheet = made(&mut eva, ellas.child, 10, ellas.guardian).await;
    let mut letter = with_code(&site, &sheet.code).await;
    for (number, endpoint) in described().iter().enumerate() {
        let is_open = endpoint.action == Action::Anonymous || OPEN.contains(&endpoint.name);
        if !is_open {
            let reply = ask(&mut letter, endpoint, &ellas, 700 + number as u128).await;
            assert_eq!(reply.status, 404, "{}", endpoint.name);
            reply.refused(404, ErrorCode::NotFound);
        }
    }
    // Who also works at a school is a guardian with a letter, and nothing else.
    assert_eq!(letter.get::<GetSession>(&()).await.staff_at, []);
}

async fn what_does_not_work_is_refused_alike(site: Site) {
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    let huda = person(Cast::HudaAlMasri);
    let never_made = refusal(&site, "BCDF-GHJK-LMNP").await;
    for no_code in ["", "1", "BCDF-GHJK-LMN", &"B".repeat(500)] {
        assert_eq!(refusal(&site, no_code).await, never_made);
    }
    // Used as often as it can be.
    let code = made(&mut eva, omar(), 1, huda).await.code;
    for _ in 0..3 {
        with_code(&site, &code).await.get::<GetHome>(&()).await;
    }
    assert_eq!(refusal(&site, &code).await, never_made);
    // A newer one has taken its place.
    let before = made(&mut eva, omar(), 2, huda).await.code;
    let mut inside = with_code(&site, &before).await;
    inside.get::<GetHome>(&()).await;
    let code = made(&mut eva, omar(), 3, huda).await.code;
    assert_ne!(before, code);
    inside.get_path(&GetSession::path(&())).await.refused(401, ErrorCode::SignedOut);
    assert_eq!(refusal(&site, &before).await, never_made);
    with_code(&site, &code).await;
    // Withdrawn.
    assert_eq!(withdrawn(&mut eva, omar(), 3).await, 200);
    assert_eq!(refusal(&site, &code).await, never_made);
    // Nobody to sign in: the relation has ended.
    let code = made(&mut eva, omar(), 4, person(Cast::KhaledAlMasri)).await.code;
    site.end_relations(Cast::KhaledAlMasri).await;
    assert_eq!(refusal(&site, &code).await, never_made);
    // Too old.
    let code = made(&mut eva, omar(), 5, huda).await.code;
    site.later(14 * 24 * 60);
    assert_eq!(refusal(&site, &code).await, never_made);
    let sql = "SELECT 1 FROM audit WHERE action = 'sign-in' AND outcome = 'refused' AND purpose = 'code' AND actor IS NULL";
    assert_eq!(counted(&site, sql, huda).await, 10, "each is noted, and says nobody's name");
    assert_eq!(site.store.verify_audit().await.unwrap().faults, []);
}

async fn a_code_is_blocked_when_somebody_guesses(site: Site) {
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    let code = made(&mut eva, omar(), 1, person(Cast::HudaAlMasri)).await.code;
    let last = if code.ends_with('B') { "C" } else { "B" };
    let wrong = [&code[..code.len() - 1], last].concat();
    for _ in 0..4 {
        refusal(&site, &wrong).await;
    }
    with_code(&site, &code).await;
    refusal(&site, &wrong).await;
    refusal(&site, &code).await;
    let lines = eva.get::<GetSchoolCodes>(&omar()).await.codes;
    assert_eq!((lines[0].state, lines[0].used), (SchoolCodeState::Blocked, 1));
    // Others' codes have nothing to do with it.
    let code = made(&mut eva, omar(), 2, person(Cast::KhaledAlMasri)).await.code;
    with_code(&site, &code).await;
}

async fn one_address_does_not_guess_for_long(site: Site) {
    let from = async |address: &str| {
        let request = Request::put(SignInWithCode::path(&()))
            .header(header::CONTENT_TYPE, "application/json")
            .header("sec-fetch-site", "same-origin")
            .extension(Peer(address.parse::<IpAddr>().unwrap()))
            .body(Body::from("{\"code\":\"BCDF-GHJK-LMNP\"}"));
        site.visitor().send(request.unwrap()).await
    };
    let mut refused = None;
    for _ in 0..30 {
        let reply = from("198.51.100.7").await;
        if reply.status != 404 {
            refused = Some(reply);
            break;
        }
    }
    let refused = refused.unwrap();
    refused.refused(429, ErrorCode::Busy);
    assert!((1..=20).contains(&refused.header(header::RETRY_AFTER).parse::<u32>().unwrap()));
    from("198.51.100.8").await.refused(404, ErrorCode::NotFound);
}

async fn staff_make_withdraw_and_cannot_look_again(site: Site) {
    let (huda, khaled) = (person(Cast::HudaAlMasri), person(Cast::KhaledAlMasri));
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    // A mentor does not, nor anybody for somebody who does not decide for the child.
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    step(&mut anna, omar(), 1, make_for(huda)).await.refused(404, ErrorCode::NotFound);
    for nobody in [omar(), person(Cast::SaraLindqvist), person(Cast::EvaHedlund)] {
        step(&mut eva, omar(), 1, make_for(nobody)).await.refused(404, ErrorCode::NotFound);
    }
    let child_elsewhere = person(Cast::LinaAlMasri);
    step(&mut eva, child_elsewhere, 1, make_for(huda)).await.refused(404, ErrorCode::NotFound);
    let sheet = made(&mut eva, omar(), 1, huda).await;
    assert_eq!(made(&mut eva, omar(), 1, huda).await, sheet, "an answer that was lost can be had again");
    step(&mut eva, omar(), 1, make_for(khaled)).await.refused(409, ErrorCode::HashMismatch);
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    step(&mut lars, omar(), 1, make_for(huda)).await.refused(409, ErrorCode::HashMismatch);
    let code = sheet.code.replace('-', "");
    let sql = format!("SELECT 1 FROM school_code WHERE name = '{}' AND id IS NOT NULL", &code[..4]);
    assert_eq!(counted(&site, &sql, huda).await, 1, "four letters say which");
    let listed = serde_json::to_string(&eva.get::<GetSchoolCodes>(&omar()).await).unwrap();
    assert!(!listed.contains(&code[4..]) && listed.contains("Huda"));

    let mut letter = with_code(&site, &sheet.code).await;
    letter.get::<GetHome>(&()).await;
    for _ in 0..2 {
        assert_eq!(withdrawn(&mut lars, omar(), 1).await, 200);
    }
    letter.get_path(&GetSession::path(&())).await.refused(401, ErrorCode::SignedOut);
    assert_eq!(withdrawn(&mut eva, omar(), 99).await, 404);
    assert_eq!(withdrawn(&mut eva, person(Cast::ZofiaKowalczyk), 1).await, 404, "another child's");
    let lines = eva.get::<GetSchoolCodes>(&omar()).await.codes;
    assert_eq!((lines.len(), lines[0].state, lines[0].used), (1, SchoolCodeState::Withdrawn, 1));
    made(&mut eva, omar(), 2, huda).await;
    site.later(61);
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    step(&mut eva, omar(), 2, make_for(huda)).await.refused(409, ErrorCode::HashMismatch);
    for (action, times) in [("give-codes", 2), ("withdraw-code", 1)] {
        let sql =
            format!("SELECT 1 FROM audit WHERE action = '{action}' AND object_id = $1 AND outcome = 'done'");
        let lists = if action == "give-codes" { 2 } else { 0 };
        assert_eq!(counted(&site, &sql, omar()).await, times + lists, "{action}");
    }
}

async fn what_another_guardian_has_said_is_not_told(site: Site) {
    let mut khaled = site.sign_in(Cast::KhaledAlMasri).await;
    let home = khaled.get::<GetHome>(&()).await;
    let says = |flag: bool| {
        move |field: &skolstart_shared::form::Field, _: Option<Value>, _: &_| {
            matches!(field.kind, FieldKind::YesNo {}).then_some(Value::Flag(
                flag && field.element.as_ref().is_some_and(|key| key.as_str() == "child.walks-home"),
            ))
        }
    };
    let only = |mut content: SubmissionContent| {
        content.acts.retain(|act| act.act.0 == "collect");
        assert_eq!(content.acts.len(), 1);
        content
    };
    let heard = only(answer_by(&home, Some(omar()), &says(true)));
    assert_eq!(put(&mut khaled, 1, heard).await.status, 200);
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    let code = made(&mut eva, omar(), 1, person(Cast::HudaAlMasri)).await.code;
    let mut letter = with_code(&site, &code).await;
    let home = letter.get::<GetHome>(&()).await;
    assert!(
        home.tasks
            .iter()
            .all(|task| task.known.values().all(|known| known.from != Provenance::OtherGuardian))
    );
    let mut content = only(answer_by(&home, Some(omar()), &says(false)));
    let reply = put(&mut letter, 2, content.clone()).await;
    reply.refused(412, ErrorCode::Stale);
    let conflicts = reply.error().conflicts;
    assert!(!conflicts.is_empty() && conflicts.iter().all(|conflict| conflict.theirs.is_none()));
    // She can still say it: nothing of his is lost, and staff see both.
    for conflict in conflicts {
        let field = conflict.path.rsplit('.').next().unwrap().to_owned();
        content.acts[0].base.insert(skolstart_shared::form::FieldKey(field), conflict.version);
    }
    assert_eq!(put(&mut letter, 3, content).await.status, 200);
}

async fn a_protected_family_uses_the_same_door(site: Site) {
    let (love, karin) = (person(Cast::LoveSandberg), person(Cast::KarinSandberg));
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    step(&mut eva, love, 1, make_for(karin)).await.refused(404, ErrorCode::NotFound);
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    step(&mut lars, love, 1, make_for(karin)).await.refused(403, ErrorCode::Forbidden);
    protection::says_why(&mut lars, 50, love).await;
    let sheet = made(&mut lars, love, 1, karin).await;
    let mut letter = with_code(&site, &sheet.code).await;
    let home = letter.get::<GetHome>(&()).await;
    assert!(home.children[0].protected && !home.tasks.is_empty());
    assert_eq!(put(&mut letter, 2, answer(&home, None, true)).await.status, 200);
}
