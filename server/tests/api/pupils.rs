//! Pupils sign in themselves from the age that the municipality sets: who gets in, what she sees, what she answers and says
//! (`docs/security.md`, pupils).

use crate::answering::{answer, answer_loudly, bytes, submission};
use crate::applications::{decide, done, step_id};
use crate::browser::{Browser, Reply};
use crate::decisions::{both_apply, page, put as staff_step};
use crate::matrix::{ask, objects};
use crate::on_both;
use crate::provider::Provider;
use crate::sign_in::{begin, finish, number_of, way, with_ways};
use crate::site::Site;
use http::header;
use sea_orm::{ConnectionTrait, Statement};
use skolstart_server::demo::Cast;
use skolstart_server::usecase::publish;
use skolstart_shared::access::Action;
use skolstart_shared::api::{
    ApplicationEvent, ChildHistory, Endpoint, ErrorCode, GetConsents, GetHome, GetOffer, GetOwnApplication,
    GetReaders, GetSession, HistoryChange, HomeOut, LetterLine, ListPersonas, ListSignInWays,
    OwnApplicationOut, OwnStepIn, PutOwnApplicationStep, PutSubmission, SignInAsPersona, described,
};
use skolstart_shared::application::{ApplicationState, PupilView, Stance};
use skolstart_shared::consent::{PupilSay, Standing};
use skolstart_shared::fact::{Provenance, Value};
use skolstart_shared::form::{ActKind, DecisionOutcome, FieldKind, FormKey, SignersRule};
use skolstart_shared::id::{ApplicationId, PersonId};
use skolstart_shared::round::{MyPart, TaskStatus};
use skolstart_shared::submission::SubmissionContent;

on_both! {
    she_sees_herself_and_nothing_that_a_guardian_has_said
    no_other_door_opens_for_a_pupil
    she_answers_what_names_her_and_nothing_else
    her_no_to_a_consent_counts_and_is_hers
    she_says_what_she_thinks_where_the_form_asks_her
    she_is_heard_and_told_no_more_where_the_municipality_asks_her
    who_is_too_young_or_has_left_gets_nothing
    a_pupil_signs_in_at_a_provider_and_as_nothing_else
    a_pupil_with_protected_identity_uses_the_same_door
}

fn person(who: Cast) -> PersonId {
    PersonId(who.id())
}

fn ella() -> PersonId {
    person(Cast::EllaLindqvist)
}

fn key(form: &str) -> FormKey {
    FormKey(form.to_owned())
}

/// Pupils of seven sign in, and have a say in consents and applications. Ella is eight.
async fn opened(site: Site) -> Site {
    site.with_pupils(Some(7), PupilSay { with_from: Some(7), ..PupilSay::default() }).await
}

/// The form of the library with other signers.
async fn signed_by(site: &Site, form: &str, signers: SignersRule) {
    let published = site.store.published();
    let mut form = published.newest(&key(form)).unwrap().as_ref().clone();
    form.version += 1;
    form.acts[0].signers = signers;
    publish::publish_form(&site.store, &form).await.unwrap();
}

async fn send(browser: &mut Browser, number: u128, content: SubmissionContent) -> Reply {
    browser.put::<PutSubmission>(&submission(number), bytes(content)).await
}

async fn counted(site: &Site, sql: &str) -> usize {
    let db = site.raw().await;
    let query = Statement::from_sql_and_values(db.get_database_backend(), sql, [ella().0.into()]);
    db.query_all_raw(query).await.unwrap().len()
}

/// The forms on offer that ask for a consent.
const CONSENTS: [&str; 3] = ["class-contacts", "school-photo", "vaccination"];

fn offered(home: &HomeOut) -> Vec<&str> {
    assert!(home.offers.iter().all(|offer| offer.child == Some(home.me.person)));
    home.offers.iter().map(|offer| offer.form.as_str()).collect()
}

const SAID: &str = "kanariefagelsara";

