//! Files that belong to no element go to those whose task the answer is, and staff send files with what they answer.

use crate::answering::submission;
use crate::applications::applied;
use crate::browser::{Browser, Reply};
use crate::files::{begin, finish, id, input, look, part, read, said, send};
use crate::on_both;
use crate::protection::says_why;
use crate::site::Site;
use sea_orm::ConnectionTrait;
use skolstart_server::demo::Cast;
use skolstart_server::sample_files::{pdf, png};
use skolstart_server::usecase::publish;
use skolstart_shared::access::Function;
use skolstart_shared::api::{
    ErrorCode, GetOffer, GetStaffActs, PutFile, PutStaffAnswer, StaffActOut, StaffAnswerIn,
};
use skolstart_shared::date::Date;
use skolstart_shared::fact::{Audience, FileRef, Value};
use skolstart_shared::form::{Act, Answers, FieldKey, FieldKind, FormDefinition, FormKey};
use skolstart_shared::id::{FileId, PersonId, UnitId};
use skolstart_shared::{Code, Map};

on_both! {
    an_application_s_files_go_to_whoever_decides_and_nobody_else
    the_files_of_a_part_with_few_readers_are_for_those
    a_protected_child_s_files_stay_at_its_unit
    staff_send_a_file_with_their_part_and_the_family_that_answers_to_it_sees_it
    staff_name_only_files_that_are_theirs_to_name
    nobody_sends_a_file_about_a_child_without_a_task
}

fn ella() -> PersonId {
    PersonId(Cast::EllaLindqvist.id())
}

fn key(field: &str) -> FieldKey {
    FieldKey(field.to_owned())
}

fn text(words: &str) -> Value {
    Value::Text(words.to_owned())
}

fn answers(given: &[(&str, Value)]) -> Answers {
    given.iter().map(|(field, value)| (key(field), value.clone())).collect()
}

/// Schools that a family can wish for, as rows.
pub(crate) fn wishes(units: &[UnitId]) -> Value {
    let row = |unit: &UnitId| Map::from([("unit".to_owned(), Value::Choice(unit.to_string()))]);
    Value::Rows(units.iter().map(row).collect())
}

/// What a family says that wants another school.
pub(crate) fn change_of_school(
    start: Date,
    units: &[UnitId],
    files: Vec<FileRef>,
) -> Vec<(&'static str, Value)> {
    let mut given = vec![
        ("start", Value::Date(start)),
        ("from", Value::Choice("none".to_owned())),
        ("out-weeks", Value::Number(2)),
        ("new", Value::Flag(false)),
        ("wishes", wishes(units)),
    ];
    if !files.is_empty() {
        given.push(("records", Value::Files(files)));
    }
    given
}

/// Asks about another school as the library does, but of two schools: the municipality of the tests has no more.
pub(crate) async fn two_schools(site: &Site, change: impl FnOnce(&mut Act)) {
    let published = site.store.published();
    let mut form = published.newest(&FormKey("change-of-school".to_owned())).unwrap().as_ref().clone();
    form.version += 1;
    let act = &mut form.acts[0];
    for field in &mut act.fields {
        if let (true, FieldKind::Rows { least, .. }) = (field.key == key("wishes"), &mut field.kind) {
            *least = 1;
        }
    }
    change(act);
    publish::publish_form(&site.store, &form).await.unwrap();
}

/// The units that a form lets a family choose among, of the school form that the field asks for.
pub(crate) async fn units(browser: &mut Browser, form: &str, school_form: &str) -> Vec<UnitId> {
    let opened = browser.get::<GetOffer>(&FormKey(form.to_owned())).await;
    let has = |unit: &&skolstart_shared::api::UnitOption| {
        unit.school_forms.iter().any(|of| of.code() == school_form)
    };
    opened.units.iter().filter(has).map(|unit| unit.id).take(3).collect()
}

async fn expect(site: &Site, file: FileId, seen_by: &[(Cast, u16)]) {
    for (who, status) in seen_by {
        let mut browser = site.sign_in(*who).await;
        assert_eq!(look(&mut browser, file).await.status, *status, "{who:?}");
    }
}

