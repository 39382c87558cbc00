//! What happens to an answer after it was given: asked about, exempted, contradicted, asked anew, and a day that passes.

use crate::answering::{bytes, submission};
use crate::browser::{Browser, Reply};
use crate::contents::contents;
use crate::on_both;
use crate::site::Site;
use sea_orm::ConnectionTrait;
use skolstart_server::demo::Cast;
use skolstart_server::usecase::publish;
use skolstart_server::usecase::refresh_tasks::{refresh_tasks, refresh_today};
use skolstart_shared::Locale;
use skolstart_shared::access::Role;
use skolstart_shared::api::{
    ActName, ChildHistory, ErrorCode, GetChildPage, GetHome, GetStaffActs, HistoryChange, HomeOut,
    PutSubmission, PutTaskChange, StaffChildHistory, StaffSection, TaskChange, TaskChangeIn, TaskOut,
};
use skolstart_shared::fact::Value;
use skolstart_shared::form::{ActKey, Answers, FieldKey, FormDefinition, FormKey, Texts};
use skolstart_shared::id::{ChangeId, PersonId, RoundId};
use skolstart_shared::round::{MyPart, Round, TaskStatus};
use skolstart_shared::school::SchoolYear;
use skolstart_shared::submission::{ActAnswer, SubmissionContent};
use uuid::Uuid;

on_both! {
    an_answer_that_is_asked_about_waits_for_a_new_one
    a_question_that_is_no_question_is_refused
    a_child_is_exempted_and_asked_after_all
    different_answers_are_seen_side_by_side_by_staff_alone
    a_change_of_a_named_field_asks_the_other_again
    staff_answer_what_is_theirs_and_guardians_cannot
    a_new_day_moves_what_follows_from_age
}

const ROUND: RoundId = RoundId(Uuid::from_u128(0x77));

fn ella() -> PersonId {
    PersonId(Cast::EllaLindqvist.id())
}

fn key(field: &str) -> FieldKey {
    FieldKey(field.to_owned())
}

fn name(act: &str) -> ActName {
    ActName { form: FormKey("lives".to_owned()), act: ActKey(act.to_owned()) }
}

/// A round with the form of this test, newer than the demo's.
async fn begin(site: &Site) {
    let form: FormDefinition = serde_json::from_str(include_str!("../data/forms/lives.json")).unwrap();
    let form = publish::publish_form(&site.store, &form).await.unwrap();
    let today = site.clock.today();
    let round = Round {
        id: ROUND,
        title: Texts([(Locale::Sv, "Prov".to_owned())].into()),
        school_year: SchoolYear::containing(today),
        opens: today,
        closes: today.add_days(30),
        forms: vec![form],
        school_forms: Vec::new(),
        grades: Vec::new(),
        units: Vec::new(),
        groups: Vec::new(),
    };
    publish::create_round(&site.store, &round).await.unwrap();
}

async fn send(browser: &mut Browser, number: u128, act: &str, answers: &[(&str, Value)]) -> Reply {
    let home = browser.get::<GetHome>(&()).await;
    let task = task(&home, act);
    let act = ActAnswer {
        form: task.form.clone(),
        act: task.act.clone(),
        child: task.child,
        answers: Answers(answers.iter().map(|(field, value)| (key(field), value.clone())).collect()),
        base: task.known.iter().map(|(field, known)| (field.clone(), known.version)).collect(),
    };
    let content = SubmissionContent { round: ROUND, locale: Locale::Sv, acts: vec![act], supersedes: None };
    browser.put::<PutSubmission>(&submission(number), bytes(content)).await
}

async fn taken(browser: &mut Browser, number: u128, act: &str, answers: &[(&str, Value)]) {
    let reply = send(browser, number, act, answers).await;
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
}

fn task<'a>(home: &'a HomeOut, act: &str) -> &'a TaskOut {
    let mine = |task: &&TaskOut| task.child == Some(ella()) && task.act.as_str() == act;
    home.tasks.iter().find(mine).unwrap()
}

async fn change(browser: &mut Browser, id: u128, act: Option<ActName>, change: TaskChange) -> Reply {
    let body = serde_json::to_vec(&TaskChangeIn { round: ROUND, act, change }).unwrap();
    browser.put::<PutTaskChange>(&(ella(), ChangeId(submission(900 + id).0)), body).await
}

async fn section(anna: &mut Browser, act: &str) -> StaffSection {
    let page = anna.get::<GetChildPage>(&ella()).await;
    page.sections.into_iter().find(|section| section.column.act.as_str() == act).unwrap()
}

