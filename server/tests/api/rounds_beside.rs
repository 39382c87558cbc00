//! What stays when other rounds come: a family outside a round for some children, what was answered before and is not asked any
//! more, and the pages of staff.

use crate::answering::{answer, bytes, offered, submission};
use crate::browser::Browser;
use crate::builder::{form, json, publish, question, read};
use crate::on_both;
use crate::site::Site;
use skolstart_server::demo::Cast;
use skolstart_shared::Locale;
use skolstart_shared::api::{
    Audience, Endpoint, GetChildPage, GetGroup, GetHome, GetOffer, GetPictureConsents, GetRounds, GetUnits,
    HomeOut, OfferedOut, PutRound, PutSubmission, RoundDone, RoundIn, StaffChildOut, TaskOut,
};
use skolstart_shared::contact::Phone;
use skolstart_shared::fact::Value;
use skolstart_shared::form::{FormKey, FormRef, Texts};
use skolstart_shared::id::{GroupId, PersonId, RoundId};
use skolstart_shared::receipt::Receipt;
use skolstart_shared::round::{MyPart, TaskStatus};
use skolstart_shared::school::Grade;

on_both! {
    a_family_outside_a_small_round_keeps_all_it_had
    whoever_is_done_with_a_small_round_can_change_what_she_said_in_it
    a_round_that_asks_none_of_her_children_hinders_no_application
    what_a_later_round_does_not_ask_stays_to_be_changed
    what_the_other_guardian_has_said_stands_and_is_not_asked_twice
    what_was_never_answered_is_not_there
    pictures_are_looked_up_whatever_is_asked_now
    staff_follow_the_round_that_asks_their_children
}

const BIKE: &str = "bike";
const DAY: i64 = 24 * 60;
/// The school start has closed.
const CLOSED: i64 = 30 * DAY;

fn ella() -> PersonId {
    PersonId(Cast::EllaLindqvist.id())
}

fn round(number: u128) -> RoundId {
    RoundId(submission(number).0)
}

fn key(form: &str) -> FormKey {
    FormKey(form.to_owned())
}

/// Starts a round that asks only about cycling and is open for a week. No grades: for everybody.
async fn start(site: &Site, number: u128, grades: &[u8]) {
    if number == 1 {
        publish(site, 500, &form(BIKE, &[question("rides", true)])).await;
    }
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let grades = grades.iter().filter_map(|grade| Grade::new(*grade)).collect();
    let today = site.clock.today();
    let round_in = RoundIn {
        title: Texts([(Locale::Sv, "Cykel".to_owned()), (Locale::En, "Bicycle".to_owned())].into()),
        opens: today,
        closes: today.add_days(7),
        forms: vec![FormRef { key: key(BIKE), version: 1 }],
        audience: Audience { grades, ..Audience::default() },
    };
    read::<RoundDone>(&mats.put::<PutRound>(&round(number), json(&round_in)).await);
}

/// Answers everything that is asked about a child, or about herself.
async fn answers(browser: &mut Browser, number: u128, child: Option<PersonId>) {
    let home = browser.get::<GetHome>(&()).await;
    let reply = browser.put::<PutSubmission>(&submission(number), bytes(answer(&home, child, true))).await;
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
}

/// Sara and Johan have answered about themselves and Ella, and the school start is over.
async fn answered_and_closed(site: &Site) {
    for (who, number) in [(Cast::SaraLindqvist, 11), (Cast::JohanLindqvist, 21)] {
        let mut guardian = site.sign_in(who).await;
        answers(&mut guardian, number, None).await;
        answers(&mut guardian, number + 1, Some(ella())).await;
    }
    site.later(CLOSED);
}

/// What can be changed: form and act, for whom.
fn to_change(home: &HomeOut) -> Vec<(String, Option<PersonId>)> {
    let answered = home.offers.iter().filter(|offer| offer.answered);
    answered.map(|offer| (format!("{}/{}", offer.form.as_str(), offer.act.as_str()), offer.child)).collect()
}

fn is_asked(home: &HomeOut, form: &str) -> bool {
    home.forms.iter().any(|asked| asked.key == key(form))
}

/// What is left for her, and how much of it is known.
fn left(home: &HomeOut) -> Vec<(String, Option<PersonId>, u16, u16)> {
    let to_do = home.tasks.iter().filter(|task| task.mine == MyPart::ToDo);
    let line = |task: &TaskOut| {
        let (known, new) = (task.progress.known, task.progress.new);
        (format!("{}/{}", task.form.key.as_str(), task.act.as_str()), task.child, known, new)
    };
    to_do.map(line).collect()
}

