//! A marking that comes with the register protects the family in the transaction that brings it.

use super::families::{Municipality, bring_in, child, municipality};
use super::site::{Site, on_both, value};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use skolstart_server::usecase::import::import;
use skolstart_server::usecase::refresh_tasks::refresh_today;
use skolstart_shared::id::PersonId;

/// A brother or sister of the child of the first family.
fn sibling() -> PersonId {
    PersonId("00000000-0000-7000-8000-0000000000f1".parse().unwrap())
}

fn of(register: &mut Municipality, who: PersonId) -> &mut Value {
    let id = who.0.to_string();
    register.persons.iter_mut().find(|person| person["id"] == id.as_str()).unwrap()
}

/// So many families, the first with two children.
fn with_siblings(families: usize) -> Municipality {
    let mut register = municipality(families);
    let mut other = of(&mut register, child(0)).clone();
    other["id"] = json!(sibling().0);
    other.as_object_mut().unwrap().remove("civicNo");
    register.persons.insert(0, other);
    register
}

async fn is_hidden(site: &Site, who: PersonId) -> bool {
    let id = if site.is_sqlite() { format!("x'{}'", who.0.simple()) } else { format!("'{}'", who.0) };
    let sql = format!("SELECT COUNT(*) FROM person WHERE shielded AND id = {id}");
    value::<i64>(&site.raw().await, &sql).await == 1
}

#[test]
fn a_marking_reaches_the_family_although_the_import_is_stopped_after_it() {
    on_both(|site| async move {
        let store = site.open().await;
        let folder = site.folder.path().join("register");
        bring_in(&store, &with_siblings(300), &folder).await;
        assert!(!is_hidden(&site, sibling()).await);
        let raw = site.raw().await;
        let rule = if site.is_sqlite() {
            "CREATE TRIGGER refuse BEFORE INSERT ON person WHEN NEW.family_name = 'Stopp' \
             BEGIN SELECT RAISE(ABORT, 'refused'); END"
        } else {
            "ALTER TABLE person ADD CONSTRAINT refuse CHECK (family_name <> 'Stopp')"
        };
        raw.execute_unprepared(rule).await.unwrap();
        let mut marked = with_siblings(300);
        of(&mut marked, child(0))["securityMarking"] = "Sekretessmarkering".into();
        of(&mut marked, child(290))["familyName"] = "Stopp".into();
        marked.write(&folder);
        assert!(import(&store, &folder, |_, _| {}).await.is_err());
        assert!(is_hidden(&site, sibling()).await, "her name leads to the one who is marked");
        // A child that comes to a marked family later is hidden from the beginning too.
        of(&mut marked, child(290))["familyName"] = "Familj290".into();
        let mut third = of(&mut marked, sibling()).clone();
        let born = PersonId("00000000-0000-7000-8000-0000000000f2".parse().unwrap());
        third["id"] = json!(born.0);
        marked.persons.insert(0, third);
        of(&mut marked, child(291))["familyName"] = "Stopp".into();
        marked.write(&folder);
        assert!(import(&store, &folder, |_, _| {}).await.is_err());
        assert!(is_hidden(&site, born).await);
        store.close().await;
    });
}

#[test]
fn the_daily_round_mends_what_is_amiss() {
    on_both(|site| async move {
        let store = site.open().await;
        let folder = site.folder.path().join("register");
        let mut marked = with_siblings(6);
        of(&mut marked, child(0))["securityMarking"] = "Sekretessmarkering".into();
        bring_in(&store, &marked, &folder).await;
        assert!(is_hidden(&site, sibling()).await);
        site.raw().await.execute_unprepared("UPDATE person SET shielded = NOT shielded").await.unwrap();
        site.clock.set(site.clock.now().plus_millis(24 * 3_600_000));
        assert!(refresh_today(&store).await.unwrap());
        assert!(is_hidden(&site, sibling()).await);
        assert!(!is_hidden(&site, child(5)).await);
        store.close().await;
    });
}