/// What nobody but her guardians may read: what they have written, their names and numbers.
fn holds_guardians(reply: &Reply) -> Option<&'static str> {
    let text = String::from_utf8_lossy(&reply.body);
    [SAID, "Sara", "Johan", "46701740605", "174 06 05"].into_iter().find(|word| text.contains(word))
}

async fn she_sees_herself_and_nothing_that_a_guardian_has_said(site: Site) {
    let site = opened(site).await;
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    assert!(!home.as_pupil);
    for (number, child) in [(1, None), (2, Some(ella()))] {
        done(&send(&mut sara, number, answer_loudly(&home, child, SAID)).await);
    }
    let mut pupil = site.sign_in(Cast::EllaLindqvist).await;
    let session = pupil.get::<GetSession>(&()).await;
    assert_eq!((session.person, session.is_guardian, session.is_municipal), (ella(), false, false));
    assert_eq!(session.staff_at, []);
    let reply = pupil.get_path(&GetHome::path(&())).await;
    assert_eq!((reply.status.as_u16(), holds_guardians(&reply)), (200, None));
    let home = pupil.get::<GetHome>(&()).await;
    assert!(home.as_pupil && !home.with_code);
    assert_eq!(home.children.iter().map(|child| child.person).collect::<Vec<_>>(), [ella()]);
    assert_eq!(home.children[0].other_guardians, 0);
    assert!(home.children[0].unit.is_some() && home.children[0].group.is_some());
    assert!(home.begun.is_empty() && home.applications.is_empty());
    assert_eq!(offered(&home), CONSENTS, "her say counts in consents, and she applies for nothing");
    // The questions about health beside a consent are her guardians'.
    let vaccination = pupil.get::<GetOffer>(&key("vaccination")).await;
    assert_eq!(vaccination.tasks.iter().map(|task| task.act.as_str()).collect::<Vec<_>>(), ["agree"]);
    // At eight only her say in consents is hers.
    assert!(!home.tasks.is_empty());
    for task in &home.tasks {
        let form = home.forms.iter().find(|form| form.reference() == task.form).unwrap();
        assert_eq!(form.act(&task.act).unwrap().kind, ActKind::Consent, "{:?}", task.act);
        assert_eq!((task.child, task.mine), (Some(ella()), MyPart::ToDo));
        assert!(task.known.values().all(|known| known.from != Provenance::OtherGuardian));
    }
    let consents = pupil.get_path(&GetConsents::path(&ella())).await;
    assert_eq!((consents.status.as_u16(), holds_guardians(&consents)), (200, None));
    // She has looked at herself: that is noted, and is no news to her guardians.
    let sql = "SELECT 1 FROM audit WHERE action = 'read-home' AND actor = $1 AND purpose = 'pupil'";
    assert!(counted(&site, sql).await >= 2);
    assert!(sara.get::<GetReaders>(&ella()).await.iter().all(|line| line.role != "pupil"));
    assert_eq!(site.store.verify_audit().await.unwrap().faults, []);
}

/// What exists for her; the rest is asked for and is not there.
const OPEN: [&str; 18] = [
    "GetSession",
    "EndSession",
    "GetSessions",
    "EndOtherSessions",
    "EndOneSession",
    "GetHome",
    "GetOffer",
    "GetOwnDraft",
    "PutOwnDraft",
    "DeleteOwnDraft",
    "PutSubmission",
    "ListSubmissions",
    "GetSubmission",
    "GetConsents",
    "GetConsentReceipt",
    "PutConsentAnswerSeen",
    "GetOwnApplication",
    "PutOwnApplicationStep",
];

