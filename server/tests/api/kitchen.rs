//! The kitchen's list: everything any guardian has said, what changes tomorrow, and who sees it.

use crate::answering::{answer_by, bytes, submission};
use crate::browser::Browser;
use crate::inventory;
use crate::on_both;
use crate::site::Site;
use skolstart_server::demo::Cast;
use skolstart_shared::api::{
    Endpoint, ErrorCode, GetHome, GetKitchen, GetKitchens, KitchenChild, KitchenDay, KitchenNeed, KitchenOut,
    PutSubmission,
};
use skolstart_shared::fact::{Audience, Element, ElementKey, Value};
use skolstart_shared::form::{FieldKind, example};
use skolstart_shared::id::PersonId;

on_both! {
    what_is_added_stands_at_once_and_what_is_taken_away_tomorrow
    guardians_who_differ_are_put_together
    a_protected_child_is_on_the_principals_list_alone
    what_the_kitchen_may_not_read_is_not_on_its_list
}

/// Answers everything for a child; these needs, or none.
pub(crate) async fn says(site: &Site, who: Cast, id: u128, child: PersonId, needs: Option<&[&str]>) {
    let mut browser = site.sign_in(who).await;
    let home = browser.get::<GetHome>(&()).await;
    let content = answer_by(&home, Some(child), &|field, known, setting| {
        let chosen = || needs.unwrap_or_default().iter().map(|need| (*need).to_owned()).collect();
        match (field.key.as_str(), &field.kind) {
            ("special", FieldKind::YesNo {}) => Some(Value::Flag(needs.is_some())),
            ("needs", FieldKind::Choices { .. }) => Some(Value::Choices(chosen())),
            (_, FieldKind::YesNo {}) => Some(Value::Flag(false)),
            _ => known.or_else(|| example(field, 0, setting)),
        }
    });
    let sent = browser.put::<PutSubmission>(&submission(id), bytes(content)).await;
    assert_eq!(sent.status, 200, "{}", String::from_utf8_lossy(&sent.body));
}

async fn list(browser: &mut Browser) -> KitchenOut {
    let units = browser.get::<GetKitchens>(&()).await;
    assert_eq!(units.len(), 1);
    browser.get::<GetKitchen>(&units[0].id).await
}

fn find(day: &KitchenDay, child: PersonId) -> Option<&KitchenChild> {
    day.groups.iter().flat_map(|group| &group.children).find(|line| line.child == child)
}

fn needs(child: &KitchenChild) -> Vec<String> {
    // A question with answers of another kind is another form's, whose key is the same.
    let is_yes_or_no = |need: &KitchenNeed| matches!(need.kind, FieldKind::YesNo { .. });
    let is_flag = |value: &Value| matches!(value, Value::Flag(_));
    assert!(child.needs.iter().all(|need| !is_yes_or_no(need) || need.values.iter().all(is_flag)));
    let values = child.needs.iter().flat_map(|need| &need.values);
    values
        .filter_map(|value| if let Value::Choices(chosen) = value { Some(chosen.clone()) } else { None })
        .next()
        .unwrap()
}

fn counted(day: &KitchenDay, option: &str) -> u32 {
    let options = day.counts.iter().flat_map(|count| &count.options);
    options.filter(|(name, _)| name == option).map(|(_, children)| *children).sum()
}