fn phone(number: &str) -> Value {
    Value::Phone(Phone::parse(number).unwrap())
}

fn known_phone(tasks: &[TaskOut]) -> Option<&Value> {
    let own = tasks.iter().find(|task| task.act.as_str() == "own" && task.child.is_none())?;
    own.known.values().map(|known| &known.value).find(|value| matches!(value, Value::Phone(_)))
}

async fn group_of(site: &Site, name: &str) -> GroupId {
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let rounds = mats.get::<GetRounds>(&()).await;
    let unit = rounds.units.iter().find(|unit| unit.name == "Strandskolan").unwrap();
    unit.groups.iter().find(|group| group.name == name).unwrap().id
}

async fn a_family_outside_a_small_round_keeps_all_it_had(site: Site) {
    answered_and_closed(&site).await;
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let before = sara.get::<GetHome>(&()).await;
    start(&site, 1, &[4]).await;
    let home = sara.get::<GetHome>(&()).await;
    assert_eq!(home, before, "nothing of it is hers");
    assert!(home.round.as_ref().is_some_and(|met| met.id != round(1) && !met.open));
    assert!(home.offers.iter().any(|offer| offer.form == key("leave") && offer.child == Some(ella())));
    // She applies for leave, and changes her number and what Ella eats, as before.
    offered(&mut sara, 31, "leave", Some(ella()), &[]).await;
    let only =
        HomeOut { tasks: home.tasks.into_iter().filter(|task| task.child.is_none()).collect(), ..before };
    let mut content = answer(&only, None, true);
    for (_, value) in content.acts.iter_mut().flat_map(|act| act.answers.0.iter_mut()) {
        if matches!(value, Value::Phone(_)) {
            *value = phone("070-174 06 99");
        }
    }
    assert_eq!(sara.put::<PutSubmission>(&submission(32), bytes(content)).await.status, 200);
    let home = sara.get::<GetHome>(&()).await;
    assert_eq!(known_phone(&home.tasks), Some(&phone("070-174 06 99")));
    assert!(home.tasks.iter().any(|task| task.form.key == key("leave") && task.mine == MyPart::Done));
    assert_eq!(site.store.verify_audit().await.unwrap().faults, []);
}

async fn whoever_is_done_with_a_small_round_can_change_what_she_said_in_it(site: Site) {
    let mut maria = site.sign_in(Cast::MariaBergstrom).await;
    let wilma = Some(PersonId(Cast::WilmaBergstrom.id()));
    answers(&mut maria, 11, None).await;
    site.later(CLOSED);
    start(&site, 1, &[4]).await;
    let mut maria = site.sign_in(Cast::MariaBergstrom).await;
    let home = maria.get::<GetHome>(&()).await;
    assert_eq!(home.round.as_ref().map(|met| met.id), Some(round(1)));
    assert_eq!(
        to_change(&home),
        [("contact-details/own".to_owned(), None)],
        "while she is asked something else"
    );
    answers(&mut maria, 12, wilma).await;
    let home = maria.get::<GetHome>(&()).await;
    assert!(home.round.as_ref().is_some_and(|met| met.id != round(1)) && is_asked(&home, "contact-details"));
    assert_eq!(to_change(&home), [("bike/bike".to_owned(), wilma)]);
    offered(&mut maria, 13, BIKE, wilma, &[("rides", Value::Flag(true))]).await;
    let home = maria.get::<GetHome>(&()).await;
    assert!(to_change(&home).is_empty() && home.begun.iter().any(|form| form.key == key(BIKE)));
    let task = home.tasks.iter().find(|task| task.form.key == key(BIKE)).unwrap();
    assert_eq!((task.mine, task.status, task.child), (MyPart::Done, TaskStatus::Complete, wilma));
}

async fn a_round_that_asks_none_of_her_children_hinders_no_application(site: Site) {
    // The Saturday before the school start opens.
    site.clock.set(site.clock.now().plus_millis(-23 * DAY * 60_000));
    start(&site, 1, &[4]).await;
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    assert_eq!(home.round.as_ref().map(|met| met.id), Some(round(1)), "there is no other");
    assert_eq!((home.tasks.as_slice(), to_change(&home).as_slice()), (&[][..], &[][..]));
    assert!(home.offers.iter().any(|offer| offer.form == key("leave") && offer.child == Some(ella())));
    let monday = site.clock.today().add_days(2);
    let days = [("days", Value::Days(monday, monday)), ("off", Value::Number(0))];
    offered(&mut sara, 11, "leave", Some(ella()), &days).await;
    let home = sara.get::<GetHome>(&()).await;
    assert!(home.tasks.iter().all(|task| task.form.key == key("leave") && task.mine == MyPart::Done));
    // What the round asks of others is not hers to answer.
    let mut maria = site.sign_in(Cast::MariaBergstrom).await;
    let theirs = maria.get::<GetHome>(&()).await;
    let mut content = answer(&theirs, Some(PersonId(Cast::WilmaBergstrom.id())), true);
    content.acts[0].child = Some(ella());
    assert_eq!(sara.put::<PutSubmission>(&submission(12), bytes(content)).await.status, 422);
}

