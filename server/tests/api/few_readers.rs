//! What families are told that only some see, only those see: on the child's page, in its history, in what is to be done.

use crate::answering::{offered, submission};
use crate::applications::apply;
use crate::browser::Browser;
use crate::on_both;
use crate::site::Site;
use skolstart_server::demo::Cast;
use skolstart_shared::Map;
use skolstart_shared::access::Function;
use skolstart_shared::api::{
    ActName, Endpoint, ErrorCode, GetChildPage, GetHome, GetOffer, GetTodo, GetTodos, PutConsentAnswer,
    PutTaskChange, SaidConsent, StaffChildHistory, TaskChange, TaskChangeIn, TodoLine,
};
use skolstart_shared::fact::Value;
use skolstart_shared::form::{Field, FieldKey, FieldKind, FormKey, FormRef};
use skolstart_shared::id::{ChangeId, PersonId};

on_both! {
    income_is_read_by_the_officer_and_by_nobody_at_the_school
    what_school_health_asks_is_for_school_health
    a_consent_that_few_see_is_taken_down_by_few
    who_does_not_read_an_answer_does_not_ask_about_it
    what_is_to_be_done_comes_with_its_answer
}

/// In no other answer.
const WORD: &str = "kanariefågel";
/// In öre; no other number is so.
const WAGE: i64 = 3_141_592;

fn ella() -> PersonId {
    PersonId(Cast::EllaLindqvist.id())
}

/// Says the word in every text of a form on offer, and yes to everything.
async fn loudly(browser: &mut Browser, number: u128, form: &str) {
    let opened = browser.get::<GetOffer>(&FormKey(form.to_owned())).await;
    let fields = opened.form.acts.iter().flat_map(|act| &act.fields);
    let said = |field: &Field| match &field.kind {
        FieldKind::Text { .. } | FieldKind::LongText { .. } => Some(Value::Text(WORD.to_owned())),
        FieldKind::YesNo {} | FieldKind::Consent { .. } => Some(Value::Flag(true)),
        _ => None,
    };
    let given: Vec<_> = fields.filter_map(|field| Some((field.key.0.clone(), said(field)?))).collect();
    let given: Vec<_> = given.iter().map(|(key, value)| (key.as_str(), value.clone())).collect();
    offered(browser, number, form, Some(ella()), &given).await;
}

/// All that somebody of the staff can read of the child, as text.
async fn all_of(site: &Site, who: Cast, child: PersonId) -> String {
    let mut browser = site.sign_in(who).await;
    let mut said = String::new();
    for path in [GetChildPage::path(&child), StaffChildHistory::path(&child)] {
        let reply = browser.get_path(&path).await;
        assert_eq!(reply.status, 200, "{who:?}");
        said.push_str(&String::from_utf8_lossy(&reply.body));
    }
    said
}

async fn officers(site: &Site, who: Cast) -> Vec<TodoLine> {
    let mut lines = site.sign_in(who).await.get::<GetTodos>(&()).await;
    lines.retain(|line| line.function == Function::Officer);
    lines
}

async fn income_is_read_by_the_officer_and_by_nobody_at_the_school(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    offered(&mut sara, 1, "income", None, &[("cap", Value::Flag(false))]).await;
    site.later(5);
    let wage = [("cap", Value::Flag(false)), ("mine-wage", Value::Number(WAGE))];
    offered(&mut sara, 2, "income", None, &wage).await;
    let lines = officers(&site, Cast::MatsOberg).await;
    let line = lines.first().unwrap();
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let found = mats.get::<GetTodo>(&(line.child, line.todo)).await;
    assert_eq!(found.by.as_deref(), Some("Sara Lindqvist"));
    assert!(!found.withheld);
    let answers = found.answers.unwrap();
    assert_eq!(answers.get(&FieldKey("mine-wage".to_owned())), Some(&Value::Number(WAGE)));
    for who in [Cast::AnnaHolmgren, Cast::EvaHedlund, Cast::LarsNystrom] {
        let mut browser = site.sign_in(who).await;
        let reply = browser.get_path(&GetTodo::path(&(line.child, line.todo))).await;
        reply.refused(404, ErrorCode::NotFound);
        assert!(!all_of(&site, who, ella()).await.contains(&WAGE.to_string()), "{who:?}");
    }
    let nils = PersonId(Cast::NilsLindqvist.id());
    assert!(!all_of(&site, Cast::FatimaRahimi, nils).await.contains(&WAGE.to_string()), "the preschool");
}

