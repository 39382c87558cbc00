//! Erasure through twelve years of a clock that a test sets: what is over goes on its day and not before, the rest stays.

use crate::answering::{bytes, offered, submission};
use crate::browser::{Browser, Reply};
use crate::contents::contents;
use crate::matrix::{Object, objects};
use crate::on_both;
use crate::site::Site;
use sea_orm::{ConnectionTrait, Statement};
use skolstart_server::demo::Cast;
use skolstart_server::store::classes::Rules;
use skolstart_server::store::{Counts, RunRecord};
use skolstart_server::usecase::consents;
use skolstart_server::usecase::retention::{Erasing, erase_today, without_rule};
use skolstart_shared::api::Endpoint;
use skolstart_shared::api::{
    ErrorCode, GetConsentReceipt, GetHome, GetRetention, GetSubmission, HoldOn, HoldStep, HomeOut,
    PutRetentionHold, PutSubmission, PutTaskChange, RetentionOut, TaskChange, TaskChangeIn,
};
use skolstart_shared::id::{ChangeId, PersonId};
use skolstart_shared::{Date, Locale};
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

on_both! {
    in_twelve_years_everything_goes_on_its_day_and_nothing_before
    a_run_that_was_stopped_anywhere_goes_on
    what_is_held_is_never_erased
    the_administrator_sees_classes_and_no_child
    once_a_day_where_the_settings_say_so
}

fn day(text: &str) -> Date {
    Date::parse_iso(text).unwrap()
}

fn rules() -> Arc<Rules> {
    Arc::new(Rules::shipped().unwrap())
}

/// The last day of every child.
const LEFT: &str = "2027-06-11";

async fn change(site: &Site, sql: &str) {
    site.raw().await.execute_unprepared(sql).await.unwrap();
}

/// How many rows there are, of the one whom the question is about.
async fn count(site: &Site, sql: &str, about: Uuid) -> i64 {
    let db = site.raw().await;
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [about.into()]);
    let row = db.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

fn noon(site: &Site, day: Date) {
    site.clock.set(site.clock.start_of(day).plus_millis(12 * 3_600_000));
}

/// A municipality in which Ella's family has answered much, Love's some, and all children leave on one day.
async fn lived(site: &Site) -> Object {
    let (ellas, _) = objects(site).await;
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    offered(&mut sara, 200, "income", None, &[]).await;
    offered(&mut sara, 201, "vaccination", Some(ellas.child), &[]).await;
    let round = ellas.home.round.as_ref().unwrap().id;
    let exempt = TaskChangeIn { round, act: None, change: TaskChange::Exempt("Prov".to_owned()) };
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let path = (ellas.child, ChangeId(submission(202).0));
    let reply = anna.put::<PutTaskChange>(&path, serde_json::to_vec(&exempt).unwrap()).await;
    assert_eq!(reply.status, 200);
    change(site, &format!("UPDATE enrolment SET to_day = '{LEFT}'")).await;
    ellas
}

/// Erases what is over today: as much as was foretold, and a second run finds nothing and changes nothing.
async fn run(site: &Site) -> Counts {
    let today = site.clock.today();
    let foretold = site.store.expect_erasure(&rules(), today).await.unwrap();
    let done = site.store.erase_over(&rules(), |_| true).await.unwrap();
    assert_eq!((done.day, done.finished.is_some()), (today, true));
    assert_eq!(done.counts, foretold.due, "{today}");
    let after = stable(site).await;
    let again = site.store.erase_over(&rules(), |_| true).await.unwrap();
    assert_eq!(again.counts, Counts::default(), "{today}");
    assert_eq!(stable(site).await, after, "{today}");
    assert_eq!(site.store.verify_audit().await.unwrap().faults, [], "{today}");
    done.counts
}

/// Everything but that a run was made and when it looks again.
async fn stable(site: &Site) -> BTreeMap<String, Vec<String>> {
    let mut all = contents(site).await;
    all.retain(|table, _| !table.starts_with("retention_"));
    all
}

