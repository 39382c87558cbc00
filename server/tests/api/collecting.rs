//! The list at the door: who may collect a child, whether it goes home alone, and who is not on it.

use crate::answering::{answer_by, bytes, submission};
use crate::browser::Browser;
use crate::on_both;
use crate::site::Site;
use skolstart_server::demo::Cast;
use skolstart_shared::Map;
use skolstart_shared::api::{
    Alone, CatalogueOut, CollectingRow, ElementIn, ElementLine, Endpoint, GetCatalogue, GetCollecting,
    GetHome, GetUnits, PutElement, PutSubmission,
};
use skolstart_shared::contact::Phone;
use skolstart_shared::fact::{Audience, Element, Value};
use skolstart_shared::form::{Field, Setting, example};
use skolstart_shared::id::{GroupId, PersonId};

on_both! {
    what_each_home_has_said_stands_on_the_list
    whoever_is_not_to_be_found_is_not_on_the_list
    who_may_not_read_it_does_not
}

const NUMBER: &str = "070-174 06 05";

fn ella() -> PersonId {
    PersonId(Cast::EllaLindqvist.id())
}

async fn group_of(browser: &mut Browser, name: &str) -> GroupId {
    let units = browser.get::<GetUnits>(&()).await;
    let mut groups = units.units.into_iter().flat_map(|unit| unit.groups);
    groups.find(|group| group.name == name).unwrap().id
}

/// Says who else may collect Ella, if anybody, and whether she goes home alone.
async fn says(browser: &mut Browser, number: u128, collector: Option<&str>, alone: bool) {
    let home = browser.get::<GetHome>(&()).await;
    let text = |words: &str| Value::Text(words.to_owned());
    let say = |field: &Field, known: Option<Value>, setting: &Setting| match field.element.as_ref()?.as_str()
    {
        "child.has-collectors" => Some(Value::Flag(collector.is_some())),
        "child.collectors" => collector.map(|name| {
            let row: Map<String, Value> = [
                ("name".to_owned(), text(name)),
                ("relation".to_owned(), text("mormor")),
                ("phone".to_owned(), Value::Phone(Phone::parse(NUMBER).unwrap())),
            ]
            .into();
            Value::Rows(vec![row])
        }),
        "child.walks-home" => Some(Value::Flag(alone)),
        _ => known.or_else(|| example(field, 0, setting)),
    };
    let mut content = answer_by(&home, Some(ella()), &say);
    content.acts.retain(|act| act.act.as_str() == "collect");
    assert_eq!(content.acts.len(), 1);
    let reply = browser.put::<PutSubmission>(&submission(number), bytes(content)).await;
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
}

/// Ella's line.
async fn line(browser: &mut Browser) -> CollectingRow {
    let group = group_of(browser, "2B").await;
    let list = browser.get::<GetCollecting>(&group).await;
    list.rows.into_iter().find(|row| row.child == ella()).unwrap()
}

fn names(row: &CollectingRow) -> Vec<&str> {
    row.collectors.iter().map(|one| one.name.as_str()).collect()
}

async fn what_each_home_has_said_stands_on_the_list(site: Site) {
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let (mut sara, mut johan) =
        (site.sign_in(Cast::SaraLindqvist).await, site.sign_in(Cast::JohanLindqvist).await);
    says(&mut sara, 1, Some("Berit"), true).await;
    let row = line(&mut anna).await;
    assert_eq!(row.guardians, ["Johan Lindqvist", "Sara Lindqvist"]);
    assert!(names(&row).contains(&"Berit") && row.answered);
    assert_eq!(
        row.collectors.iter().find(|one| one.name == "Berit").unwrap().described.as_deref(),
        Some("mormor")
    );
    says(&mut johan, 2, Some("Karl"), true).await;
    let row = line(&mut anna).await;
    assert_eq!((names(&row), row.alone), (vec!["Berit", "Karl"], Alone::Yes));
    // One who changes her mind takes her own person away, and one no is a no.
    site.later(1);
    says(&mut sara, 3, None, false).await;
    let row = line(&mut anna).await;
    assert_eq!((names(&row), row.alone), (vec!["Karl"], Alone::No));
    let group = group_of(&mut anna, "2B").await;
    let told = anna.get_path(&GetCollecting::path(&group)).await;
    let told = String::from_utf8(told.body).unwrap();
    assert!(!told.contains("174") && !told.contains("0701740605"), "no telephone number hangs at a door");
    assert_eq!(site.store.verify_audit().await.unwrap().faults, []);
}

async fn whoever_is_not_to_be_found_is_not_on_the_list(site: Site) {
    // Her principal sees Love on other pages; the list is seen by others than him.
    for who in [Cast::LarsNystrom, Cast::EvaHedlund] {
        let mut browser = site.sign_in(who).await;
        let group = group_of(&mut browser, "5A").await;
        let told = browser.get_path(&GetCollecting::path(&group)).await;
        assert_eq!(told.status, 200);
        let told = String::from_utf8(told.body).unwrap();
        assert!(told.contains("Zofia") && !told.contains(&Cast::LoveSandberg.id().to_string()));
    }
}

async fn who_may_not_read_it_does_not(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    says(&mut sara, 1, Some("Berit"), false).await;
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let catalogue: CatalogueOut = mats.get::<GetCatalogue>(&()).await;
    let is_it = |line: &&ElementLine| line.element.key.as_str() == "child.collectors";
    let known = catalogue.elements.iter().find(is_it).unwrap();
    let element = Element { audience: Audience::Principal, ..known.element.clone() };
    let change = serde_json::to_vec(&ElementIn { base: known.version, element }).unwrap();
    assert_eq!(mats.put::<PutElement>(&known.element.key, change).await.status, 200);
    assert_eq!(names(&line(&mut site.sign_in(Cast::AnnaHolmgren).await).await), Vec::<&str>::new());
    assert!(names(&line(&mut site.sign_in(Cast::LarsNystrom).await).await).contains(&"Berit"));
}