async fn what_school_health_asks_is_for_school_health(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    loudly(&mut sara, 1, "vaccination").await;
    loudly(&mut sara, 2, "self-care").await;
    let nurse = all_of(&site, Cast::MonaForsberg, ella()).await;
    let seen = nurse.matches(WORD).count();
    // Of these two forms only self-care is for the principal and the mentor too.
    for who in [Cast::AnnaHolmgren, Cast::LarsNystrom] {
        let theirs = all_of(&site, who, ella()).await;
        let count = theirs.matches(WORD).count();
        assert!(count > 0 && count < seen, "{who:?}: {count} of {seen}");
        assert!(!theirs.contains(r#""decided":"#), "{who:?} is told of the consent");
    }
    assert!(nurse.contains(r#""decided":"#), "the nurse is told of the consent");
    let administrator = all_of(&site, Cast::EvaHedlund, ella()).await;
    assert!(!administrator.contains(WORD), "none of it is for the administrator");
}

async fn a_consent_that_few_see_is_taken_down_by_few(site: Site) {
    let answer = skolstart_shared::api::ConsentAnswerIn {
        form: FormRef { key: FormKey("vaccination".to_owned()), version: 1 },
        act: skolstart_shared::form::ActKey("agree".to_owned()),
        said: Map::from_iter([(FieldKey("mmr".to_owned()), SaidConsent::No)]),
        ..crate::taken_down::paper(PersonId(Cast::SaraLindqvist.id()), "web", SaidConsent::No, (2026, 9, 7))
    };
    for (who, number, status) in
        [(Cast::AnnaHolmgren, 1, 404), (Cast::LarsNystrom, 2, 404), (Cast::MonaForsberg, 3, 200)]
    {
        let mut browser = site.sign_in(who).await;
        let path = (ella(), ChangeId(submission(number).0));
        let reply = browser.put::<PutConsentAnswer>(&path, crate::taken_down::bytes(&answer)).await;
        assert_eq!(reply.status, status, "{who:?}: {}", String::from_utf8_lossy(&reply.body));
    }
}

async fn who_does_not_read_an_answer_does_not_ask_about_it(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    loudly(&mut sara, 1, "vaccination").await;
    let round = sara.get::<GetHome>(&()).await.round.unwrap().id;
    let act = ActName {
        form: FormKey("vaccination".to_owned()),
        act: skolstart_shared::form::ActKey("health".to_owned()),
    };
    let questions = Map::from_iter([(FieldKey("what".to_owned()), "Vad var det?".to_owned())]);
    let ask = TaskChangeIn { round, act: Some(act), change: TaskChange::Return(questions) };
    for (who, number, status) in
        [(Cast::AnnaHolmgren, 1, 404), (Cast::LarsNystrom, 2, 404), (Cast::MonaForsberg, 3, 200)]
    {
        let mut browser = site.sign_in(who).await;
        let path = (ella(), ChangeId(submission(number).0));
        let reply = browser.put::<PutTaskChange>(&path, serde_json::to_vec(&ask).unwrap()).await;
        assert_eq!(reply.status, status, "{who:?}: {}", String::from_utf8_lossy(&reply.body));
    }
}

async fn what_is_to_be_done_comes_with_its_answer(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let line = crate::todos::set_in_motion(&site, &mut sara, 1, ella()).await;
    let path = (line.child, line.todo);
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let found = anna.get::<GetTodo>(&path).await;
    assert_eq!((&found.line.todo, found.by.as_deref()), (&line.todo, Some("Sara Lindqvist")));
    let alone = FieldKey("alone".to_owned());
    assert_eq!(found.answers.as_ref().and_then(|said| said.get(&alone)), Some(&Value::Flag(false)));
    assert!(found.act.field(&alone).is_some(), "with the questions");
    // The newest answer that asked for it.
    site.later(5);
    let friday = [
        ("alone", Value::Flag(true)),
        ("days", Value::Choices(vec!["friday".to_owned()])),
        ("time", Value::Time(skolstart_shared::date::TimeOfDay::parse("14:30").unwrap())),
    ];
    let mut johan = site.sign_in(Cast::JohanLindqvist).await;
    assert_eq!(apply(&mut johan, 2, "going-home-alone", ella(), &friday).await.status, 200);
    let found = anna.get::<GetTodo>(&path).await;
    assert_eq!(found.by.as_deref(), Some("Johan Lindqvist"));
    assert_eq!(found.answers.unwrap().get(&alone), Some(&Value::Flag(true)));
    let mut karin = site.sign_in(Cast::KarinSandberg).await;
    karin.get_path(&GetTodo::path(&path)).await.refused(404, ErrorCode::NotFound);
    assert!(site.store.verify_audit().await.unwrap().faults.is_empty());
}
