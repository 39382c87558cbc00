//! Staff who teach reach their own groups, and one more for as long as they stand in.

use crate::access::same;
use crate::browser::{Browser, Reply};
use crate::contents::contents;
use crate::matrix::group_of;
use crate::on_both;
use crate::site::Site;
use skolstart_server::demo::Cast;
use skolstart_shared::Date;
use skolstart_shared::api::{
    Endpoint, ErrorCode, GetChildPage, GetCollecting, GetGroup, GetHome, GetPictureConsents, GetSubstitutes,
    GetUnits, PutSubstitute, StaffChildHistory, SubstituteStep, SubstitutesOut,
};
use skolstart_shared::id::{ChangeId, GroupId, PersonId, UnitId};
use uuid::Uuid;

on_both! {
    who_teaches_reaches_her_own_groups_and_no_other_at_the_school
    a_substitute_has_the_group_for_her_days_and_no_longer
    standing_in_is_ended_with_the_next_request
    only_who_administers_the_unit_lets_somebody_stand_in_and_only_staff_of_it
}

fn id(number: u128) -> ChangeId {
    ChangeId(Uuid::from_u128(0x0190_f4c8_0000_7000_8000_00bb_0000_0000 + number))
}

/// Anna, who has class 2B, is to stand in for these days.
fn give(group: GroupId, (from, to): (Date, Date)) -> SubstituteStep {
    SubstituteStep::Give { person: PersonId(Cast::AnnaHolmgren.id()), group, from, to }
}

async fn put(browser: &mut Browser, unit: UnitId, number: u128, step: &SubstituteStep) -> Reply {
    browser.put::<PutSubstitute>(&(unit, id(number)), serde_json::to_vec(step).unwrap()).await
}

/// For the matrix: lets Anna stand in, long before anybody reads.
pub(crate) async fn ask(browser: &mut Browser, unit: UnitId, group: GroupId, number: u128) -> Reply {
    let day = Date::parse_iso("2030-01-07").unwrap();
    put(browser, unit, 1_000 + number, &give(group, (day, day))).await
}

/// Lets Anna stand in from today on.
pub(crate) async fn let_in(site: &Site, unit: UnitId, group: GroupId) {
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    let today = site.clock.today();
    let step = give(group, (today, today.add_days(30)));
    assert_eq!(put(&mut eva, unit, 900, &step).await.status, 200);
}

/// The school, Ella's class, which is Anna's, and another one with somebody in it.
struct School {
    unit: UnitId,
    own: GroupId,
    other: GroupId,
    child: PersonId,
}

async fn school(site: &Site) -> School {
    let home = site.sign_in(Cast::SaraLindqvist).await.get::<GetHome>(&()).await;
    let (own, unit) = group_of(site, &home).await;
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let units = lars.get::<GetUnits>(&()).await.units;
    let groups = &units.iter().find(|known| known.id == unit).unwrap().groups;
    for group in groups.iter().filter(|group| group.id != own && group.children > 0) {
        let rows = lars.get::<GetGroup>(&(group.id, 0)).await.page.unwrap().rows;
        if let Some(row) = rows.iter().find(|row| !row.protected) {
            return School { unit, own, other: group.id, child: row.child };
        }
    }
    panic!("one class only");
}

/// What shows the class or one of its children.
fn pages(school: &School) -> [String; 5] {
    [
        GetGroup::path(&(school.other, 0)),
        GetCollecting::path(&school.other),
        GetPictureConsents::path(&school.other),
        GetChildPage::path(&school.child),
        StaffChildHistory::path(&school.child),
    ]
}

async fn reaches(browser: &mut Browser, school: &School, status: u16) {
    for page in pages(school) {
        assert_eq!(browser.get_path(&page).await.status, status, "{page}");
    }
}

async fn who_teaches_reaches_her_own_groups_and_no_other_at_the_school(site: Site) {
    let school = school(&site).await;
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let units = anna.get::<GetUnits>(&()).await.units;
    let seen: Vec<GroupId> = units.iter().flat_map(|unit| &unit.groups).map(|group| group.id).collect();
    assert_eq!(seen, [school.own]);
    assert!(!units[0].gives_groups);
    assert_eq!(anna.get_path(&GetGroup::path(&(school.own, 0))).await.status, 200);
    let nobody = Uuid::from_u128(7);
    same(&mut anna, &GetGroup::path(&(school.other, 0)), &GetGroup::path(&(GroupId(nobody), 0))).await;
    same(&mut anna, &GetChildPage::path(&school.child), &GetChildPage::path(&PersonId(nobody))).await;
    reaches(&mut anna, &school, 404).await;
    // Who administers the school reaches all of it.
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    reaches(&mut eva, &school, 200).await;
}