async fn no_other_door_opens_for_a_pupil(site: Site) {
    let site = opened(site.without_limits()).await.without_limits();
    let (ellas, loves) = objects(&site).await;
    let mut pupil = site.sign_in(Cast::EllaLindqvist).await;
    for (number, endpoint) in described().iter().enumerate() {
        let number = 700 + number as u128;
        if endpoint.action == Action::Anonymous {
            continue;
        }
        if !OPEN.contains(&endpoint.name) {
            let reply = ask(&mut pupil, endpoint, &ellas, number).await;
            assert_eq!(reply.status, 404, "{}", endpoint.name);
            reply.refused(404, ErrorCode::NotFound);
        } else if endpoint.path.contains("{child}") || endpoint.name == "PutSubmission" {
            // Another child is not there, whatever is asked about it.
            let reply = ask(&mut pupil, endpoint, &loves, number).await;
            assert_eq!(reply.status, 404, "{}", endpoint.name);
        }
    }
}

async fn she_answers_what_names_her_and_nothing_else(site: Site) {
    signed_by(&site, "it-rules", SignersRule::WithPupilFrom(7)).await;
    let site = opened(site).await;
    let mut pupil = site.sign_in(Cast::EllaLindqvist).await;
    let home = pupil.get::<GetHome>(&()).await;
    assert_eq!(
        offered(&home).into_iter().filter(|form| !CONSENTS.contains(form)).collect::<Vec<_>>(),
        ["it-rules"]
    );
    let rules = pupil.get::<GetOffer>(&key("it-rules")).await;
    assert_eq!(rules.tasks[0].mine, MyPart::MayDo);
    pupil.get_path(&GetOffer::path(&key("leave"))).await.refused(404, ErrorCode::NotFound);
    let with_rules = HomeOut { forms: vec![rules.form], tasks: rules.tasks, ..home };
    let content = answer(&with_rules, Some(ella()), true);
    let first = send(&mut pupil, 1, content.clone()).await;
    done(&first);
    // Sent twice it is one answer with one receipt.
    assert_eq!(send(&mut pupil, 1, content.clone()).await.body, first.body);
    let other = SubmissionContent { locale: skolstart_shared::Locale::En, ..content.clone() };
    send(&mut pupil, 1, other).await.refused(409, ErrorCode::HashMismatch);
    let sql = "SELECT 1 FROM audit WHERE action = 'submit' AND actor = $1 AND purpose = 'pupil'";
    assert_eq!(counted(&site, sql).await, 1);
    let status =
        |home: &HomeOut| home.tasks.iter().find(|task| task.form.key == key("it-rules")).unwrap().status;
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    assert_eq!(status(&sara.get::<GetHome>(&()).await), TaskStatus::WaitingForOther);
    for (number, who) in [(2, Cast::SaraLindqvist), (3, Cast::JohanLindqvist)] {
        let mut guardian = site.sign_in(who).await;
        done(&send(&mut guardian, number, content.clone()).await);
    }
    assert_eq!(status(&pupil.get::<GetHome>(&()).await), TaskStatus::Complete);

    // Everything that her guardians are asked is not there for her: about her, about themselves, about another child.
    let mut asked = sara.get::<GetHome>(&()).await;
    asked.forms.append(&mut asked.begun);
    let hers = pupil.get::<GetHome>(&()).await;
    for (at, task) in asked.tasks.iter().enumerate() {
        let is_hers = |own: &skolstart_shared::api::TaskOut| {
            (&own.form, &own.act, own.child) == (&task.form, &task.act, task.child)
        };
        let mut content = answer(&asked, task.child, true);
        content.acts.retain(|act| act.form == task.form && act.act == task.act);
        let reply = send(&mut pupil, 20 + at as u128, content).await;
        match hers.tasks.iter().any(is_hers) {
            true => done(&reply),
            false => reply.refused(404, ErrorCode::NotFound),
        }
    }
    let mut about_wilma = content;
    about_wilma.acts[0].child = Some(person(Cast::WilmaBergstrom));
    send(&mut pupil, 99, about_wilma).await.refused(404, ErrorCode::NotFound);
}

