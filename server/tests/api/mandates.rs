//! Roles that no duty gives: programme office, auditor, and support for some hours.

use crate::browser::{Browser, Reply};
use crate::contents::contents;
use crate::matrix::{group_of, objects};
use crate::on_both;
use crate::site::Site;
use crate::substitutes;
use sea_orm::{ConnectionTrait, Statement};
use skolstart_server::demo::{self, Cast};
use skolstart_shared::api::{
    AskTrail, Endpoint, ErrorCode, GetChildPage, GetGroup, GetHome, GetMandates, GetMunicipality,
    GetPictureConsents, GetReaders, GetRetention, GetSession, GetUnits, MandateKind, MandateStep, PutMandate,
    StaffChildHistory, StaffReaders, TrailOut, TrailQuestion,
};
use skolstart_shared::id::{ChangeId, GroupId, PersonId, UnitId};
use skolstart_shared::{Date, Locale};
use uuid::Uuid;

on_both! {
    support_sees_how_far_children_have_come_for_its_hours_and_nothing_else
    support_that_is_ended_is_out_at_the_next_request
    support_for_everything_ends_with_the_work_at_the_municipality
    support_meets_no_protected_child_that_it_once_handled
    roles_are_given_as_they_are_offered_and_by_somebody_else
    the_auditor_is_told_of_sums_and_of_nobody
    the_programme_office_starts_with_forms_and_meets_no_child
}

fn person(who: Cast) -> PersonId {
    PersonId(who.id())
}

pub(crate) fn id(number: u128) -> ChangeId {
    ChangeId(Uuid::from_u128(0x0190_f4c8_0000_7000_8000_00aa_0000_0000 + number))
}

fn support(who: Cast, unit: Option<UnitId>, hours: u32) -> MandateStep {
    support_because(who, unit, hours, "Ärende 4711: listan visar fel".to_owned())
}

pub(crate) fn support_because(who: Cast, unit: Option<UnitId>, hours: u32, reason: String) -> MandateStep {
    MandateStep::Give { person: person(who), kind: MandateKind::Support, unit, hours, reason }
}

async fn put(browser: &mut Browser, number: u128, step: &MandateStep) -> Reply {
    browser.put::<PutMandate>(&id(number), serde_json::to_vec(step).unwrap()).await
}

async fn give(site: &Site, number: u128, step: &MandateStep) {
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let reply = put(&mut mats, number, step).await;
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
}

/// As in the demo, and support for a unit.
pub(crate) async fn give_all(site: &Site, unit: UnitId) {
    demo::give_mandates(&site.store).await.unwrap();
    give(site, 1, &support(Cast::SivNoren, Some(unit), 8)).await;
}

/// For the matrix: gives something, or asks about some days.
pub(crate) async fn ask(browser: &mut Browser, endpoint: &str, number: u128) -> Reply {
    match endpoint {
        "PutMandate" => put(browser, 1_000 + number, &support(Cast::IngridDahl, None, 1)).await,
        _ => trail(browser, ("2026-09-01", "2026-09-07"), "").await,
    }
}

async fn trail(browser: &mut Browser, (from, to): (&str, &str), about: &str) -> Reply {
    let day = |text: &str| Date::parse_iso(text).unwrap();
    let question = TrailQuestion { from: day(from), to: day(to), about: about.to_owned() };
    browser.put::<AskTrail>(&(), serde_json::to_vec(&question).unwrap()).await
}

/// Ella's class and unit, and Love's class.
async fn places(site: &Site) -> (GroupId, UnitId, GroupId) {
    let home = site.sign_in(Cast::SaraLindqvist).await.get::<GetHome>(&()).await;
    let (group, unit) = group_of(site, &home).await;
    let home = site.sign_in(Cast::KarinSandberg).await.get::<GetHome>(&()).await;
    (group, unit, group_of(site, &home).await.0)
}