/// How the school's part stands, when it is her turn.
async fn hand_out(anna: &mut Browser) -> TaskStatus {
    let acts = anna.get::<GetStaffActs>(&ella()).await.acts;
    acts.iter().find(|turn| turn.act.key.as_str() == "hand-out").unwrap().status
}

fn ask(field: &str, question: &str) -> TaskChange {
    TaskChange::Return([(key(field), question.to_owned())].into())
}

/// What is stored is what would be derived from the answers.
async fn nothing_to_derive(site: &Site) {
    let again = refresh_tasks(&site.store, ROUND).await.unwrap();
    assert_eq!((again.written, again.removed), (0, 0));
    assert!(again.children > 0);
}

async fn an_answer_that_is_asked_about_waits_for_a_new_one(site: Site) {
    begin(&site).await;
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let (mut sara, mut johan) =
        (site.sign_in(Cast::SaraLindqvist).await, site.sign_in(Cast::JohanLindqvist).await);
    assert_eq!(section(&mut anna, "hand-out").await.status, TaskStatus::NotYet);
    taken(&mut sara, 1, "home", &[("walks", Value::Flag(true))]).await;
    assert_eq!(section(&mut anna, "hand-out").await.status, TaskStatus::NotYet);
    taken(&mut johan, 2, "home", &[("walks", Value::Flag(true))]).await;
    // What comes after opens in the same transaction.
    assert_eq!(hand_out(&mut anna).await, TaskStatus::WaitingForStaff);

    site.later(1);
    let question = "Även på fredagar?";
    assert_eq!(change(&mut anna, 1, Some(name("home")), ask("walks", question)).await.status, 200);
    let after = contents(&site).await;
    assert!(after["task_change"].iter().all(|row| !row.contains("fredagar")), "a question is sealed");
    assert_eq!(change(&mut anna, 1, Some(name("home")), ask("walks", question)).await.status, 200);
    assert_eq!(contents(&site).await, after);
    change(&mut anna, 1, Some(name("home")), ask("walks", "Annat"))
        .await
        .refused(409, ErrorCode::HashMismatch);

    let seen = section(&mut anna, "home").await;
    assert_eq!(seen.status, TaskStatus::Returned);
    assert_eq!(seen.returned.unwrap().questions[&key("walks")], question);
    assert_eq!(section(&mut anna, "hand-out").await.status, TaskStatus::NotYet);
    nothing_to_derive(&site).await;
    let home = sara.get::<GetHome>(&()).await;
    let asked = task(&home, "home");
    assert_eq!((asked.status, asked.mine), (TaskStatus::Returned, MyPart::ToDo));
    let returned = asked.returned.clone().unwrap();
    assert_eq!((returned.role, &*returned.questions[&key("walks")]), (Role::Staff, question));
    let raw = sara.get_path("/api/guardian/home").await;
    assert!(!String::from_utf8(raw.body).unwrap().contains("Holmgren"));

    site.later(1);
    taken(&mut sara, 3, "home", &[("walks", Value::Flag(true))]).await;
    let home = sara.get::<GetHome>(&()).await;
    assert_eq!((task(&home, "home").mine, &task(&home, "home").returned), (MyPart::Done, &None));
    let seen = section(&mut anna, "home").await;
    assert_eq!((seen.status, seen.returned), (TaskStatus::Complete, None));
    assert_eq!(hand_out(&mut anna).await, TaskStatus::WaitingForStaff);

    // Asked again, and taken back.
    assert_eq!(change(&mut anna, 2, Some(name("home")), ask("walks", "Säkert?")).await.status, 200);
    assert_eq!(change(&mut anna, 3, Some(name("home")), TaskChange::CancelReturn).await.status, 200);
    assert_eq!(section(&mut anna, "home").await.status, TaskStatus::Complete);
    change(&mut anna, 4, Some(name("home")), TaskChange::CancelReturn).await.refused(412, ErrorCode::Stale);
    nothing_to_derive(&site).await;
    told_in_the_history(&mut sara, &mut anna).await;
}

async fn told_in_the_history(sara: &mut Browser, anna: &mut Browser) {
    let hers = sara.get::<ChildHistory>(&ella()).await;
    let asked = |change: &HistoryChange| matches!(change, HistoryChange::Asked(_));
    assert_eq!(hers.iter().filter(|entry| asked(&entry.change)).count(), 2);
    assert!(hers.iter().any(|entry| entry.change == HistoryChange::AskedNoMore));
    let staffs = anna.get::<StaffChildHistory>(&ella()).await;
    let line = staffs.iter().find(|line| asked(&line.entry.change)).unwrap();
    assert_eq!((line.name.as_deref(), line.role), (Some("Anna Holmgren"), Some(Role::Staff)));
    assert!(staffs.iter().any(|line| line.name.as_deref() == Some("Sara Lindqvist")));
    assert!(staffs.windows(2).all(|pair| pair[0].entry.at >= pair[1].entry.at));
}

