//! Where people are registered: taken in as facts, kept with their history, and not kept at all where somebody is protected.

use super::answering::sign_in;
use super::families::{Municipality, bring_in, child, guardian, municipality};
use super::site::{Site, count, on_both, value};
use sea_orm::DatabaseConnection;
use serde_json::{Value as Json, json};
use skolstart_server::store::Store;
use skolstart_shared::fact::{CHILD_ADDRESS, GUARDIAN_ADDRESS, Value};
use skolstart_shared::id::PersonId;

/// A family's first guardian and the child live at one address, the second guardian at another.
fn housed(families: usize) -> Municipality {
    let mut register = municipality(families);
    for n in 0..families {
        for (who, street) in [(child(n), 0), (guardian(n, false), 0), (guardian(n, true), 1)] {
            live(&mut register, who, &format!("Provgatan {}", 2 * n + street));
        }
    }
    register
}

fn person(register: &mut Municipality, who: PersonId) -> Option<&mut Json> {
    let id = who.0.to_string();
    register.persons.iter_mut().find(|person| person["id"] == id.as_str())
}

fn live(register: &mut Municipality, who: PersonId, street: &str) {
    let post =
        json!({"type": "Postadress", "streetAddress": "Box 1", "postalCode": "99999", "locality": "Provby"});
    let home = json!({"type": "Folkbokföring", "streetAddress": street, "postalCode": "99123", "locality": "Provby"});
    if let Some(person) = person(register, who) {
        person["addresses"] = json!([post, home]);
    }
}

async fn told(raw: &DatabaseConnection, element: &str) -> i64 {
    value(raw, &format!("SELECT COUNT(*) FROM fact WHERE element = '{element}' AND source = 'register'"))
        .await
}

/// What the register says of where a child lives, and of where its guardian does, as that guardian's program is told it.
async fn known(store: &Store, who: PersonId, of: usize) -> [Option<String>; 2] {
    let me = sign_in(store, who).await;
    let known = store.snapshots_of_own(&me).await.unwrap();
    [(child(of), CHILD_ADDRESS), (who, GUARDIAN_ADDRESS)].map(|(whose, element)| {
        let value = known.get(&whose)?.registered_at(element)?;
        let Value::Rows(rows) = value else { panic!("no address") };
        let text = |column: &str| match &rows[0][column] {
            Value::Text(text) => text.clone(),
            _ => panic!("no text"),
        };
        Some([text("street"), text("postal-code"), text("locality")].join(", "))
    })
}

#[test]
fn where_people_live_is_taken_in_once_and_every_move_is_kept() {
    on_both(|site| async move {
        let store = site.open().await;
        let folder = site.folder.path().join("register");
        bring_in(&store, &housed(6), &folder).await;
        let raw = site.raw().await;
        // Of six families two are protected.
        assert_eq!(told(&raw, CHILD_ADDRESS).await, 4);
        let home = || Some("Provgatan 0, 991 23, Provby".to_owned());
        assert_eq!(known(&store, guardian(0, false), 0).await, [home(), home()]);
        let (facts, snapshots) = (count(&raw, "fact").await, count(&raw, "fact_snapshot").await);
        bring_in(&store, &housed(6), &folder).await;
        assert_eq!((count(&raw, "fact").await, count(&raw, "fact_snapshot").await), (facts, snapshots));

        let mut moved = housed(6);
        live(&mut moved, child(0), "Nygatan 7");
        let report = bring_in(&store, &moved, &folder).await;
        assert_eq!(report.counts["persons"].changed, 1);
        assert_eq!((told(&raw, CHILD_ADDRESS).await, count(&raw, "fact").await), (5, facts + 1));
        let [child, _] = known(&store, guardian(0, false), 0).await;
        assert_eq!(child.as_deref(), Some("Nygatan 7, 991 23, Provby"));
        // One that is not a home, abroad, or longer than a form takes is none.
        let mut odd = moved;
        person(&mut odd, guardian(0, false)).unwrap()["addresses"] = json!([{"type": "Särskild postadress",
            "streetAddress": "Box 2", "postalCode": "99999", "locality": "Provby"}]);
        person(&mut odd, guardian(3, false)).unwrap()["addresses"] = json!([{"streetAddress": "Rue 1", "postalCode": "F-75001", "locality": "Paris", "country": "FR"}]);
        live(&mut odd, guardian(4, false), &"lång".repeat(30));
        bring_in(&store, &odd, &folder).await;
        assert_eq!(count(&raw, "fact").await, facts + 1);
        store.close().await;
    });
}

#[test]
fn where_somebody_is_protected_no_address_is_kept() {
    on_both(|site| async move {
        let store = site.open().await;
        let folder = site.folder.path().join("register");
        bring_in(&store, &housed(6), &folder).await;
        let raw = site.raw().await;
        // The child of the second family is marked, the first guardian of the third.
        for n in [1, 2] {
            for second in [false, true] {
                if person(&mut housed(6), guardian(n, second)).is_some() {
                    assert_eq!(known(&store, guardian(n, second), n).await, [None, None], "{n} {second}");
                }
            }
        }
        let before = told(&raw, CHILD_ADDRESS).await + told(&raw, GUARDIAN_ADDRESS).await;
        // One guardian is marked later, in a record without an address. What was told of the home is forgotten with its history.
        let mut marked = housed(6);
        let record = person(&mut marked, guardian(0, true)).or(None);
        assert!(record.is_some(), "the first family has two homes");
        let record = person(&mut marked, guardian(0, true)).unwrap();
        record["securityMarking"] = "Skyddad folkbokföring".into();
        record["addresses"] = json!([]);
        bring_in(&store, &marked, &folder).await;
        let after = told(&raw, CHILD_ADDRESS).await + told(&raw, GUARDIAN_ADDRESS).await;
        assert_eq!(after, before - 3, "the child's, its own, and that of the other guardian it lives with");
        assert_eq!(known(&store, guardian(0, false), 0).await, [None, None]);
        nothing_of(&site, &store).await;
        // The other homes stand, and an address that comes again is not taken in.
        let home = |n: usize| Some(format!("Provgatan {}, 991 23, Provby", 2 * n));
        assert_eq!(known(&store, guardian(3, false), 3).await, [home(3), home(3)]);
        live(&mut marked, guardian(0, false), "Provgatan 99");
        bring_in(&store, &marked, &folder).await;
        assert_eq!(known(&store, guardian(0, false), 0).await, [None, None]);
        store.close().await;
    });
}

/// The telephone that the register knows beside it is still there, and can be written upon.
async fn nothing_of(site: &Site, store: &Store) {
    let me = sign_in(store, guardian(0, false)).await;
    let known = store.snapshots_of_own(&me).await.unwrap();
    let own = &known[&me.person()];
    assert_eq!(
        own.entries.keys().map(|key| key.as_str()).collect::<Vec<_>>(),
        ["guardian.email", "guardian.phone"]
    );
    let sql = "SELECT COUNT(*) FROM fact_snapshot";
    assert!(value::<i64>(&site.raw().await, sql).await > 0);
}