async fn support_sees_how_far_children_have_come_for_its_hours_and_nothing_else(site: Site) {
    let (group, unit, loves) = places(&site).await;
    let (ella, love) = (person(Cast::EllaLindqvist), person(Cast::LoveSandberg));
    let mut siv = site.sign_in(Cast::SivNoren).await;
    siv.get_path(&GetUnits::path(&())).await.refused(404, ErrorCode::NotFound);
    siv.get_path(&GetGroup::path(&(group, 0))).await.refused(404, ErrorCode::NotFound);
    assert!(siv.get::<GetSession>(&()).await.staff_at.is_empty());

    give(&site, 1, &support(Cast::SivNoren, Some(unit), 4)).await;
    let units = siv.get::<GetUnits>(&()).await.units;
    assert_eq!(units.iter().map(|seen| seen.id).collect::<Vec<_>>(), [unit]);
    let at = siv.get::<GetSession>(&()).await.staff_at;
    assert_eq!(at.iter().map(|at| (at.unit, at.role.as_str())).collect::<Vec<_>>(), [(unit, "support")]);
    let page = siv.get::<GetGroup>(&(group, 0)).await.page.unwrap();
    assert!(page.rows.iter().any(|row| row.child == ella && !row.statuses.is_empty()));
    let page = siv.get::<GetGroup>(&(loves, 0)).await.page.unwrap();
    assert!(!page.rows.is_empty() && page.rows.iter().all(|row| row.child != love && !row.protected));
    for closed in [
        GetChildPage::path(&ella),
        GetChildPage::path(&love),
        StaffChildHistory::path(&ella),
        StaffReaders::path(&ella),
        GetPictureConsents::path(&group),
        GetMunicipality::path(&()),
    ] {
        siv.get_path(&closed).await.refused(404, ErrorCode::NotFound);
    }
    // Another unit's.
    let mut fatima = site.sign_in(Cast::FatimaRahimi).await;
    let other = fatima.get::<GetUnits>(&()).await.units[0].groups[0].id;
    siv.get_path(&GetGroup::path(&(other, 0))).await.refused(404, ErrorCode::NotFound);

    // It is told: to the family by role, and to whoever let her in with how often.
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let seen = sara.get::<GetReaders>(&ella).await;
    assert!(seen.iter().any(|line| (line.role.as_str(), line.did.as_str()) == ("support", "read-group")));
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let told = mats.get::<GetMandates>(&()).await;
    let given = &told.holding[0];
    assert_eq!(
        (given.name.as_str(), given.by.as_str(), given.kind),
        ("Siv Norén", "Mats Öberg", MandateKind::Support)
    );
    assert_eq!(given.until, site.clock.now().plus_millis(4 * 3_600_000));
    assert!(given.unit.starts_with("Strandskolan") && given.used > 3, "{given:?}");

    site.later(4 * 60 - 1);
    let mut siv = site.sign_in(Cast::SivNoren).await;
    assert_eq!(siv.get_path(&GetUnits::path(&())).await.status, 200, "the last minute");
    site.later(1);
    siv.get_path(&GetUnits::path(&())).await.refused(404, ErrorCode::NotFound);
    siv.get_path(&GetGroup::path(&(group, 0))).await.refused(404, ErrorCode::NotFound);
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let told = mats.get::<GetMandates>(&()).await;
    assert!(told.holding.is_empty() && told.ended[0].ended.is_none() && told.ended[0].used >= given.used);
    assert_eq!(site.store.verify_audit().await.unwrap().faults, []);
    let rows = &contents(&site).await["mandate"];
    assert!(rows.len() == 1 && !rows[0].contains("4711"), "the reason is sealed");
}

async fn support_that_is_ended_is_out_at_the_next_request(site: Site) {
    let (_, unit, _) = places(&site).await;
    give(&site, 1, &support(Cast::SivNoren, Some(unit), 72)).await;
    let mut siv = site.sign_in(Cast::SivNoren).await;
    assert_eq!(siv.get_path(&GetUnits::path(&())).await.status, 200);
    give(&site, 1, &MandateStep::End).await;
    siv.get_path(&GetUnits::path(&())).await.refused(404, ErrorCode::NotFound);
    // Once more is the same as once, and who ended it first stays.
    let mut ingrid = site.sign_in(Cast::IngridDahl).await;
    assert_eq!(put(&mut ingrid, 1, &MandateStep::End).await.status, 200);
    let told = ingrid.get::<GetMandates>(&()).await;
    assert_eq!(told.ended[0].ended.as_ref().unwrap().1, "Mats Öberg");
    put(&mut ingrid, 77, &MandateStep::End).await.refused(404, ErrorCode::NotFound);
    let db = site.raw().await;
    let sql = "SELECT action FROM audit WHERE object_id = $1 AND action IN ('give-mandates', 'end-mandate') ORDER BY seq";
    let about = Statement::from_sql_and_values(db.get_database_backend(), sql, [Cast::SivNoren.id().into()]);
    let noted = db.query_all_raw(about).await.unwrap();
    let noted: Vec<String> = noted.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
    assert_eq!(noted, ["give-mandates", "end-mandate"], "once each");
}

