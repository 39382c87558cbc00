//! The last day of a round: moved later, earlier and from a closed round to an open one, what families and staff see of it, and two
//! who move it at once.

use crate::answering::{answer, bytes, submission};
use crate::browser::{Browser, Reply};
use crate::builder::{json, read};
use crate::contents::contents;
use crate::on_both;
use crate::site::Site;
use skolstart_server::demo::Cast;
use skolstart_server::usecase::refresh_tasks::refresh_tasks;
use skolstart_shared::Date;
use skolstart_shared::api::{
    ErrorCode, GetGroup, GetHome, GetRounds, GroupPage, HomeOut, PutRoundDay, PutSubmission, RoundDayIn,
    RoundDone, RoundLine,
};
use skolstart_shared::id::{GroupId, PersonId, RoundId};
use skolstart_shared::round::{MyPart, TaskStatus};

on_both! {
    the_last_day_is_moved_and_families_see_it
    a_round_that_has_closed_is_opened_again
    a_day_that_cannot_be_the_last_is_refused
    whoever_is_second_is_told_what_the_first_did
    a_class_page_follows_the_last_day
}

const DAY: i64 = 24 * 60;
/// The school start has closed.
const CLOSED: i64 = 30 * DAY;

fn ella() -> PersonId {
    PersonId(Cast::EllaLindqvist.id())
}

/// The round that everybody meets.
async fn school_start(browser: &mut Browser) -> RoundLine {
    browser.get::<GetRounds>(&()).await.rounds.into_iter().next().unwrap()
}

async fn put(browser: &mut Browser, round: RoundId, base: u32, closes: Date) -> Reply {
    browser.put::<PutRoundDay>(&round, json(&RoundDayIn { base, closes })).await
}

/// Moves the last day of the school start as it stands.
async fn moved(site: &Site, closes: Date) {
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let line = school_start(&mut mats).await;
    read::<RoundDone>(&put(&mut mats, line.id, line.version, closes).await);
}

async fn send(browser: &mut Browser, number: u128, home: &HomeOut) -> Reply {
    let body = bytes(answer(home, Some(ella()), true));
    browser.put::<PutSubmission>(&submission(number), body).await
}

async fn the_last_day_is_moved_and_families_see_it(site: Site) {
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let before = school_start(&mut mats).await;
    assert_eq!((before.version, &before.moved), (0, &None));
    let later = before.closes.add_days(9);
    let done: RoundDone = read(&put(&mut mats, before.id, 0, later).await);
    assert!(done.children > 10);
    let stands = contents(&site).await;
    // A lost answer: the same is sent again.
    read::<RoundDone>(&put(&mut mats, before.id, 0, later).await);
    assert_eq!(contents(&site).await, stands);
    let line = school_start(&mut mats).await;
    assert_eq!((line.id, line.closes, line.version), (before.id, later, 1));
    let moved = line.moved.unwrap();
    let by = moved.by.as_deref();
    assert_eq!((moved.was, moved.at, by), (before.closes, site.clock.now(), Some("Mats Öberg")));

    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let met = sara.get::<GetHome>(&()).await.round.unwrap();
    assert_eq!((met.closes, met.open), (later, true));
    // Brought forward to today: it is open until the day turns.
    let today = site.clock.today();
    read::<RoundDone>(&put(&mut mats, before.id, 1, today).await);
    let home = sara.get::<GetHome>(&()).await;
    let met = home.round.as_ref().unwrap();
    assert_eq!((met.closes, met.open), (today, true));
    site.later(DAY);
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    assert!(!sara.get::<GetHome>(&()).await.round.unwrap().open);
    send(&mut sara, 1, &home).await.refused(410, ErrorCode::Closed);
    let audit = &site.store.verify_audit().await.unwrap();
    assert_eq!(audit.faults, []);
}

