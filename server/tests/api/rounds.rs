//! Rounds: started for some children, met by their guardians, and moved to a new version without losing an answer.

use crate::answering::{bytes, submission};
use crate::browser::{Browser, Reply};
use crate::builder::{form, json, publish, question, read};
use crate::matrix::Object;
use crate::on_both;
use crate::site::Site;
use skolstart_server::demo::Cast;
use skolstart_shared::api::{
    Audience, Endpoint, ErrorCode, GetGroup, GetHome, GetRounds, GetSubmission, GetUnits, HomeOut, PutRound,
    PutRoundDay, PutRoundForm, PutSubmission, RoundDayIn, RoundDone, RoundFormIn, RoundIn, RoundsOut,
    SubmissionOut,
};
use skolstart_shared::fact::Value;
use skolstart_shared::form::{Answers, FieldKey, FormKey, FormRef, Texts};
use skolstart_shared::id::{GroupId, RoundId};
use skolstart_shared::round::{MyPart, TaskStatus};
use skolstart_shared::submission::{ActAnswer, SubmissionContent};
use skolstart_shared::{Date, Locale};

on_both! {
    a_round_is_for_some_and_met_by_their_guardians
    a_round_that_cannot_be_is_refused
    a_sound_change_keeps_answers_and_another_asks_anew
}

const BIKE: &str = "bike";

fn round(number: u128) -> RoundId {
    RoundId(submission(number).0)
}

fn bike(version: u32) -> FormRef {
    FormRef { key: FormKey(BIKE.to_owned()), version }
}

fn round_in(opens: Date, closes: Date, forms: Vec<FormRef>, audience: Audience) -> RoundIn {
    let title =
        Texts([(Locale::Sv, "Cykelvecka".to_owned()), (Locale::En, "Bicycle week".to_owned())].into());
    RoundIn { title, opens, closes, forms, audience }
}

/// For the matrix: a round that is over, a move to where the round stands, and its last day as it stands.
pub(crate) async fn ask(browser: &mut Browser, endpoint: &str, object: &Object, number: u128) -> Reply {
    let home = object.home.round.as_ref().unwrap();
    if endpoint == "PutRound" {
        let forms = vec![object.home.forms[0].reference()];
        let past = Date::new(2020, 1, 1).unwrap();
        let round = round_in(past, past.add_days(1), forms, Audience::default());
        return browser.put::<PutRound>(&RoundId(submission(number).0), json(&round)).await;
    }
    if endpoint == "PutRoundDay" {
        let same = RoundDayIn { base: 0, closes: home.closes };
        return browser.put::<PutRoundDay>(&home.id, json(&same)).await;
    }
    let form = object.home.forms[0].reference();
    let same = RoundFormIn { from: form.version, to: form.version };
    browser.put::<PutRoundForm>(&(home.id, form.key), json(&same)).await
}

async fn group_2b(mats: &mut Browser) -> GroupId {
    let rounds: RoundsOut = mats.get::<GetRounds>(&()).await;
    let unit = rounds.units.iter().find(|unit| unit.name == "Strandskolan").unwrap();
    unit.groups.iter().find(|group| group.name == "2B").unwrap().id
}

/// Starts a round for 2B that closes before the school start does.
async fn start(site: &Site, mats: &mut Browser) -> RoundDone {
    let audience = Audience { groups: vec![group_2b(mats).await], ..Audience::default() };
    let today = site.clock.today();
    let round_in = round_in(today, today.add_days(7), vec![bike(1)], audience);
    read(&mats.put::<PutRound>(&round(1), json(&round_in)).await)
}

/// Answers the one question for Ella.
async fn answer(browser: &mut Browser, number: u128, home: &HomeOut, version: u32) -> Reply {
    let answers = Answers::from_iter([(FieldKey("rides".to_owned()), Value::Flag(true))]);
    let act = ActAnswer {
        form: bike(version),
        act: home.forms[0].acts[0].key.clone(),
        child: home.tasks.iter().find_map(|task| task.child),
        answers,
        base: Default::default(),
    };
    let content =
        SubmissionContent { round: round(1), locale: Locale::Sv, acts: vec![act], supersedes: None };
    browser.put::<PutSubmission>(&submission(number), bytes(content)).await
}

