//! Elements of the municipality's own: a form brings them, and they are known, seen and kept as those that ship with the program.

use crate::answering::offered;
use crate::browser::Browser;
use crate::builder::{draft, form, json, publish, read};
use crate::on_both;
use crate::site::Site;
use serde_json::{Value as Json, json as written};
use skolstart_server::demo::Cast;
use skolstart_server::store::classes::Rules;
use skolstart_server::usecase::retention::without_rule;
use skolstart_shared::Locale;
use skolstart_shared::api::{
    ChangedBy, DraftIn, DraftSaved, ElementIn, ElementLine, ElementVersion, ErrorCode, FormFileIn,
    FormFileKind, FormFileOut, GetCatalogue, GetChildPage, GetDraft, GetElementHistory, GetOffer,
    GetPublishedForm, HistoryByStaff, HistoryChange, LeftOutReason, PutDraft, PutElement, PutReview,
    ReadFormFile, ReviewIn, StaffChildHistory, StaffFact,
};
use skolstart_shared::fact::{Audience, Element, ElementKey, Freshness, Value};
use skolstart_shared::form::builder::ReviewStep;
use skolstart_shared::form::{ActKind, FieldKey, FormDefinition, FormKey, Known};
use skolstart_shared::id::{ChangeId, PersonId};

on_both! {
    what_a_form_brings_is_known_wherever_it_is_asked
    how_it_is_described_here_stands
    what_is_not_right_about_it_is_not_published
    an_answer_stays_when_the_question_is_gone
}

const CARD: &str = "child.own-bus-card";

fn key() -> ElementKey {
    ElementKey(CARD.to_owned())
}

fn ella() -> PersonId {
    PersonId(Cast::EllaLindqvist.id())
}

fn t(text: &str) -> Json {
    written!({"sv": text, "en": text})
}

fn element() -> Element {
    let element = written!({"key": CARD, "subject": "child", "sensitivity": "personal", "holds-days": 365, "merge": "latest",
        "sharing": "guardians", "retention": "school-year", "label": t("Busskort"), "kind": "yes-no"});
    serde_json::from_value(element).unwrap()
}

/// A question about the element, of this kind.
fn asks(kind: Json) -> Json {
    written!({"key": "card", "label": t("Har barnet busskort?"), "kind": kind, "element": CARD})
}

/// A form for those who need it.
fn on_demand(name: &str, field: Json, elements: Vec<Element>) -> FormDefinition {
    let mut form = form(name, &[field]);
    form.acts[0].kind = ActKind::Notification;
    form.acts[0].on_demand = true;
    FormDefinition { elements, ..form }
}

fn brings(name: &str) -> FormDefinition {
    on_demand(name, asks(written!({"yes-no": {}})), vec![element()])
}

async fn described(browser: &mut Browser) -> Option<ElementLine> {
    let catalogue = browser.get::<GetCatalogue>(&()).await;
    catalogue.elements.into_iter().find(|line| line.element.key == key())
}

async fn history(browser: &mut Browser) -> Vec<ElementVersion> {
    browser.get::<GetElementHistory>(&key()).await
}

/// What the form on offer knows about Ella beforehand.
async fn known(browser: &mut Browser, form: &str) -> Option<Known> {
    let offer = browser.get::<GetOffer>(&FormKey(form.to_owned())).await;
    let task = offer.tasks.into_iter().find(|task| task.child == Some(ella())).unwrap();
    task.known.get(&FieldKey("card".to_owned())).cloned()
}

/// What her teacher reads about it on her page.
async fn shown(site: &Site, who: Cast) -> Vec<StaffFact> {
    let page = site.sign_in(who).await.get::<GetChildPage>(&ella()).await;
    let all = page.sections.into_iter().chain(page.beside).flat_map(|section| section.facts);
    all.filter(|fact| fact.label == "Har barnet busskort?" && fact.value.is_some()).collect()
}

async fn what_a_form_brings_is_known_wherever_it_is_asked(site: Site) {
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    assert!(described(&mut mats).await.is_none());
    read::<DraftSaved>(
        &mats.put::<PutDraft>(&draft(1), json(&DraftIn { base: 0, form: brings("draft") })).await,
    );
    assert!(described(&mut mats).await.is_none(), "a draft brings nothing");
    publish(&site, 100, &brings("bus")).await;
    let line = described(&mut mats).await.unwrap();
    assert_eq!((&line.element, line.version, line.fields.len()), (&element(), 1, 1));
    // Ingrid has published it.
    assert_eq!(history(&mut mats).await[0].by, ChangedBy::Other);

    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    offered(&mut sara, 1, "bus", Some(ella()), &[("card", Value::Flag(true))]).await;
    // Another form asks the same, and brings it too when it is handed over.
    publish(&site, 200, &on_demand("trip", asks(written!({"yes-no": {}})), Vec::new())).await;
    let trip = mats.get::<GetPublishedForm>(&(FormKey("trip".to_owned()), 1)).await;
    assert_eq!(trip.elements, [element()]);
    assert_eq!(history(&mut mats).await.len(), 1);
    for who in [Cast::SaraLindqvist, Cast::JohanLindqvist] {
        let known = known(&mut site.sign_in(who).await, "trip").await.unwrap();
        assert_eq!((known.value, known.freshness), (Value::Flag(true), Freshness::Known));
    }
    // Families are not told how the catalogue describes what they are asked.
    let offer = sara.get::<GetOffer>(&FormKey("trip".to_owned())).await;
    assert_eq!(offer.form.elements, []);
    assert!(!shown(&site, Cast::AnnaHolmgren).await.is_empty());
    let extract = site.store.extract(ella(), None, Locale::Sv).await.unwrap().unwrap();
    assert!(format!("{:?}", extract.sections).contains(CARD));
    assert_eq!(without_rule(&site.store, &Rules::shipped().unwrap()).unwrap(), Vec::<String>::new());

    // From here on it is changed as any other.
    let few = Element { audience: Audience::Principal, holds_days: Some(30), ..element() };
    read::<ElementLine>(&mats.put::<PutElement>(&key(), json(&ElementIn { base: 1, element: few })).await);
    assert!(shown(&site, Cast::AnnaHolmgren).await.is_empty());
    assert!(!shown(&site, Cast::LarsNystrom).await.is_empty());
    site.later(40 * 24 * 60);
    let late = known(&mut site.sign_in(Cast::SaraLindqvist).await, "trip").await.unwrap();
    assert_eq!(late.freshness, Freshness::Stale);
    assert_eq!(site.store.verify_audit().await.unwrap().faults, []);
}

