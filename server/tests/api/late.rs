//! After the last day: what is not taken any more, and a family that is let in until a day of its own.

use crate::answering::{answer, bytes, submission};
use crate::browser::{Browser, Reply};
use crate::contents::contents;
use crate::on_both;
use crate::site::Site;
use sea_orm::{ConnectionTrait, Statement};
use skolstart_server::demo::Cast;
use skolstart_server::usecase::refresh_tasks::refresh_tasks;
use skolstart_shared::Date;
use skolstart_shared::access::Role;
use skolstart_shared::api::{
    ActName, ChildHistory, ErrorCode, GetChildPage, GetGroup, GetHome, HistoryChange, HomeOut, LateRound,
    PutSubmission, PutTaskChange, StaffChildHistory, TaskChange, TaskChangeIn,
};
use skolstart_shared::id::{ChangeId, GroupId, PersonId, RoundId};
use skolstart_shared::round::{MyPart, TaskStatus};

on_both! {
    after_the_last_day_nothing_is_asked_and_nothing_taken
    a_family_that_is_let_in_sees_its_day_and_can_answer
    being_let_in_ends_on_its_day_and_when_staff_say_so
    one_child_of_two_is_let_in
    a_pupil_who_came_after_the_last_day_is_let_in_like_others
    a_day_that_cannot_be_is_refused
    staff_see_who_let_in_whom
}

const DAY: i64 = 24 * 60;
/// The school start has closed.
const CLOSED: i64 = 30 * DAY;

fn ella() -> PersonId {
    PersonId(Cast::EllaLindqvist.id())
}

fn nils() -> PersonId {
    PersonId(Cast::NilsLindqvist.id())
}

/// The home as it was while the round was open: what an old program still shows.
async fn closed(site: &Site, who: Cast) -> HomeOut {
    let home = site.sign_in(who).await.get::<GetHome>(&()).await;
    site.later(CLOSED);
    home
}

fn round_of(home: &HomeOut) -> RoundId {
    home.round.as_ref().unwrap().id
}

async fn change(browser: &mut Browser, number: u128, round: RoundId, done: TaskChange) -> Reply {
    let body = serde_json::to_vec(&TaskChangeIn { round, act: None, change: done }).unwrap();
    browser.put::<PutTaskChange>(&(ella(), ChangeId(submission(900 + number).0)), body).await
}

async fn let_in(browser: &mut Browser, number: u128, round: RoundId, until: Date) {
    let reply = change(browser, number, round, TaskChange::LetInLate { until }).await;
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
}

async fn send(browser: &mut Browser, number: u128, home: &HomeOut, child: Option<PersonId>) -> Reply {
    browser.put::<PutSubmission>(&submission(number), bytes(answer(home, child, true))).await
}

/// What is left for her about somebody.
fn left(home: &HomeOut, child: Option<PersonId>) -> usize {
    home.tasks.iter().filter(|task| task.child == child && task.mine == MyPart::ToDo).count()
}

/// What the last day has passed for, about somebody.
fn over(home: &HomeOut, child: Option<PersonId>) -> usize {
    let is_over = |status, mine| status == TaskStatus::Expired && mine == MyPart::Waits;
    home.tasks.iter().filter(|task| task.child == child && is_over(task.status, task.mine)).count()
}

async fn late(anna: &mut Browser) -> Vec<LateRound> {
    anna.get::<GetChildPage>(&ella()).await.late
}

async fn after_the_last_day_nothing_is_asked_and_nothing_taken(site: Site) {
    let before = closed(&site, Cast::SaraLindqvist).await;
    assert!(left(&before, Some(ella())) > 0);
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    assert!(!home.round.as_ref().unwrap().open);
    for child in [None, Some(ella()), Some(nils())] {
        assert_eq!(left(&home, child), 0, "it would not be taken");
        assert_eq!(over(&home, child), left(&before, child));
    }
    send(&mut sara, 1, &before, Some(ella())).await.refused(410, ErrorCode::Closed);
}

