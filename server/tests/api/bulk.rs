//! Lists that leave the house: with a reason, over a size with a second person, and never more than a quota.

use crate::answering::submission;
use crate::browser::{Browser, Reply};
use crate::contents::contents;
use crate::on_both;
use crate::site::Site;
use sea_orm::{ConnectionTrait, Statement};
use skolstart_server::demo::Cast;
use skolstart_server::usecase::bulk::BulkLimits;
use skolstart_shared::api::{
    AlarmKind, BulkOut, Endpoint, ErrorCode, ExportFile, ExportPictureConsents, ExportState, ExportStep,
    FileOut, GetBulk, GetGroup, GetUnits, PictureList, ProtectionStep, PutExport, PutProtection, SheetKind,
};
use skolstart_shared::base64;
use skolstart_shared::form::{ActKey, FormKey};
use skolstart_shared::id::{ChangeId, GroupId, PersonId};

on_both! {
    a_list_needs_a_reason_and_says_who_took_it_out
    a_large_list_needs_a_second_person
    two_people_decide_once_and_two_questions_count_each_other
    who_waits_too_long_asks_again
    one_person_takes_out_so_many_children_in_a_day
    who_is_hidden_since_is_not_on_a_list_that_waited
}

/// So many children alone and at all in lists; pages as nobody opens them here.
pub(crate) fn lists(alone: u32, exported: u32) -> BulkLimits {
    BulkLimits { unusual: 100, opened: 100, alone, exported }
}

