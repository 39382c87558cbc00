//! What answers set in motion among staff: whose task it becomes, until when, and that it is done.

use crate::answering::{answer, answer_by, bytes, submission};
use crate::applications::apply;
use crate::browser::{Browser, Reply};
use crate::contents::contents;
use crate::on_both;
use crate::site::Site;
use crate::taken_down;
use sea_orm::{ConnectionTrait, Statement};
use skolstart_server::demo::Cast;
use skolstart_shared::access::Function;
use skolstart_shared::api::{
    Endpoint, ErrorCode, GetHome, GetTodos, PutConsentAnswer, PutSubmission, PutTodoMark, SaidConsent,
    TodoLine, TodoMarkIn,
};
use skolstart_shared::fact::Value;
use skolstart_shared::form::FieldKind;
use skolstart_shared::id::{ChangeId, PersonId};

on_both! {
    a_withdrawal_is_a_task_for_whoever_publishes
    the_same_answer_again_asks_for_nothing_more
    what_is_taken_down_sets_it_in_motion_too
    who_has_not_seen_the_newer_answer_is_told
    an_officers_task_is_the_principals_for_a_protected_child
    first_answers_about_food_are_only_for_the_kitchen_when_food_changes
}

fn ella() -> PersonId {
    PersonId(Cast::EllaLindqvist.id())
}

fn done(reply: &Reply) {
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
}

/// Everything in the round, with this answer to every consent.
async fn answers(browser: &mut Browser, id: u128, yes: bool) {
    let home = browser.get::<GetHome>(&()).await;
    done(&browser.put::<PutSubmission>(&submission(id), bytes(answer(&home, Some(ella()), yes))).await);
}

/// Ella goes home with somebody.
pub(crate) const NEVER: [(&str, Value); 1] = [("alone", Value::Flag(false))];

