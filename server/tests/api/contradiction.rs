//! The register changes after a guardian has answered: she is asked once, and staff see both until she has said.

use crate::answering::{answer, bytes, submission};
use crate::on_both;
use crate::site::Site;
use serde_json::{Value as Json, json};
use skolstart_server::demo::Cast;
use skolstart_server::usecase::import;
use skolstart_shared::api::{GetChildPage, GetHome, HomeOut, PutSubmission, StaffChildOut, TaskOut};
use skolstart_shared::contact::Phone;
use skolstart_shared::fact::{Freshness, Provenance, Value};
use skolstart_shared::id::PersonId;
use skolstart_shared::round::MyPart;
use std::fs;

on_both! { what_the_register_changes_is_asked_and_settled_by_one_answer a_field_confirmed_in_one_act_counts_in_all }

/// A number of those that PTS keeps for films and books.
const MOVED: &str = "+46701740699";

/// The register says that somebody has another telephone.
async fn register_moves_on(site: &Site, who: Cast) {
    let from = site.folder.path().join("ss12000");
    let id = who.id().to_string();
    let mut found: Option<Json> = None;
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().unwrap().to_str().unwrap().starts_with("persons") {
            let page: Json = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
            let people = page["data"].as_array().unwrap();
            found = found.or_else(|| people.iter().find(|person| person["id"] == id.as_str()).cloned());
        }
    }
    let mut person = found.unwrap();
    person["phoneNumbers"] = json!([{"value": MOVED, "type": "Hem", "mobile": true}]);
    let later = site.folder.path().join("later");
    fs::create_dir_all(&later).unwrap();
    fs::write(later.join("persons-0001.json"), json!({"data": [person]}).to_string()).unwrap();
    import::import(&site.store, &later, |_, _| ()).await.unwrap();
}

fn own(home: &HomeOut) -> &TaskOut {
    home.tasks
        .iter()
        .find(|task| task.child.is_none() && task.known.keys().any(|key| key.as_str() == "phone"))
        .unwrap()
}

fn differing(page: &StaffChildOut) -> Vec<Value> {
    let facts = page.sections.iter().flat_map(|section| &section.facts);
    let differing = facts.filter(|fact| fact.freshness == Freshness::Contradicted);
    differing.filter_map(|fact| fact.value.clone()).collect()
}

async fn what_the_register_changes_is_asked_and_settled_by_one_answer(site: Site) {
    let ella = PersonId(Cast::EllaLindqvist.id());
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    assert_eq!(sara.put::<PutSubmission>(&submission(1), bytes(answer(&home, None, true))).await.status, 200);
    let before = sara.get::<GetHome>(&()).await;
    assert_eq!(own(&before).mine, MyPart::Done);
    site.later(10);
    register_moves_on(&site, Cast::SaraLindqvist).await;

    let home = sara.get::<GetHome>(&()).await;
    let task = own(&home);
    assert_eq!(task.mine, MyPart::ToDo, "it is hers to say");
    let (_, known) = task.known.iter().find(|(key, _)| key.as_str() == "phone").unwrap();
    let moved = Value::Phone(Phone::parse(MOVED).unwrap());
    assert_eq!(
        (known.freshness, known.from, &known.value),
        (Freshness::Contradicted, Provenance::Register, &moved)
    );
    assert_eq!(known.others.len(), 1);
    let mine = known.others[0].clone();
    assert_eq!(mine.from, Provenance::You);
    assert!(mine.since < known.since);
    let others = task.known.iter().filter(|(key, _)| key.as_str() != "phone");
    assert!(others.clone().count() > 0 && others.clone().all(|(_, known)| known.others.is_empty()));

    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let page = anna.get::<GetChildPage>(&ella).await;
    let shown = differing(&page);
    assert!(shown.contains(&moved) && shown.contains(&mine.value), "{}", shown.len());
    let dialled = page.to_reach.iter().flat_map(|person| &person.phones).collect::<Vec<_>>();
    assert!(dialled.iter().any(|phone| *phone == MOVED), "both numbers can be called");

    // She says that her own number is right: one answer to one act.
    let mut content = answer(&home, None, true);
    content.acts.retain(|act| act.child.is_none() && act.act == task.act);
    let phone = content.acts[0].answers.0.iter_mut().find(|(key, _)| key.as_str() == "phone").unwrap();
    *phone.1 = mine.value.clone();
    let reply = sara.put::<PutSubmission>(&submission(2), bytes(content)).await;
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    let home = sara.get::<GetHome>(&()).await;
    assert_eq!(own(&home).mine, MyPart::Done);
    assert!(own(&home).known.values().all(|known| known.others.is_empty()));
    assert_eq!(differing(&anna.get::<GetChildPage>(&ella).await), []);
    // The register says the same again: that is no news.
    register_moves_on(&site, Cast::SaraLindqvist).await;
    assert_eq!(own(&sara.get::<GetHome>(&()).await).mine, MyPart::Done);
}

/// Her own telephone is asked once, and is known wherever it is asked.
async fn a_field_confirmed_in_one_act_counts_in_all(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    let mut content = answer(&home, None, true);
    content.acts.retain(|act| act.child.is_none());
    assert_eq!(sara.put::<PutSubmission>(&submission(1), bytes(content.clone())).await.status, 200);
    let said =
        content.acts.iter().flat_map(|act| act.answers.0.iter()).find(|(key, _)| key.as_str() == "phone");
    let after = sara.get::<GetHome>(&()).await;
    let catalogued = |task: &TaskOut, field: &str| {
        let form = after.forms.iter().find(|form| form.reference() == task.form).unwrap();
        let act = form.act(&task.act).unwrap();
        let field = act.fields.iter().find(|one| one.key.as_str() == field);
        field
            .and_then(|field| field.element.clone())
            .is_some_and(|element| element.as_str() == "guardian.phone")
    };
    let mut times = 0;
    for task in &after.tasks {
        for (key, known) in task.known.iter().filter(|(key, _)| catalogued(task, key.as_str())) {
            times += 1;
            assert_eq!(
                (known.freshness, Some(&known.value)),
                (Freshness::Known, said.map(|(_, value)| value)),
                "{key:?}"
            );
        }
    }
    assert!(times > 0);
}