/// How often the audit trail says that Eva, or whoever it is, did this to this list.
async fn noted(site: &Site, action: &str, list: u128, who: Cast) -> i64 {
    let sql = "SELECT COUNT(*) FROM audit WHERE action = $1 AND object_kind = 'list' AND object_id = $2 AND actor = $3";
    let db = site.raw().await;
    let values = [action.into(), id(list).0.into(), who.id().into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    db.query_one_raw(statement).await.unwrap().unwrap().try_get_by_index(0).unwrap()
}

pub(crate) fn id(number: u128) -> ChangeId {
    ChangeId(submission(number).0)
}

pub(crate) fn ask_for(group: GroupId, reason: &str) -> Vec<u8> {
    let (form, act) = (FormKey("pictures".to_owned()), ActKey("publish".to_owned()));
    let step = ExportStep::Ask { list: PictureList { group, form, act }, reason: reason.to_owned() };
    serde_json::to_vec(&step).unwrap()
}

fn step(step: ExportStep) -> Vec<u8> {
    serde_json::to_vec(&step).unwrap()
}

pub(crate) fn state(reply: &Reply) -> ExportState {
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    serde_json::from_slice(&reply.body).unwrap()
}

pub(crate) async fn put(browser: &mut Browser, number: u128, body: Vec<u8>) -> Reply {
    browser.put::<PutExport>(&id(number), body).await
}

fn path(number: u128, kind: SheetKind) -> String {
    ExportPictureConsents::path(&ExportFile { id: id(number), kind })
}

async fn text(browser: &mut Browser, number: u128) -> String {
    let file: FileOut =
        browser.get::<ExportPictureConsents>(&ExportFile { id: id(number), kind: SheetKind::Csv }).await;
    String::from_utf8(base64::decode(&file.content).unwrap()).unwrap()
}

/// The first class of Strandskolan that Eva sees, with its children.
pub(crate) async fn class(eva: &mut Browser) -> (GroupId, Vec<PersonId>) {
    let units = eva.get::<GetUnits>(&()).await;
    let group = units.units.iter().flat_map(|unit| &unit.groups).find(|group| group.children > 2).unwrap().id;
    let page = eva.get::<GetGroup>(&(group, 0)).await.page.unwrap();
    (group, page.rows.iter().map(|row| row.child).collect())
}

pub(crate) async fn seen(browser: &mut Browser) -> BulkOut {
    browser.get::<GetBulk>(&()).await
}

async fn a_list_needs_a_reason_and_says_who_took_it_out(site: Site) {
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    let (group, children) = class(&mut eva).await;
    put(&mut eva, 1, ask_for(group, "  ")).await.refused(422, ErrorCode::Invalid);
    put(&mut eva, 1, ask_for(group, &"x".repeat(301))).await.refused(422, ErrorCode::Invalid);
    for _ in 0..2 {
        assert_eq!(
            state(&put(&mut eva, 1, ask_for(group, "Fotografering 12 september")).await),
            ExportState::Ready
        );
    }
    assert_eq!(noted(&site, "ask-for-list", 1, Cast::EvaHedlund).await, 1, "the same again is once");
    put(&mut eva, 1, ask_for(group, "Annat")).await.refused(409, ErrorCode::HashMismatch);
    let file = text(&mut eva, 1).await;
    let lines: Vec<&str> = file.lines().skip(1).collect();
    assert!(lines.len() > 2 && lines.len() <= children.len());
    assert!(lines.iter().all(|line| line.ends_with(";2026-09-07 12:00;Eva Hedlund")), "{file}");
    let workbook: FileOut =
        eva.get::<ExportPictureConsents>(&ExportFile { id: id(1), kind: SheetKind::Xlsx }).await;
    assert!(workbook.name.ends_with(".xlsx"));
    assert_eq!(noted(&site, "fetch-list", 1, Cast::EvaHedlund).await, 2, "each time it is fetched");
    let rows = contents(&site).await["list_export"].clone();
    assert!(rows.iter().all(|row| !row.contains("Fotografering")), "what for is sealed");
    // Nobody else fetches it, and nobody later.
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    assert_eq!(lars.get_path(&path(1, SheetKind::Csv)).await.status, 404);
    assert_eq!(seen(&mut lars).await.exports, []);
    site.later(25 * 60);
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    eva.get_path(&path(1, SheetKind::Csv)).await.refused(410, ErrorCode::Closed);
    let own = seen(&mut eva).await;
    assert_eq!((own.exports[0].state, own.exports[0].mine, own.leads), (ExportState::Over, true, false));
    assert_eq!(own.exports[0].reason, "Fotografering 12 september");
}

async fn a_large_list_needs_a_second_person(site: Site) {
    let site = site.with_bulk(lists(1, 1_000));
    let (mut eva, mut lars, mut mats, mut fatima) = (
        site.sign_in(Cast::EvaHedlund).await,
        site.sign_in(Cast::LarsNystrom).await,
        site.sign_in(Cast::MatsOberg).await,
        site.sign_in(Cast::FatimaRahimi).await,
    );
    let (group, _) = class(&mut eva).await;
    assert_eq!(state(&put(&mut eva, 1, ask_for(group, "Skolfoto")).await), ExportState::Waiting);
    eva.get_path(&path(1, SheetKind::Csv)).await.refused(403, ErrorCode::Forbidden);
    // Neither she herself nor somebody without the task says yes.
    assert_eq!(put(&mut eva, 1, step(ExportStep::Approve)).await.status, 404);
    assert_eq!(put(&mut fatima, 1, step(ExportStep::Approve)).await.status, 404);
    let waiting = seen(&mut lars).await;
    assert_eq!((waiting.exports.len(), waiting.exports[0].by.as_str()), (1, "Eva Hedlund"));
    assert_eq!((waiting.alarms.len(), waiting.alarms[0].kind), (1, AlarmKind::Exported));
    assert_eq!(seen(&mut mats).await.exports.len(), 1);
    assert!(site.limits.meters().text().contains("skolstart_alarms_total 1"));
    for _ in 0..2 {
        assert_eq!(state(&put(&mut lars, 1, step(ExportStep::Approve)).await), ExportState::Ready);
    }
    assert_eq!(noted(&site, "approve-list", 1, Cast::LarsNystrom).await, 1);
    put(&mut mats, 1, step(ExportStep::Refuse)).await.refused(409, ErrorCode::AlreadyDecided);
    // Another school's principal and a guardian find nothing.
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    assert_eq!(put(&mut sara, 1, step(ExportStep::Refuse)).await.status, 404);
    assert!(text(&mut eva, 1).await.lines().count() > 2);
    assert_eq!(seen(&mut lars).await.exports, []);
    // A principal's own needs somebody else too.
    assert_eq!(state(&put(&mut lars, 2, ask_for(group, "Skolfoto")).await), ExportState::Waiting);
    put(&mut lars, 2, step(ExportStep::Approve)).await.refused(403, ErrorCode::Forbidden);
    assert_eq!(state(&put(&mut mats, 2, step(ExportStep::Refuse)).await), ExportState::Refused);
    lars.get_path(&path(2, SheetKind::Csv)).await.refused(403, ErrorCode::Forbidden);
    assert_eq!(noted(&site, "refuse-list", 2, Cast::MatsOberg).await, 1);
    assert_eq!(noted(&site, "fetch-list", 2, Cast::LarsNystrom).await, 0);
}

async fn two_people_decide_once_and_two_questions_count_each_other(site: Site) {
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    let (group, children) = class(&mut eva).await;
    let size = u32::try_from(children.len()).unwrap();
    let site = site.with_bulk(lists(size, 1_000));
    let (mut eva, mut other) = (site.sign_in(Cast::EvaHedlund).await, site.sign_in(Cast::EvaHedlund).await);
    let (one, two) = tokio::join!(
        put(&mut eva, 1, ask_for(group, "Skolfoto")),
        put(&mut other, 2, ask_for(group, "Skolfoto"))
    );
    let mut states = [state(&one), state(&two)];
    states.sort_by_key(|state| *state == ExportState::Waiting);
    assert_eq!(states, [ExportState::Ready, ExportState::Waiting]);
    let waiting = if state(&one) == ExportState::Waiting { 1 } else { 2 };
    let (mut lars, mut mats) = (site.sign_in(Cast::LarsNystrom).await, site.sign_in(Cast::MatsOberg).await);
    let (yes, no) = tokio::join!(
        put(&mut lars, waiting, step(ExportStep::Approve)),
        put(&mut mats, waiting, step(ExportStep::Refuse))
    );
    let mut statuses = [yes.status, no.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    let fetched = eva.get_path(&path(waiting, SheetKind::Csv)).await.status;
    assert_eq!(fetched, if yes.status == 200 { 200 } else { 403 });
}

async fn who_waits_too_long_asks_again(site: Site) {
    let site = site.with_bulk(lists(1, 1_000));
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    let (group, _) = class(&mut eva).await;
    for number in [1, 2] {
        assert_eq!(state(&put(&mut eva, number, ask_for(group, "Skolfoto")).await), ExportState::Waiting);
    }
    site.later(6 * 24 * 60);
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    assert_eq!(state(&put(&mut lars, 1, step(ExportStep::Approve)).await), ExportState::Ready);
    // From the second person's yes on there is a day, however long it waited.
    site.later(23 * 60);
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    assert!(text(&mut eva, 1).await.lines().count() > 2);
    site.later(2 * 60);
    let (mut eva, mut lars) = (site.sign_in(Cast::EvaHedlund).await, site.sign_in(Cast::LarsNystrom).await);
    eva.get_path(&path(1, SheetKind::Csv)).await.refused(410, ErrorCode::Closed);
    put(&mut lars, 2, step(ExportStep::Approve)).await.refused(410, ErrorCode::Closed);
    assert!(seen(&mut eva).await.exports.iter().all(|line| line.state == ExportState::Over));
    assert_eq!(seen(&mut lars).await.exports, [], "nobody is asked to decide what is over");
    // A class that has grown is another list.
    assert_eq!(state(&put(&mut eva, 3, ask_for(group, "Skolfoto")).await), ExportState::Waiting);
    assert_eq!(state(&put(&mut lars, 3, step(ExportStep::Approve)).await), ExportState::Ready);
    site.raw().await.execute_unprepared("UPDATE list_export SET children = 1").await.unwrap();
    eva.get_path(&path(3, SheetKind::Csv)).await.refused(410, ErrorCode::Closed);
}

async fn one_person_takes_out_so_many_children_in_a_day(site: Site) {
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    let (group, children) = class(&mut eva).await;
    let size = u32::try_from(children.len()).unwrap();
    let site = site.with_bulk(lists(0, 2 * size));
    let (mut eva, mut lars) = (site.sign_in(Cast::EvaHedlund).await, site.sign_in(Cast::LarsNystrom).await);
    for number in [1, 2] {
        assert_eq!(state(&put(&mut eva, number, ask_for(group, "Skolfoto")).await), ExportState::Waiting);
    }
    for _ in 0..2 {
        put(&mut eva, 3, ask_for(group, "Skolfoto")).await.refused(429, ErrorCode::Enough);
    }
    let told = seen(&mut lars).await;
    let kinds: Vec<AlarmKind> = told.alarms.iter().map(|alarm| alarm.kind).collect();
    assert_eq!((kinds.len(), kinds.contains(&AlarmKind::Refused), told.exports.len()), (2, true, 2));
    // What a second person refused was not taken out.
    assert_eq!(state(&put(&mut lars, 1, step(ExportStep::Refuse)).await), ExportState::Refused);
    assert_eq!(state(&put(&mut eva, 3, ask_for(group, "Skolfoto")).await), ExportState::Waiting);
    put(&mut eva, 4, ask_for(group, "Skolfoto")).await.refused(429, ErrorCode::Enough);
    site.later(24 * 60);
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    assert_eq!(state(&put(&mut eva, 4, ask_for(group, "Skolfoto")).await), ExportState::Waiting);
}

async fn who_is_hidden_since_is_not_on_a_list_that_waited(site: Site) {
    let site = site.with_bulk(lists(1, 1_000));
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let (group, children) = class(&mut eva).await;
    assert_eq!(state(&put(&mut eva, 1, ask_for(group, "Skolfoto")).await), ExportState::Waiting);
    let mark = async |lars: &mut Browser, child: PersonId, number| {
        let body = serde_json::to_vec(&ProtectionStep::Mark(child)).unwrap();
        assert_eq!(lars.put::<PutProtection>(&(child, id(number)), body).await.status, 200);
    };
    // Hidden while it waited, and hidden after the second person's yes.
    mark(&mut lars, children[0], 50).await;
    assert_eq!(state(&put(&mut lars, 1, step(ExportStep::Approve)).await), ExportState::Ready);
    let before = text(&mut eva, 1).await.lines().count();
    assert!(before <= children.len(), "the heading and one child less");
    mark(&mut lars, children[1], 51).await;
    assert!(text(&mut eva, 1).await.lines().count() < before);
    // The principal sees hidden children on pages, and takes none of them out either.
    assert_eq!(state(&put(&mut lars, 2, ask_for(group, "Skolfoto")).await), ExportState::Waiting);
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    assert_eq!(state(&put(&mut mats, 2, step(ExportStep::Approve)).await), ExportState::Ready);
    assert_eq!(text(&mut lars, 2).await.lines().count(), text(&mut eva, 1).await.lines().count());
}
