//! A place in preschool, from the application to the decision and what it makes known. `other_school.rs` has another school.

use crate::applications::{applied, decide, done, key, known, mine, step_id};
use crate::browser::{Browser, Reply};
use crate::on_both;
use crate::school_files::{units, wishes};
use crate::site::Site;
use skolstart_server::demo::Cast;
use skolstart_shared::access::Function;
use skolstart_shared::api::{
    ApplicationOut, ApplicationStep, ApplicationStepIn, ChildHistory, Endpoint, ErrorCode, GetApplication,
    GetHome, GetOwnApplication, HistoryChange, Letter, OwnStepIn, PutApplicationStep, PutOwnApplicationStep,
};
use skolstart_shared::application::ApplicationState;
use skolstart_shared::fact::Value;
use skolstart_shared::form::DecisionOutcome;
use skolstart_shared::id::{ApplicationId, PersonId, UnitId};

on_both! {
    a_place_in_preschool_is_asked_about_waits_and_is_granted
    a_place_is_refused_with_reasons_and_the_way_to_appeal
}

const PLACE: &str = "preschool-place";

fn nils() -> PersonId {
    PersonId(Cast::NilsLindqvist.id())
}

pub(crate) fn choice(key: &str) -> Value {
    Value::Choice(key.to_owned())
}

pub(crate) async fn page(browser: &mut Browser, child: PersonId, id: ApplicationId) -> ApplicationOut {
    browser.get::<GetApplication>(&(child, id)).await
}

pub(crate) async fn put(
    browser: &mut Browser,
    (child, of): (PersonId, ApplicationId),
    id: u128,
    seen: u32,
    step: ApplicationStep,
) -> Reply {
    let body = serde_json::to_vec(&ApplicationStepIn { seen, step }).unwrap();
    browser.put::<PutApplicationStep>(&(child, of, step_id(id)), body).await
}

pub(crate) async fn letter(browser: &mut Browser, child: PersonId, of: ApplicationId) -> Letter {
    browser.get::<GetOwnApplication>(&(child, of)).await.letter.unwrap()
}

/// What a family says that wants a place in preschool.
fn place(site: &Site, units: &[UnitId]) -> Vec<(&'static str, Value)> {
    vec![
        ("mother-tongue", choice("sv")),
        ("family", choice("two")),
        ("two-homes", choice("both")),
        ("partner", Value::Flag(false)),
        ("ground", choice("work")),
        ("start", Value::Date(site.clock.today().add_days(60))),
        ("kind", choice("preschool")),
        ("wishes", wishes(&units[..1])),
        ("true", Value::Flag(true)),
    ]
}

/// Both of Sara's and Johan's child apply for the same.
pub(crate) async fn both_apply(
    site: &Site,
    number: u128,
    form: &str,
    child: PersonId,
    given: &[(&str, Value)],
) -> ApplicationId {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let mut johan = site.sign_in(Cast::JohanLindqvist).await;
    let id = applied(&mut sara, number, form, child, given).await;
    assert_eq!(applied(&mut johan, number + 1, form, child, given).await, id, "the same application");
    id
}

