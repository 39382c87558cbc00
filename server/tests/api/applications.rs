//! Applications from the first signature to the decision: who decides, what it makes known, and what the family is told.

use crate::answering::{bytes, submission};
use crate::browser::{Browser, Reply};
use crate::contents::contents;
use crate::on_both;
use crate::site::Site;
use skolstart_server::demo::Cast;
use skolstart_server::policy::principal;
use skolstart_shared::access::Function;
use skolstart_shared::api::{
    ApplicationLine, ApplicationOut, ApplicationStep, ApplicationStepIn, ChildHistory, Endpoint, ErrorCode,
    GetApplication, GetApplications, GetHome, GetOffer, GetOwnApplication, HistoryChange, Letter,
    OwnApplicationLine, OwnStepIn, PutApplicationStep, PutOwnApplicationStep, PutSubmission,
};
use skolstart_shared::application::{ApplicationState, Decision, Opinion};
use skolstart_shared::fact::Value;
use skolstart_shared::form::{Answers, DecisionOutcome, FieldKey, FormKey};
use skolstart_shared::id::{ApplicationId, ChangeId, PersonId};
use skolstart_shared::submission::{ActAnswer, SubmissionContent};
use skolstart_shared::{Code, Locale};

on_both! {
    a_short_leave_is_decided_by_the_mentor_when_both_have_signed
    days_granted_before_move_the_decision_to_the_principal
    two_who_decide_at_once_are_told_of_each_other
    a_decision_is_changed_by_naming_it_and_takes_back_what_it_granted
    a_question_is_answered_before_it_is_decided
    it_is_taken_back_replaced_and_applied_for_anew
    mother_tongue_is_the_officers_and_nobody_elses
    transport_and_a_place_are_granted_with_what_belongs_to_them
    a_protected_child_is_handled_at_its_unit_alone
    what_is_decided_is_sealed_and_noted
}

fn ella() -> PersonId {
    PersonId(Cast::EllaLindqvist.id())
}

pub(crate) fn key(field: &str) -> FieldKey {
    FieldKey(field.to_owned())
}

pub(crate) fn number(number: i64) -> Value {
    Value::Number(number)
}

pub(crate) fn answers(given: &[(&str, Value)]) -> Answers {
    given.iter().map(|(field, value)| (key(field), value.clone())).collect()
}

/// Leave from a Monday two weeks ahead, so many days in a row.
fn leave(site: &Site, days: i32) -> Vec<(&'static str, Value)> {
    let monday = site.clock.today().add_days(14);
    let why = Value::Text("Mormor fyller 80 år".to_owned());
    vec![("days", Value::Days(monday, monday.add_days(days - 1))), ("off", number(0)), ("reason", why)]
}

pub(crate) async fn apply(
    browser: &mut Browser,
    id: u128,
    form: &str,
    child: PersonId,
    given: &[(&str, Value)],
) -> Reply {
    let home = browser.get::<GetHome>(&()).await;
    let opened = browser.get::<GetOffer>(&FormKey(form.to_owned())).await;
    let task = opened.tasks.iter().find(|task| task.child == Some(child)).unwrap();
    let act = ActAnswer {
        form: task.form.clone(),
        act: task.act.clone(),
        child: Some(child),
        answers: answers(given),
        base: task.known.iter().map(|(field, known)| (field.clone(), known.version)).collect(),
    };
    let round = home.round.unwrap().id;
    let content = SubmissionContent { round, locale: Locale::Sv, acts: vec![act], supersedes: None };
    browser.put::<PutSubmission>(&submission(id), bytes(content)).await
}

/// Applies, and gives the application.
pub(crate) async fn applied(
    browser: &mut Browser,
    id: u128,
    form: &str,
    child: PersonId,
    given: &[(&str, Value)],
) -> ApplicationId {
    done(&apply(browser, id, form, child, given).await);
    mine(browser).await.application
}

/// Both of Ella's guardians apply for the same.
async fn both_apply(site: &Site, id: u128, form: &str, given: &[(&str, Value)]) -> ApplicationId {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let mut johan = site.sign_in(Cast::JohanLindqvist).await;
    applied(&mut sara, id, form, ella(), given).await;
    applied(&mut johan, id + 1, form, ella(), given).await;
    mine(&mut sara).await.application
}