/// What goes, of whom, and its day.
const PROBES: [(&str, &str, &str); 16] = [
    ("2027-09-12", "ella", "SELECT COUNT(*) FROM fact WHERE subject_id = $1 AND element LIKE 'child.diet%'"),
    (
        "2027-09-12",
        "ella",
        "SELECT COUNT(*) FROM fact WHERE subject_id = $1 AND element = 'child.has-collectors'",
    ),
    ("2027-09-12", "sara", "SELECT COUNT(*) FROM fact WHERE subject_id = $1 AND element = 'guardian.phone'"),
    ("2027-09-12", "ella", "SELECT COUNT(*) FROM act_answer WHERE subject_id = $1 AND act_key = 'diet'"),
    ("2028-06-12", "ella", "SELECT COUNT(*) FROM todo WHERE child_id = $1"),
    ("2028-07-01", "ella", "SELECT COUNT(*) FROM application WHERE child_id = $1 AND form_key = 'leave'"),
    // What paper replaced on the same day, and then the rest with the evidence.
    (
        "2028-09-08",
        "sara",
        "SELECT COUNT(*) / 5 FROM consent_decision WHERE by_id = $1 AND form_key = 'pictures'",
    ),
    ("2028-09-29", "ella", "SELECT COUNT(*) FROM task WHERE child_id = $1"),
    (
        "2029-06-12",
        "ella",
        "SELECT COUNT(*) FROM consent_decision WHERE child_id = $1 AND form_key = 'pictures'",
    ),
    ("2029-06-12", "ella", "SELECT COUNT(*) FROM consent_evidence WHERE child_id = $1"),
    ("2029-06-12", "ella", "SELECT COUNT(*) FROM task_change WHERE child_id = $1"),
    ("2029-06-12", "ella", "SELECT COUNT(*) FROM file WHERE child_id = $1"),
    ("2029-06-12", "johan", "SELECT COUNT(*) FROM person WHERE id = $1"),
    ("2034-01-01", "sara", "SELECT COUNT(*) FROM act_answer WHERE subject_id = $1 AND form_key = 'income'"),
    (
        "2036-09-08",
        "ella",
        "SELECT COUNT(*) FROM consent_decision WHERE child_id = $1 AND form_key = 'vaccination'",
    ),
    ("2036-09-08", "ella", "SELECT COUNT(*) FROM person WHERE id = $1"),
];

async fn in_twelve_years_everything_goes_on_its_day_and_nothing_before(site: Site) {
    let ellas = lived(&site).await;
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let receipt = sara.get_path(&GetConsentReceipt::path(&(ellas.child, ellas.record))).await;
    let sent: HomeOut = ellas.home.clone();
    let again = || bytes(crate::answering::answer(&sent, Some(ellas.child), true));
    let first = sara.put::<PutSubmission>(&submission(2), again()).await;
    let acts = sara.get::<GetSubmission>(&submission(2)).await.content.acts.len();
    run(&site).await;

    let who = |name: &str| match name {
        "ella" => ellas.child.0,
        "sara" => Cast::SaraLindqvist.id(),
        _ => Cast::JohanLindqvist.id(),
    };
    let mut days: Vec<&str> = PROBES.iter().map(|(day, ..)| *day).collect();
    days.dedup();
    for due in days {
        noon(&site, day(due).add_days(-1));
        run(&site).await;
        for (on, name, sql) in PROBES.iter().filter(|(on, ..)| *on >= due) {
            assert!(
                count(&site, sql, who(name)).await > 0,
                "gone before {on}, on the day before {due}: {sql}"
            );
        }
        noon(&site, day(due));
        assert!(run(&site).await.sum() > 0);
        for (on, name, sql) in PROBES.iter().filter(|(on, ..)| *on <= due) {
            assert_eq!(count(&site, sql, who(name)).await, 0, "still there after {on}, on {due}: {sql}");
        }
        if due == "2027-09-12" {
            // Some of what was sent in one go is gone. The receipt is what it was, also for a device that sends it again.
            let mut sara = site.sign_in(Cast::SaraLindqvist).await;
            let left = sara.get::<GetSubmission>(&submission(2)).await.content.acts.len();
            assert!(left < acts && left > 0, "{left} of {acts}");
            let second = sara.put::<PutSubmission>(&submission(2), again()).await;
            assert_eq!((second.status, second.body), (first.status, first.body.clone()));
            sara.get::<GetHome>(&()).await;
        }
    }
    // The family's own receipt says the same as ever, without the rows that it was made from.
    assert!(consents::verify(&site.store.receipt_key(), &receipt.body).is_ok());
    nothing_is_left(&site).await;
    noon(&site, day("2038-09-07"));
    assert_eq!(run(&site).await, Counts::default());
}

