//! Acts that staff answer: what is lent is handed out, acknowledged and returned; a school applies for a child.

use crate::answering::submission;
use crate::applications::apply;
use crate::browser::{Browser, Reply};
use crate::on_both;
use crate::site::Site;
use skolstart_server::demo::Cast;
use skolstart_shared::Date;
use skolstart_shared::access::Function;
use skolstart_shared::api::{
    Endpoint, ErrorCode, GetApplications, GetHome, GetOffer, GetStaffActList, GetStaffActs, PutStaffAnswer,
    PutSubmission, StaffActOut, StaffAnswerIn, TaskOut,
};
use skolstart_shared::fact::{Provenance, Value};
use skolstart_shared::form::{ActKey, Answers, FieldKey, FormKey, FormRef};
use skolstart_shared::id::{PersonId, RoundId};
use skolstart_shared::round::{MyPart, TaskStatus};
use skolstart_shared::submission::{ActAnswer, SubmissionContent};

on_both! {
    a_device_is_handed_out_acknowledged_and_returned
    a_principal_applies_for_a_child
    nobody_answers_for_the_school_without_the_task
}

fn ella() -> PersonId {
    PersonId(Cast::EllaLindqvist.id())
}

fn done(reply: &Reply) {
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
}

fn text(words: &str) -> Value {
    Value::Text(words.to_owned())
}

fn answers(given: &[(&str, Value)]) -> Answers {
    given.iter().map(|(field, value)| (FieldKey((*field).to_owned()), value.clone())).collect()
}

/// An application for extra funding, without its costs written out.
pub(crate) fn funding(round: RoundId, today: Date) -> StaffAnswerIn {
    let cost = [("what".to_owned(), text("Resurs")), ("amount".to_owned(), Value::Number(1_000_000))].into();
    StaffAnswerIn {
        form: FormRef { key: FormKey("extra-funding".to_owned()), version: 2 },
        act: ActKey("apply".to_owned()),
        round,
        answers: answers(&[
            ("from", Value::Date(today)),
            ("kind", Value::Choice("new".to_owned())),
            ("background", text("Prov")),
            ("findings", text("Prov")),
            ("tried", text("Prov")),
            ("use", text("Prov")),
            ("costs", Value::Rows(vec![cost])),
        ]),
    }
}

fn hand_out(act: &StaffActOut, site: &Site, device: &str) -> StaffAnswerIn {
    StaffAnswerIn {
        form: act.form.clone(),
        act: act.act.key.clone(),
        round: act.round,
        answers: answers(&[
            ("device", text(device)),
            ("serial", text("SN-1")),
            ("day", Value::Date(site.clock.today())),
            ("with", Value::Choices(vec!["charger".to_owned()])),
        ]),
    }
}

async fn put(browser: &mut Browser, id: u128, input: &StaffAnswerIn) -> Reply {
    browser.put::<PutStaffAnswer>(&(ella(), submission(id)), serde_json::to_vec(input).unwrap()).await
}

async fn turn(browser: &mut Browser, act: &str) -> Option<StaffActOut> {
    let acts = browser.get::<GetStaffActs>(&ella()).await.acts;
    acts.into_iter().find(|turn| turn.form.key.as_str() == "device-loan" && turn.act.key.as_str() == act)
}

/// What waits for the school, as the list says it.
async fn waiting(browser: &mut Browser) -> Vec<(PersonId, String)> {
    let lines = browser.get::<GetStaffActList>(&()).await;
    lines.into_iter().map(|line| (line.child, line.act)).collect()
}

async fn task(browser: &mut Browser, act: &str) -> TaskOut {
    let opened = browser.get::<GetOffer>(&FormKey("device-loan".to_owned())).await;
    opened.tasks.into_iter().find(|task| task.act.as_str() == act && task.child == Some(ella())).unwrap()
}

async fn acknowledge(site: &Site, who: Cast, id: u128) {
    let mut browser = site.sign_in(who).await;
    let receipt = task(&mut browser, "receipt").await;
    assert_eq!(receipt.mine, MyPart::ToDo);
    let act = ActAnswer {
        form: receipt.form.clone(),
        act: receipt.act.clone(),
        child: Some(ella()),
        answers: answers(&[("got", Value::Flag(true))]),
        base: Default::default(),
    };
    let round = browser.get::<GetHome>(&()).await.round.unwrap().id;
    let content =
        SubmissionContent { round, locale: skolstart_shared::Locale::Sv, acts: vec![act], supersedes: None };
    done(&browser.put::<PutSubmission>(&submission(id), crate::answering::bytes(content)).await);
}

