//! An answer that calls for another form: asked of whoever answered so, seen by staff, and gone when she answers otherwise, unless
//! it has been answered.

use crate::answering::{bytes, offered, submission};
use crate::browser::{Browser, Reply};
use crate::on_both;
use crate::site::Site;
use serde_json::json;
use skolstart_server::demo::Cast;
use skolstart_server::usecase::publish;
use skolstart_server::usecase::refresh_tasks::refresh_tasks;
use skolstart_shared::Locale;
use skolstart_shared::api::{
    GetChildPage, GetHome, HistoryChange, HomeOut, PutSubmission, StaffChildHistory, StaffChildOut, TaskOut,
};
use skolstart_shared::fact::Value;
use skolstart_shared::form::{Answers, FieldKey, FormDefinition, Texts};
use skolstart_shared::id::{PersonId, RoundId};
use skolstart_shared::round::{MyPart, Round, TaskStatus};
use skolstart_shared::school::SchoolYear;
use skolstart_shared::submission::{ActAnswer, SubmissionContent};
use uuid::Uuid;

on_both! {
    the_form_comes_at_once_with_why_and_goes_when_nothing_calls_for_it
    what_is_answered_stays_whatever_is_answered_afterwards
    who_does_not_read_the_answer_is_told_neither_it_nor_what_it_calls_for
    an_answer_of_one_form_only_is_told_in_the_history_of_those_it_goes_to
}

const ROUND: RoundId = RoundId(Uuid::from_u128(0x78));
const CALLED: &str = "swimming";
const WHY: &str = "Du har svarat att barnet är ovant i vatten.";

fn ella() -> PersonId {
    PersonId(Cast::EllaLindqvist.id())
}