pub(crate) async fn mine(browser: &mut Browser) -> OwnApplicationLine {
    browser.get::<GetHome>(&()).await.applications.into_iter().next().unwrap()
}

pub(crate) async fn lines(browser: &mut Browser) -> Vec<ApplicationLine> {
    browser.get::<GetApplications>(&()).await
}

async fn page(browser: &mut Browser, id: ApplicationId) -> ApplicationOut {
    browser.get::<GetApplication>(&(ella(), id)).await
}

pub(crate) fn step_id(number: u128) -> ChangeId {
    ChangeId(submission(7_000 + number).0)
}

async fn put(browser: &mut Browser, of: ApplicationId, id: u128, seen: u32, step: ApplicationStep) -> Reply {
    let body = serde_json::to_vec(&ApplicationStepIn { seen, step }).unwrap();
    browser.put::<PutApplicationStep>(&(ella(), of, step_id(id)), body).await
}

pub(crate) fn decide(
    outcome: DecisionOutcome,
    reasons: &str,
    fields: &[(&str, Value)],
    changes: Option<u128>,
) -> ApplicationStep {
    ApplicationStep::Decide(Decision {
        outcome,
        reasons: reasons.to_owned(),
        fields: answers(fields),
        changes: changes.map(step_id),
    })
}

pub(crate) fn done(reply: &Reply) {
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
}

async fn letter(browser: &mut Browser, of: ApplicationId) -> Letter {
    browser.get::<GetOwnApplication>(&(ella(), of)).await.letter.unwrap()
}

/// What is known of a child by staff's word, newest value per element.
pub(crate) async fn known(site: &Site, child: PersonId, element: &str) -> Option<Value> {
    let sara = PersonId(Cast::SaraLindqvist.id());
    let sara = principal(&site.store, sara, Locale::Sv, String::new()).await.unwrap().unwrap();
    let snapshots = site.store.snapshots_of_own(&sara).await.unwrap();
    let entries = snapshots.get(&child)?.entries.iter().find(|(key, _)| key.as_str() == element)?.1.clone();
    entries.into_iter().max_by_key(|entry| entry.confirmed).map(|entry| entry.value)
}