async fn nothing_is_left(site: &Site) {
    let all = contents(site).await;
    for table in [
        "fact",
        "submission",
        "consent_decision",
        "consent_evidence",
        "act_answer",
        "application",
        "application_event",
        "file",
        "file_part",
        "todo",
        "todo_mark",
        "task",
        "task_change",
        "enrolment",
        "guardian_relation",
        "register_history",
    ] {
        assert_eq!(all[table], Vec::<String>::new(), "{table}");
    }
    let workers =
        count(site, "SELECT COUNT(DISTINCT person_id) FROM duty WHERE person_id <> $1", Uuid::nil()).await;
    assert_eq!(all["person"].len() as i64, workers, "those who work here");
    assert_eq!(all["person_identifier"].len() as i64, workers, "no number can be looked for");
    assert!(!all["form_version"].is_empty() && !all["progress_child"].is_empty());
}

async fn a_run_that_was_stopped_anywhere_goes_on(site: Site) {
    lived(&site).await;
    noon(&site, day("2030-01-01"));
    let foretold = site.store.expect_erasure(&rules(), site.clock.today()).await.unwrap().due;
    let mut stops = 0;
    let done: RunRecord = loop {
        let run = site.store.erase_over(&rules(), |_| false).await.unwrap();
        if run.finished.is_some() {
            break run;
        }
        stops += 1;
        assert!(stops < 50, "each call gets further");
        assert_eq!(site.store.verify_audit().await.unwrap().faults, []);
    };
    assert!(stops > 3, "{stops}");
    assert_eq!(done.counts, foretold, "one run, in the end");
    assert_eq!(site.store.erasures(5).await.unwrap().len(), 1);
    assert_eq!(run(&site).await, Counts::default());
}

async fn hold(mats: &mut Browser, number: u128, step: HoldStep) -> Reply {
    mats.put::<PutRetentionHold>(&ChangeId(submission(number).0), serde_json::to_vec(&step).unwrap()).await
}

fn lift(reason: &str) -> HoldStep {
    HoldStep::Lift { reason: reason.to_owned() }
}

fn hold_on(on: HoldOn, reason: &str) -> HoldStep {
    HoldStep::Set { on, reason: reason.to_owned() }
}

/// Ella's number, as an extract gives it.
async fn number(site: &Site) -> String {
    let extract =
        site.store.extract(PersonId(Cast::EllaLindqvist.id()), None, Locale::Sv).await.unwrap().unwrap();
    let section = extract.sections.iter().find(|section| section.table == "person_identifier").unwrap();
    let (_, number) = section.rows[0].iter().find(|(name, _)| name == "sealed").unwrap();
    number.as_str().unwrap().to_owned()
}

async fn what_is_held_is_never_erased(site: Site) {
    let ellas = lived(&site).await;
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let number = number(&site).await;
    let ella = || hold_on(HoldOn::Child(number.clone()), "Dnr 2027-114");
    for _ in 0..2 {
        assert_eq!(hold(&mut mats, 300, ella()).await.status, 200, "twice is once");
    }
    hold(&mut mats, 300, lift("")).await.refused(422, ErrorCode::Invalid);
    hold(&mut mats, 300, hold_on(HoldOn::Child(number.clone()), "Annat"))
        .await
        .refused(409, ErrorCode::HashMismatch);
    hold(&mut mats, 301, hold_on(HoldOn::Child("202412312387".to_owned()), "x"))
        .await
        .refused(404, ErrorCode::NotFound);
    hold(&mut mats, 301, hold_on(HoldOn::Child("nobody".to_owned()), "x"))
        .await
        .refused(422, ErrorCode::Invalid);
    hold(&mut mats, 302, lift("x")).await.refused(404, ErrorCode::NotFound);
    assert!(contents(&site).await["retention_hold"].iter().all(|row| !row.contains("2027-114")), "sealed");

    let of_ella = "SELECT COUNT(*) FROM fact WHERE subject_id = $1";
    let of_child = "SELECT (SELECT COUNT(*) FROM consent_decision WHERE child_id = $1) + \
                    (SELECT COUNT(*) FROM act_answer WHERE subject_id = $1) + (SELECT COUNT(*) FROM task WHERE child_id = $1)";
    let before = (
        count(&site, of_ella, ellas.child.0).await,
        count(&site, of_ella, Cast::SaraLindqvist.id()).await,
        count(&site, of_child, ellas.child.0).await,
    );
    noon(&site, day("2037-01-01"));
    assert!(run(&site).await.sum() > 0, "others go");
    let after = (
        count(&site, of_ella, ellas.child.0).await,
        count(&site, of_ella, Cast::SaraLindqvist.id()).await,
        count(&site, of_child, ellas.child.0).await,
    );
    assert_eq!(after, before);
    let everybody =
        "SELECT COUNT(*) FROM person p JOIN guardian_relation g ON g.child_id = p.id WHERE p.id <> $1";
    assert_eq!(count(&site, everybody, ellas.child.0).await, 0, "no other child is left");
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let seen = mats.get::<GetRetention>(&()).await;
    assert!(seen.classes.iter().map(|class| class.held).sum::<u64>() > 10);
    assert_eq!(hold(&mut mats, 300, lift("Målet är avgjort")).await.status, 200);
    assert_eq!(hold(&mut mats, 300, lift("Målet är avgjort")).await.status, 200);
    hold(&mut mats, 300, lift("Annat")).await.refused(409, ErrorCode::HashMismatch);
    run(&site).await;
    nothing_is_left(&site).await;
    assert_eq!(contents(&site).await["retention_hold"], Vec::<String>::new(), "the hold goes with the child");
}

