//! Every endpoint × everybody: what they get. The expectations stand in `matrix.toml`, one table per endpoint.

use crate::answering::{answer, bytes, submission};
use crate::browser::{Browser, Reply};
use crate::on_both;
use crate::site::Site;
use crate::{
    alias, applications, builder, bulk, files, inventory, mandates, own_draft, passkeys, protection, rounds,
    school_codes, session, staff_acts, substitutes, taken_down, todos, withheld,
};
use skolstart_server::demo::Cast;
use skolstart_shared::api::GetSubstitutes;
use skolstart_shared::api::{
    AlarmStep, ExportFile, ExportPictureConsents, GetBulk, GetCollecting, GetPictureConsents, PutAlarm,
    PutExport,
};
use skolstart_shared::api::{
    ApplicationStep, ApplicationStepIn, ChildHistory, Described, EndSession, Endpoint, ExportInventory,
    GetApplication, GetChildPage, GetConsentReceipt, GetConsents, GetElementHistory, GetFile, GetGroup,
    GetHome, GetOffer, GetOwnApplication, GetSubmission, GetUnits, HomeOut, OwnStepIn, PutApplicationStep,
    PutOwnApplicationStep, PutSubmission, PutTaskChange, SheetKind, StaffChildHistory, TaskChange,
    TaskChangeIn, described,
};
use skolstart_shared::api::{BeginSignIn, EndOneSession, EndOtherSessions, WayKey};
use skolstart_shared::api::{DeleteOwnDraft, PutOwnDraft};
use skolstart_shared::api::{
    GetKitchen, GetStaffActList, GetStaffActs, GetTodo, PutStaffAnswer, PutTodoMark, StaffUnit, TodoLine,
    TodoMarkIn,
};
use skolstart_shared::api::{GetProtection, ProtectionStep, PutAlias, PutProtection};
use skolstart_shared::api::{GetReaders, GetRoundFigures, StaffReaders};
use skolstart_shared::api::{GetSchoolCodes, PutSchoolCode, SignInWithCode};
use skolstart_shared::api::{GetWithholdings, PutWithholding, WithholdingStep};
use skolstart_shared::api::{HoldOn, HoldStep, PutRetentionHold};
use skolstart_shared::api::{PutConsentAnswer, PutConsentAnswerSeen, SaidConsent};
use skolstart_shared::application::Opinion;
use skolstart_shared::consent::PupilSay;
use skolstart_shared::fact::Value;
use skolstart_shared::form::{Answers, FormKey};
use skolstart_shared::id::{ApplicationId, ChangeId, FileId, GroupId, PersonId, UnitId};
use std::collections::BTreeMap;

on_both! { everybody_gets_what_is_theirs }

/// Who asks.
#[derive(Clone, Copy)]
pub(crate) enum Who {
    /// Nobody is signed in.
    Nobody,
    /// Somebody, as people sign in.
    Signed(Cast),
    /// Ella's guardian with a code from school for Ella.
    Letter,
}
use Who::{Letter, Nobody, Signed};

/// Column, who asks, and whether the object is Love instead of Ella.
pub(crate) const COLUMNS: [(&str, Who, bool); 22] = [
    ("anonymous", Nobody, false),
    ("guardian-own", Signed(Cast::SaraLindqvist), false),
    ("guardian-code", Letter, false),
    ("guardian-withheld", Signed(Cast::HudaAlMasri), false),
    ("guardian-foreign", Signed(Cast::MariaBergstrom), false),
    ("pupil-own", Signed(Cast::EllaLindqvist), false),
    ("pupil-foreign", Signed(Cast::WilmaBergstrom), false),
    ("staff-own", Signed(Cast::AnnaHolmgren), false),
    ("staff-other", Signed(Cast::FatimaRahimi), false),
    ("nurse", Signed(Cast::MonaForsberg), false),
    ("substitute", Signed(Cast::GunnarEkholm), false),
    ("principal", Signed(Cast::LarsNystrom), false),
    ("municipal", Signed(Cast::MatsOberg), false),
    ("programme-office", Signed(Cast::JonasWik), false),
    ("auditor", Signed(Cast::RutAlm), false),
    ("support", Signed(Cast::SivNoren), false),
    ("ended", Signed(Cast::JohanLindqvist), false),
    ("left", Signed(Cast::EvaHedlund), false),
    ("protected-pupil", Signed(Cast::LoveSandberg), true),
    ("protected-staff", Signed(Cast::AnnaHolmgren), true),
    ("protected-nurse", Signed(Cast::MonaForsberg), true),
    ("protected-principal", Signed(Cast::LarsNystrom), true),
];