async fn a_place_in_preschool_is_asked_about_waits_and_is_granted(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let wished = units(&mut sara, PLACE, "FS").await;
    let given = place(&site, &wished);
    let of = (nils(), applied(&mut sara, 1, PLACE, nils(), &given).await);
    let first = page(&mut mats, of.0, of.1).await;
    assert_eq!((first.line.state, first.line.mine), (ApplicationState::WaitingForOther, false));
    let mut johan = site.sign_in(Cast::JohanLindqvist).await;
    applied(&mut johan, 2, PLACE, nils(), &given).await;
    let seen = page(&mut mats, of.0, of.1).await;
    assert_eq!((seen.line.state, seen.line.waits_for), (ApplicationState::Received, Some(Function::Officer)));
    assert_eq!(seen.line.due, Some(site.clock.today().add_days(120)), "four months");
    assert_eq!((seen.applied.len(), seen.differs, seen.seen), (2, false, 2));
    for who in [Cast::FatimaRahimi, Cast::AnnaHolmgren, Cast::LarsNystrom] {
        let mut other = site.sign_in(who).await;
        other.get_path(&GetApplication::path(&of)).await.refused(404, ErrorCode::NotFound);
    }

    // It needs completion: she is asked, and what she answers is the same application.
    let ask = ApplicationStep::Ask([(key("start"), "Kan ni börja en vecka senare?".to_owned())].into());
    done(&put(&mut mats, of, 1, 2, ask).await);
    assert_eq!(mine(&mut sara).await.state, ApplicationState::NeedsCompletion);
    let home = sara.get::<GetHome>(&()).await;
    let asked = home.tasks.iter().filter(|task| task.form.key.as_str() == PLACE);
    assert!(asked.clone().count() == 1 && asked.clone().all(|task| task.returned.is_some()));
    site.later(1);
    let mut later = given.clone();
    later[5] = ("start", Value::Date(site.clock.today().add_days(67)));
    applied(&mut sara, 3, PLACE, nils(), &later).await;
    applied(&mut johan, 4, PLACE, nils(), &later).await;
    let seen = page(&mut mats, of.0, of.1).await;
    assert_eq!((seen.line.state, seen.seen), (ApplicationState::Received, 4));
    assert_eq!(seen.applied[0].answers.get(&key("start")), Some(&later[5].1));

    // There is no room yet: neither yes nor no, and reasons are given.
    let wait = |why: &str| decide(DecisionOutcome::Waiting, why, &[], None);
    assert_eq!(put(&mut mats, of, 2, 4, wait("")).await.error().violations[0].path, "reasons");
    done(&put(&mut mats, of, 2, 4, wait("Det finns ingen plats än.")).await);
    let told = letter(&mut sara, of.0, of.1).await;
    assert_eq!(
        (told.outcome, told.reasons.as_str()),
        (DecisionOutcome::Waiting, "Det finns ingen plats än.")
    );
    assert_eq!(known(&site, nils(), "child.preschool-place").await, None);
    assert_eq!(mine(&mut sara).await.state, ApplicationState::Waiting);

    // Then there is.
    let from = site.clock.today().add_days(67);
    let grant = |unit: &str| {
        let fields = [("unit-given", choice(unit)), ("from-day", Value::Date(from))];
        decide(DecisionOutcome::Granted, "", &fields, Some(2))
    };
    let nowhere = put(&mut mats, of, 3, 4, grant("no such unit")).await;
    assert_eq!(nowhere.error().violations[0].path, "fields.unit-given");
    done(&put(&mut mats, of, 3, 4, grant(&wished[0].to_string())).await);
    assert_eq!(known(&site, nils(), "child.preschool-place").await, Some(choice(&wished[0].to_string())));
    let told = letter(&mut johan, of.0, of.1).await;
    assert_eq!((told.outcome, told.by, told.changed), (DecisionOutcome::Granted, Function::Officer, true));
    assert!(matches!(&told.lines[0].value, Value::Text(name) if !name.is_empty()), "the unit by its name");
    assert_eq!(told.lines[1].value, Value::Date(from));
    assert!(told.law.contains("8 kap. 14"), "{}", told.law);
    assert!(told.sender.contains("Björkviken"), "{}", told.sender);

    // Each is told until she has read it.
    assert!(mine(&mut sara).await.unread && mine(&mut johan).await.unread);
    let read = serde_json::to_vec(&OwnStepIn::Read).unwrap();
    done(&sara.put::<PutOwnApplicationStep>(&(of.0, of.1, step_id(90)), read).await);
    assert!(!mine(&mut sara).await.unread && mine(&mut johan).await.unread);
    let history = sara.get::<ChildHistory>(&nils()).await;
    assert!(history.iter().any(|line| line.change == HistoryChange::Resolved(DecisionOutcome::Granted)));
    assert!(site.store.verify_audit().await.unwrap().faults.is_empty());
}

async fn a_place_is_refused_with_reasons_and_the_way_to_appeal(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let wished = units(&mut sara, PLACE, "FS").await;
    let of = (nils(), both_apply(&site, 1, PLACE, nils(), &place(&site, &wished)).await);
    let no = |why: &str| decide(DecisionOutcome::Refused, why, &[], None);
    put(&mut mats, of, 1, 2, no(" ")).await.refused(422, ErrorCode::Invalid);
    done(&put(&mut mats, of, 1, 2, no("Barnet är inte folkbokfört här.")).await);
    let told = letter(&mut sara, of.0, of.1).await;
    assert_eq!(
        (told.outcome, told.reasons.as_str()),
        (DecisionOutcome::Refused, "Barnet är inte folkbokfört här.")
    );
    assert!(told.appeal.is_some_and(|appeal| appeal.contains("överklagar")));
    assert_eq!(known(&site, nils(), "child.preschool-place").await, None);
    assert_eq!(mine(&mut sara).await.state, ApplicationState::Refused);
    // It is decided: asking and deciding anew without naming the decision come too late.
    let late = ApplicationStep::Ask([(key("start"), "När?".to_owned())].into());
    put(&mut mats, of, 2, 2, late).await.refused(412, ErrorCode::Stale);
    put(&mut mats, of, 3, 2, no("Igen.")).await.refused(409, ErrorCode::AlreadyDecided);
}