async fn a_round_is_for_some_and_met_by_their_guardians(site: Site) {
    publish(&site, 500, &form(BIKE, &[question("rides", true)])).await;
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    for _ in 0..2 {
        // A lost answer: the same is sent again.
        assert!(start(&site, &mut mats).await.children > 10, "all are looked at");
    }
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    assert_eq!(home.round.as_ref().map(|round| round.id), Some(round(1)), "it closes first");
    let tasks: Vec<_> = home.tasks.iter().map(|task| (task.form.key.as_str(), task.mine)).collect();
    assert_eq!(tasks, [(BIKE, MyPart::ToDo)], "Ella is in 2B and Nils is not");
    // Wilma is in 4A: her mother meets the school start.
    let mut maria = site.sign_in(Cast::MariaBergstrom).await;
    let other = maria.get::<GetHome>(&()).await;
    assert!(other.round.is_some_and(|other| other.id != round(1)));
    assert_eq!(answer(&mut maria, 70, &home, 1).await.status, 404, "not her child");
    assert_eq!(answer(&mut sara, 71, &home, 1).await.status, 200);
    // Done with it, she meets the school start again.
    let home = sara.get::<GetHome>(&()).await;
    assert!(home.round.is_some_and(|next| next.id != round(1)));
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let group = group_2b(&mut mats).await;
    let page = anna.get::<GetGroup>(&(group, 0)).await.page.unwrap();
    assert_eq!(page.columns.len(), 1);
    let done = page.rows.iter().filter(|row| row.statuses == [Some(TaskStatus::Complete)]).count();
    assert_eq!(done, 1, "Ella's");
    let rounds = mats.get::<GetRounds>(&()).await;
    let line = rounds.rounds.iter().find(|line| line.id == round(1)).unwrap();
    // One who is done is one of few: the administrator is not told.
    assert_eq!((line.children as usize, line.finished), (page.rows.len(), None));
    // The other class has the school start.
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    let units = eva.get::<GetUnits>(&()).await;
    let other = units.units[0].groups.iter().find(|other| other.id != group).unwrap();
    assert!(eva.get::<GetGroup>(&(other.id, 0)).await.page.unwrap().columns.len() > 1);
}

async fn a_round_that_cannot_be_is_refused(site: Site) {
    publish(&site, 500, &form(BIKE, &[question("rides", true)])).await;
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let today = site.clock.today();
    let paths = |reply: &Reply| -> Vec<String> {
        reply.refused(422, ErrorCode::Invalid);
        reply.error().violations.into_iter().map(|found| found.path).collect()
    };
    let everybody = Audience::default;
    let backwards =
        RoundIn { title: Texts::default(), ..round_in(today, today.add_days(-1), Vec::new(), everybody()) };
    let reply = mats.put::<PutRound>(&round(1), json(&backwards)).await;
    assert_eq!(paths(&reply), ["title.sv", "title.en", "forms", "closes"]);
    for wrong in
        [vec![bike(7)], vec![bike(1), bike(1)], vec![FormRef { key: FormKey("swimming".into()), version: 1 }]]
    {
        let reply = mats.put::<PutRound>(&round(1), json(&round_in(today, today, wrong, everybody()))).await;
        assert_eq!(paths(&reply), ["forms"]);
    }
    start(&site, &mut mats).await;
    let other = round_in(today, today, vec![bike(1)], everybody());
    mats.put::<PutRound>(&round(1), json(&other)).await.refused(409, ErrorCode::HashMismatch);
    let to = |from, to| json(&RoundFormIn { from, to });
    let key = || FormKey(BIKE.to_owned());
    mats.put::<PutRoundForm>(&(round(1), key()), to(1, 9)).await.refused(404, ErrorCode::NotFound);
    mats.put::<PutRoundForm>(&(round(2), key()), to(1, 1)).await.refused(404, ErrorCode::NotFound);
}

async fn a_sound_change_keeps_answers_and_another_asks_anew(site: Site) {
    publish(&site, 500, &form(BIKE, &[question("rides", true)])).await;
    publish(&site, 510, &form(BIKE, &[question("rides", true), question("helmet", false)])).await;
    publish(&site, 520, &form(BIKE, &[question("rides", true), question("helmet", true)])).await;
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    start(&site, &mut mats).await;
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    assert_eq!(answer(&mut sara, 71, &home, 1).await.status, 200);
    let to = |from, to| json(&RoundFormIn { from, to });
    let path = (round(1), FormKey(BIKE.to_owned()));
    let line = |rounds: RoundsOut| rounds.rounds.into_iter().find(|line| line.id == round(1)).unwrap();
    for _ in 0..2 {
        let done: RoundDone = read(&mats.put::<PutRoundForm>(&path, to(1, 2)).await);
        assert_eq!(done.asked_anew, 0, "a voluntary question more lets answers stand");
    }
    let moved = line(mats.get::<GetRounds>(&()).await);
    assert_eq!((moved.forms[0].form.version, moved.forms[0].newest, moved.finished), (2, Some(3), None));
    mats.put::<PutRoundForm>(&path, to(1, 3)).await.refused(412, ErrorCode::Stale);
    let done: RoundDone = read(&mats.put::<PutRoundForm>(&path, to(2, 3)).await);
    assert_eq!(done.asked_anew, 1, "what must be answered now was not asked then");
    let home = sara.get::<GetHome>(&()).await;
    let task = home.tasks.iter().find(|task| task.form == bike(3)).unwrap();
    assert_eq!((task.status, task.mine), (TaskStatus::Returned, MyPart::ToDo));
    // What she said stands on the version that she said it on.
    let sent: SubmissionOut = sara.get::<GetSubmission>(&submission(71)).await;
    let told = serde_json::to_string(&sent).unwrap();
    assert!(told.contains("\"version\":1") && !told.contains("helmet"), "{told}");
    // A phone that still has the first version is not turned away.
    assert_eq!(answer(&mut sara, 72, &home, 2).await.status, 200);
    assert_eq!(line(mats.get::<GetRounds>(&()).await).forms[0].newest, None);
    assert_eq!(mats.get_path(&GetRounds::path(&())).await.status, 200);
    assert_eq!(site.store.verify_audit().await.unwrap().faults, []);
}
