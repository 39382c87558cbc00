//! Who has seen a child, as its guardians and its principal are told.

use crate::answering::{answer, bytes, submission};
use crate::on_both;
use crate::site::Site;
use skolstart_server::demo::Cast;
use skolstart_shared::api::{
    GetChildPage, GetGroup, GetHome, GetReaders, GetUnits, PutSubmission, StaffReaders,
};
use skolstart_shared::id::PersonId;

on_both! {
    a_guardian_sees_roles_and_the_principal_names
    a_list_is_noted_for_each_child_on_it_once_an_hour
    every_child_of_a_class_can_be_asked_about
}

fn ella() -> PersonId {
    PersonId(Cast::EllaLindqvist.id())
}

async fn a_guardian_sees_roles_and_the_principal_names(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    sara.put::<PutSubmission>(&submission(1), bytes(answer(&home, Some(ella()), false))).await;
    assert!(sara.get::<GetReaders>(&ella()).await.is_empty(), "what guardians do is not told");
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    for _ in 0..3 {
        anna.get::<GetChildPage>(&ella()).await;
    }
    site.later(24 * 60);
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    lars.get::<GetChildPage>(&ella()).await;
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let seen = sara.get::<GetReaders>(&ella()).await;
    let told: Vec<_> = seen
        .iter()
        .map(|line| (line.name.as_str(), line.role.as_str(), line.did.as_str(), line.times))
        .collect();
    assert_eq!(told, [("", "principal", "read-child", 1), ("", "staff", "read-child", 3)]);
    assert!(seen[0].at > seen[1].at);
    let named = lars.get::<StaffReaders>(&ella()).await;
    let says = |name: &str, role: &str, did: &str| {
        named
            .iter()
            .any(|line| (line.name.as_str(), line.role.as_str(), line.did.as_str()) == (name, role, did))
    };
    assert!(says("Anna Holmgren", "staff", "read-child"), "{named:?}");
    assert!(says("Lars Nyström", "principal", "read-child") && says("Sara Lindqvist", "guardian", "submit"));
    // Asking is noted as well.
    assert!(lars.get::<StaffReaders>(&ella()).await.iter().any(|line| line.did == "read-readers"));
}

async fn a_list_is_noted_for_each_child_on_it_once_an_hour(site: Site) {
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let group = anna.get::<GetUnits>(&()).await.units[0].groups.iter().find(|group| group.mine).unwrap().id;
    let rows = |site: &Site| {
        let store = site.store.clone();
        async move { store.verify_audit().await.unwrap().rows }
    };
    let children = anna.get::<GetGroup>(&(group, 0)).await.page.unwrap().rows.len() as u64;
    assert!(children > 1);
    let first = rows(&site).await;
    anna.get::<GetGroup>(&(group, 0)).await;
    assert_eq!(rows(&site).await, first + 1, "the list again");
    site.later(61);
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let before = rows(&site).await;
    anna.get::<GetGroup>(&(group, 0)).await;
    assert_eq!(rows(&site).await, before + 1 + children);
}

async fn every_child_of_a_class_can_be_asked_about(site: Site) {
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let units = lars.get::<GetUnits>(&()).await.units;
    for group in &units[0].groups {
        for row in lars.get::<GetGroup>(&(group.id, 0)).await.page.unwrap().rows {
            let lines = lars.get::<StaffReaders>(&row.child).await;
            assert!(lines.iter().any(|line| line.did == "read-group"), "{lines:?}");
        }
    }
}