async fn a_short_leave_is_decided_by_the_mentor_when_both_have_signed(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let mut johan = site.sign_in(Cast::JohanLindqvist).await;
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let asked = leave(&site, 2);
    applied(&mut sara, 1, "leave", ella(), &asked).await;
    let id = mine(&mut sara).await.application;
    assert_eq!(mine(&mut sara).await.state, ApplicationState::WaitingForOther);
    let seen = page(&mut anna, id).await;
    let grant = || decide(DecisionOutcome::Granted, "", &[("earlier", number(0))], None);
    let early = put(&mut anna, id, 1, seen.seen, grant()).await;
    early.refused(422, ErrorCode::Invalid);
    assert_eq!(early.error().violations[0].path, "answers", "one signature is missing");

    applied(&mut johan, 2, "leave", ella(), &asked).await;
    assert_eq!(mine(&mut sara).await.application, id, "the same application");
    let seen = page(&mut anna, id).await;
    assert_eq!((seen.line.state, seen.line.mine), (ApplicationState::Received, true));
    assert_eq!(seen.line.waits_for, Some(Function::Mentor));
    assert_eq!((seen.applied.len(), seen.differs), (2, false));
    assert_eq!(seen.carried, answers(&[("earlier", number(0))]));
    assert_eq!(seen.line.due, Some(site.clock.today().add_days(10)));
    let stale = put(&mut anna, id, 1, 1, grant()).await;
    stale.refused(412, ErrorCode::Stale);

    let wrong = put(
        &mut anna,
        id,
        1,
        seen.seen,
        decide(DecisionOutcome::Refused, " ", &[("earlier", number(0))], None),
    )
    .await;
    assert_eq!(wrong.error().violations[0].path, "reasons", "a no is given reasons");
    let wrong = put(&mut anna, id, 1, seen.seen, decide(DecisionOutcome::Waiting, "Nej", &[], None)).await;
    let paths: Vec<_> = wrong.error().violations.into_iter().map(|violation| violation.path).collect();
    assert_eq!(paths, ["outcome", "fields.earlier"]);
    done(&put(&mut anna, id, 1, seen.seen, grant()).await);
    let after = contents(&site).await;
    done(&put(&mut anna, id, 1, seen.seen, grant()).await);
    assert_eq!(contents(&site).await, after, "the same again is the same as once");
    let other = decide(DecisionOutcome::Refused, "Nej", &[("earlier", number(0))], None);
    put(&mut anna, id, 1, seen.seen, other).await.refused(409, ErrorCode::HashMismatch);

    let told = letter(&mut johan, id).await;
    assert_eq!(
        (told.outcome, told.by, &*told.sender),
        (DecisionOutcome::Granted, Function::Mentor, "Strandskolan")
    );
    let raw = johan.get_path(&GetOwnApplication::path(&(ella(), id))).await;
    assert!(
        !String::from_utf8(raw.body).unwrap().contains("Holmgren"),
        "the letter names a task and no person"
    );
    assert!(matches!(known(&site, ella(), "child.leave").await, Some(Value::Days(..))));
    assert!(mine(&mut johan).await.unread);
    let read = serde_json::to_vec(&OwnStepIn::Read).unwrap();
    done(&johan.put::<PutOwnApplicationStep>(&(ella(), id, step_id(90)), read.clone()).await);
    done(&johan.put::<PutOwnApplicationStep>(&(ella(), id, step_id(90)), read).await);
    assert!(!mine(&mut johan).await.unread && mine(&mut sara).await.unread, "each reads for herself");
    let history = sara.get::<ChildHistory>(&ella()).await;
    assert!(history.iter().any(|line| line.change == HistoryChange::Resolved(DecisionOutcome::Granted)));
}

async fn days_granted_before_move_the_decision_to_the_principal(site: Site) {
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    let first = both_apply(&site, 1, "leave", &leave(&site, 3)).await;
    let granted = decide(DecisionOutcome::Granted, "", &[("earlier", number(0))], None);
    done(&put(&mut anna, first, 1, 2, granted).await);
    site.later(5);
    let second = both_apply(&site, 3, "leave", &leave(&site, 1)).await;
    assert_ne!(first, second);
    let seen = page(&mut anna, second).await;
    assert_eq!(seen.carried, answers(&[("earlier", number(3))]), "three days were granted this school year");
    assert_eq!(seen.earlier.len(), 1);
    assert_eq!(
        (seen.line.state, seen.line.waits_for),
        (ApplicationState::WaitingForOpinion, Some(Function::Mentor))
    );
    let grant = || decide(DecisionOutcome::Granted, "", &[("earlier", number(3))], None);
    let not_hers = put(&mut anna, second, 2, 2, grant()).await;
    assert_eq!(not_hers.error().violations[0].code, Code::NotASigner);
    let early = put(&mut lars, second, 3, 2, grant()).await;
    assert_eq!(early.error().violations[0].path, "opinion");
    let advice = [("advice", Value::Choice("for".to_owned())), ("earlier", number(3))];
    let opinion =
        |words: &str| ApplicationStep::Opinion(Opinion { words: words.to_owned(), fields: answers(&advice) });
    put(&mut anna, second, 4, 2, opinion(" ")).await.refused(422, ErrorCode::Invalid);
    done(&put(&mut anna, second, 4, 2, opinion("Går bra i skolan.")).await);
    let mine = |lines: Vec<ApplicationLine>| lines.into_iter().filter(|line| line.mine).count();
    assert_eq!((mine(lines(&mut anna).await), mine(lines(&mut lars).await)), (0, 1));
    assert!(lines(&mut eva).await.is_empty(), "an administrator has no task with leave");
    eva.get_path(&GetApplication::path(&(ella(), second))).await.refused(404, ErrorCode::NotFound);
    let part = site.clock.today().add_days(14);
    let fields = [("earlier", number(3)), ("advice", Value::Choice("for".to_owned()))];
    let partly = |more: &[(&str, Value)]| {
        decide(DecisionOutcome::Partly, "Bara första dagen.", &[&fields[..], more].concat(), None)
    };
    put(&mut lars, second, 5, 2, partly(&[])).await.refused(422, ErrorCode::Invalid);
    let days = [("part", Value::Days(part, part)), ("part-days", number(1))];
    done(&put(&mut lars, second, 5, 2, partly(&days)).await);
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let told = letter(&mut sara, second).await;
    assert_eq!((told.by, told.lines.len(), told.appeal), (Function::Principal, 2, None));
    assert_eq!(known(&site, ella(), "child.leave").await, Some(Value::Days(part, part)));

    // Next school year nothing is counted.
    site.later(365 * 24 * 60);
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    applied(&mut sara, 5, "leave", ella(), &leave(&site, 1)).await;
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let third =
        lines(&mut lars).await.into_iter().find(|line| line.state == ApplicationState::WaitingForOther);
    let seen = page(&mut lars, third.unwrap().application).await;
    assert_eq!(seen.carried, answers(&[("earlier", number(0))]));
}