fn alone(days: &[&str]) -> [(&'static str, Value); 3] {
    let days = days.iter().map(|day| (*day).to_owned()).collect();
    let time = skolstart_shared::date::TimeOfDay::parse("14:30").unwrap();
    [("alone", Value::Flag(true)), ("days", Value::Choices(days)), ("time", Value::Time(time))]
}

/// Says that the child may not go home alone, which is the mentor's to write down; gives the line as the principal sees it.
pub(crate) async fn set_in_motion(
    site: &Site,
    guardian: &mut Browser,
    id: u128,
    child: PersonId,
) -> TodoLine {
    done(&apply(guardian, id, "going-home-alone", child, &NEVER).await);
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let lines = lars.get::<GetTodos>(&()).await;
    lines.into_iter().find(|line| line.child == child && line.function == Function::Mentor).unwrap()
}

async fn lines(site: &Site, who: Cast) -> Vec<TodoLine> {
    site.sign_in(who).await.get::<GetTodos>(&()).await
}

async fn publishing(site: &Site, who: Cast) -> Vec<TodoLine> {
    let mut lines = lines(site, who).await;
    lines.retain(|line| line.function == Function::PictureEditor);
    lines
}

async fn mark(browser: &mut Browser, line: &TodoLine, id: u128, is_done: bool) -> Reply {
    let mark = TodoMarkIn { done: is_done, seen: line.asked };
    let path = (line.child, line.todo, ChangeId(submission(id).0));
    browser.put::<PutTodoMark>(&path, serde_json::to_vec(&mark).unwrap()).await
}

async fn a_withdrawal_is_a_task_for_whoever_publishes(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    answers(&mut sara, 1, true).await;
    assert!(publishing(&site, Cast::EvaHedlund).await.is_empty(), "a yes is nothing to do");
    site.later(5);
    answers(&mut sara, 2, false).await;
    let asked = publishing(&site, Cast::EvaHedlund).await;
    assert_eq!(asked.len(), 3, "the channels that something can be taken away from");
    let today = site.clock.today();
    assert_eq!(
        asked.iter().map(|line| line.due).collect::<Vec<_>>(),
        [1, 3, 7].map(|days| today.add_days(days))
    );
    assert!(asked[1].what.contains("webbplats") && asked[1].name == "Ella Lindqvist" && !asked[1].done);
    for other in [Cast::AnnaHolmgren, Cast::FatimaRahimi, Cast::MatsOberg] {
        assert!(publishing(&site, other).await.is_empty(), "{other:?} publishes nothing for Ella");
    }

    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    done(&mark(&mut eva, &asked[1], 10, true).await);
    done(&mark(&mut eva, &asked[1], 10, true).await);
    mark(&mut eva, &asked[1], 10, false).await.refused(409, ErrorCode::HashMismatch);
    let seen = publishing(&site, Cast::LarsNystrom).await;
    let web = seen.iter().find(|line| line.todo == asked[1].todo).unwrap();
    let last = web.last.as_ref().unwrap();
    assert_eq!((web.done, last.done, last.by.as_str()), (true, true, "Eva Hedlund"));
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    done(&mark(&mut lars, web, 11, false).await);
    let again = publishing(&site, Cast::EvaHedlund).await;
    let web = again.iter().find(|line| line.todo == asked[1].todo).unwrap();
    assert_eq!((web.done, web.last.as_ref().unwrap().by.as_str()), (false, "Lars Nyström"));
    let stored = contents(&site).await;
    assert_eq!(stored["todo_mark"].len(), 2, "the same mark twice is one");
    assert!(noted(&site).await >= 4, "reads and marks");
    assert!(site.store.verify_audit().await.unwrap().faults.is_empty());
}

/// How many entries of the audit trail are about todos.
async fn noted(site: &Site) -> i64 {
    let db = site.raw().await;
    let sql = "SELECT COUNT(*) FROM audit WHERE action = 'handle-todos'";
    let row =
        db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

async fn the_same_answer_again_asks_for_nothing_more(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let mut johan = site.sign_in(Cast::JohanLindqvist).await;
    let line = set_in_motion(&site, &mut sara, 1, ella()).await;
    assert_eq!(line.due, site.clock.today(), "on the same day");
    site.later(5);
    done(&apply(&mut johan, 2, "going-home-alone", ella(), &NEVER).await);
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let hers = anna.get::<GetTodos>(&()).await;
    assert_eq!(hers.len(), 1, "the mentor's");
    assert_eq!(hers[0].asked, line.asked, "the other guardian said the same");
    done(&mark(&mut anna, &hers[0], 10, true).await);
    site.later(5);
    done(&apply(&mut sara, 3, "going-home-alone", ella(), &NEVER).await);
    assert!(lines(&site, Cast::AnnaHolmgren).await.iter().all(|line| line.done));
    done(&apply(&mut sara, 4, "going-home-alone", ella(), &alone(&["friday"])).await);
    let after = lines(&site, Cast::AnnaHolmgren).await;
    assert_eq!(
        after.iter().map(|line| line.done).collect::<Vec<_>>(),
        [false, true],
        "a new one, and the old one stays done"
    );
}

async fn what_is_taken_down_sets_it_in_motion_too(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    answers(&mut sara, 1, true).await;
    site.later(5);
    let person = PersonId(Cast::SaraLindqvist.id());
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let no = taken_down::paper(person, "web", SaidConsent::No, (2026, 9, 7));
    let path = (ella(), ChangeId(submission(90).0));
    done(&lars.put::<PutConsentAnswer>(&path, taken_down::bytes(&no)).await);
    done(&lars.put::<PutConsentAnswer>(&path, taken_down::bytes(&no)).await);
    let asked = publishing(&site, Cast::EvaHedlund).await;
    assert_eq!(asked.len(), 1);
    assert!(asked[0].what.contains("webbplats"));
}

async fn who_has_not_seen_the_newer_answer_is_told(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let first = set_in_motion(&site, &mut sara, 1, ella()).await;
    site.later(5);
    let second = set_in_motion(&site, &mut sara, 2, ella()).await;
    assert_eq!(second.asked, first.asked, "the same answer");
    done(&apply(&mut sara, 3, "going-home-alone", ella(), &alone(&["friday"])).await);
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let now = anna.get::<GetTodos>(&()).await.remove(0);
    assert_eq!((now.todo, now.due, now.asked > first.asked), (first.todo, first.due, true));
    mark(&mut anna, &first, 10, true).await.refused(412, ErrorCode::Stale);
    done(&mark(&mut anna, &now, 11, true).await);
}

async fn an_officers_task_is_the_principals_for_a_protected_child(site: Site) {
    let love = PersonId(Cast::LoveSandberg.id());
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
        ("reasons", Value::Choices(vec!["medical".to_owned()])),
        ("describe", Value::Text("Går inte långa sträckor".to_owned())),
        ("answer", Value::Choice("here".to_owned())),
    ];
    for (who, id, child) in [(Cast::SaraLindqvist, 1, ella()), (Cast::KarinSandberg, 2, love)] {
        let mut guardian = site.sign_in(who).await;
        done(&apply(&mut guardian, id, "school-transport", child, &given).await);
    }
    let officers = lines(&site, Cast::MatsOberg).await;
    assert_eq!(officers.iter().map(|line| line.child).collect::<Vec<_>>(), [ella()]);
    let principals = lines(&site, Cast::LarsNystrom).await;
    assert_eq!(
        principals.iter().map(|line| (line.child, line.protected)).collect::<Vec<_>>(),
        [(love, true)]
    );
    assert!(lines(&site, Cast::EvaHedlund).await.is_empty());
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    mark(&mut eva, &principals[0], 10, true).await.refused(404, ErrorCode::NotFound);
    assert_eq!(
        PutTodoMark::path(&(love, principals[0].todo, ChangeId(submission(1).0)))
            .matches(&love.to_string())
            .count(),
        1
    );
}

async fn first_answers_about_food_are_only_for_the_kitchen_when_food_changes(site: Site) {
    let kitchen = async || {
        let mut lines = lines(&site, Cast::EvaHedlund).await;
        lines.retain(|line| line.function == Function::Kitchen);
        lines.len()
    };
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    answers(&mut sara, 1, true).await;
    assert_eq!(kitchen().await, 0, "Ella eats what everybody eats");
    let home = sara.get::<GetHome>(&()).await;
    let content = answer_by(&home, Some(ella()), &|field, known, setting| match &field.kind {
        FieldKind::YesNo {} if field.key.as_str() == "special" => Some(Value::Flag(true)),
        FieldKind::Choices { options, .. } => Some(Value::Choices(vec![options[0].key.clone()])),
        _ => known.or_else(|| skolstart_shared::form::example(field, 0, setting)),
    });
    done(&sara.put::<PutSubmission>(&submission(2), bytes(content)).await);
    assert_eq!(kitchen().await, 1);
}
