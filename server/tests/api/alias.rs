//! What a school calls a hidden child: staff read it everywhere but on the opened page of the child, and the family nowhere.

use crate::browser::{Browser, Reply};
use crate::contents::contents;
use crate::matrix::{Object, ask, objects};
use crate::protection::{class_of, does, ella, love, person, says_why};
use crate::site::Site;
use crate::substitutes;
use crate::{answering::submission, kitchen, on_both};
use sea_orm::{ConnectionTrait, Statement};
use skolstart_server::demo::Cast;
use skolstart_server::store::{Store, StoreSettings};
use skolstart_shared::Locale;
use skolstart_shared::api::{
    AliasIn, AliasStep, Endpoint, ErrorCode, GetChildPage, GetGroup, GetHome, GetProtected, GetProtection,
    Method, ProtectionOut, ProtectionStep, PutAlias, described,
};
use skolstart_shared::consent::PupilSay;
use skolstart_shared::id::{ChangeId, PersonId};
use skolstart_shared::people::Alias;
use std::collections::BTreeSet;

on_both! {
    the_principal_and_who_handles_the_child_set_it_and_nobody_else
    staff_read_the_alias_everywhere_but_on_the_opened_page
    the_family_reads_the_real_name_alone
    what_is_no_alias_is_refused
    nobody_overwrites_what_she_has_not_seen
    it_goes_with_the_protection
    it_is_sealed_and_noted
    a_new_key_opens_it
}

/// A body that sets an alias.
pub(crate) fn naming(given: &str, family: &str, seen: Option<ChangeId>) -> Vec<u8> {
    let step = AliasStep::Set(Alias { given: given.to_owned(), family: family.to_owned() });
    serde_json::to_vec(&AliasIn { step, seen }).unwrap()
}

fn id(number: u128) -> ChangeId {
    ChangeId(submission(number).0)
}

async fn names(
    browser: &mut Browser,
    number: u128,
    child: PersonId,
    name: (&str, &str),
    seen: Option<u128>,
) -> Reply {
    browser.put::<PutAlias>(&(child, id(number)), naming(name.0, name.1, seen.map(id))).await
}

async fn clears(browser: &mut Browser, number: u128, child: PersonId, seen: Option<u128>) -> Reply {
    let body = serde_json::to_vec(&AliasIn { step: AliasStep::Clear, seen: seen.map(id) }).unwrap();
    browser.put::<PutAlias>(&(child, id(number)), body).await
}

fn done(reply: &Reply) {
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
}

async fn listed(browser: &mut Browser) -> String {
    browser.get::<GetProtected>(&()).await.into_iter().find(|one| one.child == love()).unwrap().name
}

/// Lars, and Anna who is named to handle Love.
async fn lars_and_anna(site: &Site) -> (Browser, Browser) {
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let step = ProtectionStep::Name(person(Cast::AnnaHolmgren));
    done(&does(&mut lars, 900, love(), step).await);
    (lars, site.sign_in(Cast::AnnaHolmgren).await)
}

async fn the_principal_and_who_handles_the_child_set_it_and_nobody_else(site: Site) {
    let mut number = 0;
    for who in [Cast::AnnaHolmgren, Cast::FatimaRahimi, Cast::MatsOberg, Cast::KarinSandberg] {
        number += 1;
        let mut browser = site.sign_in(who).await;
        let refused = names(&mut browser, number, love(), ("Kim", "Ek"), None).await;
        refused.refused(404, ErrorCode::NotFound);
    }
    let (mut lars, mut anna) = lars_and_anna(&site).await;
    // Ella is not hidden: she has no alias, not from her principal either.
    names(&mut lars, 10, ella(), ("Kim", "Ek"), None).await.refused(404, ErrorCode::NotFound);
    done(&names(&mut lars, 11, love(), (" Kim ", "Ek"), None).await);
    assert_eq!(listed(&mut anna).await, "Kim Ek (alias)");
    done(&names(&mut anna, 12, love(), ("Lo", "von Ö"), Some(11)).await);
    assert_eq!(listed(&mut lars).await, "Lo von Ö (alias)");
    site.later(1);
    done(&does(&mut lars, 13, love(), ProtectionStep::EndName(person(Cast::AnnaHolmgren))).await);
    names(&mut anna, 14, love(), ("Kim", "Ek"), Some(12)).await.refused(404, ErrorCode::NotFound);
    done(&clears(&mut lars, 15, love(), Some(12)).await);
    assert_eq!(listed(&mut lars).await, "Love Sandberg");
}