async fn support_for_everything_ends_with_the_work_at_the_municipality(site: Site) {
    let (_, _, loves) = places(&site).await;
    give(&site, 1, &support(Cast::SivNoren, None, 72)).await;
    let mut siv = site.sign_in(Cast::SivNoren).await;
    assert!(siv.get::<GetUnits>(&()).await.units.len() > 2);
    let rows = siv.get::<GetGroup>(&(loves, 0)).await.page.unwrap().rows;
    assert!(rows.iter().all(|row| row.child != person(Cast::LoveSandberg)));
    site.end_duties(Cast::SivNoren).await;
    siv.get_path(&GetUnits::path(&())).await.refused(404, ErrorCode::NotFound);
}

/// Anna handled Love while she taught here. She works at the municipality now, and is let in as support.
async fn support_meets_no_protected_child_that_it_once_handled(site: Site) {
    let (_, unit, loves) = places(&site).await;
    let love = person(Cast::LoveSandberg);
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let named = skolstart_shared::api::ProtectionStep::Name(person(Cast::AnnaHolmgren));
    let body = crate::protection::bytes(named);
    let path = (love, id(500));
    assert_eq!(lars.put::<skolstart_shared::api::PutProtection>(&path, body).await.status, 200);
    substitutes::let_in(&site, unit, loves).await;
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let sees = |rows: &[skolstart_shared::api::ChildRow]| rows.iter().any(|row| row.child == love);
    assert!(sees(&anna.get::<GetGroup>(&(loves, 0)).await.page.unwrap().rows), "as who handles him");
    let db = site.raw().await;
    let sql =
        "UPDATE duty SET unit_id = (SELECT unit_id FROM duty WHERE person_id = $1) WHERE person_id = $2";
    let values = [Cast::SivNoren.id().into(), Cast::AnnaHolmgren.id().into()];
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await.unwrap();
    give(&site, 1, &support(Cast::AnnaHolmgren, Some(unit), 8)).await;
    let page = anna.get::<GetGroup>(&(loves, 0)).await.page.unwrap();
    assert!(!page.rows.is_empty() && !sees(&page.rows));
    anna.get_path(&GetChildPage::path(&love)).await.refused(404, ErrorCode::NotFound);
}

async fn roles_are_given_as_they_are_offered_and_by_somebody_else(site: Site) {
    let (_, unit, _) = places(&site).await;
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let told = mats.get::<GetMandates>(&()).await;
    let names: Vec<&str> = told.candidates.iter().map(|candidate| candidate.name.as_str()).collect();
    assert_eq!(names, ["Ingrid Dahl", "Jonas Wik", "Rut Alm", "Siv Norén"]);
    assert!(told.units.iter().any(|known| known.unit == unit));

    let step = |who: Cast, kind: MandateKind, unit: Option<UnitId>, hours: u32, reason: &str| {
        MandateStep::Give { person: person(who), kind, unit, hours, reason: reason.to_owned() }
    };
    use MandateKind::{Auditor, Support};
    put(&mut mats, 1, &step(Cast::MatsOberg, Auditor, None, 720, "x"))
        .await
        .refused(403, ErrorCode::Forbidden);
    for wrong in [
        step(Cast::SivNoren, Support, Some(unit), 5, "x"),
        step(Cast::SivNoren, Support, Some(unit), 720, "x"),
        step(Cast::RutAlm, Auditor, Some(unit), 720, "x"),
        step(Cast::SivNoren, Support, Some(unit), 4, "  "),
        step(Cast::SivNoren, Support, Some(unit), 4, &"x".repeat(501)),
    ] {
        put(&mut mats, 2, &wrong).await.refused(422, ErrorCode::Invalid);
    }
    for nobody in [
        step(Cast::AnnaHolmgren, Support, Some(unit), 4, "x"),
        step(Cast::SaraLindqvist, Support, None, 4, "x"),
        step(Cast::SivNoren, Support, Some(UnitId(Uuid::from_u128(1))), 4, "x"),
    ] {
        put(&mut mats, 3, &nobody).await.refused(404, ErrorCode::NotFound);
    }
    let right = step(Cast::SivNoren, Support, Some(unit), 4, "x");
    assert_eq!(put(&mut mats, 4, &right).await.status, 200);
    assert_eq!(put(&mut mats, 4, &right).await.status, 200, "the same again");
    let other = step(Cast::SivNoren, Support, None, 4, "x");
    put(&mut mats, 4, &other).await.refused(409, ErrorCode::HashMismatch);
    assert_eq!(mats.get::<GetMandates>(&()).await.holding.len(), 1);
    assert_eq!(contents(&site).await["mandate"].len(), 1);
}