async fn what_is_added_stands_at_once_and_what_is_taken_away_tomorrow(site: Site) {
    let ella = PersonId(Cast::EllaLindqvist.id());
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    let empty = list(&mut eva).await;
    assert!(empty.days.iter().all(|day| find(day, ella).is_none()));
    assert_eq!(
        empty.days.iter().map(|day| day.day).collect::<Vec<_>>(),
        [site.clock.today(), site.clock.today().add_days(1)]
    );

    says(&site, Cast::SaraLindqvist, 1, ella, Some(&["milk", "egg"])).await;
    let now = list(&mut eva).await;
    for day in &now.days {
        let line = find(day, ella).unwrap();
        assert_eq!(needs(line), ["milk", "egg"]);
        assert_eq!(counted(day, "Mjölkprotein"), 1);
        assert!(line.change.as_ref().unwrap().before.is_empty());
    }
    assert_eq!(find(&now.days[0], ella).unwrap().change.as_ref().unwrap().from, site.clock.today());
    let group =
        now.days[0].groups.iter().find(|group| group.children.iter().any(|line| line.child == ella)).unwrap();
    assert_eq!(group.name, "2B");

    // Ten days later it is no news; then milk is fine again, from the day after.
    site.later(10 * 24 * 60);
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    assert!(list(&mut eva).await.days.iter().all(|day| find(day, ella).unwrap().change.is_none()));
    says(&site, Cast::SaraLindqvist, 2, ella, Some(&["egg"])).await;
    let changing = list(&mut eva).await;
    let (today, tomorrow) = (find(&changing.days[0], ella).unwrap(), find(&changing.days[1], ella).unwrap());
    assert_eq!(
        (needs(today), needs(tomorrow)),
        (vec!["egg".to_owned(), "milk".to_owned()], vec!["egg".to_owned()])
    );
    let change = tomorrow.change.as_ref().unwrap();
    assert_eq!(change.from, site.clock.today().add_days(1));
    assert!(!change.before.is_empty());
    assert!(!tomorrow.differ);

    // And then nothing at all: tomorrow's list says so.
    says(&site, Cast::SaraLindqvist, 3, ella, None).await;
    let gone = list(&mut eva).await;
    assert!(!find(&gone.days[0], ella).unwrap().needs.is_empty());
    let line = find(&gone.days[1], ella).unwrap();
    assert!(line.needs.is_empty() && !line.change.as_ref().unwrap().before.is_empty());
    site.later(10 * 24 * 60);
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    assert!(list(&mut eva).await.days.iter().all(|day| find(day, ella).is_none()));
}

async fn guardians_who_differ_are_put_together(site: Site) {
    let ella = PersonId(Cast::EllaLindqvist.id());
    says(&site, Cast::SaraLindqvist, 1, ella, Some(&["milk"])).await;
    site.later(5);
    says(&site, Cast::JohanLindqvist, 2, ella, None).await;
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    for day in &list(&mut eva).await.days {
        let line = find(day, ella).unwrap();
        assert_eq!((needs(line), line.differ), (vec!["milk".to_owned()], true), "the careful answer holds");
    }
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    assert!(anna.get::<GetKitchens>(&()).await.is_empty());
    let unit = eva.get::<GetKitchens>(&()).await[0].id;
    anna.get_path(&GetKitchen::path(&unit)).await.refused(404, ErrorCode::NotFound);
    assert!(site.store.verify_audit().await.unwrap().faults.is_empty());
}

async fn a_protected_child_is_on_the_principals_list_alone(site: Site) {
    let love = PersonId(Cast::LoveSandberg.id());
    says(&site, Cast::KarinSandberg, 1, love, Some(&["gluten"])).await;
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    let hers = list(&mut eva).await;
    assert!(hers.leaves_out && hers.days.iter().all(|day| find(day, love).is_none()));
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let his = list(&mut lars).await;
    assert!(!his.leaves_out && his.days.iter().all(|day| find(day, love).unwrap().protected));
}

async fn what_the_kitchen_may_not_read_is_not_on_its_list(site: Site) {
    let ella = PersonId(Cast::EllaLindqvist.id());
    says(&site, Cast::SaraLindqvist, 1, ella, Some(&["milk"])).await;
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let (mut eva, mut lars) = (site.sign_in(Cast::EvaHedlund).await, site.sign_in(Cast::LarsNystrom).await);
    assert!(list(&mut eva).await.days.iter().all(|day| find(day, ella).is_some()));
    let known = inventory::line(&mut mats, "child.diet-needs").await;
    let narrow = Element { audience: Audience::Principal, ..known.element };
    assert_eq!(narrow.key, ElementKey("child.diet-needs".to_owned()));
    assert_eq!(inventory::put(&mut mats, known.version, &narrow).await.status, 200);
    // What else was answered stays on it.
    for day in &list(&mut eva).await.days {
        let others = find(day, ella).map(|line| line.needs.clone()).unwrap_or_default();
        let milk = Value::Choices(vec!["milk".to_owned()]);
        assert!(others.iter().all(|need| !need.values.contains(&milk)), "{others:?}");
        assert_eq!(counted(day, "Mjölkprotein"), 0);
    }
    for day in &list(&mut lars).await.days {
        assert_eq!(
            (needs(find(day, ella).unwrap()), counted(day, "Mjölkprotein")),
            (vec!["milk".to_owned()], 1)
        );
    }
}
