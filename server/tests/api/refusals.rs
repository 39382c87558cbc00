//! What a signed-in person was refused stands in the audit trail, up to a measure; and on whose behalf somebody acted.

use crate::answering::{answer, bytes, submission};
use crate::matrix::{LIST, objects};
use crate::on_both;
use crate::site::Site;
use crate::{bulk, mandates, school_codes, taken_down};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::Value as Json;
use skolstart_server::demo::Cast;
use skolstart_server::usecase::incident::incident;
use skolstart_shared::api::{
    ChildHistory, Endpoint, ErrorCode, ExportFile, ExportPictureConsents, GetChildPage, GetGroup, GetHome,
    GetOwnApplication, GetReaders, GetSubmission, ListSubmissions, PutConsentAnswer, PutMandate,
    PutSubmission, SaidConsent, SheetKind, StaffReaders,
};
use skolstart_shared::id::{ChangeId, PersonId};
use uuid::Uuid;

on_both! {
    what_was_refused_is_noted_whether_it_exists_or_not
    what_a_use_case_refuses_is_noted_as_the_thing_that_was_named
    nobody_fills_the_trail_with_refusals
    the_principal_is_told_of_refusals_and_families_of_what_was_seen
    whose_word_staff_take_down_stands_in_the_trail
}

fn person(who: Cast) -> PersonId {
    PersonId(who.id())
}

/// Lines of the trail about what this person was refused: action, kind, object and purpose.
async fn refused(site: &Site, who: Cast) -> Vec<(String, String, Option<Uuid>, String)> {
    let db = site.raw().await;
    let sql = "SELECT action, object_kind, object_id, purpose FROM audit WHERE actor = $1 AND outcome = 'refused' \
               ORDER BY at, seq";
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [who.id().into()]);
    let rows = db.query_all_raw(statement).await.unwrap();
    let text = |row: &sea_orm::QueryResult, at| row.try_get_by_index::<String>(at).unwrap();
    rows.iter()
        .map(|row| (text(row, 0), text(row, 1), row.try_get_by_index(2).unwrap(), text(row, 3)))
        .collect()
}

async fn what_was_refused_is_noted_whether_it_exists_or_not(site: Site) {
    let (ellas, loves) = objects(&site).await;
    let nobody = PersonId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_ffff));
    let mut maria = site.sign_in(Cast::MariaBergstrom).await;
    for child in [ellas.child, nobody, ellas.child] {
        maria.get_path(&ChildHistory::path(&child)).await.refused(404, ErrorCode::NotFound);
    }
    let line = |action: &str, kind: &str, object: Uuid, purpose: &str| {
        (action.to_owned(), kind.to_owned(), Some(object), purpose.to_owned())
    };
    let history = |child: PersonId| line("read-own-submissions", "child", child.0, "guardian");
    assert_eq!(refused(&site, Cast::MariaBergstrom).await, [history(ellas.child), history(nobody)]);
    // A child that stands in the body of what she sends.
    let home = maria.get::<GetHome>(&()).await;
    let mut content = answer(&home, Some(home.children[0].person), true);
    content.acts.iter_mut().for_each(|act| act.child = Some(ellas.child));
    maria.put::<PutSubmission>(&submission(50), bytes(content)).await.refused(404, ErrorCode::NotFound);
    let last = refused(&site, Cast::MariaBergstrom).await.pop().unwrap();
    assert_eq!(last, line("submit", "child", ellas.child.0, "guardian"));
    // Staff: a protected child, and a class of another unit.
    let mut fatima = site.sign_in(Cast::FatimaRahimi).await;
    fatima.get_path(&GetChildPage::path(&loves.child)).await.refused(404, ErrorCode::NotFound);
    fatima.get_path(&GetGroup::path(&(ellas.group, 0))).await.refused(404, ErrorCode::NotFound);
    let lines = [
        line("read-child", "child", loves.child.0, "staff"),
        line("read-group", "group", ellas.group.0, "staff"),
    ];
    assert_eq!(refused(&site, Cast::FatimaRahimi).await, lines);
    // What is one's own and is not there names nobody.
    fatima.get_path("/api/municipality").await.refused(404, ErrorCode::NotFound);
    assert_eq!(refused(&site, Cast::FatimaRahimi).await.len(), 2);
    site.later(61);
    let mut maria = site.sign_in(Cast::MariaBergstrom).await;
    maria.get_path(&ChildHistory::path(&ellas.child)).await.refused(404, ErrorCode::NotFound);
    assert_eq!(refused(&site, Cast::MariaBergstrom).await.len(), 4, "an hour later it is noted anew");
    assert_eq!(site.store.verify_audit().await.unwrap().faults, []);
}