async fn her_no_to_a_consent_counts_and_is_hers(site: Site) {
    let site = opened(site).await;
    for (number, who) in [(1, Cast::SaraLindqvist), (2, Cast::JohanLindqvist)] {
        let mut guardian = site.sign_in(who).await;
        let home = guardian.get::<GetHome>(&()).await;
        done(&send(&mut guardian, number, answer(&home, Some(ella()), true)).await);
    }
    let mut pupil = site.sign_in(Cast::EllaLindqvist).await;
    let home = pupil.get::<GetHome>(&()).await;
    let purposes = || home.tasks.iter().flat_map(|task| task.purposes.values());
    assert!(purposes().all(|purpose| purpose.standing == Standing::Waiting && purpose.mine.is_none()));
    done(&send(&mut pupil, 3, answer(&home, Some(ella()), false)).await);
    let home = pupil.get::<GetHome>(&()).await;
    for task in &home.tasks {
        assert_eq!(task.mine, MyPart::Done);
        let stands = task.purposes.values().map(|purpose| purpose.standing);
        assert!(stands.clone().all(|standing| matches!(standing, Standing::Conflict(_))));
    }
    // Her guardian sees that the pupil has said no, and the receipt is the pupil's.
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let seen = sara.get::<GetConsents>(&ella()).await;
    let record = &seen.purposes[0].records[0];
    assert!(record.pupil && record.own.is_none() && !record.choice.is_yes());
    assert_eq!(record.by, Provenance::Pupil);
    let history = sara.get::<ChildHistory>(&ella()).await;
    let is_no = |change: &HistoryChange| matches!(change, HistoryChange::Decided(choice) if !choice.is_yes());
    assert!(history.iter().any(|entry| entry.by == Provenance::Pupil && is_no(&entry.change)));
    // What stands she sees, and not which of her guardians has said what.
    let hers = pupil.get::<GetConsents>(&ella()).await;
    assert!(hers.purposes.iter().flat_map(|purpose| &purpose.records).all(|record| record.own.is_some()));
    let own = hers.purposes[0].records[0].own.clone();
    assert!(own.is_some_and(|own| !own.text.is_empty()));
    let sql = "SELECT 1 FROM consent_decision WHERE by_id = $1 AND role = 'pupil' AND recorded_by IS NULL";
    assert!(counted(&site, sql).await > 0);
    // She changes her mind, and then nothing stands in the way.
    done(&send(&mut pupil, 4, answer(&home, Some(ella()), true)).await);
    let home = sara.get::<GetHome>(&()).await;
    let pictures = home.tasks.iter().filter(|task| task.child == Some(ella()) && !task.purposes.is_empty());
    assert!(pictures.flat_map(|task| task.purposes.values()).all(|purpose| purpose.standing.allows()));
}

/// One day of leave, with a reason that is the guardians' own.
fn leave(site: &Site) -> Vec<(&'static str, Value)> {
    let monday = site.clock.today().add_days(14);
    let why = Value::Text(format!("{SAID} fyller 80 år"));
    vec![("days", Value::Days(monday, monday)), ("off", Value::Number(0)), ("reason", why)]
}

async fn say(browser: &mut Browser, of: ApplicationId, number: u128, step: &OwnStepIn) -> Reply {
    let body = serde_json::to_vec(step).unwrap();
    browser.put::<PutOwnApplicationStep>(&(ella(), of, step_id(number)), body).await
}

fn view(stance: Stance, words: &str) -> OwnStepIn {
    OwnStepIn::Say(PupilView { stance, words: words.to_owned() })
}

async fn seen(browser: &mut Browser, of: ApplicationId) -> OwnApplicationOut {
    browser.get::<GetOwnApplication>(&(ella(), of)).await
}