async fn a_round_that_has_closed_is_opened_again(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    let round = home.round.as_ref().unwrap().id;
    site.later(CLOSED);
    // While it was closed a family moved away: its tasks follow when the round is open again.
    site.end_school(Cast::WilmaBergstrom).await;
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    send(&mut sara, 1, &home).await.refused(410, ErrorCode::Closed);
    moved(&site, site.clock.today()).await;
    let again = refresh_tasks(&site.store, round).await.unwrap();
    assert_eq!((again.written, again.removed), (0, 0), "opening it has brought tasks in line");
    assert_eq!(send(&mut sara, 2, &home).await.status, 200);
    let ready = sara.get::<GetHome>(&()).await;
    assert!(ready.round.is_some_and(|met| met.id == round && met.open));
    let left = ready.tasks.iter().filter(|task| task.child == Some(ella()) && task.mine == MyPart::ToDo);
    assert_eq!(left.count(), 0);
}

async fn a_day_that_cannot_be_the_last_is_refused(site: Site) {
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let before = school_start(&mut mats).await;
    let today = site.clock.today();
    let stands = contents(&site).await;
    let past = put(&mut mats, before.id, 0, today.add_days(-1)).await;
    past.refused(422, ErrorCode::Invalid);
    let found = &past.error().violations[0];
    assert_eq!(found.path, "closes");
    assert_eq!(found.params, [("earliest".to_owned(), today.to_string())]);
    let nowhere = RoundId(submission(9).0);
    put(&mut mats, nowhere, 0, today).await.refused(404, ErrorCode::NotFound);
    assert_eq!(contents(&site).await, stands);
    // Nobody but who may start rounds.
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    put(&mut lars, before.id, 0, today).await.refused(404, ErrorCode::NotFound);
}

async fn whoever_is_second_is_told_what_the_first_did(site: Site) {
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let mut ingrid = site.sign_in(Cast::IngridDahl).await;
    let seen = school_start(&mut mats).await;
    let (hers, his) = (seen.closes.add_days(7), seen.closes.add_days(3));
    read::<RoundDone>(&put(&mut ingrid, seen.id, seen.version, hers).await);
    put(&mut mats, seen.id, seen.version, his).await.refused(412, ErrorCode::Stale);
    let now = school_start(&mut mats).await;
    assert_eq!((now.closes, now.version), (hers, 1));
    assert_eq!(now.moved.as_ref().and_then(|moved| moved.by.as_deref()), Some("Ingrid Dahl"));
    // He wanted the same: then there is nothing to be told.
    read::<RoundDone>(&put(&mut mats, seen.id, seen.version, hers).await);
    read::<RoundDone>(&put(&mut mats, seen.id, now.version, his).await);
    // A late repetition of what she sent does not take his away.
    put(&mut ingrid, seen.id, seen.version, hers).await.refused(412, ErrorCode::Stale);
    assert_eq!(school_start(&mut mats).await.closes, his);
}

async fn group_2b(mats: &mut Browser) -> GroupId {
    let rounds = mats.get::<GetRounds>(&()).await;
    let unit = rounds.units.iter().find(|unit| unit.name == "Strandskolan").unwrap();
    unit.groups.iter().find(|group| group.name == "2B").unwrap().id
}

fn expired(page: &GroupPage) -> usize {
    let statuses = page.rows.iter().flat_map(|row| &row.statuses);
    statuses.filter(|status| **status == Some(TaskStatus::Expired)).count()
}

async fn a_class_page_follows_the_last_day(site: Site) {
    let group = group_2b(&mut site.sign_in(Cast::MatsOberg).await).await;
    site.later(CLOSED);
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let seen = anna.get::<GetGroup>(&(group, 0)).await;
    assert!(expired(seen.page.as_ref().unwrap()) > 0);
    assert!(anna.get::<GetGroup>(&(group, seen.revision)).await.page.is_none());
    moved(&site, site.clock.today().add_days(5)).await;
    // Her page is told by itself, though no answer has come.
    let page = anna.get::<GetGroup>(&(group, seen.revision)).await.page.unwrap();
    assert_eq!(expired(&page), 0);
}