async fn what_a_later_round_does_not_ask_stays_to_be_changed(site: Site) {
    answered_and_closed(&site).await;
    start(&site, 1, &[]).await;
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let before = sara.get::<GetHome>(&()).await;
    assert_eq!(before.round.as_ref().map(|met| met.id), Some(round(1)));
    let changes = to_change(&before);
    for (act, child) in [
        ("contact-details/own", None),
        ("contact-details/collect", Some(ella())),
        ("special-diet/diet", Some(ella())),
        ("pictures/publish", Some(ella())),
    ] {
        assert!(changes.contains(&(act.to_owned(), child)), "{act}: {changes:?}");
    }
    assert!(changes.iter().all(|(_, child)| child.is_none_or(|child| child == ella())), "nothing about Nils");
    assert!(before.begun.is_empty() && left(&before).iter().all(|(act, ..)| act == "bike/bike"));

    // Filled in with what is known, changed once, and again when the round is over.
    let opened: OfferedOut = sara.get::<GetOffer>(&key("contact-details")).await;
    assert!(opened.tasks.iter().all(|task| task.mine == MyPart::Done && task.answered.is_some()));
    assert!(known_phone(&opened.tasks).is_some());
    for (number, days, given) in [(31, 0, "070-174 06 98"), (32, 8, "070-174 06 99")] {
        site.later(days * DAY);
        let mut sara = site.sign_in(Cast::SaraLindqvist).await;
        offered(&mut sara, number, "contact-details", None, &[("phone", phone(given))]).await;
        let home = sara.get::<GetHome>(&()).await;
        assert_eq!(known_phone(&home.tasks), Some(&phone(given)));
        assert!(home.begun.iter().any(|form| form.key == key("contact-details")));
        assert!(
            !to_change(&home).contains(&("contact-details/own".to_owned(), None)),
            "it stands among the tasks"
        );
        // After the last day what she never answered is not asked any more; otherwise nothing more is to do, and nothing less.
        let asked = if days > 7 { Vec::new() } else { left(&before) };
        assert_eq!(left(&home), asked);
    }
    // Staff see it, and the round's counters have nothing of it.
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    offered(&mut sara, 34, "contact-details", Some(ella()), &[("has", Value::Flag(true))]).await;
    offered(&mut sara, 33, "special-diet", Some(ella()), &[("special", Value::Flag(false))]).await;
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let page: StaffChildOut = anna.get::<GetChildPage>(&ella()).await;
    let of = |form: &str| {
        page.beside.iter().filter(|section| section.column.form == key(form)).collect::<Vec<_>>()
    };
    assert_eq!(of("special-diet")[0].answered, Some(site.clock.now()));
    assert_eq!(of("contact-details").len(), 3);
    let named = page.to_reach.iter().find(|person| person.relation.is_none()).unwrap();
    assert!(!named.name.is_empty() && !named.phones.is_empty(), "whom she has named is there to be called");
    assert!(page.beside.iter().all(|section| section.askable.is_empty()), "no question where nobody sees it");
    let refreshed = site.store.refresh_round(round(1)).await.unwrap();
    assert_eq!((refreshed.written, refreshed.removed), (0, 0));
    let page = anna.get::<GetGroup>(&(group_of(&site, "2B").await, 0)).await.page.unwrap();
    assert_eq!(page.columns.len(), 1);
    assert_eq!(site.store.verify_audit().await.unwrap().faults, []);
}