async fn a_substitute_has_the_group_for_her_days_and_no_longer(site: Site) {
    let school = school(&site).await;
    let today = site.clock.today();
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    let step = give(school.other, (today.add_days(1), today.add_days(2)));
    assert_eq!(put(&mut eva, school.unit, 1, &step).await.status, 200);
    assert_eq!(put(&mut eva, school.unit, 1, &step).await.status, 200, "the same again");
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    reaches(&mut anna, &school, 404).await;

    for day in 1..=2 {
        site.later(24 * 60);
        let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
        reaches(&mut anna, &school, 200).await;
        let units = anna.get::<GetUnits>(&()).await.units;
        assert_eq!(units[0].groups.iter().filter(|group| group.mine).count(), 2, "day {day}");
    }
    // What was given two days ago, sent once more after a lost answer.
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    assert_eq!(put(&mut eva, school.unit, 1, &step).await.status, 200);
    site.later(24 * 60);
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    reaches(&mut anna, &school, 404).await;
    assert_eq!(anna.get_path(&GetGroup::path(&(school.own, 0))).await.status, 200);
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    let told = eva.get::<GetSubstitutes>(&school.unit).await;
    assert!(told.holding.is_empty());
    let over = &told.ended[0];
    assert_eq!(
        (over.name.as_str(), over.by.as_str(), over.ended.is_none()),
        ("Anna Holmgren", "Eva Hedlund", true)
    );
    assert_eq!(contents(&site).await["substitute"].len(), 1);
    assert_eq!(site.store.verify_audit().await.unwrap().faults, []);
}

async fn standing_in_is_ended_with_the_next_request(site: Site) {
    let school = school(&site).await;
    let today = site.clock.today();
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let step = give(school.other, (today, today.add_days(89)));
    assert_eq!(put(&mut lars, school.unit, 1, &step).await.status, 200);
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    reaches(&mut anna, &school, 200).await;
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    assert_eq!(put(&mut eva, school.unit, 1, &SubstituteStep::End).await.status, 200);
    reaches(&mut anna, &school, 404).await;
    // Twice is once, and who ended it first stays.
    assert_eq!(put(&mut lars, school.unit, 1, &SubstituteStep::End).await.status, 200);
    let told: SubstitutesOut = lars.get::<GetSubstitutes>(&school.unit).await;
    assert_eq!(told.ended[0].ended.as_ref().unwrap().1, "Eva Hedlund");
    put(&mut eva, school.unit, 9, &SubstituteStep::End).await.refused(404, ErrorCode::NotFound);
    // Her work at the school ends, and what she stood in for with it.
    assert_eq!(put(&mut lars, school.unit, 2, &step).await.status, 200);
    reaches(&mut anna, &school, 200).await;
    site.end_duties(Cast::AnnaHolmgren).await;
    reaches(&mut anna, &school, 404).await;
    assert_eq!(
        put(&mut lars, school.unit, 2, &step).await.status,
        200,
        "a lost answer, sent again after she has left"
    );
    put(&mut lars, school.unit, 3, &step).await.refused(404, ErrorCode::NotFound);
}

async fn only_who_administers_the_unit_lets_somebody_stand_in_and_only_staff_of_it(site: Site) {
    let school = school(&site).await;
    let today = site.clock.today();
    let right = give(school.other, (today, today));
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    put(&mut anna, school.unit, 1, &right).await.refused(404, ErrorCode::NotFound);
    anna.get_path(&GetSubstitutes::path(&school.unit)).await.refused(404, ErrorCode::NotFound);
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    let told = eva.get::<GetSubstitutes>(&school.unit).await;
    let names: Vec<&str> = told.candidates.iter().map(|one| one.name.as_str()).collect();
    assert!(names.contains(&"Anna Holmgren") && !names.contains(&"Lars Nyström"), "{names:?}");
    for days in [(today.add_days(-1), today), (today.add_days(1), today), (today, today.add_days(90))] {
        put(&mut eva, school.unit, 2, &give(school.other, days)).await.refused(422, ErrorCode::Invalid);
    }
    let who = |who: Cast| SubstituteStep::Give {
        person: PersonId(who.id()),
        group: school.other,
        from: today,
        to: today,
    };
    let elsewhere = group_of_another_unit(&site).await;
    for nobody in [
        who(Cast::FatimaRahimi),
        who(Cast::SaraLindqvist),
        who(Cast::LarsNystrom),
        give(elsewhere, (today, today)),
    ] {
        put(&mut eva, school.unit, 3, &nobody).await.refused(404, ErrorCode::NotFound);
    }
    assert_eq!(put(&mut eva, school.unit, 4, &right).await.status, 200);
    let other = give(school.own, (today, today));
    put(&mut eva, school.unit, 4, &other).await.refused(409, ErrorCode::HashMismatch);
    // Nothing of another unit is ended from here.
    let mut fatima = site.sign_in(Cast::FatimaRahimi).await;
    put(&mut fatima, school.unit, 4, &SubstituteStep::End).await.refused(404, ErrorCode::NotFound);
    assert_eq!(contents(&site).await["substitute"].len(), 1);
}

async fn group_of_another_unit(site: &Site) -> GroupId {
    let mut fatima = site.sign_in(Cast::FatimaRahimi).await;
    fatima.get::<GetUnits>(&()).await.units[0].groups[0].id
}