async fn a_question_that_is_no_question_is_refused(site: Site) {
    begin(&site).await;
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let before = contents(&site).await;
    let home = || Some(name("home"));
    let nobody_has_answered = change(&mut anna, 1, home(), ask("walks", "Varför?")).await;
    nobody_has_answered.refused(412, ErrorCode::Stale);
    for (number, change_to) in [
        (2, ask("walks", "  ")),
        (3, ask("walks", &"x".repeat(501))),
        (4, ask("other", "Varför?")),
        (5, TaskChange::Return(Default::default())),
    ] {
        change(&mut anna, number, home(), change_to).await.refused(422, ErrorCode::Invalid);
    }
    change(&mut anna, 6, None, ask("walks", "Varför?")).await.refused(422, ErrorCode::Invalid);
    // What staff answer is not asked of a guardian, and what does not exist is not there.
    change(&mut anna, 7, Some(name("hand-out")), TaskChange::CancelReturn)
        .await
        .refused(422, ErrorCode::Invalid);
    change(&mut anna, 8, Some(name("none")), TaskChange::EndExempt).await.refused(404, ErrorCode::NotFound);
    change(&mut anna, 9, home(), TaskChange::EndExempt).await.refused(412, ErrorCode::Stale);
    change(&mut anna, 10, home(), TaskChange::Exempt(String::new())).await.refused(422, ErrorCode::Invalid);
    assert_eq!(contents(&site).await, before);
}

async fn a_child_is_exempted_and_asked_after_all(site: Site) {
    begin(&site).await;
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    assert_eq!(task(&home, "wish").mine, MyPart::ToDo);
    let why = "Går på annan skola i höst";
    let exempt = || TaskChange::Exempt(why.to_owned());
    assert_eq!(change(&mut anna, 1, Some(name("wish")), exempt()).await.status, 200);
    let seen = section(&mut anna, "wish").await;
    assert_eq!(seen.status, TaskStatus::Exempt);
    let told = seen.exempt.unwrap();
    assert_eq!((told.by.as_deref(), &*told.reason), (Some("Anna Holmgren"), why));
    let home = sara.get::<GetHome>(&()).await;
    assert_eq!((task(&home, "wish").status, task(&home, "wish").mine), (TaskStatus::Exempt, MyPart::MayDo));
    assert_eq!(task(&home, "home").mine, MyPart::ToDo);
    let hers = sara.get::<ChildHistory>(&ella()).await;
    assert!(
        hers.iter().any(|entry| entry.change == HistoryChange::Exempted(None)),
        "the reason is for staff"
    );
    nothing_to_derive(&site).await;

    assert_eq!(change(&mut anna, 2, Some(name("wish")), TaskChange::EndExempt).await.status, 200);
    assert_eq!(section(&mut anna, "wish").await.status, TaskStatus::NotStarted);
    assert_eq!(change(&mut anna, 3, None, exempt()).await.status, 200);
    let page = anna.get::<GetChildPage>(&ella()).await;
    assert!(page.exempt.is_some());
    assert!(page.sections.iter().all(|section| section.status == TaskStatus::Exempt));
    // Who answers all the same is heard.
    taken(&mut sara, 1, "wish", &[("days", Value::Number(2))]).await;
    assert_eq!(section(&mut anna, "wish").await.status, TaskStatus::WaitingForOther);
    nothing_to_derive(&site).await;
    assert_eq!(change(&mut anna, 4, None, TaskChange::EndExempt).await.status, 200);
    assert_eq!(section(&mut anna, "home").await.status, TaskStatus::NotStarted);
    nothing_to_derive(&site).await;
}