/// The files inside an answer too.
fn text_of(reply: &Reply) -> String {
    let whole = serde_json::from_slice::<serde_json::Value>(&reply.body).ok();
    let file = whole.and_then(|file| Some(file.get("content")?.as_str()?.to_owned()));
    let file = file.and_then(|text| skolstart_shared::base64::decode(&text)).unwrap_or_default();
    format!("{} {}", String::from_utf8_lossy(&reply.body), String::from_utf8_lossy(&file))
}

/// Everything that can be read about Love, by the endpoint that told it.
async fn everything(browser: &mut Browser, object: &Object) -> Vec<(&'static str, String)> {
    let mut told = Vec::new();
    for (number, endpoint) in described().iter().enumerate() {
        let about = match endpoint.name {
            "GetProtection" => GetProtection::path(&object.child),
            _ if endpoint.method != Method::Get => continue,
            _ => {
                let reply = ask(browser, endpoint, object, 5_000 + number as u128).await;
                told.push((endpoint.name, text_of(&reply)));
                continue;
            }
        };
        told.push((endpoint.name, text_of(&browser.get_path(&about).await)));
    }
    told
}

async fn staff_read_the_alias_everywhere_but_on_the_opened_page(site: Site) {
    let site = site.without_limits();
    kitchen::says(&site, Cast::KarinSandberg, 31, love(), Some(&["gluten"])).await;
    let (_, love_s) = objects(&site).await;
    let (mut lars, mut anna) = lars_and_anna(&site).await;
    substitutes::let_in(&site, love_s.unit, love_s.group).await;
    let seen = lars.get::<GetGroup>(&(love_s.group, 0)).await.revision;
    says_why(&mut lars, 34, love()).await;
    let before = everything(&mut lars, &love_s).await;
    let real = before.iter().filter(|(_, text)| text.contains("Love")).count();
    assert!(real >= 6, "there is something to hide: {real}");
    done(&names(&mut lars, 32, love(), ("Kim", "Ek"), None).await);
    // A class that is open on a screen takes it in, in the order of the alias.
    let page = lars.get::<GetGroup>(&(love_s.group, seen)).await.page.unwrap();
    let row = page.rows.iter().find(|row| row.child == love()).unwrap();
    assert_eq!((row.given_name.as_str(), row.family_name.as_str()), ("Kim", "Ek (alias)"));
    for (browser, least) in [(&mut lars, 6), (&mut anna, 4)] {
        says_why(browser, 33 + least, love()).await;
        let mut aliased = BTreeSet::new();
        for (name, text) in everything(browser, &love_s).await {
            if text.contains("Kim") {
                assert!(text.contains("(alias)"), "{name} shows an alias as a name");
                aliased.insert(name);
            }
            if name == "GetChildPage" {
                assert!(text.contains("\"real_name\":\"Love Sandberg\""), "the page says both: {text}");
            } else {
                assert!(!text.contains("Love"), "{name} tells the name: {text}");
                assert!(!text.contains("\"Sandberg\""), "{name} tells the name: {text}");
            }
        }
        assert!(aliased.len() as u128 >= least, "{aliased:?}");
        for wanted in ["GetChildPage", "GetGroup", "GetProtected", "GetProtection"] {
            assert!(aliased.contains(wanted), "{wanted}: {aliased:?}");
        }
        if least == 6 {
            for wanted in ["GetApplications", "GetApplication", "GetTodos", "GetTodo", "GetKitchen"] {
                assert!(aliased.contains(wanted), "{wanted}: {aliased:?}");
            }
        }
    }
}

