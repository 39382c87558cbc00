//! What is kept from one guardian of a child (OSL 12:3): he meets everything as if nobody else had said anything of it.

use crate::answering::{answer, answer_loudly, bytes, offered, submission};
use crate::applications;
use crate::browser::{Browser, Reply};
use crate::contents::contents;
use crate::files;
use crate::on_both;
use crate::site::Site;
use skolstart_server::demo::Cast;
use skolstart_server::usecase::extract::{ExtractError, of_number};
use skolstart_shared::api::{
    ActName, ChildHistory, Endpoint, ErrorCode, GetChildPage, GetConsentReceipt, GetConsents, GetFile,
    GetHome, GetOffer, GetOwnApplication, GetOwnDraft, GetReaders, GetSubmission, GetWithholdings,
    ListSubmissions, Part, ProtectionStep, PutProtection, PutSubmission, PutTaskChange, PutWithholding,
    StaffReaders, TaskChange, TaskChangeIn, WithholdingStep,
};
use skolstart_shared::fact::Value;
use skolstart_shared::form::FormKey;
use skolstart_shared::id::{ApplicationId, ChangeId, FileId, PersonId};
use skolstart_shared::receipt::Receipt;
use skolstart_shared::round::TaskStatus;
use skolstart_shared::{Date, Locale, Map, PersonalNumber};
use uuid::Uuid;

on_both! {
    he_meets_everything_as_if_nobody_else_had_said_anything
    he_answers_consents_and_takes_back_all_the_same
    what_is_kept_can_be_some_forms
    the_principal_decides_with_a_reason_and_until_a_day
    whoever_handles_a_protected_child_decides_too
    no_extract_is_given_to_whom_something_is_kept_from
}

const WORD: &str = "kanariefagel";

fn person(who: Cast) -> PersonId {
    PersonId(who.id())
}

fn ella() -> PersonId {
    person(Cast::EllaLindqvist)
}

fn id(number: u128) -> ChangeId {
    ChangeId(Uuid::from_u128(0x0190_f4c8_0000_7000_8000_00bb_0000_0000 + number))
}

fn form(key: &str) -> FormKey {
    FormKey(key.to_owned())
}

fn keep(forms: &[&str], until: Option<&str>) -> WithholdingStep {
    WithholdingStep::Keep {
        guardian: person(Cast::JohanLindqvist),
        forms: forms.iter().map(|key| form(key)).collect(),
        until: until.map(|day| Date::parse_iso(day).unwrap()),
        reason: "Bedömning dnr 4711".to_owned(),
    }
}

async fn put(browser: &mut Browser, number: u128, step: &WithholdingStep) -> Reply {
    browser.put::<PutWithholding>(&(ella(), id(number)), serde_json::to_vec(step).unwrap()).await
}

async fn decide(site: &Site, number: u128, step: &WithholdingStep) {
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let reply = put(&mut lars, number, step).await;
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
}

/// Keeps everything about Ella from this guardian of hers.
pub(crate) async fn everything_from(site: &Site, guardian: Cast) {
    let step = WithholdingStep::Keep {
        guardian: person(guardian),
        forms: Vec::new(),
        until: None,
        reason: "Bedömning dnr 4711".to_owned(),
    };
    decide(site, 4_711, &step).await;
}

/// What others have done about Ella.
struct Done {
    file: FileId,
    application: ApplicationId,
}

/// Sara says a word wherever she can, sends a file, applies and decides about consents; staff ask her about it and take some down.
async fn others_say_much(site: &Site) -> Done {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    for (number, child) in [(1, None), (2, Some(ella()))] {
        let sent =
            sara.put::<PutSubmission>(&submission(number), bytes(answer_loudly(&home, child, WORD))).await;
        assert_eq!(sent.status, 200, "{}", String::from_utf8_lossy(&sent.body));
    }
    let file = files::held(&mut sara, ella(), 50).await;
    let monday = site.clock.today().add_days(14);
    let leave = [
        ("days", Value::Days(monday, monday)),
        ("off", Value::Number(0)),
        ("reason", Value::Text(WORD.to_owned())),
    ];
    let application = applications::applied(&mut sara, 3, "leave", ella(), &leave).await;
    offered(&mut sara, 4, "vaccination", Some(ella()), &[]).await;
    let home = sara.get::<GetHome>(&()).await;
    let asked = home.tasks.iter().find(|task| task.child == Some(ella()) && task.answered.is_some());
    let task = asked.filter(|task| task.purposes.is_empty()).unwrap();
    let act = ActName { form: task.form.key.clone(), act: task.act.clone() };
    let field = task.known.keys().next().unwrap().clone();
    let questions = Map::from_iter([(field, WORD.to_owned())]);
    let round = home.round.as_ref().unwrap().id;
    let change = TaskChangeIn { round, act: Some(act), change: TaskChange::Return(questions) };
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let path = (ella(), id(900));
    let sent = lars.put::<PutTaskChange>(&path, serde_json::to_vec(&change).unwrap()).await;
    assert_eq!(sent.status, 200, "{}", String::from_utf8_lossy(&sent.body));
    Done { file, application }
}