async fn she_says_what_she_thinks_where_the_form_asks_her(site: Site) {
    signed_by(&site, "leave", SignersRule::WithPupilFrom(7)).await;
    let site = opened(site).await;
    let of = both_apply(&site, 1, "leave", ella(), &leave(&site)).await;
    let mut pupil = site.sign_in(Cast::EllaLindqvist).await;
    let line = pupil.get::<GetHome>(&()).await.applications[0].clone();
    assert_eq!((line.application, line.unread, line.submissions.len()), (of, true, 0));
    assert_eq!(line.state, ApplicationState::WaitingForOther);
    let reply = pupil.get_path(&GetOwnApplication::path(&(ella(), of))).await;
    assert_eq!(holds_guardians(&reply), None, "which days, and not the guardians' own words");
    let told = seen(&mut pupil, of).await;
    let part = told.pupil.unwrap();
    assert!(part.must && part.open && part.said.is_none() && !told.may_withdraw);
    assert!(part.applied.iter().any(|line| matches!(line.value, Value::Days(..))));
    let is_choice = |line: &LetterLine| matches!(line.kind, FieldKind::Choice { .. });
    assert!(!part.applied.iter().any(is_choice), "a choice that is no element can be a reason");

    let why = say(&mut pupil, of, 1, &view(Stance::Against, " ")).await;
    assert_eq!(why.error().violations[0].path, "words");
    let no = view(Stance::Against, "Jag har match.");
    done(&say(&mut pupil, of, 1, &no).await);
    done(&say(&mut pupil, of, 1, &no).await);
    say(&mut pupil, of, 1, &view(Stance::For, "")).await.refused(409, ErrorCode::HashMismatch);
    let told = seen(&mut pupil, of).await;
    assert_eq!((told.line.state, told.line.unread), (ApplicationState::Conflict, false));
    let said = told.pupil.unwrap().said.unwrap();
    assert!(said.herself && said.view.words == "Jag har match.");

    // The mentor sees that it is her own word, and grants nothing against it.
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let page_of = page(&mut anna, ella(), of).await;
    let hers: Vec<_> = page_of.events.iter().filter(|event| event.by_pupil).collect();
    assert_eq!(hers.len(), 1, "sent twice, noted once");
    assert!(matches!(&hers[0].what, ApplicationEvent::Pupil(view) if view.stance == Stance::Against));
    let grant = || decide(DecisionOutcome::Granted, "", &[("earlier", Value::Number(0))], None);
    assert_eq!(staff_step(&mut anna, (ella(), of), 2, 2, grant()).await.status, 422);
    let sql = "SELECT 1 FROM audit WHERE object_kind = 'application' AND action = 'submit' AND actor = $1 AND purpose = 'pupil'";
    assert_eq!(counted(&site, sql).await, 1);

    // Her guardians are not told what she wrote, and nobody says it in her place. It is not hers to take back.
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let raw = sara.get_path(&GetOwnApplication::path(&(ella(), of))).await;
    assert!(!String::from_utf8_lossy(&raw.body).contains("match"));
    say(&mut sara, of, 3, &view(Stance::For, "")).await.refused(422, ErrorCode::Invalid);
    say(&mut pupil, of, 4, &OwnStepIn::Withdraw).await.refused(404, ErrorCode::NotFound);
    let mut wilma = site.sign_in(Cast::WilmaBergstrom).await;
    say(&mut wilma, of, 5, &view(Stance::For, "")).await.refused(404, ErrorCode::NotFound);

    done(&say(&mut pupil, of, 6, &view(Stance::For, "")).await);
    assert_eq!(seen(&mut pupil, of).await.line.state, ApplicationState::Received);
    done(&staff_step(&mut anna, (ella(), of), 7, 2, grant()).await);
    let told = seen(&mut pupil, of).await;
    assert_eq!(told.letter.map(|letter| letter.outcome), Some(DecisionOutcome::Granted));
    assert!(told.line.unread && !told.pupil.unwrap().open);
    say(&mut pupil, of, 8, &view(Stance::Against, "Nej.")).await.refused(412, ErrorCode::Stale);
    done(&say(&mut pupil, of, 9, &OwnStepIn::Read).await);
    assert!(!seen(&mut pupil, of).await.line.unread);
    assert!(sara.get::<GetHome>(&()).await.applications[0].unread, "her guardian has not read it by that");
}