/// A browser of hers.
pub(crate) async fn browser_of(site: &Site, who: Who, number: u128) -> Browser {
    match who {
        Nobody => site.visitor(),
        Signed(who) => site.sign_in(who).await,
        Letter => school_codes::letter(site, Cast::EllaLindqvist, Cast::SaraLindqvist, number).await,
    }
}

/// Lets everybody of [`COLUMNS`] be who she is there.
pub(crate) async fn settle(site: &Site, unit: UnitId) {
    mandates::give_all(site, unit).await;
    site.end_relations(Cast::JohanLindqvist).await;
    site.become_guardian(Cast::HudaAlMasri, Cast::SaraLindqvist).await;
    withheld::everything_from(site, Cast::HudaAlMasri).await;
    site.substitute(Cast::GunnarEkholm, Cast::AnnaHolmgren).await;
    site.end_duties(Cast::EvaHedlund).await;
}

/// The number of a list that Anna has asked for.
pub(crate) const LIST: u128 = 20_091;

/// The number of the answer on paper.
const PAPER: u128 = 90;

type Matrix = BTreeMap<String, BTreeMap<String, u16>>;

fn matrix() -> Matrix {
    toml::from_str(include_str!("matrix.toml")).unwrap()
}

#[test]
fn no_cell_is_missing() {
    let matrix = matrix();
    let mut names: Vec<&str> = described().iter().map(|endpoint| endpoint.name).collect();
    for name in &names {
        let row = matrix
            .get(*name)
            .unwrap_or_else(|| panic!("{name} has no table in tests/api/matrix.toml: add one"));
        let mut columns: Vec<&str> = row.keys().map(String::as_str).collect();
        let mut wanted = COLUMNS.map(|(column, ..)| column).to_vec();
        columns.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(columns, wanted, "{name}");
    }
    names.sort_unstable();
    assert!(matrix.keys().map(String::as_str).eq(names), "a table of matrix.toml is of no endpoint");
}

/// What is asked for.
pub(crate) struct Object {
    pub(crate) child: PersonId,
    pub(crate) group: GroupId,
    pub(crate) unit: UnitId,
    pub(crate) home: HomeOut,
    pub(crate) guardian: PersonId,
    /// A decision about a consent of the child, where there is one.
    pub(crate) record: i64,
    /// A file that an answer about the child holds.
    pub(crate) file: FileId,
    pub(crate) application: ApplicationId,
    /// What an answer about the child has set in motion for its mentor.
    pub(crate) todo: TodoLine,
    /// An alarm about Anna.
    pub(crate) alarm: ChangeId,
}