/// Everything that Johan can read, but who has looked and what does not exist for him.
async fn all_of(johan: &mut Browser) -> Vec<(String, Vec<u8>)> {
    let home = johan.get::<GetHome>(&()).await;
    let forms = home.offers.iter().map(|offer| GetOffer::path(&offer.form));
    let mut paths: Vec<String> = forms.collect();
    paths.sort();
    paths.dedup();
    paths.extend([
        GetHome::path(&()),
        ChildHistory::path(&ella()),
        GetConsents::path(&ella()),
        ListSubmissions::path(&()),
        GetOwnDraft::path(&()),
    ]);
    let mut all = Vec::new();
    for path in paths {
        let reply = johan.get_path(&path).await;
        assert_eq!(reply.status, 200, "{path}");
        all.push((path, reply.body));
    }
    all
}

fn holding(all: &[(String, Vec<u8>)]) -> Vec<&str> {
    let holds = |body: &[u8]| body.windows(WORD.len()).any(|window| window == WORD.as_bytes());
    all.iter().filter(|(_, body)| holds(body)).map(|(path, _)| path.as_str()).collect()
}

async fn he_meets_everything_as_if_nobody_else_had_said_anything(site: Site) {
    let site = site.without_limits();
    decide(&site, 1, &keep(&[], None)).await;
    let mut johan = site.sign_in(Cast::JohanLindqvist).await;
    let before = all_of(&mut johan).await;
    let done = others_say_much(&site).await;
    let after = all_of(&mut johan).await;
    assert_eq!(before.len(), after.len());
    for (one, other) in before.iter().zip(&after) {
        assert_eq!(one.0, other.0);
        let words = |body: &[u8]| String::from_utf8_lossy(body).into_owned();
        assert_eq!(words(&one.1), words(&other.1), "{}", one.0);
    }
    let nobodys = FileId(Uuid::from_u128(1));
    for path in [
        GetReaders::path(&ella()),
        GetFile::path(&done.file),
        GetFile::path(&nobodys),
        GetSubmission::path(&submission(2)),
        GetOwnApplication::path(&(ella(), done.application)),
    ] {
        johan.get_path(&path).await.refused(404, ErrorCode::NotFound);
    }
    // Of the brother nothing is kept.
    johan.get::<GetReaders>(&person(Cast::NilsLindqvist)).await;
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    assert!(!holding(&all_of(&mut sara).await).is_empty());
    assert!(sara.get::<GetReaders>(&ella()).await.iter().all(|line| line.did != "withhold"));
    // And when it has ended he reads what others said.
    decide(&site, 1, &WithholdingStep::End).await;
    let all = all_of(&mut johan).await;
    let told = holding(&all);
    assert!(told.contains(&GetHome::path(&()).as_str()), "{told:?}");
    assert!(told.contains(&ChildHistory::path(&ella()).as_str()), "{told:?}");
    let lines = johan.get::<GetReaders>(&ella()).await;
    assert!(!lines.is_empty() && lines.iter().all(|line| line.did != "withhold"));
    assert_eq!(site.store.verify_audit().await.unwrap().faults, []);
}