async fn two_who_decide_at_once_are_told_of_each_other(site: Site) {
    let id = both_apply(&site, 1, "leave", &leave(&site, 2)).await;
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let fields = [("earlier", number(0))];
    let yes = put(&mut anna, id, 1, 2, decide(DecisionOutcome::Granted, "", &fields, None));
    let no = put(&mut lars, id, 2, 2, decide(DecisionOutcome::Refused, "För kort varsel.", &fields, None));
    let (yes, no) = tokio::join!(yes, no);
    let lost = if yes.status == 200 { &no } else { &yes };
    assert_eq!([yes.status.as_u16(), no.status.as_u16()].iter().filter(|status| **status == 200).count(), 1);
    lost.refused(409, ErrorCode::AlreadyDecided);
    let both: Vec<_> = lost.error().conflicts.into_iter().filter(|one| one.path == "outcome").collect();
    assert_eq!(both.len(), 2, "theirs and one's own");
    assert_ne!(both[0].theirs, both[1].theirs);
    let decided = page(&mut lars, id).await.events.into_iter();
    let decided =
        decided.filter(|event| matches!(event.what, skolstart_shared::api::ApplicationEvent::Decided(_)));
    assert_eq!(decided.count(), 1);
}

async fn a_decision_is_changed_by_naming_it_and_takes_back_what_it_granted(site: Site) {
    let id = both_apply(&site, 1, "leave", &leave(&site, 2)).await;
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let fields = [("earlier", number(0))];
    done(&put(&mut anna, id, 1, 2, decide(DecisionOutcome::Granted, "", &fields, None)).await);
    site.later(5);
    let no = |changes| decide(DecisionOutcome::Refused, "Nationella prov.", &fields, changes);
    put(&mut anna, id, 2, 2, no(None)).await.refused(409, ErrorCode::AlreadyDecided);
    put(&mut anna, id, 2, 2, no(Some(77))).await.refused(409, ErrorCode::AlreadyDecided);
    done(&put(&mut anna, id, 2, 2, no(Some(1))).await);
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let told = letter(&mut sara, id).await;
    assert_eq!((told.outcome, told.changed), (DecisionOutcome::Refused, true));
    assert_eq!(known(&site, ella(), "child.leave").await, Some(Value::Text(String::new())), "taken away");
    assert_eq!(mine(&mut sara).await.state, ApplicationState::Refused);
    let withdraw = serde_json::to_vec(&OwnStepIn::Withdraw).unwrap();
    let late = sara.put::<PutOwnApplicationStep>(&(ella(), id, step_id(91)), withdraw).await;
    late.refused(412, ErrorCode::Stale);
}