async fn an_application_s_files_go_to_whoever_decides_and_nobody_else(site: Site) {
    two_schools(&site, |_| {}).await;
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let records: FileRef = read(&send(&mut sara, 1, &pdf(), Some(ella())).await);
    expect(
        &site,
        records.id,
        &[(Cast::SaraLindqvist, 200), (Cast::MatsOberg, 404), (Cast::LarsNystrom, 404)],
    )
    .await;
    let wished = units(&mut sara, "change-of-school", "GR").await;
    let start = site.clock.today().add_days(30);
    let given = change_of_school(start, &wished, vec![records.clone()]);
    applied(&mut sara, 1, "change-of-school", ella(), &given).await;
    let seen_by = [
        (Cast::SaraLindqvist, 200),
        (Cast::JohanLindqvist, 404),
        (Cast::MariaBergstrom, 404),
        // Her mentor has no task with it; the principal leads the unit; the officer decides.
        (Cast::AnnaHolmgren, 404),
        (Cast::EvaHedlund, 404),
        (Cast::LarsNystrom, 200),
        (Cast::FatimaRahimi, 404),
        (Cast::MatsOberg, 200),
        (Cast::IngridDahl, 200),
    ];
    expect(&site, records.id, &seen_by).await;
    // The self-care certificate is an element of the unit's: no task of the officer's.
    let certificate = crate::files::held(&mut sara, ella(), 70).await;
    expect(&site, certificate, &[(Cast::MatsOberg, 404), (Cast::AnnaHolmgren, 200)]).await;
    // Who looked is noted, about the file and about the child.
    let db = site.raw().await;
    for object in [records.id.0, ella().0] {
        let noted = sea_orm::Statement::from_sql_and_values(
            db.get_database_backend(),
            "SELECT 1 FROM audit WHERE action = 'read-file' AND outcome = 'done' AND object_id = $1 AND actor = $2 AND purpose = 'municipality'",
            [object.into(), Cast::MatsOberg.id().into()],
        );
        assert_eq!(db.query_all_raw(noted).await.unwrap().len(), 1);
    }
    assert!(site.store.verify_audit().await.unwrap().faults.is_empty());
}

async fn the_files_of_a_part_with_few_readers_are_for_those(site: Site) {
    // A principal has the task of school health, to see to it that it is done and not to read.
    let readers = Audience::Only(vec![Function::SchoolHealth, Function::Officer]);
    two_schools(&site, |act| act.audience = readers).await;
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let records: FileRef = read(&send(&mut sara, 1, &pdf(), Some(ella())).await);
    let wished = units(&mut sara, "change-of-school", "GR").await;
    let given = change_of_school(site.clock.today().add_days(30), &wished, vec![records.clone()]);
    applied(&mut sara, 1, "change-of-school", ella(), &given).await;
    let seen_by = [
        (Cast::SaraLindqvist, 200),
        (Cast::MonaForsberg, 200),
        (Cast::MatsOberg, 200),
        (Cast::AnnaHolmgren, 404),
        (Cast::EvaHedlund, 404),
        (Cast::LarsNystrom, 404),
    ];
    expect(&site, records.id, &seen_by).await;
}

async fn a_protected_child_s_files_stay_at_its_unit(site: Site) {
    two_schools(&site, |_| {}).await;
    let love = PersonId(Cast::LoveSandberg.id());
    let mut karin = site.sign_in(Cast::KarinSandberg).await;
    let records: FileRef = read(&send(&mut karin, 1, &pdf(), Some(love)).await);
    let wished = units(&mut karin, "change-of-school", "GR").await;
    let start = site.clock.today().add_days(30);
    let given = change_of_school(start, &wished, vec![records.clone()]);
    applied(&mut karin, 1, "change-of-school", love, &given).await;
    let seen_by = [
        (Cast::KarinSandberg, 200),
        (Cast::LarsNystrom, 403),
        (Cast::MatsOberg, 404),
        (Cast::AnnaHolmgren, 404),
        (Cast::EvaHedlund, 404),
    ];
    expect(&site, records.id, &seen_by).await;
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    says_why(&mut lars, 2, love).await;
    expect(&site, records.id, &[(Cast::LarsNystrom, 200)]).await;
}

async fn open(site: &Site) {
    let form: FormDefinition = serde_json::from_str(include_str!("../data/forms/keys.json")).unwrap();
    publish::publish_form(&site.store, &form).await.unwrap();
}

async fn turn(browser: &mut Browser, act: &str) -> Option<StaffActOut> {
    let acts = browser.get::<GetStaffActs>(&ella()).await.acts;
    acts.into_iter().find(|turn| turn.form.key.as_str() == "keys" && turn.act.key.as_str() == act)
}

async fn answer(browser: &mut Browser, number: u128, act: &StaffActOut, given: &[(&str, Value)]) -> Reply {
    let input = StaffAnswerIn {
        form: act.form.clone(),
        act: act.act.key.clone(),
        round: act.round,
        answers: answers(given),
    };
    let path = (ella(), submission(number));
    browser.put::<PutStaffAnswer>(&path, serde_json::to_vec(&input).unwrap()).await
}