async fn he_answers_consents_and_takes_back_all_the_same(site: Site) {
    decide(&site, 1, &keep(&[], None)).await;
    others_say_much(&site).await;
    let mut johan = site.sign_in(Cast::JohanLindqvist).await;
    let home = johan.get::<GetHome>(&()).await;
    let own = johan.put::<PutSubmission>(&submission(21), bytes(answer(&home, None, true))).await;
    assert_eq!(own.status, 200, "his own contact details: {}", String::from_utf8_lossy(&own.body));
    for (number, yes) in [(22, true), (23, false)] {
        let home = johan.get::<GetHome>(&()).await;
        let sent =
            johan.put::<PutSubmission>(&submission(number), bytes(answer(&home, Some(ella()), yes))).await;
        assert_eq!(
            sent.status,
            200,
            "no value of others stands in his way: {}",
            String::from_utf8_lossy(&sent.body)
        );
        let receipt: Receipt = serde_json::from_slice(&sent.body).unwrap();
        for act in receipt.acts.iter().filter(|act| act.child == Some(ella())) {
            let alone = matches!(act.status, TaskStatus::Complete | TaskStatus::Declined);
            assert!(alone && act.others_left == 0, "{act:?}");
        }
        let again =
            johan.put::<PutSubmission>(&submission(number), bytes(answer(&home, Some(ella()), yes))).await;
        assert_eq!(again.body, sent.body, "the same receipt");
    }
    let consents = johan.get::<GetConsents>(&ella()).await;
    let records = || consents.purposes.iter().flat_map(|purpose| &purpose.records);
    assert!(records().count() > 1 && records().all(|record| record.by == Part::You));
    let record = records().next().unwrap().own.as_ref().unwrap().record;
    johan.get::<GetConsentReceipt>(&(ella(), record)).await;
    // The school has what both have said.
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let page = lars.get_path(&GetChildPage::path(&ella())).await;
    assert!(String::from_utf8_lossy(&page.body).contains(WORD));
}

async fn what_is_kept_can_be_some_forms(site: Site) {
    let site = site.without_limits();
    others_say_much(&site).await;
    let mut johan = site.sign_in(Cast::JohanLindqvist).await;
    let said = |consents: &skolstart_shared::api::ConsentsOut, key: &str| {
        let of = consents.purposes.iter().filter(|purpose| purpose.form.key == form(key));
        of.flat_map(|purpose| &purpose.records).filter(|record| record.by == Part::OtherGuardian).count()
    };
    let all = johan.get::<GetConsents>(&ella()).await;
    assert!(said(&all, "pictures") > 0 && said(&all, "vaccination") > 0);
    decide(&site, 1, &keep(&["pictures"], None)).await;
    let some = johan.get::<GetConsents>(&ella()).await;
    assert_eq!((said(&some, "pictures"), said(&some, "vaccination")), (0, said(&all, "vaccination")));
    assert!(!holding(&all_of(&mut johan).await).is_empty(), "other forms are as they were");
    johan.get_path(&GetReaders::path(&ella())).await.refused(404, ErrorCode::NotFound);
    // Two decisions keep what either keeps.
    decide(&site, 2, &keep(&["vaccination"], None)).await;
    let less = johan.get::<GetConsents>(&ella()).await;
    assert_eq!((said(&less, "pictures"), said(&less, "vaccination")), (0, 0));
    // The form that holds the words: its values are kept wherever they are asked.
    let home = johan.get::<GetHome>(&()).await;
    let forms: Vec<String> = home.forms.iter().map(|form| form.key.0.clone()).collect();
    let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
    decide(&site, 3, &keep(&forms, None)).await;
    assert_eq!(holding(&all_of(&mut johan).await), Vec::<&str>::new());
}