async fn different_answers_are_seen_side_by_side_by_staff_alone(site: Site) {
    begin(&site).await;
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let (mut sara, mut johan) =
        (site.sign_in(Cast::SaraLindqvist).await, site.sign_in(Cast::JohanLindqvist).await);
    let why = ("why", Value::Text("Mormor fyller år".to_owned()));
    taken(&mut sara, 1, "wish", &[("days", Value::Number(2)), why.clone()]).await;
    taken(&mut johan, 2, "wish", &[("days", Value::Number(3)), why.clone()]).await;
    let seen = section(&mut anna, "wish").await;
    assert_eq!((seen.status, seen.versions.len()), (TaskStatus::Conflict, 2));
    let by: Vec<_> = seen.versions.iter().map(|version| version.by.as_deref()).collect();
    assert!(by.contains(&Some("Sara Lindqvist")) && by.contains(&Some("Johan Lindqvist")));
    let days: Vec<_> = seen.versions.iter().map(|version| version.answers[0].value.clone()).collect();
    assert!(days.contains(&Some(Value::Number(2))) && days.contains(&Some(Value::Number(3))));
    assert_eq!(seen.versions[0].differs, [true, false]);

    let home = johan.get::<GetHome>(&()).await;
    assert_eq!(task(&home, "wish").status, TaskStatus::Conflict);
    let raw = johan.get_path("/api/guardian/home").await;
    assert!(!String::from_utf8(raw.body).unwrap().contains("Mormor"), "the other's words stay with staff");
    nothing_to_derive(&site).await;

    site.later(1);
    taken(&mut johan, 3, "wish", &[("days", Value::Number(2)), why]).await;
    let seen = section(&mut anna, "wish").await;
    assert_eq!((seen.status, seen.versions.len()), (TaskStatus::Complete, 0));
}

async fn a_change_of_a_named_field_asks_the_other_again(site: Site) {
    begin(&site).await;
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let (mut sara, mut johan) =
        (site.sign_in(Cast::SaraLindqvist).await, site.sign_in(Cast::JohanLindqvist).await);
    taken(&mut sara, 1, "home", &[("walks", Value::Flag(true))]).await;
    taken(&mut johan, 2, "home", &[("walks", Value::Flag(true))]).await;
    site.later(1);
    // The same again changes nothing for him.
    taken(&mut sara, 3, "home", &[("walks", Value::Flag(true))]).await;
    assert_eq!(section(&mut anna, "home").await.status, TaskStatus::Complete);
    site.later(1);
    taken(&mut sara, 4, "home", &[("walks", Value::Flag(false))]).await;
    assert_eq!(section(&mut anna, "home").await.status, TaskStatus::WaitingForOther);
    site.later(1);
    // Her next answer does not take the change back.
    taken(&mut sara, 5, "home", &[("walks", Value::Flag(false))]).await;
    let home = johan.get::<GetHome>(&()).await;
    let asked = task(&home, "home");
    assert_eq!((asked.status, asked.mine), (TaskStatus::WaitingForOther, MyPart::ToDo));
    assert!(asked.renewed.unwrap() > asked.answered.unwrap());
    nothing_to_derive(&site).await;
    taken(&mut johan, 6, "home", &[("walks", Value::Flag(false))]).await;
    assert_eq!(section(&mut anna, "home").await.status, TaskStatus::Complete);
    nothing_to_derive(&site).await;
}

async fn staff_answer_what_is_theirs_and_guardians_cannot(site: Site) {
    begin(&site).await;
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    assert_eq!(task(&home, "hand-out").mine, MyPart::Waits);
    send(&mut sara, 1, "hand-out", &[]).await.refused(422, ErrorCode::Invalid);
}

async fn a_new_day_moves_what_follows_from_age(site: Site) {
    begin(&site).await;
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let (mut sara, mut johan) =
        (site.sign_in(Cast::SaraLindqvist).await, site.sign_in(Cast::JohanLindqvist).await);
    taken(&mut sara, 1, "home", &[("walks", Value::Flag(true))]).await;
    taken(&mut johan, 2, "home", &[("walks", Value::Flag(true))]).await;
    assert!(refresh_today(&site.store).await.unwrap());
    assert!(!refresh_today(&site.store).await.unwrap(), "once a day is enough");
    assert_eq!(section(&mut anna, "home").await.status, TaskStatus::Complete);

    // She comes of age tomorrow: what guardians have answered is no longer for them to say.
    let birthday = site.clock.today().add_days(1).add_years(-18);
    let db = site.raw().await;
    let sql = "UPDATE person SET birth_date = $1 WHERE id = $2";
    let values = [birthday.to_string().into(), ella().0.into()];
    let statement = sea_orm::Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    assert_eq!(db.execute_raw(statement).await.unwrap().rows_affected(), 1);
    site.later(24 * 60);
    assert!(refresh_today(&site.store).await.unwrap());
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    assert_eq!(section(&mut anna, "home").await.status, TaskStatus::NotStarted);
    nothing_to_derive(&site).await;
}