async fn the_family_reads_the_real_name_alone(site: Site) {
    let site = site.with_pupils(Some(7), PupilSay { with_from: Some(7), ..PupilSay::default() }).await;
    let site = site.without_limits();
    let (_, love_s) = objects(&site).await;
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    done(&names(&mut lars, 31, love(), ("Kim", "Ek"), None).await);
    for who in [Cast::KarinSandberg, Cast::LoveSandberg] {
        let mut browser = site.sign_in(who).await;
        let home = browser.get::<GetHome>(&()).await;
        let child = home.children.iter().find(|one| one.person == love()).unwrap();
        assert_eq!((child.given_name.as_str(), child.family_name.as_str()), ("Love", "Sandberg"));
        for (name, text) in everything(&mut browser, &love_s).await {
            assert!(!text.contains("Kim") && !text.contains("(alias)"), "{name}: {text}");
        }
    }
}

async fn what_is_no_alias_is_refused(site: Site) {
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let long = "a".repeat(41);
    for (number, name) in [
        ("", "Ek"),
        ("Kim", " "),
        (long.as_str(), "Ek"),
        ("Kim1", "Ek"),
        ("=Kim", "Ek"),
        ("Love", "Ek"),
        ("Kim", "SANDBERG"),
        ("Kim-Love", "Ek"),
    ]
    .into_iter()
    .enumerate()
    {
        let refused = names(&mut lars, number as u128, love(), name, None).await;
        refused.refused(422, ErrorCode::Invalid);
        assert!(!String::from_utf8_lossy(&refused.body).contains("Love"));
    }
    let unknown = br#"{"step":{"set":{"given":"Kim","family":"Ek","role":"principal"}},"seen":null}"#;
    lars.put::<PutAlias>(&(love(), id(20)), unknown.to_vec()).await.refused(400, ErrorCode::Malformed);
    assert_eq!(listed(&mut lars).await, "Love Sandberg");
}

async fn nobody_overwrites_what_she_has_not_seen(site: Site) {
    let (mut lars, mut anna) = lars_and_anna(&site).await;
    // There is nothing to take away.
    clears(&mut lars, 1, love(), None).await.refused(412, ErrorCode::Stale);
    for _ in 0..2 {
        done(&names(&mut lars, 2, love(), ("Kim", "Ek"), None).await);
    }
    names(&mut lars, 2, love(), ("Kim", "Alm"), None).await.refused(409, ErrorCode::HashMismatch);
    names(&mut anna, 2, love(), ("Kim", "Ek"), None).await.refused(409, ErrorCode::HashMismatch);
    clears(&mut lars, 2, love(), None).await.refused(409, ErrorCode::HashMismatch);
    // Anna had the page open before it was set.
    names(&mut anna, 3, love(), ("Lo", "Alm"), None).await.refused(412, ErrorCode::Stale);
    let file: ProtectionOut = anna.get::<GetProtection>(&love()).await;
    let stands = file.alias.unwrap();
    assert_eq!((stands.change, stands.alias.given.as_str()), (id(2), "Kim"));
    assert_eq!(file.family[0].name, "Kim Ek (alias)");
    done(&names(&mut anna, 3, love(), ("Lo", "Alm"), Some(2)).await);
    clears(&mut lars, 4, love(), Some(2)).await.refused(412, ErrorCode::Stale);
    // What has been done once is not done again, also after somebody has changed it.
    done(&names(&mut lars, 2, love(), ("Kim", "Ek"), None).await);
    assert_eq!(listed(&mut lars).await, "Lo Alm (alias)");
    for _ in 0..2 {
        done(&clears(&mut lars, 5, love(), Some(3)).await);
    }
    assert_eq!(anna.get::<GetProtection>(&love()).await.alias, None);
}