async fn a_family_that_is_let_in_sees_its_day_and_can_answer(site: Site) {
    let before = closed(&site, Cast::SaraLindqvist).await;
    let (round, until) = (round_of(&before), site.clock.today().add_days(3));
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let shown = late(&mut anna).await;
    assert_eq!(shown.iter().map(|line| line.round).collect::<Vec<_>>(), [round]);
    assert!(shown[0].left > 0 && shown[0].let_in.is_none());

    let_in(&mut anna, 1, round, until).await;
    let stands = contents(&site).await;
    assert!(stands["task_change"].iter().all(|row| !row.contains(&until.to_string())), "the day is sealed");
    let_in(&mut anna, 1, round, until).await;
    assert_eq!(contents(&site).await, stands);
    change(&mut anna, 1, round, TaskChange::LetInLate { until: until.add_days(1) })
        .await
        .refused(409, ErrorCode::HashMismatch);
    let told = late(&mut anna).await.remove(0).let_in.unwrap();
    let by = told.by.as_deref();
    assert_eq!((told.until, told.at, by), (until, site.clock.now(), Some("Anna Holmgren")));

    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    let met = home.round.as_ref().unwrap();
    assert_eq!((met.id, met.closes, met.open), (round, until, true));
    assert_eq!(left(&home, Some(ella())), left(&before, Some(ella())));
    assert!(left(&home, None) > 0, "about herself too, as long as a child of hers is let in");
    assert_eq!(send(&mut sara, 2, &home, None).await.status, 200);
    assert_eq!(send(&mut sara, 3, &home, Some(ella())).await.status, 200);
    let home = sara.get::<GetHome>(&()).await;
    assert_eq!((left(&home, Some(ella())), over(&home, Some(ella()))), (0, 0));
    // The other guardian is let in with the child.
    let mut johan = site.sign_in(Cast::JohanLindqvist).await;
    assert!(johan.get::<GetHome>(&()).await.round.unwrap().open);
    let again = refresh_tasks(&site.store, round).await.unwrap();
    assert_eq!((again.written, again.removed), (0, 0), "what is stored is what would be derived");
    assert_eq!(site.store.verify_audit().await.unwrap().faults, []);
}

async fn being_let_in_ends_on_its_day_and_when_staff_say_so(site: Site) {
    let before = closed(&site, Cast::SaraLindqvist).await;
    let (round, today) = (round_of(&before), site.clock.today());
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let_in(&mut anna, 1, round, today).await;
    site.later(DAY);
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    send(&mut sara, 2, &before, Some(ella())).await.refused(410, ErrorCode::Closed);
    assert!(!sara.get::<GetHome>(&()).await.round.unwrap().open);
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    assert_eq!(late(&mut anna).await[0].let_in, None);
    // Once more, to a later day, and taken back before it has come.
    let_in(&mut anna, 2, round, today.add_days(9)).await;
    let_in(&mut anna, 3, round, today.add_days(5)).await;
    assert_eq!(late(&mut anna).await[0].let_in.as_ref().unwrap().until, today.add_days(5));
    assert_eq!(change(&mut anna, 4, round, TaskChange::EndLetInLate).await.status, 200);
    change(&mut anna, 5, round, TaskChange::EndLetInLate).await.refused(412, ErrorCode::Stale);
    send(&mut sara, 3, &before, Some(ella())).await.refused(410, ErrorCode::Closed);
}

async fn one_child_of_two_is_let_in(site: Site) {
    let before = closed(&site, Cast::SaraLindqvist).await;
    let round = round_of(&before);
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let group = group_of(&mut anna).await;
    let seen = anna.get::<GetGroup>(&(group, 0)).await;
    let_in(&mut anna, 1, round, site.clock.today().add_days(3)).await;
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    assert!(left(&home, Some(ella())) > 0);
    assert_eq!((left(&home, Some(nils())), over(&home, Some(nils()))), (0, left(&before, Some(nils()))));
    send(&mut sara, 2, &before, Some(nils())).await.refused(410, ErrorCode::Closed);
    // Nothing of it is taken when a part of it is not.
    let mut both = answer(&home, Some(ella()), true);
    both.acts.extend(answer(&before, Some(nils()), true).acts);
    sara.put::<PutSubmission>(&submission(3), bytes(both)).await.refused(410, ErrorCode::Closed);
    assert_eq!(send(&mut sara, 4, &home, Some(ella())).await.status, 200);
    // The class page is told, and shows the one as asked and the others as late.
    let page = anna.get::<GetGroup>(&(group, seen.revision)).await.page.unwrap();
    let expired = |child: PersonId| {
        let row = page.rows.iter().find(|row| row.child == child).unwrap();
        row.statuses.contains(&Some(TaskStatus::Expired))
    };
    assert!(!expired(ella()));
    assert!(page.rows.iter().any(|row| expired(row.child)));
}