async fn she_is_heard_and_told_no_more_where_the_municipality_asks_her(site: Site) {
    signed_by(&site, "leave", SignersRule::AnyGuardian).await;
    let site = opened(site).await;
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let of = crate::applications::applied(&mut sara, 1, "leave", ella(), &leave(&site)).await;
    let mut pupil = site.sign_in(Cast::EllaLindqvist).await;
    let told = seen(&mut pupil, of).await;
    let part = told.pupil.unwrap();
    assert_eq!((told.line.state, told.line.unread), (ApplicationState::Received, true));
    assert!(!part.must && part.open && part.applied.is_empty(), "heard, and no party to it");
    done(&say(&mut pupil, of, 1, &view(Stance::NotSaid, "")).await);
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let grant = decide(DecisionOutcome::Granted, "", &[("earlier", Value::Number(0))], None);
    done(&staff_step(&mut anna, (ella(), of), 2, 1, grant).await);
    let told = seen(&mut pupil, of).await;
    assert_eq!((told.line.state, told.line.unread), (ApplicationState::Granted, false));
    assert!(told.letter.is_none());
    say(&mut pupil, of, 3, &OwnStepIn::Read).await.refused(404, ErrorCode::NotFound);
    // Below the age there is nothing.
    let site = site.with_pupils(Some(7), PupilSay::default()).await;
    let mut pupil = site.sign_in(Cast::EllaLindqvist).await;
    assert_eq!(pupil.get::<GetHome>(&()).await.applications, []);
    let path = GetOwnApplication::path(&(ella(), of));
    pupil.get_path(&path).await.refused(404, ErrorCode::NotFound);
}

async fn tried(site: &Site, who: Cast) -> Reply {
    site.visitor().put::<SignInAsPersona>(&person(who), b"{}".to_vec()).await
}

async fn who_is_too_young_or_has_left_gets_nothing(site: Site) {
    // Pupils may not, unless the municipality says so.
    tried(&site, Cast::EllaLindqvist).await.refused(404, ErrorCode::NotFound);
    let names = async |site: &Site| {
        let personas = site.visitor().get::<ListPersonas>(&()).await;
        personas.into_iter().map(|persona| persona.person).collect::<Vec<_>>()
    };
    assert!(!names(&site).await.contains(&person(Cast::YonasTesfay)));
    let site = opened(site).await;
    assert!(names(&site).await.contains(&person(Cast::YonasTesfay)));
    // A child in preschool is no pupil of any age.
    tried(&site, Cast::NilsLindqvist).await.refused(404, ErrorCode::NotFound);
    let mut pupil = site.sign_in(Cast::EllaLindqvist).await;
    pupil.get::<GetHome>(&()).await;
    let cookie = pupil.cookie.clone();

    // The municipality sets a higher age: from the next request she has nothing but a session to end.
    let site = site.with_pupils(Some(9), PupilSay::default()).await;
    let mut pupil = site.visitor();
    pupil.cookie = cookie.clone();
    assert_eq!(pupil.get::<GetSession>(&()).await.staff_at, []);
    for path in [GetHome::path(&()), GetConsents::path(&ella()), GetOffer::path(&key("it-rules"))] {
        pupil.get_path(&path).await.refused(404, ErrorCode::NotFound);
    }
    tried(&site, Cast::EllaLindqvist).await.refused(404, ErrorCode::NotFound);
    // She has her birthday.
    let born = site.sign_in(Cast::SaraLindqvist).await.get::<GetHome>(&()).await;
    let born = born.children.iter().find(|child| child.person == ella()).unwrap().setting.birth.unwrap();
    assert_eq!(born.age_on(site.clock.today()), 8);
    let site = site.with_pupils(Some(8), PupilSay::default()).await;
    let mut pupil = site.visitor();
    pupil.cookie = cookie;
    pupil.get::<GetHome>(&()).await;
    // School has ended: at once, and for good.
    site.end_school(Cast::EllaLindqvist).await;
    pupil.get_path(&GetHome::path(&())).await.refused(404, ErrorCode::NotFound);
    tried(&site, Cast::EllaLindqvist).await.refused(404, ErrorCode::NotFound);
}