async fn a_device_is_handed_out_acknowledged_and_returned(site: Site) {
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    assert!(turn(&mut eva, "hand-out").await.is_none(), "nobody has asked for a device");
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    done(
        &apply(
            &mut sara,
            1,
            "device-loan",
            ella(),
            &[("home", Value::Flag(true)), ("internet", Value::Flag(true))],
        )
        .await,
    );
    let out = turn(&mut eva, "hand-out").await.unwrap();
    assert_eq!(
        (out.function, out.status, out.may_begin),
        (Function::Devices, TaskStatus::WaitingForStaff, false)
    );
    assert_eq!((out.said.len(), out.said[0].by.as_str(), out.said[0].lines.len()), (1, "Sara Lindqvist", 2));
    assert!(turn(&mut eva, "return").await.is_none(), "it has not been handed out");
    assert_eq!(waiting(&mut eva).await, [(ella(), "Utlämning, fylls i av skolan".to_owned())]);
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    assert_eq!(waiting(&mut anna).await, [], "it is not a mentor's task");

    let mut empty = hand_out(&out, &site, "Platta 7");
    empty.answers.0.remove(&FieldKey("serial".to_owned()));
    put(&mut eva, 10, &empty).await.refused(422, ErrorCode::Invalid);
    done(&put(&mut eva, 10, &hand_out(&out, &site, "Platta 7")).await);
    done(&put(&mut eva, 10, &hand_out(&out, &site, "Platta 7")).await);
    put(&mut eva, 10, &hand_out(&out, &site, "Platta 8")).await.refused(409, ErrorCode::HashMismatch);
    assert_eq!(turn(&mut eva, "hand-out").await.unwrap().status, TaskStatus::Complete);

    let shown = task(&mut sara, "hand-out").await;
    let device = &shown.known[&FieldKey("device".to_owned())];
    assert_eq!(
        (device.value.clone(), device.from, shown.mine),
        (text("Platta 7"), Provenance::Staff, MyPart::Waits)
    );
    acknowledge(&site, Cast::SaraLindqvist, 20).await;
    acknowledge(&site, Cast::JohanLindqvist, 21).await;
    // Another device instead: what they have signed was for the first one.
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let seen = turn(&mut lars, "hand-out").await.unwrap();
    assert!(!seen.is_mine);
    assert_eq!(seen.start.get(&FieldKey("device".to_owned())), Some(&text("Platta 7")));
    assert!(turn(&mut lars, "return").await.is_some());
    site.later(1);
    done(&put(&mut lars, 11, &hand_out(&seen, &site, "Platta 9")).await);
    assert!(turn(&mut lars, "return").await.is_none());
    acknowledge(&site, Cast::SaraLindqvist, 22).await;
    acknowledge(&site, Cast::JohanLindqvist, 23).await;
    let back = turn(&mut eva, "return").await.unwrap();
    assert_eq!(back.status, TaskStatus::WaitingForStaff);
    let returned = StaffAnswerIn {
        form: back.form.clone(),
        act: back.act.key.clone(),
        round: back.round,
        answers: answers(&[
            ("day", Value::Date(site.clock.today())),
            ("state", Value::Choice("good".to_owned())),
        ]),
    };
    done(&put(&mut eva, 30, &returned).await);
    assert!(task(&mut sara, "return").await.known.is_empty(), "the return is the school's own note");
    assert!(site.store.verify_audit().await.unwrap().faults.is_empty());
}

async fn a_principal_applies_for_a_child(site: Site) {
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let acts = lars.get::<GetStaffActs>(&ella()).await.acts;
    let act = acts.iter().find(|act| act.form.key.as_str() == "extra-funding").unwrap();
    assert!(act.may_begin);
    done(&put(&mut lars, 1, &funding(act.round, site.clock.today())).await);
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let lines = mats.get::<GetApplications>(&()).await;
    assert_eq!(lines.iter().map(|line| (line.child, line.mine)).collect::<Vec<_>>(), [(ella(), true)]);
}

async fn nobody_answers_for_the_school_without_the_task(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    done(&apply(&mut sara, 1, "device-loan", ella(), &[("home", Value::Flag(false))]).await);
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    let out = turn(&mut eva, "hand-out").await.unwrap();
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    assert!(turn(&mut anna, "hand-out").await.is_none(), "a mentor hands nothing out");
    put(&mut anna, 10, &hand_out(&out, &site, "Platta 7")).await.refused(404, ErrorCode::NotFound);
    let love = PersonId(Cast::LoveSandberg.id());
    eva.get_path(&GetStaffActs::path(&love)).await.refused(404, ErrorCode::NotFound);
}