fn lend(photos: &[FileRef]) -> [(&'static str, Value); 2] {
    [("photo", Value::Files(photos.to_vec())), ("number", text("7"))]
}

async fn staff_send_a_file_with_their_part_and_the_family_that_answers_to_it_sees_it(site: Site) {
    open(&site).await;
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    let act = turn(&mut eva, "lend").await.unwrap();
    assert!(act.may_begin);
    let photo: FileRef = read(&send(&mut eva, 1, &png(40, 30), Some(ella())).await);
    // Before an answer holds it, it is hers alone.
    let before = [(Cast::EvaHedlund, 200), (Cast::LarsNystrom, 404), (Cast::SaraLindqvist, 404)];
    expect(&site, photo.id, &before).await;
    // As the browser knew it before the school wrote it anew.
    let as_chosen = FileRef { name: "IMG_1.png".to_owned(), bytes: 3, ..photo.clone() };
    assert_eq!(answer(&mut eva, 10, &act, &lend(std::slice::from_ref(&as_chosen))).await.status, 200);
    let after = crate::contents::contents(&site).await;
    assert_eq!(answer(&mut eva, 10, &act, &lend(&[as_chosen])).await.status, 200);
    assert_eq!(crate::contents::contents(&site).await, after, "the same again is the same as once");
    let seen_by = [
        (Cast::EvaHedlund, 200),
        (Cast::LarsNystrom, 200),
        (Cast::SaraLindqvist, 200),
        (Cast::JohanLindqvist, 200),
        (Cast::MariaBergstrom, 404),
        (Cast::AnnaHolmgren, 404),
        (Cast::FatimaRahimi, 404),
        (Cast::MatsOberg, 404),
    ];
    expect(&site, photo.id, &seen_by).await;
    // What is held is nobody's to forget, and a colleague starts from it.
    eva.delete::<skolstart_shared::api::DeleteFile>(&photo.id).await;
    assert_eq!(look(&mut eva, photo.id).await.status, 200);
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let seen = turn(&mut lars, "lend").await.unwrap();
    assert_eq!(seen.start.get(&key("photo")), Some(&Value::Files(vec![photo.clone()])));
    assert_eq!(seen.said[0].lines[0].value, Value::Files(vec![photo.clone()]));
    assert_eq!(answer(&mut lars, 11, &seen, &lend(&[photo])).await.status, 200, "the same picture");
    assert!(site.store.verify_audit().await.unwrap().faults.is_empty());
}

async fn staff_name_only_files_that_are_theirs_to_name(site: Site) {
    open(&site).await;
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let act = turn(&mut eva, "lend").await.unwrap();
    let his: FileRef = read(&send(&mut lars, 1, &png(40, 30), Some(ella())).await);
    let hers: FileRef = read(&send(&mut sara, 2, &png(41, 30), Some(ella())).await);
    let of_another: FileRef =
        read(&send(&mut lars, 3, &png(42, 30), Some(PersonId(Cast::WilmaBergstrom.id()))).await);
    begin(&mut eva, 4, &input(&png(43, 30), Some(ella()), "x.png")).await;
    let unsent = FileRef { id: id(4), ..his.clone() };
    for wrong in [his, hers, of_another, unsent] {
        let refused = answer(&mut eva, 10, &act, &lend(&[wrong])).await;
        assert_eq!(said(&refused), [Code::FileMissing]);
    }
    let document: FileRef = read(&send(&mut eva, 5, &pdf(), Some(ella())).await);
    assert_eq!(said(&answer(&mut eva, 10, &act, &lend(&[document])).await), [Code::WrongFileKind]);
    assert_eq!(said(&answer(&mut eva, 10, &act, &lend(&[])).await), [Code::Required]);
    // What the pipeline refuses is refused in the same words as for a guardian.
    assert_eq!(said(&send(&mut eva, 6, b"MZ a program", Some(ella())).await), [Code::WrongFileKind]);
    assert_eq!(part(&mut lars, 4, 0, b"x").await.status, 404, "another's file");
    assert_eq!(finish(&mut lars, 4).await.status, 404);
}

async fn nobody_sends_a_file_about_a_child_without_a_task(site: Site) {
    let about = |child: Cast| input(&png(40, 30), Some(PersonId(child.id())), "x.png");
    let body = |child: Cast| serde_json::to_vec(&about(child)).unwrap();
    let cases = [
        (Cast::EvaHedlund, Cast::EllaLindqvist, true),
        (Cast::AnnaHolmgren, Cast::EllaLindqvist, true),
        // Another group than her own, and so no act of hers.
        (Cast::AnnaHolmgren, Cast::WilmaBergstrom, false),
        (Cast::FatimaRahimi, Cast::EllaLindqvist, false),
        (Cast::MatsOberg, Cast::EllaLindqvist, false),
        (Cast::EvaHedlund, Cast::LoveSandberg, false),
        (Cast::LarsNystrom, Cast::LoveSandberg, true),
    ];
    for (number, (who, child, may)) in cases.into_iter().enumerate() {
        let mut browser = site.sign_in(who).await;
        let reply = browser.put::<PutFile>(&id(number as u128), body(child)).await;
        match may {
            true => assert_eq!(reply.status, 200, "{who:?} {child:?}"),
            false => reply.refused(404, ErrorCode::NotFound),
        }
    }
}