async fn a_pupil_signs_in_at_a_provider_and_as_nothing_else(site: Site) {
    let site = site.with_pupils(Some(8), PupilSay::default()).await;
    let provider = Provider::start(site.clock.clone(), false).await;
    // One provider for both: how somebody came says as what she acts.
    let ways = [way(&provider, "pupils", "pupils", ""), way(&provider, "guardians", "guardians", "")];
    let router = with_ways(&site, &ways);
    let offered = site_ways(&router).await;
    assert_eq!(offered, [("pupils".to_owned(), true, false), ("guardians".to_owned(), true, false)]);
    let enter = async |way: &str, who: Cast, subject: &str| {
        let mut browser = Browser::new(router.clone());
        let address = begin(&mut browser, way, "/").await;
        let query = provider.proves(&address, subject, Some(&number_of(&site, who)));
        let place = finish(&mut browser, way, &query).await.header(header::LOCATION).to_owned();
        (browser, place)
    };
    let (mut pupil, place) = enter("pupils", Cast::EllaLindqvist, "elev-1").await;
    assert_eq!(place, "/");
    let home = pupil.get::<GetHome>(&()).await;
    assert!(home.as_pupil && home.me.person == ella());
    // The account is linked, and stays hers.
    let mut again = Browser::new(router.clone());
    let address = begin(&mut again, "pupils", "/").await;
    let query = provider.proves(&address, "elev-1", None);
    assert_eq!(finish(&mut again, "pupils", &query).await.header(header::LOCATION), "/");
    let refused = [
        // Herself as a guardian, a guardian and a teacher as a pupil, and a pupil who is too young.
        ("guardians", Cast::EllaLindqvist, "elev-1"),
        ("pupils", Cast::SaraLindqvist, "vh-1"),
        ("pupils", Cast::AnnaHolmgren, "larare-1"),
        ("pupils", Cast::JanKowalczyk, "elev-2"),
    ];
    for (way, who, subject) in refused {
        let (browser, place) = enter(way, who, subject).await;
        assert_eq!((place.as_str(), browser.cookie), ("/logga-in/unknown", None), "{who:?}");
    }
    // Who goes to preschool is no pupil, whatever the age.
    let site = site.with_pupils(Some(1), PupilSay::default()).await;
    let mut browser = Browser::new(with_ways(&site, &ways));
    let address = begin(&mut browser, "pupils", "/").await;
    let query = provider.proves(&address, "barn-1", Some(&number_of(&site, Cast::NilsLindqvist)));
    let place = finish(&mut browser, "pupils", &query).await.header(header::LOCATION).to_owned();
    assert_eq!((place.as_str(), browser.cookie), ("/logga-in/unknown", None));
}

async fn site_ways(router: &axum::Router) -> Vec<(String, bool, bool)> {
    let ways = Browser::new(router.clone()).get::<ListSignInWays>(&()).await;
    ways.into_iter().map(|way| (way.key.0, way.guardians, way.staff)).collect()
}

async fn a_pupil_with_protected_identity_uses_the_same_door(site: Site) {
    let site = opened(site).await;
    let love = person(Cast::LoveSandberg);
    let mut pupil = site.sign_in(Cast::LoveSandberg).await;
    let home = pupil.get::<GetHome>(&()).await;
    assert!(home.children.len() == 1 && home.children[0].protected, "nothing is kept on his device");
    let purposes = || home.tasks.iter().flat_map(|task| task.purposes.values());
    assert!(purposes().count() > 0 && purposes().all(|purpose| purpose.standing == Standing::Blocked));
    assert!(home.tasks.iter().all(|task| task.mine != MyPart::ToDo), "no yes could count");
    // To another pupil he does not exist.
    let mut ella = site.sign_in(Cast::EllaLindqvist).await;
    ella.get_path(&GetConsents::path(&love)).await.refused(404, ErrorCode::NotFound);
}