/// The personal number, as an extract gives it.
async fn number(site: &Site, who: Cast) -> String {
    let extract = site.store.extract(person(who), None, Locale::Sv).await.unwrap().unwrap();
    let section = extract.sections.iter().find(|section| section.table == "person_identifier").unwrap();
    let (_, number) = section.rows[0].iter().find(|(name, _)| name == "sealed").unwrap();
    number.as_str().unwrap().to_owned()
}

/// A number of the tax agency's for tests, which nobody in the municipality has.
const NOBODYS: &str = "193001016595";

fn told(reply: &Reply) -> TrailOut {
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    serde_json::from_slice(&reply.body).unwrap()
}

async fn the_auditor_is_told_of_sums_and_of_nobody(site: Site) {
    let (ellas, loves) = objects(&site).await;
    give_all(&site, ellas.unit).await;
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    anna.get::<GetChildPage>(&ellas.child).await;
    let mut rut = site.sign_in(Cast::RutAlm).await;
    let week = ("2026-09-01", "2026-09-07");
    let reply = trail(&mut rut, week, "").await;
    let all = told(&reply);
    let annas = all.by.iter().find(|line| line.name == "Anna Holmgren" && line.did == "read-child").unwrap();
    assert!((annas.role.as_str(), annas.times, annas.people) == ("staff", 1, 1), "{annas:?}");
    assert!(all.lines > all.by.len() as u64 && all.people > 5 && !all.more);
    let guardians = || all.by.iter().filter(|line| line.role == "guardian");
    assert!(guardians().count() > 1 && guardians().all(|line| line.name.is_empty()));
    let text = String::from_utf8(reply.body).unwrap();
    for nobody in
        ["Ella", "Lindqvist", "Love", "Sandberg", "Sara", &ellas.child.to_string(), &loves.child.to_string()]
    {
        assert!(!text.contains(nobody), "{nobody}");
    }

    let about = told(&trail(&mut rut, week, &number(&site, Cast::EllaLindqvist).await).await);
    assert!(about.people == 1 && about.by.iter().any(|line| line.name == "Anna Holmgren"));
    // Protected, and nobody's: the same.
    let hidden = trail(&mut rut, week, &number(&site, Cast::LoveSandberg).await).await;
    let nobody = trail(&mut rut, week, NOBODYS).await;
    assert_eq!((hidden.status, &hidden.body), (nobody.status, &nobody.body));
    assert_eq!(told(&hidden).lines, 0);
    trail(&mut rut, week, "Ella").await.refused(422, ErrorCode::Invalid);
    trail(&mut rut, ("2026-09-07", "2026-09-01"), "").await.refused(422, ErrorCode::Invalid);
    trail(&mut rut, ("2026-01-01", "2026-09-01"), "").await.refused(422, ErrorCode::Invalid);
    // The review is reviewed.
    let again = told(&trail(&mut rut, week, "").await);
    assert!(
        again.by.iter().any(|line| line.name == "Rut Alm" && line.did == "read-trail" && line.times >= 4)
    );
    // Whoever gives the roles does not read it.
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    trail(&mut mats, week, "").await.refused(404, ErrorCode::NotFound);
}

async fn the_programme_office_starts_with_forms_and_meets_no_child(site: Site) {
    demo::give_mandates(&site.store).await.unwrap();
    let mut jonas = site.sign_in(Cast::JonasWik).await;
    let at = jonas.get::<GetSession>(&()).await;
    assert_eq!(at.staff_at.iter().map(|at| at.role.as_str()).collect::<Vec<_>>(), ["programme-office"]);
    assert!(!at.is_municipal && !at.staff_at[0].name.is_empty());
    jonas.get::<GetMunicipality>(&()).await;
    jonas.get_path(&GetRetention::path(&())).await.refused(404, ErrorCode::NotFound);
    jonas.get_path(&GetUnits::path(&())).await.refused(404, ErrorCode::NotFound);
    site.later(366 * 24 * 60);
    let mut jonas = site.sign_in(Cast::JonasWik).await;
    jonas.get_path(&GetMunicipality::path(&())).await.refused(404, ErrorCode::NotFound);
}