async fn the_principal_decides_with_a_reason_and_until_a_day(site: Site) {
    let everything = keep(&[], None);
    for nobody in
        [Cast::AnnaHolmgren, Cast::EvaHedlund, Cast::FatimaRahimi, Cast::MatsOberg, Cast::SaraLindqvist]
    {
        let mut browser = site.sign_in(nobody).await;
        put(&mut browser, 1, &everything).await.refused(404, ErrorCode::NotFound);
        browser.get_path(&GetWithholdings::path(&ella())).await.refused(404, ErrorCode::NotFound);
    }
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let told = lars.get::<GetWithholdings>(&ella()).await;
    let names: Vec<&str> = told.guardians.iter().map(|guardian| guardian.name.as_str()).collect();
    assert_eq!(names, ["Johan Lindqvist", "Sara Lindqvist"]);
    assert!(told.withholdings.is_empty() && told.forms.iter().any(|known| known.form == form("pictures")));
    let with = |guardian: Cast, reason: &str| WithholdingStep::Keep {
        guardian: person(guardian),
        forms: Vec::new(),
        until: None,
        reason: reason.to_owned(),
    };
    put(&mut lars, 2, &with(Cast::MariaBergstrom, "x")).await.refused(404, ErrorCode::NotFound);
    for wrong in [
        with(Cast::JohanLindqvist, " "),
        with(Cast::JohanLindqvist, &"x".repeat(501)),
        keep(&[], Some("2026-09-06")),
        keep(&["no-such-form"], None),
    ] {
        put(&mut lars, 2, &wrong).await.refused(422, ErrorCode::Invalid);
    }
    put(&mut lars, 77, &WithholdingStep::End).await.refused(404, ErrorCode::NotFound);

    let until = keep(&[], Some("2026-09-08"));
    decide(&site, 3, &until).await;
    decide(&site, 3, &until).await;
    put(&mut lars, 3, &everything).await.refused(409, ErrorCode::HashMismatch);
    let told = lars.get::<GetWithholdings>(&ella()).await.withholdings;
    assert_eq!(told.len(), 1);
    assert_eq!(
        (told[0].guardian.as_str(), told[0].by.as_str(), told[0].holds),
        ("Johan Lindqvist", "Lars Nyström", true)
    );
    // Whoever speaks with the family is told that there is something, not what.
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    assert_eq!(anna.get::<GetChildPage>(&ella()).await.kept_from, ["Johan Lindqvist"]);
    let mut johan = site.sign_in(Cast::JohanLindqvist).await;
    johan.get_path(&GetReaders::path(&ella())).await.refused(404, ErrorCode::NotFound);
    let rows = contents(&site).await;
    assert!(
        rows["withholding"].len() == 1 && !rows["withholding"][0].contains("4711"),
        "the reason is sealed"
    );
    assert!(
        lars.get::<StaffReaders>(&ella()).await.iter().any(|line| line.did == "withhold"),
        "it is in the trail"
    );
    // Another child's page does not end it.
    let wilma = (person(Cast::WilmaBergstrom), id(3));
    let end = serde_json::to_vec(&WithholdingStep::End).unwrap();
    lars.put::<PutWithholding>(&wilma, end).await.refused(404, ErrorCode::NotFound);

    site.later(2 * 24 * 60);
    let mut johan = site.sign_in(Cast::JohanLindqvist).await;
    johan.get::<GetReaders>(&ella()).await;
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    assert!(anna.get::<GetChildPage>(&ella()).await.kept_from.is_empty());
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    assert!(!lars.get::<GetWithholdings>(&ella()).await.withholdings[0].holds);
    assert_eq!(put(&mut lars, 3, &until).await.status, 200, "a repetition is told the same");
}

async fn whoever_handles_a_protected_child_decides_too(site: Site) {
    let love = person(Cast::LoveSandberg);
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    anna.get_path(&GetWithholdings::path(&love)).await.refused(404, ErrorCode::NotFound);
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let body = crate::protection::bytes(ProtectionStep::Name(person(Cast::AnnaHolmgren)));
    assert_eq!(lars.put::<PutProtection>(&(love, id(500)), body).await.status, 200);
    let told = anna.get::<GetWithholdings>(&love).await;
    let step = WithholdingStep::Keep {
        guardian: told.guardians[0].person,
        forms: Vec::new(),
        until: None,
        reason: "x".to_owned(),
    };
    let reply = anna.put::<PutWithholding>(&(love, id(1)), serde_json::to_vec(&step).unwrap()).await;
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    // Of a child that is not protected it is the principal's.
    anna.get_path(&GetWithholdings::path(&ella())).await.refused(404, ErrorCode::NotFound);
}

async fn no_extract_is_given_to_whom_something_is_kept_from(site: Site) {
    let extract = site.store.extract(ella(), None, Locale::Sv).await.unwrap().unwrap();
    let section = extract.sections.iter().find(|section| section.table == "person_identifier").unwrap();
    let (_, number) = section.rows[0].iter().find(|(name, _)| name == "sealed").unwrap();
    let number = PersonalNumber::parse(number.as_str().unwrap(), site.clock.today()).unwrap();
    let (sara, johan) = (Some(person(Cast::SaraLindqvist)), Some(person(Cast::JohanLindqvist)));
    assert!(of_number(&site.store, &number, johan, Locale::Sv).await.is_ok());
    decide(&site, 1, &keep(&["pictures"], None)).await;
    let refused = of_number(&site.store, &number, johan, Locale::Sv).await;
    assert!(matches!(refused, Err(ExtractError::Withheld)));
    let given = of_number(&site.store, &number, sara, Locale::Sv).await.unwrap();
    assert!(
        !given.json.contains("withholding") && !given.json.contains("4711"),
        "the other is not told of it"
    );
}