/// A round whose form asks about water, read by everybody at the unit or by this task alone.
async fn begin(site: &Site, only: Option<&str>) {
    let texts = |text: &str| json!({"sv": text, "en": text});
    let yes = json!({"is": ["unused-to-water", {"flag": true}]});
    let mut act = json!({"key": "water", "kind": "confirmation", "subject": "child", "title": texts("Vatten"),
        "purpose": texts("Prov"), "readers": texts("Prov"), "legal-basis": "public-interest", "law": texts("Prov"),
        "retention": "school-year", "signers": "any-guardian",
        "fields": [{"key": "unused-to-water", "label": texts("Ovant i vatten"), "kind": {"yes-no": {}}, "required": true}],
        "calls": [{"when": yes, "form": CALLED, "why": texts(WHY)}]});
    if let Some(task) = only {
        act["audience"] = json!({"only": [task]});
    }
    let form = json!({"key": "water", "version": 1, "title": texts("Vatten"), "intro": texts("Prov"), "acts": [act]});
    let form: FormDefinition = serde_json::from_value(form).unwrap();
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

async fn says(browser: &mut Browser, number: u128, unused: bool) -> Reply {
    let home = browser.get::<GetHome>(&()).await;
    let asked =
        home.tasks.iter().find(|task| task.form.key.as_str() == "water" && task.child == Some(ella()));
    let asked = asked.unwrap();
    let act = ActAnswer {
        form: asked.form.clone(),
        act: asked.act.clone(),
        child: asked.child,
        answers: Answers([(FieldKey("unused-to-water".to_owned()), Value::Flag(unused))].into()),
        base: skolstart_shared::Map::new(),
    };
    let content = SubmissionContent { round: ROUND, locale: Locale::Sv, acts: vec![act], supersedes: None };
    browser.put::<PutSubmission>(&submission(number), bytes(content)).await
}

fn called(home: &HomeOut) -> Option<&TaskOut> {
    let task = home.tasks.iter().find(|task| task.form.key.as_str() == CALLED)?;
    assert_eq!(task.child, Some(ella()));
    assert!(home.begun.iter().any(|form| form.reference() == task.form), "the form comes with its task");
    Some(task)
}

fn on_offer(home: &HomeOut) -> bool {
    home.offers.iter().any(|offer| offer.form.as_str() == CALLED && offer.child == Some(ella()))
}

async fn page(site: &Site, who: Cast) -> StaffChildOut {
    site.sign_in(who).await.get::<GetChildPage>(&ella()).await
}

async fn the_form_comes_at_once_with_why_and_goes_when_nothing_calls_for_it(site: Site) {
    begin(&site, None).await;
    let (mut sara, mut johan) =
        (site.sign_in(Cast::SaraLindqvist).await, site.sign_in(Cast::JohanLindqvist).await);
    assert_eq!(says(&mut sara, 1, false).await.status, 200);
    let home = sara.get::<GetHome>(&()).await;
    assert!(called(&home).is_none() && on_offer(&home));

    site.later(5);
    assert_eq!(says(&mut sara, 2, true).await.status, 200);
    let home = sara.get::<GetHome>(&()).await;
    let task = called(&home).unwrap();
    assert_eq!((task.mine, task.status), (MyPart::ToDo, TaskStatus::NotStarted));
    assert_eq!(task.called.as_deref(), Some(WHY));
    assert!(!on_offer(&home), "it stands among what she has to do");
    assert!(called(&johan.get::<GetHome>(&()).await).is_none(), "what she answered is hers");
    let seen = page(&site, Cast::AnnaHolmgren).await.called;
    assert_eq!(seen.iter().map(|line| line.why.as_str()).collect::<Vec<_>>(), [WHY]);
    assert_eq!(seen[0].by.as_deref(), Some("Sara Lindqvist"));
    // The same answer again, by the same id, changes nothing; and nothing of it is counted as the round's.
    assert_eq!(says(&mut sara, 2, true).await.status, 200);
    let again = refresh_tasks(&site.store, ROUND).await.unwrap();
    assert_eq!((again.written, again.removed), (0, 0));

    site.later(5);
    assert_eq!(says(&mut sara, 3, false).await.status, 200);
    let home = sara.get::<GetHome>(&()).await;
    assert!(called(&home).is_none() && on_offer(&home), "nobody had touched it");
    assert_eq!(page(&site, Cast::AnnaHolmgren).await.called, []);
}

async fn what_is_answered_stays_whatever_is_answered_afterwards(site: Site) {
    begin(&site, None).await;
    let (mut sara, mut johan) =
        (site.sign_in(Cast::SaraLindqvist).await, site.sign_in(Cast::JohanLindqvist).await);
    assert_eq!(says(&mut sara, 1, true).await.status, 200);
    site.later(5);
    offered(&mut sara, 2, CALLED, Some(ella()), &[]).await;
    let home = sara.get::<GetHome>(&()).await;
    let task = called(&home).unwrap();
    assert_eq!((task.mine, task.status, &task.called), (MyPart::Done, TaskStatus::Complete, &None));
    assert_eq!(page(&site, Cast::AnnaHolmgren).await.called, [], "nothing waits any more");
    // The other guardian answers so too: it is answered already, and nobody is asked twice.
    assert_eq!(says(&mut johan, 3, true).await.status, 200);
    assert_eq!(called(&johan.get::<GetHome>(&()).await).unwrap().mine, MyPart::DoneByOther);
    site.later(5);
    assert_eq!(says(&mut sara, 4, false).await.status, 200);
    let home = sara.get::<GetHome>(&()).await;
    assert_eq!(called(&home).unwrap().mine, MyPart::Done, "what was answered stands");
}

/// What belongs to one form only, in the history that this member of staff is told.
async fn told_of_water(site: &Site, who: Cast) -> Vec<(Option<String>, Option<Value>)> {
    let lines = site.sign_in(who).await.get::<StaffChildHistory>(&ella()).await;
    let of_water = lines.into_iter().filter(|line| line.entry.form.key.as_str() == "water");
    let said = of_water.map(|line| {
        assert_eq!(line.asked.as_ref().map(|asked| asked.label.as_str()), Some("Ovant i vatten"));
        match line.entry.change {
            HistoryChange::Given(value) => (line.name, value),
            other => panic!("{other:?}"),
        }
    });
    said.collect()
}

async fn who_does_not_read_the_answer_is_told_neither_it_nor_what_it_calls_for(site: Site) {
    begin(&site, Some("principal")).await;
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    assert_eq!(says(&mut sara, 1, true).await.status, 200);
    assert!(called(&sara.get::<GetHome>(&()).await).is_some());
    assert_eq!(page(&site, Cast::AnnaHolmgren).await.called, []);
    assert_eq!(page(&site, Cast::LarsNystrom).await.called.len(), 1);
    assert_eq!(told_of_water(&site, Cast::AnnaHolmgren).await, []);
    let said = (Some("Sara Lindqvist".to_owned()), Some(Value::Flag(true)));
    assert_eq!(told_of_water(&site, Cast::LarsNystrom).await, [said]);
}

async fn an_answer_of_one_form_only_is_told_in_the_history_of_those_it_goes_to(site: Site) {
    begin(&site, Some("mentor")).await;
    let (mut sara, mut johan) =
        (site.sign_in(Cast::SaraLindqvist).await, site.sign_in(Cast::JohanLindqvist).await);
    assert_eq!(says(&mut sara, 1, true).await.status, 200);
    site.later(5);
    assert_eq!(says(&mut johan, 2, false).await.status, 200);
    let said = |name: &str, yes: bool| (Some(name.to_owned()), Some(Value::Flag(yes)));
    let both = [said("Johan Lindqvist", false), said("Sara Lindqvist", true)];
    assert_eq!(told_of_water(&site, Cast::AnnaHolmgren).await, both, "the newest first");
    site.later(5);
    assert_eq!(says(&mut sara, 3, false).await.status, 200);
    let now = [said("Sara Lindqvist", false), said("Johan Lindqvist", false)];
    assert_eq!(told_of_water(&site, Cast::AnnaHolmgren).await, now, "as each said last");
}