async fn a_question_is_answered_before_it_is_decided(site: Site) {
    let given = leave(&site, 2);
    let id = both_apply(&site, 1, "leave", &given).await;
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let ask = |question: &str| ApplicationStep::Ask([(key("reason"), question.to_owned())].into());
    put(&mut anna, id, 1, 2, ask(" ")).await.refused(422, ErrorCode::Invalid);
    done(&put(&mut anna, id, 1, 2, ask("Vilken dag är festen?")).await);
    done(&put(&mut anna, id, 1, 2, ask("Vilken dag är festen?")).await);
    let seen = page(&mut anna, id).await;
    assert_eq!(seen.line.state, ApplicationState::NeedsCompletion);
    assert_eq!(seen.returned.unwrap().questions[&key("reason")], "Vilken dag är festen?");
    let home = sara.get::<GetHome>(&()).await;
    let task = home.tasks.iter().find(|task| task.form.key.as_str() == "leave").unwrap();
    assert!(task.returned.is_some(), "she is asked");
    done(&put(&mut anna, id, 2, 2, ApplicationStep::AskNoMore).await);
    assert_eq!(page(&mut anna, id).await.line.state, ApplicationState::Received);
    done(&put(&mut anna, id, 3, 2, ask("Vilken dag?")).await);
    site.later(1);
    applied(&mut sara, 3, "leave", ella(), &given).await;
    let mut johan = site.sign_in(Cast::JohanLindqvist).await;
    applied(&mut johan, 4, "leave", ella(), &given).await;
    let seen = page(&mut anna, id).await;
    assert_eq!((seen.line.state, seen.seen), (ApplicationState::Received, 4), "completed, not a new one");
}

async fn it_is_taken_back_replaced_and_applied_for_anew(site: Site) {
    let first = both_apply(&site, 1, "leave", &leave(&site, 2)).await;
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    site.later(1);
    applied(&mut sara, 3, "leave", ella(), &leave(&site, 3)).await;
    let second = mine(&mut sara).await;
    assert_ne!(second.application, first);
    assert_eq!(second.state, ApplicationState::WaitingForOther, "his signature was to the other one");
    assert_eq!(page(&mut anna, first).await.line.state, ApplicationState::Superseded);
    let late =
        put(&mut anna, first, 1, 2, decide(DecisionOutcome::Granted, "", &[("earlier", number(0))], None))
            .await;
    late.refused(412, ErrorCode::Stale);

    let withdraw = || serde_json::to_vec(&OwnStepIn::Withdraw).unwrap();
    let path = (ella(), second.application, step_id(92));
    done(&sara.put::<PutOwnApplicationStep>(&path, withdraw()).await);
    done(&sara.put::<PutOwnApplicationStep>(&path, withdraw()).await);
    assert_eq!(mine(&mut sara).await.state, ApplicationState::Withdrawn);
    let home = sara.get::<GetHome>(&()).await;
    assert!(home.tasks.iter().all(|task| task.form.key.as_str() != "leave"), "nothing is applied for");
    // He has not signed the second one, and cannot take it back; the first is closed.
    let mut johan = site.sign_in(Cast::JohanLindqvist).await;
    let his =
        johan.put::<PutOwnApplicationStep>(&(ella(), second.application, step_id(93)), withdraw()).await;
    his.refused(404, ErrorCode::NotFound);

    site.later(1);
    let third = both_apply(&site, 5, "leave", &leave(&site, 1)).await;
    assert_eq!(page(&mut anna, third).await.line.state, ApplicationState::Received);
    assert_eq!(page(&mut anna, third).await.earlier.len(), 2);
}

async fn mother_tongue_is_the_officers_and_nobody_elses(site: Site) {
    let given =
        [("language", Value::Choice("fi".to_owned())), ("ground", Value::Choice("minority".to_owned()))];
    let id = both_apply(&site, 1, "mother-tongue", &given).await;
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    for browser in [&mut anna, &mut lars] {
        browser.get_path(&GetApplication::path(&(ella(), id))).await.refused(404, ErrorCode::NotFound);
        assert!(lines(browser).await.is_empty());
    }
    let seen = page(&mut mats, id).await;
    assert_eq!((seen.line.waits_for, seen.line.mine), (Some(Function::Officer), true));
    done(&put(&mut mats, id, 1, 2, decide(DecisionOutcome::Waiting, "Vi söker en lärare.", &[], None)).await);
    assert_eq!(page(&mut mats, id).await.line.state, ApplicationState::Waiting);
    let fields =
        [("where", Value::Text("Biblioteket".to_owned())), ("day", Value::Choice("monday".to_owned()))];
    put(&mut mats, id, 2, 2, decide(DecisionOutcome::Granted, "", &fields, None))
        .await
        .refused(409, ErrorCode::AlreadyDecided);
    done(&put(&mut mats, id, 2, 2, decide(DecisionOutcome::Granted, "", &fields, Some(1))).await);
    assert_eq!(
        known(&site, ella(), "child.mother-tongue-tuition").await,
        Some(Value::Choice("fi".to_owned()))
    );
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let told = letter(&mut sara, id).await;
    assert_eq!((told.lines.len(), told.by), (2, Function::Officer));
    assert!(told.sender.contains("Björkviken"), "{}", told.sender);
    site.later(1);
    // The officer sees what she has a task with, and nothing else of the child.
    let other = both_apply(&site, 3, "leave", &leave(&site, 1)).await;
    mats.get_path(&GetApplication::path(&(ella(), other))).await.refused(404, ErrorCode::NotFound);
}