/// Ella, about whom submission 1 has been sent, and Love. There is a draft of a form too.
pub(crate) async fn objects(site: &Site) -> (Object, Object) {
    builder::begin(site).await;
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let mut karin = site.sign_in(Cast::KarinSandberg).await;
    let (ella, love) = (PersonId(Cast::EllaLindqvist.id()), PersonId(Cast::LoveSandberg.id()));
    let home = sara.get::<GetHome>(&()).await;
    let sent = sara.put::<PutSubmission>(&submission(1), bytes(answer(&home, None, true))).await;
    assert_eq!(sent.status, 200, "{}", String::from_utf8_lossy(&sent.body));
    let sent = sara.put::<PutSubmission>(&submission(2), bytes(answer(&home, Some(ella), true))).await;
    assert_eq!(sent.status, 200, "{}", String::from_utf8_lossy(&sent.body));
    let consents = sara.get::<GetConsents>(&ella).await;
    let record = consents.purposes[0].records[0].own.as_ref().unwrap().record;
    let paper = taken_down::paper(PersonId(Cast::SaraLindqvist.id()), "web", SaidConsent::No, (2026, 9, 7));
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let path = (ella, ChangeId(submission(PAPER).0));
    let sent = lars.put::<PutConsentAnswer>(&path, taken_down::bytes(&paper)).await;
    assert_eq!(sent.status, 200, "{}", String::from_utf8_lossy(&sent.body));
    let loves_home = karin.get::<GetHome>(&()).await;
    let monday = site.clock.today().add_days(14);
    let leave = [
        ("days", Value::Days(monday, monday)),
        ("off", Value::Number(0)),
        ("reason", Value::Text("Prov".to_owned())),
    ];
    let application = applications::applied(&mut sara, 3, "leave", ella, &leave).await;
    let file = files::held(&mut sara, ella, 50).await;
    let todo = todos::set_in_motion(site, &mut sara, 5, ella).await;
    let guardian = PersonId(Cast::SaraLindqvist.id());
    let (group, unit) = group_of(site, &home).await;
    let alarm = alarm(site, group).await;
    let ellas = Object { child: ella, group, unit, home, guardian, record, file, application, todo, alarm };
    let application = applications::applied(&mut karin, 4, "leave", love, &leave).await;
    let file = files::held(&mut karin, love, 60).await;
    let todo = todos::set_in_motion(site, &mut karin, 6, love).await;
    let (group, unit) = group_of(site, &loves_home).await;
    (
        ellas,
        Object {
            child: love,
            group,
            unit,
            home: loves_home,
            guardian: PersonId(Cast::KarinSandberg.id()),
            record: 0,
            file,
            application,
            todo,
            alarm,
        },
    )
}

/// Anna asks for a list of her class, and then for as many that it takes a second person.
async fn alarm(site: &Site, group: GroupId) -> ChangeId {
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    for number in LIST..LIST + 60 {
        let body = bulk::ask_for(group, "Prov");
        assert_eq!(anna.put::<PutExport>(&bulk::id(number), body).await.status, 200);
        let mut lars = site.sign_in(Cast::LarsNystrom).await;
        if let Some(alarm) = lars.get::<GetBulk>(&()).await.alarms.first() {
            return alarm.id;
        }
    }
    panic!("no alarm");
}

