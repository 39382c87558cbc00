//! An address question: filled in from the register for the home that the child is registered in, offered in the other, and never a way
//! to learn where the other guardian lives.

use crate::answering::offered;
use crate::browser::Browser;
use crate::on_both;
use crate::site::Site;
use skolstart_server::demo::Cast;
use skolstart_server::store::Extract;
use skolstart_shared::api::{ChildHistory, Endpoint, GetHome, GetOffer, StaffChildHistory, TaskOut};
use skolstart_shared::fact::{CHILD_ADDRESS, Provenance, Value};
use skolstart_shared::form::FormKey;
use skolstart_shared::id::PersonId;
use skolstart_shared::round::MyPart;

on_both! { an_address_is_filled_in_at_one_home_and_offered_in_the_other where_a_protected_child_lives_is_told_to_nobody }

fn ella() -> PersonId {
    PersonId(Cast::EllaLindqvist.id())
}

async fn transport(browser: &mut Browser, child: PersonId) -> TaskOut {
    let opened = browser.get::<GetOffer>(&FormKey("school-transport".to_owned())).await;
    opened.tasks.into_iter().find(|task| task.child == Some(child)).unwrap()
}

fn street(address: &Value) -> String {
    let Value::Rows(rows) = address else { panic!("no address") };
    let Value::Text(street) = &rows[0]["street"] else { panic!("no street") };
    street.clone()
}

/// All that a guardian's program can be told about the child.
async fn all_told(browser: &mut Browser) -> String {
    let mut told = String::new();
    for path in [
        GetHome::path(&()),
        GetOffer::path(&FormKey("school-transport".to_owned())),
        ChildHistory::path(&ella()),
    ] {
        let reply = browser.get_path(&path).await;
        assert_eq!(reply.status, 200, "{path}");
        told.push_str(&String::from_utf8(reply.body).unwrap());
    }
    told
}

async fn an_address_is_filled_in_at_one_home_and_offered_in_the_other(site: Site) {
    let (mut sara, mut johan) =
        (site.sign_in(Cast::SaraLindqvist).await, site.sign_in(Cast::JohanLindqvist).await);
    let (hers, his) = (transport(&mut sara, ella()).await, transport(&mut johan, ella()).await);
    let (_, known) = hers.known.iter().find(|(key, _)| key.as_str() == "homes").unwrap();
    // The register of the demo came in a year ago: known, and to be confirmed.
    assert_eq!((known.from, known.others.len()), (Provenance::Register, 0));
    assert_eq!(hers.offered.len(), 0, "what is known is not offered too");
    assert!(his.known.keys().all(|key| key.as_str() != "homes"), "Ella is not registered with him");
    let (_, own) = his.offered.iter().next().unwrap();
    let (at_saras, at_johans) = (street(&known.value), street(own));
    assert_ne!(at_saras, at_johans);
    assert!(!all_told(&mut johan).await.contains(&at_saras));
    assert!(!all_told(&mut sara).await.contains(&at_johans));

    // One tap each. Neither changes anything for the other, and each is told of her own.
    let two = [("two", Value::Flag(true)), ("homes", known.value.clone())];
    offered(&mut sara, 1, "school-transport", Some(ella()), &two).await;
    site.later(5);
    let two = [("two", Value::Flag(true)), ("homes", own.clone())];
    offered(&mut johan, 2, "school-transport", Some(ella()), &two).await;
    for (browser, mine, other) in [(&mut sara, &at_saras, &at_johans), (&mut johan, &at_johans, &at_saras)] {
        let task = transport(browser, ella()).await;
        assert_eq!((task.mine, task.renewed), (MyPart::Done, None));
        let (_, known) = task.known.iter().find(|(key, _)| key.as_str() == "homes").unwrap();
        assert_eq!((&street(&known.value), known.from, known.others.len()), (mine, Provenance::You, 0));
        assert!(!all_told(browser).await.contains(other.as_str()));
    }
    let history = sara.get::<ChildHistory>(&ella()).await;
    assert!(history.iter().any(|entry| entry.by == Provenance::Register && entry.field.as_str() == "homes"));

    // Staff see both homes, with whose word each is.
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let told = serde_json::to_string(&anna.get::<StaffChildHistory>(&ella()).await).unwrap();
    assert!(told.contains(&at_saras) && told.contains(&at_johans));

    // What is held about Ella is given to either of them without the register's word on where the other lives.
    let johan = PersonId(Cast::JohanLindqvist.id());
    let extract =
        site.store.extract(ella(), Some(johan), skolstart_shared::Locale::Sv).await.unwrap().unwrap();
    assert!(!facts_of(&extract).contains(&at_saras), "in an extract");
    let own = site.store.extract(ella(), None, skolstart_shared::Locale::Sv).await.unwrap().unwrap();
    assert!(facts_of(&own).contains(&at_saras), "it is Ella's own");
}

fn facts_of(extract: &Extract) -> String {
    let facts = extract.sections.iter().filter(|section| section.table == "fact");
    facts.map(|section| format!("{:?}", section.rows)).collect()
}

async fn where_a_protected_child_lives_is_told_to_nobody(site: Site) {
    let love = PersonId(Cast::LoveSandberg.id());
    let mut karin = site.sign_in(Cast::KarinSandberg).await;
    let task = transport(&mut karin, love).await;
    assert!(task.offered.is_empty() && task.known.keys().all(|key| key.as_str() != "homes"));
    let known = site.store.extract(love, None, skolstart_shared::Locale::Sv).await.unwrap().unwrap();
    assert!(!facts_of(&known).contains(CHILD_ADDRESS));
}