async fn transport_and_a_place_are_granted_with_what_belongs_to_them(site: Site) {
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let home: skolstart_shared::Map<String, Value> = [
        ("street", Value::Text("Ängsvägen 1".to_owned())),
        ("postal-code", Value::Text("123 45".to_owned())),
        ("locality", Value::Text("Björkviken".to_owned())),
    ]
    .map(|(column, value)| (column.to_owned(), value))
    .into();
    let given = [
        ("year", Value::Choice("this".to_owned())),
        ("other-day", Value::Flag(false)),
        ("two", Value::Flag(false)),
        ("homes", Value::Rows(vec![home])),
        ("reasons", Value::Choices(vec![])),
        ("answer", Value::Choice("here".to_owned())),
    ];
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let id = both_apply(&site, 1, "school-transport", &given).await;
    let until = site.clock.today().add_days(200);
    let fields = [("stop", Value::Text("Kyrkan".to_owned())), ("until", Value::Date(until))];
    done(&put(&mut mats, id, 1, 2, decide(DecisionOutcome::Partly, "Bara på vintern.", &fields, None)).await);
    assert_eq!(known(&site, ella(), "child.school-transport").await, Some(Value::Flag(true)));
    let told = letter(&mut sara, id).await;
    assert_eq!(told.lines.len(), 2);
    assert!(told.appeal.is_some());
}

async fn a_protected_child_is_handled_at_its_unit_alone(site: Site) {
    let love = PersonId(Cast::LoveSandberg.id());
    let mut karin = site.sign_in(Cast::KarinSandberg).await;
    let given =
        [("language", Value::Choice("fi".to_owned())), ("ground", Value::Choice("minority".to_owned()))];
    applied(&mut karin, 1, "mother-tongue", love, &given).await;
    let id = mine(&mut karin).await.application;
    let path = GetApplication::path(&(love, id));
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    mats.get_path(&path).await.refused(404, ErrorCode::NotFound);
    assert!(lines(&mut mats).await.is_empty());
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    anna.get_path(&path).await.refused(404, ErrorCode::NotFound);
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let seen = lines(&mut lars).await;
    assert_eq!(
        (seen.len(), seen[0].protected, seen[0].mine),
        (1, true, true),
        "the principal is the officer then"
    );
    let step = decide(DecisionOutcome::Granted, "", &[], None);
    let body = serde_json::to_vec(&ApplicationStepIn { seen: 1, step }).unwrap();
    done(&lars.put::<PutApplicationStep>(&(love, id, step_id(1)), body).await);
}

async fn what_is_decided_is_sealed_and_noted(site: Site) {
    let id = both_apply(&site, 1, "leave", &leave(&site, 2)).await;
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let no = decide(DecisionOutcome::Refused, "Kanariefågeln", &[("earlier", number(0))], None);
    done(&put(&mut anna, id, 1, 2, no).await);
    let stored = contents(&site).await;
    let rows = &stored["application_event"];
    assert_eq!(rows.len(), 3, "two signatures and a decision");
    assert!(rows.iter().all(|row| !row.contains("Kanarie") && !row.contains("refused")));
    assert!(site.store.verify_audit().await.unwrap().faults.is_empty());
}