async fn how_it_is_described_here_stands(site: Site) {
    publish(&site, 100, &brings("bus")).await;
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let theirs = Element { holds_days: Some(30), ..element() };
    let form = FormDefinition { elements: vec![theirs], ..brings("theirs") };
    let content = serde_json::to_string(&form).unwrap();
    let file = FormFileIn { kind: FormFileKind::Json, content };
    let found: FormFileOut = read(&mats.put::<ReadFormFile>(&(), json(&file)).await);
    let told: Vec<_> = found.left_out.iter().map(|one| (one.row, one.what.as_str(), one.reason)).collect();
    assert_eq!(told, [(0, "Busskort", LeftOutReason::KnownOtherwise)]);
    let read_form = found.form.unwrap();
    read::<DraftSaved>(&mats.put::<PutDraft>(&draft(1), json(&DraftIn { base: 0, form: read_form })).await);
    assert_eq!(mats.get::<GetDraft>(&draft(1)).await.form.elements, [element()]);
    // A file that says the same says nothing of it.
    let content = serde_json::to_string(&brings("theirs")).unwrap();
    let file = FormFileIn { kind: FormFileKind::Json, content };
    let found: FormFileOut = read(&mats.put::<ReadFormFile>(&(), json(&file)).await);
    assert_eq!(found.left_out, []);
}

async fn what_is_not_right_about_it_is_not_published(site: Site) {
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let mut asked = 0;
    let mut refused = async |form: FormDefinition| {
        asked += 1;
        let id = draft(300 + asked);
        read::<DraftSaved>(&mats.put::<PutDraft>(&id, json(&DraftIn { base: 0, form })).await);
        let step = ChangeId(crate::answering::submission(400 + asked).0);
        let ask = json(&ReviewIn { revision: 1, step: ReviewStep::Ask });
        mats.put::<PutReview>(&(id, step), ask).await.refused(422, ErrorCode::Invalid);
    };
    let nameless = Element { label: Default::default(), ..element() };
    refused(FormDefinition { elements: vec![nameless], ..brings("nameless") }).await;
    let nobody = Element { audience: Audience::Only(vec![]), ..element() };
    refused(FormDefinition { elements: vec![nobody], ..brings("nobody") }).await;
    refused(on_demand("missing", asks(written!({"yes-no": {}})), Vec::new())).await;
    // What is known is yes or no: it would be filled in where a text is asked.
    publish(&site, 100, &brings("bus")).await;
    refused(on_demand("text", asks(written!({"text": {"max": 20}})), Vec::new())).await;
}

async fn an_answer_stays_when_the_question_is_gone(site: Site) {
    publish(&site, 100, &brings("bus")).await;
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    offered(&mut sara, 1, "bus", Some(ella()), &[("card", Value::Flag(true))]).await;
    let other = written!({"key": "line", "label": t("Vilken linje?"), "kind": {"text": {"max": 20}}});
    publish(&site, 200, &on_demand("bus", other, vec![element()])).await;
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let second = mats.get::<GetPublishedForm>(&(FormKey("bus".to_owned()), 2)).await;
    assert_eq!(second.elements, [], "what nothing asks does not travel");
    let first = mats.get::<GetPublishedForm>(&(FormKey("bus".to_owned()), 1)).await;
    assert_eq!(first.elements, [element()]);
    assert_eq!(described(&mut mats).await.unwrap().fields, []);
    // Staff read the answer as it was given: to the first version of the form that asked it.
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let history = anna.get::<StaffChildHistory>(&ella()).await;
    let asked =
        |line: &HistoryByStaff| line.asked.as_ref().is_some_and(|asked| asked.form.key.as_str() == "bus");
    let line = history.into_iter().find(asked).unwrap();
    assert_eq!(line.entry.change, HistoryChange::Given(Some(Value::Flag(true))));
    let then = line.asked.unwrap();
    assert_eq!((then.form.version, then.label.as_str()), (1, "Har barnet busskort?"));
    publish(&site, 300, &on_demand("trip", asks(written!({"yes-no": {}})), Vec::new())).await;
    let sara = &mut site.sign_in(Cast::SaraLindqvist).await;
    assert_eq!(known(sara, "trip").await.unwrap().value, Value::Flag(true));
}