async fn everybody_gets_what_is_theirs(site: Site) {
    let site = site.with_pupils(Some(7), PupilSay { with_from: Some(7), ..PupilSay::default() }).await;
    // Each of them asks for everything there is, one after the other.
    let site = site.without_limits();
    let (ellas, loves) = objects(&site).await;
    settle(&site, ellas.unit).await;

    let matrix = matrix();
    let mut wrong = Vec::new();
    for (number, endpoint) in described().iter().enumerate() {
        for (at, (column, who, protected)) in COLUMNS.into_iter().enumerate() {
            let number = 100 + (number * 100 + at) as u128;
            let mut browser = browser_of(&site, who, 30_000 + number).await;
            let object = if protected { &loves } else { &ellas };
            let reply = ask(&mut browser, endpoint, object, number).await;
            let expected = matrix[endpoint.name][column];
            if reply.status.as_u16() != expected {
                let told = String::from_utf8_lossy(&reply.body).chars().take(200).collect::<String>();
                wrong.push(format!(
                    "{} {column}: {} instead of {expected} {told}",
                    endpoint.name, reply.status
                ));
            }
            if reply.status == 404 {
                assert_eq!(reply.error().violations, vec![], "a 404 says nothing more");
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

pub(crate) async fn ask(browser: &mut Browser, endpoint: &Described, object: &Object, number: u128) -> Reply {
    let path = match endpoint.name {
        "PutFile" | "PutFilePart" | "FinishFile" | "DeleteFile" => {
            return files::ask(browser, endpoint.name, object, number).await;
        }
        "PutSubmission" => {
            let body = bytes(answer(&object.home, Some(object.child), false));
            return browser.put::<PutSubmission>(&submission(number), body).await;
        }
        "PutTaskChange" => {
            let round = object.home.round.as_ref().unwrap().id;
            let change = TaskChange::Exempt("Prov".to_owned());
            let body = serde_json::to_vec(&TaskChangeIn { round, act: None, change }).unwrap();
            let path = (object.child, ChangeId(submission(number).0));
            return browser.put::<PutTaskChange>(&path, body).await;
        }
        "PutApplicationStep" => {
            let words = "Prov".to_owned();
            let step = ApplicationStep::Opinion(Opinion { words, fields: Answers::default() });
            let body = serde_json::to_vec(&ApplicationStepIn { seen: 1, step }).unwrap();
            let path = (object.child, object.application, ChangeId(submission(number).0));
            return browser.put::<PutApplicationStep>(&path, body).await;
        }
        "PutOwnApplicationStep" => {
            let body = serde_json::to_vec(&OwnStepIn::Withdraw).unwrap();
            let path = (object.child, object.application, ChangeId(submission(number).0));
            return browser.put::<PutOwnApplicationStep>(&path, body).await;
        }
        "PutStaffAnswer" => {
            let body = staff_acts::funding(
                object.home.round.as_ref().unwrap().id,
                object.home.children[0].setting.today,
            );
            let path = (object.child, submission(number));
            return browser.put::<PutStaffAnswer>(&path, serde_json::to_vec(&body).unwrap()).await;
        }
        "PutTodoMark" => {
            let mark = TodoMarkIn { done: true, seen: object.todo.asked };
            let path = (object.child, object.todo.todo, ChangeId(submission(number).0));
            return browser.put::<PutTodoMark>(&path, serde_json::to_vec(&mark).unwrap()).await;
        }
        "PutProtection" => {
            let path = (object.child, ChangeId(submission(number).0));
            return browser.put::<PutProtection>(&path, protection::bytes(ProtectionStep::Seen)).await;
        }
        "PutAlias" => {
            let path = (object.child, ChangeId(submission(number).0));
            return browser.put::<PutAlias>(&path, alias::naming("Kim", "Ek", None)).await;
        }
        "PutWithholding" => {
            let step = WithholdingStep::Keep {
                guardian: object.guardian,
                forms: vec![FormKey("pictures".to_owned())],
                until: None,
                reason: "Prov".to_owned(),
            };
            let path = (object.child, ChangeId(submission(number).0));
            return browser.put::<PutWithholding>(&path, serde_json::to_vec(&step).unwrap()).await;
        }
        "GetWithholdings" => GetWithholdings::path(&object.child),
        "GetProtection" => GetProtection::path(&object.child),
        "GetTodo" => GetTodo::path(&(object.child, object.todo.todo)),
        "GetApplication" => GetApplication::path(&(object.child, object.application)),
        "GetOwnApplication" => GetOwnApplication::path(&(object.child, object.application)),
        "PutConsentAnswer" => {
            let path = (object.child, ChangeId(submission(number).0));
            let answer = taken_down::paper(object.guardian, "web", SaidConsent::No, (2026, 9, 7));
            return browser.put::<PutConsentAnswer>(&path, taken_down::bytes(&answer)).await;
        }
        "PutConsentAnswerSeen" => {
            let path = ChangeId(submission(PAPER).0);
            return browser.put::<PutConsentAnswerSeen>(&path, taken_down::seen(object.child)).await;
        }
        // There is no way to sign in here but as a persona: `sign_in.rs` has some.
        "BeginSignIn" => {
            return browser
                .put::<BeginSignIn>(&WayKey("bankid".to_owned()), br#"{"back":"/"}"#.to_vec())
                .await;
        }
        "SignInWithCode" => {
            return browser.put::<SignInWithCode>(&(), br#"{"code":"BCDF-GHJK-LMNP"}"#.to_vec()).await;
        }
        "BeginPasskeySignIn" | "SignInWithPasskey" | "BeginPasskey" | "AddPasskey" | "NamePasskey"
        | "RemovePasskey" => return passkeys::ask(browser, endpoint.name, number).await,
        "PutSchoolCode" => {
            let path = (object.child, ChangeId(submission(number).0));
            return browser.put::<PutSchoolCode>(&path, school_codes::make_for(object.guardian)).await;
        }
        "GetSchoolCodes" => GetSchoolCodes::path(&object.child),
        "PutOwnDraft" => return browser.put::<PutOwnDraft>(&(), own_draft::bytes(None, "prov")).await,
        "DeleteOwnDraft" => return browser.delete::<DeleteOwnDraft>(&()).await,
        "EndSession" => return browser.delete::<EndSession>(&()).await,
        "EndOtherSessions" => return browser.delete::<EndOtherSessions>(&()).await,
        "EndOneSession" => return browser.delete::<EndOneSession>(&session::NOBODYS).await,
        "PutElement" | "PutPaperForm" | "CheckInventoryFile" | "ImportInventory" => {
            return inventory::ask(browser, endpoint.name).await;
        }
        "PutDraft" | "DiscardDraft" | "PutReview" | "GetDraft" | "ReadFormFile" | "GetPublishedForm" => {
            return builder::ask(browser, endpoint.name, number).await;
        }
        "PutRound" | "PutRoundForm" | "PutRoundDay" => {
            return rounds::ask(browser, endpoint.name, object, number).await;
        }
        "PutRetentionHold" => {
            let round = object.home.round.as_ref().unwrap().id;
            let step = HoldStep::Set { on: HoldOn::Round(round), reason: "Prov".to_owned() };
            let path = ChangeId(submission(number).0);
            return browser.put::<PutRetentionHold>(&path, serde_json::to_vec(&step).unwrap()).await;
        }
        "PutMandate" | "AskTrail" => return mandates::ask(browser, endpoint.name, number).await,
        "GetRoundFigures" => GetRoundFigures::path(&object.home.round.as_ref().unwrap().id),
        "GetElementHistory" => GetElementHistory::path(&inventory::phone()),
        "ExportInventory" => ExportInventory::path(&SheetKind::Csv),
        "GetSubmission" => GetSubmission::path(&submission(1)),
        "GetFile" => GetFile::path(&object.file),
        "GetOffer" => GetOffer::path(&FormKey("leave".to_owned())),
        "GetPictureConsents" => GetPictureConsents::path(&object.group),
        "GetCollecting" => GetCollecting::path(&object.group),
        "PutExport" => {
            let body = bulk::ask_for(object.group, "Prov");
            return browser.put::<PutExport>(&ChangeId(submission(number).0), body).await;
        }
        "PutAlarm" => {
            let body = serde_json::to_vec(&AlarmStep::Seen).unwrap();
            return browser.put::<PutAlarm>(&object.alarm, body).await;
        }
        "ExportPictureConsents" => {
            ExportPictureConsents::path(&ExportFile { id: bulk::id(LIST), kind: SheetKind::Csv })
        }
        "GetConsents" => GetConsents::path(&object.child),
        "GetConsentReceipt" => GetConsentReceipt::path(&(object.child, object.record)),
        "ChildHistory" => ChildHistory::path(&object.child),
        "GetReaders" => GetReaders::path(&object.child),
        "StaffReaders" => StaffReaders::path(&object.child),
        "StaffChildHistory" => StaffChildHistory::path(&object.child),
        "GetChildPage" => GetChildPage::path(&object.child),
        "GetStaffActList" => GetStaffActList::path(&()),
        "GetStaffActs" => GetStaffActs::path(&object.child),
        "GetKitchen" => GetKitchen::path(&object.unit),
        "GetSubstitutes" => GetSubstitutes::path(&object.unit),
        "PutSubstitute" => return substitutes::ask(browser, object.unit, object.group, number).await,
        "GetGroup" => GetGroup::path(&(object.group, 0)),
        _ => endpoint.path.to_owned(),
    };
    assert!(!path.contains('{'), "{}: say in matrix.rs what its path is asked about", endpoint.name);
    browser.get_path(&path).await
}

/// The class of the first child of a home that goes to Strandskolan.
pub(crate) async fn group_of(site: &Site, home: &HomeOut) -> (GroupId, UnitId) {
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let units = lars.get::<GetUnits>(&()).await;
    let of = |unit: &StaffUnit| unit.groups.iter().map(|group| (group.clone(), unit.id)).collect::<Vec<_>>();
    let groups: Vec<_> = units.units.iter().flat_map(of).collect();
    let names = home.children.iter().filter_map(|child| child.group.as_deref());
    let found = names.filter_map(|name| groups.iter().find(|(group, _)| group.name == name)).next();
    found.map(|(group, unit)| (group.id, *unit)).unwrap()
}