async fn the_administrator_sees_classes_and_no_child(site: Site) {
    let ellas = lived(&site).await;
    let round = ellas.home.round.as_ref().unwrap();
    noon(&site, day("2028-09-29"));
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let of = |seen: &RetentionOut, class: &str| {
        seen.classes.iter().find(|one| one.class == class).unwrap().clone()
    };
    let seen = mats.get::<GetRetention>(&()).await;
    assert!(of(&seen, "special-diet").due > 0 && of(&seen, "round").due > 0);
    assert_eq!((of(&seen, "picture-consent").months, of(&seen, "audit").due), (24, 0));
    assert!(seen.classes.iter().all(|class| !class.title.is_empty() && class.basis.len() > 10));
    assert_eq!((seen.without_rule.as_slice(), seen.daily), (&[] as &[String], false));
    assert!(seen.rounds.iter().any(|one| one.round == round.id));

    assert_eq!(hold(&mut mats, 310, hold_on(HoldOn::Round(round.id), "Dnr 2028-7")).await.status, 200);
    let held = mats.get::<GetRetention>(&()).await;
    assert_eq!((of(&held, "round").due, of(&held, "round").held > 0), (0, true));
    assert_eq!((held.holds.len(), held.holds[0].reason.as_str()), (1, "Dnr 2028-7"));
    assert_eq!(held.holds[0].by, "Mats Öberg");
    site.store.erase_over(&rules(), |_| true).await.unwrap();
    let after = mats.get::<GetRetention>(&()).await;
    assert_eq!(after.runs.len(), 1);
    assert!(after.classes.iter().all(|class| class.due == 0));
    let raw = mats.get_path(&GetRetention::path(&())).await;
    let text = String::from_utf8(raw.body).unwrap();
    assert!(!text.contains("Lindqvist") && !text.contains(&ellas.child.to_string()));
    // What a run took stands in the trail too, by class.
    let noted =
        "SELECT COUNT(*) FROM audit WHERE action = 'erase' AND request_id LIKE 'todo %' AND object_id <> $1";
    assert!(count(&site, noted, ellas.child.0).await > 0);
    assert_eq!(without_rule(&site.store, &rules()).unwrap(), Vec::<String>::new());
}

async fn once_a_day_where_the_settings_say_so(site: Site) {
    lived(&site).await;
    noon(&site, day("2030-01-01"));
    let by_hand = Erasing { rules: rules(), daily: false };
    assert_eq!(erase_today(&site.store, &by_hand).await.unwrap(), None);
    let daily = Erasing { daily: true, ..by_hand };
    assert!(erase_today(&site.store, &daily).await.unwrap().unwrap().counts.sum() > 0);
    assert_eq!(erase_today(&site.store, &daily).await.unwrap(), None, "once");
    noon(&site, day("2030-01-02"));
    assert_eq!(erase_today(&site.store, &daily).await.unwrap().unwrap().counts, Counts::default());
}