async fn group_of(anna: &mut Browser) -> GroupId {
    anna.get::<GetChildPage>(&ella()).await.group.unwrap()
}

async fn a_pupil_who_came_after_the_last_day_is_let_in_like_others(site: Site) {
    let before = closed(&site, Cast::SaraLindqvist).await;
    let round = round_of(&before);
    // As if she had come now: while the round is closed nobody has given her tasks.
    let db = site.raw().await;
    let sql = "DELETE FROM task WHERE child_id = $1";
    let gone = Statement::from_sql_and_values(db.get_database_backend(), sql, [ella().0.into()]);
    assert!(db.execute_raw(gone).await.unwrap().rows_affected() > 0);
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    assert!(late(&mut anna).await[0].left > 0);
    let_in(&mut anna, 1, round, site.clock.today().add_days(3)).await;
    let again = refresh_tasks(&site.store, round).await.unwrap();
    assert_eq!((again.written, again.removed), (0, 0), "she has her tasks");
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    assert_eq!(send(&mut sara, 2, &home, Some(ella())).await.status, 200);
}

async fn a_day_that_cannot_be_is_refused(site: Site) {
    let home = site.sign_in(Cast::SaraLindqvist).await.get::<GetHome>(&()).await;
    let (round, closes, today) = (round_of(&home), home.round.as_ref().unwrap().closes, site.clock.today());
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let before = contents(&site).await;
    let params = |reply: &Reply| {
        reply.refused(422, ErrorCode::Invalid);
        reply.error().violations.remove(0).params
    };
    // While the round is open its own day is everybody's.
    let reply = change(&mut anna, 1, round, TaskChange::LetInLate { until: closes }).await;
    assert_eq!(params(&reply), [("earliest".to_owned(), closes.add_days(1).to_string())]);
    let reply = change(&mut anna, 2, round, TaskChange::LetInLate { until: today.add_days(93) }).await;
    assert_eq!(params(&reply), [("latest".to_owned(), today.add_days(92).to_string())]);
    change(&mut anna, 3, round, TaskChange::EndLetInLate).await.refused(412, ErrorCode::Stale);
    let one = ActName { form: home.forms[0].key.clone(), act: home.forms[0].acts[0].key.clone() };
    let until = closes.add_days(1);
    let body = TaskChangeIn { round, act: Some(one), change: TaskChange::LetInLate { until } };
    let path = (ella(), ChangeId(submission(904).0));
    let reply = anna.put::<PutTaskChange>(&path, serde_json::to_vec(&body).unwrap()).await;
    reply.refused(422, ErrorCode::Invalid);
    let nowhere = RoundId(submission(9).0);
    change(&mut anna, 5, nowhere, TaskChange::LetInLate { until }).await.refused(404, ErrorCode::NotFound);
    assert_eq!(contents(&site).await, before);
    // Nobody without a task with the child.
    let mut fatima = site.sign_in(Cast::FatimaRahimi).await;
    change(&mut fatima, 6, round, TaskChange::LetInLate { until }).await.refused(404, ErrorCode::NotFound);
}

async fn staff_see_who_let_in_whom(site: Site) {
    let before = closed(&site, Cast::SaraLindqvist).await;
    let (round, until) = (round_of(&before), site.clock.today().add_days(3));
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let_in(&mut lars, 1, round, until).await;
    site.later(1);
    assert_eq!(change(&mut lars, 2, round, TaskChange::EndLetInLate).await.status, 200);
    let lines = lars.get::<StaffChildHistory>(&ella()).await;
    let told: Vec<_> = lines.iter().take(2).map(|line| line.entry.change.clone()).collect();
    assert_eq!(told, [HistoryChange::LetInNoMore, HistoryChange::LetIn(until)]);
    assert!(lines[..2].iter().all(|line| line.role == Some(Role::Principal)));
    assert_eq!(lines[0].name.as_deref(), Some("Lars Nyström"));
    // Guardians, whose programs may be older, are not told of it there.
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let hers = sara.get::<ChildHistory>(&ella()).await;
    let is_about =
        |change: &HistoryChange| matches!(change, HistoryChange::LetIn(_) | HistoryChange::LetInNoMore);
    assert!(hers.iter().all(|entry| !is_about(&entry.change)));
}