async fn what_a_use_case_refuses_is_noted_as_the_thing_that_was_named(site: Site) {
    let (ellas, loves) = objects(&site).await;
    let line = |action: &str, kind: &str, object: Uuid, purpose: &str| {
        (action.to_owned(), kind.to_owned(), Some(object), purpose.to_owned())
    };
    // Another's answer, and another's application under a child of her own.
    let mut maria = site.sign_in(Cast::MariaBergstrom).await;
    maria.get_path(&GetSubmission::path(&submission(1))).await.refused(404, ErrorCode::NotFound);
    let hers = line("read-own-submissions", "submission", submission(1).0, "guardian");
    assert_eq!(refused(&site, Cast::MariaBergstrom).await, [hers]);
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    for _ in 0..2 {
        let path = GetOwnApplication::path(&(ellas.child, loves.application));
        sara.get_path(&path).await.refused(404, ErrorCode::NotFound);
    }
    let hers = line("read-own-submissions", "application", loves.application.0, "guardian");
    assert_eq!(refused(&site, Cast::SaraLindqvist).await, [hers], "once an hour");
    // A list that another has asked for, and a role that she would give herself.
    let list = bulk::id(LIST);
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let file = ExportPictureConsents::path(&ExportFile { id: list, kind: SheetKind::Csv });
    lars.get_path(&file).await.refused(404, ErrorCode::NotFound);
    // The page of a protected child asks for a reason: that refuses nothing.
    lars.get_path(&GetChildPage::path(&loves.child)).await.refused(403, ErrorCode::Forbidden);
    assert_eq!(refused(&site, Cast::LarsNystrom).await, [line("export-lists", "list", list.0, "principal")]);
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let own = mandates::support_because(Cast::MatsOberg, None, 1, "Prov".to_owned());
    let own = serde_json::to_vec(&own).unwrap();
    mats.put::<PutMandate>(&mandates::id(9), own).await.refused(403, ErrorCode::Forbidden);
    let his = line("give-mandates", "mandate", mandates::id(9).0, "municipality");
    assert_eq!(refused(&site, Cast::MatsOberg).await, [his]);
    // What is not open to a letter from school is refused before anything is asked.
    let mut letter = school_codes::letter(&site, Cast::WilmaBergstrom, Cast::MariaBergstrom, 70).await;
    let wilma = person(Cast::WilmaBergstrom);
    letter.get_path(&GetReaders::path(&wilma)).await.refused(404, ErrorCode::NotFound);
    let last = refused(&site, Cast::MariaBergstrom).await.pop().unwrap();
    assert_eq!(last, line("read-own-submissions", "child", wilma.0, "guardian"));
    // What names nothing is not there, and that is all.
    letter.get_path(&ListSubmissions::path(&())).await.refused(404, ErrorCode::NotFound);
    assert_eq!(refused(&site, Cast::MariaBergstrom).await.len(), 2);
    assert_eq!(site.store.verify_audit().await.unwrap().faults, []);
}

async fn nobody_fills_the_trail_with_refusals(site: Site) {
    let site = site.without_limits();
    let mut maria = site.sign_in(Cast::MariaBergstrom).await;
    for number in 0..150 {
        let child = PersonId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0001_0000 + number));
        maria.get_path(&ChildHistory::path(&child)).await.refused(404, ErrorCode::NotFound);
    }
    let noted = refused(&site, Cast::MariaBergstrom).await;
    assert_eq!(noted.len(), 61);
    assert_eq!((noted[60].1.as_str(), noted[60].2), ("more", None), "that there were more is noted");
}

async fn the_principal_is_told_of_refusals_and_families_of_what_was_seen(site: Site) {
    let ella = person(Cast::EllaLindqvist);
    let mut fatima = site.sign_in(Cast::FatimaRahimi).await;
    fatima.get_path(&GetChildPage::path(&ella)).await.refused(404, ErrorCode::NotFound);
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    assert!(sara.get::<GetReaders>(&ella).await.is_empty(), "nobody has seen her");
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let lines = lars.get::<StaffReaders>(&ella).await;
    assert!(lines.iter().any(|line| line.name == "Fatima Rahimi" && line.did == "refused"), "{lines:?}");
    assert!(lines.iter().all(|line| line.name != "Fatima Rahimi" || line.did == "refused"));
    let report =
        incident(&site.store, site.clock.now().plus_millis(-1), site.clock.now().plus_millis(1), None);
    let report = report.await.unwrap();
    let lines: Vec<Json> = report.lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    let fatimas = lines.iter().find(|line| line["by-name"] == "Fatima Rahimi").unwrap();
    assert_eq!((&fatimas["outcome"], &fatimas["action"]), (&"refused".into(), &"read-child".into()));
    assert!(lines.iter().any(|line| line["outcome"] == "done"));
}

async fn whose_word_staff_take_down_stands_in_the_trail(site: Site) {
    let (ella, sara) = (person(Cast::EllaLindqvist), person(Cast::SaraLindqvist));
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let paper = taken_down::paper(sara, "web", SaidConsent::No, (2026, 9, 7));
    let path = (ella, ChangeId(submission(7).0));
    assert_eq!(lars.put::<PutConsentAnswer>(&path, taken_down::bytes(&paper)).await.status, 200);
    let report =
        incident(&site.store, site.clock.now().plus_millis(-1), site.clock.now().plus_millis(1), None);
    let report = report.await.unwrap();
    let lines: Vec<Json> = report.lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    let taken = lines.iter().find(|line| line["action"] == "record-consent").unwrap();
    assert_eq!(
        (&taken["by-name"], &taken["for-name"], &taken["name"]),
        (&"Lars Nyström".into(), &"Sara Lindqvist".into(), &"Ella Lindqvist".into())
    );
    assert_eq!(taken["for"], sara.to_string());
    assert!(lines.iter().filter(|line| line["action"] != "record-consent").all(|line| line["for"].is_null()));
    assert_eq!(site.store.verify_audit().await.unwrap().faults, []);
}