async fn what_the_other_guardian_has_said_stands_and_is_not_asked_twice(site: Site) {
    answered_and_closed(&site).await;
    start(&site, 1, &[]).await;
    let mut johan = site.sign_in(Cast::JohanLindqvist).await;
    let before = left(&johan.get::<GetHome>(&()).await);
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    for (number, yes) in [(31, false), (32, true)] {
        let home = sara.get::<GetHome>(&()).await;
        let opened = sara.get::<GetOffer>(&key("pictures")).await;
        let only = HomeOut { forms: vec![opened.form], tasks: opened.tasks, ..home };
        let content = answer(&only, Some(ella()), yes);
        let reply = sara.put::<PutSubmission>(&submission(number), bytes(content)).await;
        let receipt: Receipt = read(&reply);
        let status = if yes { TaskStatus::Complete } else { TaskStatus::Declined };
        assert_eq!(
            (receipt.acts[0].status, receipt.acts[0].others_left),
            (status, 0),
            "he has answered before"
        );
        let his = johan.get::<GetHome>(&()).await;
        assert_eq!(left(&his), before, "he is asked nothing");
        let mine = his.tasks.iter().find(|task| task.form.key == key("pictures")).map(|task| task.mine);
        assert_eq!(mine, Some(MyPart::Done));
        let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
        let page = anna.get::<GetPictureConsents>(&group_of(&site, "2B").await).await;
        let row = page.rows.iter().find(|row| row.child == ella()).unwrap();
        let web = page.channels.iter().position(|channel| channel.field.as_str() == "web").unwrap();
        assert_eq!(row.cells[web].as_ref().unwrap().standing.allows(), yes);
        site.later(1);
    }
}

async fn what_was_never_answered_is_not_there(site: Site) {
    answered_and_closed(&site).await;
    start(&site, 1, &[]).await;
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    let opened = sara.get::<GetOffer>(&key("special-diet")).await;
    assert_eq!(opened.tasks.len(), 1, "about Ella and not about Nils");
    let only = HomeOut { forms: vec![opened.form], tasks: opened.tasks, ..home };
    let mut content = answer(&only, Some(ella()), true);
    content.acts[0].child = Some(PersonId(Cast::NilsLindqvist.id()));
    content.acts[0].base = Default::default();
    assert_eq!(sara.put::<PutSubmission>(&submission(31), bytes(content.clone())).await.status, 404);
    // Maria has answered nothing before.
    let mut maria = site.sign_in(Cast::MariaBergstrom).await;
    assert!(to_change(&maria.get::<GetHome>(&()).await).is_empty());
    assert_eq!(maria.get_path(&GetOffer::path(&key("special-diet"))).await.status, 404);
    content.acts[0].child = Some(PersonId(Cast::WilmaBergstrom.id()));
    assert_eq!(maria.put::<PutSubmission>(&submission(32), bytes(content)).await.status, 404);
}

async fn pictures_are_looked_up_whatever_is_asked_now(site: Site) {
    let group = group_of(&site, "2B").await;
    answered_and_closed(&site).await;
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let before = anna.get::<GetPictureConsents>(&group).await;
    assert!(before.channels.iter().any(|channel| channel.field.as_str() == "web"));
    for (number, grades) in [(1, &[4][..]), (2, &[2]), (3, &[])] {
        start(&site, number, grades).await;
        let page = anna.get::<GetPictureConsents>(&group).await;
        let keys = |page: &skolstart_shared::api::PictureConsentsOut| -> Vec<String> {
            let mut keys: Vec<_> = page.channels.iter().map(|one| one.field.as_str().to_owned()).collect();
            keys.sort();
            keys
        };
        assert_eq!(keys(&page), keys(&before));
        let row = page.rows.iter().find(|row| row.child == ella()).unwrap();
        let web = page.channels.iter().position(|channel| channel.field.as_str() == "web").unwrap();
        assert!(row.cells[web].as_ref().unwrap().standing.allows());
    }
}

async fn staff_follow_the_round_that_asks_their_children(site: Site) {
    let (second, fourth) = (group_of(&site, "2B").await, group_of(&site, "4A").await);
    site.later(CLOSED);
    start(&site, 1, &[4]).await;
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    let columns = |page: skolstart_shared::api::GroupOut| page.page.unwrap().columns.len();
    assert!(columns(eva.get::<GetGroup>(&(second, 0)).await) > 1, "its last round, though it has closed");
    assert_eq!(columns(eva.get::<GetGroup>(&(fourth, 0)).await), 1);
    assert_eq!(eva.get::<GetUnits>(&()).await.columns.len(), 1, "it asks somebody at her school");
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    assert!(anna.get::<GetUnits>(&()).await.columns.len() > 1, "it asks nobody in her class");
    let mut fatima = site.sign_in(Cast::FatimaRahimi).await;
    assert!(fatima.get::<GetUnits>(&()).await.columns.len() > 1, "there is no grade 4 at a preschool");
}