async fn it_goes_with_the_protection(site: Site) {
    let (group, _) = class_of(&site, Cast::SaraLindqvist, ella()).await;
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let name = async |browser: &mut Browser| {
        let rows = browser.get::<GetGroup>(&(group, 0)).await.page.unwrap().rows;
        let row = rows.into_iter().find(|row| row.child == ella()).unwrap();
        format!("{} {}", row.given_name, row.family_name)
    };
    done(&does(&mut lars, 1, ella(), ProtectionStep::Mark(ella())).await);
    done(&does(&mut lars, 2, ella(), ProtectionStep::Name(person(Cast::AnnaHolmgren))).await);
    done(&names(&mut lars, 3, ella(), ("Kim", "Ek"), None).await);
    assert_eq!(name(&mut anna).await, "Kim Ek (alias)");
    done(&does(&mut lars, 4, ella(), ProtectionStep::Ask(ella())).await);
    assert_eq!(name(&mut anna).await, "Kim Ek (alias)", "asking takes nothing away");
    done(&does(&mut anna, 5, ella(), ProtectionStep::Approve(ella())).await);
    assert_eq!(name(&mut anna).await, "Ella Lindqvist");
    assert_eq!(anna.get::<GetChildPage>(&ella()).await.real_name, None);
    assert!(contents(&site).await["child_alias"].is_empty(), "it is not kept for another time");
    names(&mut lars, 6, ella(), ("Kim", "Ek"), None).await.refused(404, ErrorCode::NotFound);
    // The name that was sent before is not brought back by sending it again.
    names(&mut lars, 3, ella(), ("Kim", "Ek"), None).await.refused(404, ErrorCode::NotFound);
    done(&does(&mut lars, 7, ella(), ProtectionStep::Mark(ella())).await);
    assert_eq!(name(&mut lars).await, "Ella Lindqvist");
}

async fn it_is_sealed_and_noted(site: Site) {
    let (mut lars, mut anna) = lars_and_anna(&site).await;
    done(&names(&mut lars, 1, love(), ("Kanariefågel", "Ek"), None).await);
    let stored = contents(&site).await;
    assert_eq!(stored["child_alias"].len(), 1);
    for rows in stored.values() {
        assert!(rows.iter().all(|row| !row.contains("Kanarie")));
    }
    // Somebody whom the family fears may ask too.
    let extract = site.store.extract(love(), None, Locale::Sv).await.unwrap().unwrap();
    assert!(!format!("{:?}", extract.sections).contains("Kanarie"));
    done(&clears(&mut anna, 2, love(), Some(1)).await);
    let db = site.raw().await;
    let sql = "SELECT COUNT(*) FROM audit WHERE outcome = $1 AND actor = $2 AND object_id = $3";
    for (outcome, by) in [("set-alias", Cast::LarsNystrom), ("clear-alias", Cast::AnnaHolmgren)] {
        let values = [outcome.into(), by.id().into(), love().0.into()];
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
        let row = db.query_one_raw(statement).await.unwrap().unwrap();
        assert_eq!(row.try_get_by_index::<i64>(0).unwrap(), 1, "{outcome}");
    }
    db.close().await.unwrap();
    assert_eq!(site.store.verify_audit().await.unwrap().faults, []);
}

async fn a_new_key_opens_it(site: Site) {
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    done(&names(&mut lars, 1, love(), ("Kim", "Ek"), None).await);
    let settings = StoreSettings {
        database_url: site.url.clone(),
        key_file: site.folder.path().join("key"),
        person_keys: None,
        read_connections: 4,
        pupil_say: PupilSay::default(),
        pupils_from: None,
    };
    let rotated = Store::rotate_key(&settings, site.clock.clone(), |_, _| true).await.unwrap();
    assert!(rotated.is_some(), "the old key is gone");
    let site = site.with_pupils(None, PupilSay::default()).await;
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    assert_eq!(listed(&mut lars).await, "Kim Ek (alias)");
}
