//! Another school, from the application to the decision and what it makes known; and what a pupil says about it herself.

use crate::applications::{answers, applied, decide, done, key, known, lines};
use crate::decisions::{both_apply, choice, letter, page, put};
use crate::on_both;
use crate::school_files::{change_of_school, two_schools, units};
use crate::site::Site;
use skolstart_server::demo::Cast;
use skolstart_shared::access::Function;
use skolstart_shared::api::{ApplicationEvent, ApplicationStep, Endpoint, ErrorCode, GetOwnApplication};
use skolstart_shared::application::{ApplicationState, Opinion, PupilPart, PupilView, Stance};
use skolstart_shared::fact::Value;
use skolstart_shared::form::{DecisionOutcome, Field, FieldKind, SignersRule, Texts};
use skolstart_shared::id::PersonId;
use skolstart_shared::{Code, Locale};

on_both! {
    another_school_is_granted_in_part_after_an_opinion
    a_changed_decision_takes_the_school_back
    a_pupil_is_asked_from_the_age_and_nothing_is_granted_before
}

const SCHOOL: &str = "change-of-school";

fn ella() -> PersonId {
    PersonId(Cast::EllaLindqvist.id())
}

/// Another school, with an opinion by the principal of today's school and what she thinks as a field; from an age the pupil
/// signs too.
async fn with_opinion(site: &Site, signers: SignersRule) {
    two_schools(site, |act| {
        act.signers = signers;
        let rule = act.decision.as_mut().unwrap();
        rule.opinion = Some(Function::Principal);
        let label = Texts([(Locale::Sv, "Rektors råd".to_owned())].into());
        let kind = FieldKind::Text { max: 40 };
        let advice = Field { key: key("advice"), label, kind, help: None, ..rule.fields[1].clone() };
        rule.fields.push(advice);
    })
    .await;
}

async fn another_school_is_granted_in_part_after_an_opinion(site: Site) {
    with_opinion(&site, SignersRule::AllGuardians).await;
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let wished = units(&mut sara, SCHOOL, "GR").await;
    let start = site.clock.today().add_days(30);
    let given = change_of_school(start, &wished, Vec::new());
    let of = (ella(), both_apply(&site, 1, SCHOOL, ella(), &given).await);
    let seen = page(&mut mats, of.0, of.1).await;
    assert_eq!(
        (seen.line.state, seen.line.waits_for, seen.line.mine),
        (ApplicationState::WaitingForOpinion, Some(Function::Principal), false)
    );
    let partly = |why: &str| {
        let fields = [("unit-given", choice(&wished[1].to_string())), ("from-day", Value::Date(start))];
        decide(DecisionOutcome::Partly, why, &fields, None)
    };
    let early = put(&mut mats, of, 1, 2, partly("Det andra valet hade plats.")).await;
    assert_eq!(early.error().violations[0].path, "opinion");
    // The opinion is the principal's, and the decision is not.
    let fields = answers(&[("advice", Value::Text("Tillstyrks".to_owned()))]);
    let opinion = || Opinion { words: "Eleven har bytt en gång förut.".to_owned(), fields: fields.clone() };
    let not_his = put(&mut mats, of, 2, 2, ApplicationStep::Opinion(opinion())).await;
    assert_eq!(not_his.error().violations[0].code, Code::NotASigner);
    done(&put(&mut lars, of, 3, 2, ApplicationStep::Opinion(opinion())).await);
    let not_hers = put(&mut lars, of, 4, 2, partly("Nej.")).await;
    assert_eq!(not_hers.error().violations[0].code, Code::NotASigner);
    let seen = page(&mut mats, of.0, of.1).await;
    assert_eq!((seen.line.state, seen.line.mine), (ApplicationState::Received, true));
    let said = seen.events.iter().find_map(|event| match &event.what {
        ApplicationEvent::Opinion(opinion) => Some(opinion.clone()),
        _ => None,
    });
    assert_eq!(said, Some(opinion()), "words and fields stand in the history");

    put(&mut mats, of, 1, 2, partly("")).await.refused(422, ErrorCode::Invalid);
    done(&put(&mut mats, of, 1, 2, partly("Det andra valet hade plats.")).await);
    let told = letter(&mut sara, of.0, of.1).await;
    assert_eq!((told.outcome, told.by, told.lines.len()), (DecisionOutcome::Partly, Function::Officer, 2));
    assert_eq!(told.reasons, "Det andra valet hade plats.");
    assert!(told.law.contains("10 kap. 30") && told.appeal.is_some());
    assert_eq!(known(&site, ella(), "child.school-wanted").await, Some(choice(&wished[1].to_string())));
    assert!(lines(&mut mats).await.iter().all(|line| !line.mine), "nothing is left to do");
    let raw = sara.get_path(&GetOwnApplication::path(&of)).await;
    let raw = String::from_utf8(raw.body).unwrap();
    assert!(
        !raw.contains("Tillstyrks") && !raw.contains("bytt en gång"),
        "the opinion is no part of the letter"
    );
}

async fn a_changed_decision_takes_the_school_back(site: Site) {
    two_schools(&site, |_| {}).await;
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let wished = units(&mut sara, SCHOOL, "GR").await;
    let start = site.clock.today().add_days(30);
    let given = change_of_school(start, &wished, Vec::new());
    let of = (ella(), both_apply(&site, 1, SCHOOL, ella(), &given).await);
    let fields = [("unit-given", choice(&wished[0].to_string()))];
    done(&put(&mut mats, of, 1, 2, decide(DecisionOutcome::Granted, "", &fields, None)).await);
    assert_eq!(known(&site, ella(), "child.school-wanted").await, Some(choice(&wished[0].to_string())));
    site.later(5);
    let no = decide(DecisionOutcome::Refused, "Skolan är full.", &[], Some(1));
    done(&put(&mut mats, of, 2, 2, no).await);
    assert_eq!(known(&site, ella(), "child.school-wanted").await, Some(Value::Text(String::new())));
    let told = letter(&mut sara, of.0, of.1).await;
    assert_eq!((told.outcome, told.changed), (DecisionOutcome::Refused, true));
    // Whoever wants it all the same applies anew.
    site.later(5);
    let anew = both_apply(&site, 3, SCHOOL, ella(), &given).await;
    let seen = page(&mut mats, ella(), anew).await;
    assert_eq!((anew != of.1, seen.earlier.len()), (true, 1));
}

async fn a_pupil_is_asked_from_the_age_and_nothing_is_granted_before(site: Site) {
    with_opinion(&site, SignersRule::WithPupilFrom(12)).await;
    let yonas = PersonId(Cast::YonasTesfay.id());
    let mut gunnar = site.sign_in(Cast::GunnarEkholm).await;
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let wished = units(&mut gunnar, SCHOOL, "GR").await;
    let given = change_of_school(site.clock.today().add_days(30), &wished, Vec::new());
    let of = (yonas, applied(&mut gunnar, 1, SCHOOL, yonas, &given).await);
    let seen = page(&mut mats, of.0, of.1).await;
    assert_eq!(seen.pupil, Some(PupilPart { from: 12, must: true }));
    assert_eq!(seen.line.state, ApplicationState::WaitingForOther, "he has not been asked");
    let view = |stance, words: &str| ApplicationStep::Pupil(PupilView { stance, words: words.to_owned() });
    let why = put(&mut mats, of, 1, 1, view(Stance::Against, " ")).await;
    assert_eq!(why.error().violations[0].path, "words");
    done(&put(&mut mats, of, 1, 1, view(Stance::Against, "Vill vara kvar hos sina vänner.")).await);
    assert_eq!(page(&mut mats, of.0, of.1).await.line.state, ApplicationState::Conflict);
    let grant = decide(DecisionOutcome::Granted, "", &[], None);
    assert_eq!(put(&mut mats, of, 2, 1, grant).await.status, 422, "nothing is granted against him");
    // He has thought about it. Taken down twice it stands once.
    done(&put(&mut mats, of, 3, 1, view(Stance::For, "")).await);
    done(&put(&mut mats, of, 3, 1, view(Stance::For, "")).await);
    put(&mut mats, of, 3, 1, view(Stance::NotSaid, "")).await.refused(409, ErrorCode::HashMismatch);
    let seen = page(&mut mats, of.0, of.1).await;
    assert_eq!((seen.line.state, seen.events.len()), (ApplicationState::WaitingForOpinion, 3));
    // He was asked about these schools. When his guardian wishes for them in another order he is asked again.
    site.later(5);
    let turned: Vec<_> = wished.iter().rev().copied().collect();
    let other = change_of_school(site.clock.today().add_days(30), &turned, Vec::new());
    let same = applied(&mut gunnar, 9, SCHOOL, yonas, &other).await;
    assert_eq!(same, of.1);
    assert_eq!(page(&mut mats, of.0, of.1).await.line.state, ApplicationState::WaitingForOther);
    done(&put(&mut mats, of, 4, 2, view(Stance::For, "")).await);
    assert_eq!(page(&mut mats, of.0, of.1).await.line.state, ApplicationState::WaitingForOpinion);
    // What he said is his: his guardian is not told, and it is sealed.
    let raw = gunnar.get_path(&GetOwnApplication::path(&of)).await;
    assert!(!String::from_utf8(raw.body).unwrap().contains("vänner"));
    let stored = crate::contents::contents(&site).await;
    assert!(
        stored["application_event"].iter().all(|row| !row.contains("vänner") && !row.contains("against"))
    );

    // A child below the age is not asked.
    let given = change_of_school(site.clock.today().add_days(30), &wished, Vec::new());
    let ellas = (ella(), both_apply(&site, 5, SCHOOL, ella(), &given).await);
    assert_eq!(page(&mut mats, ellas.0, ellas.1).await.pupil, None);
    let young = put(&mut mats, ellas, 9, 2, view(Stance::For, "")).await;
    assert_eq!(young.error().violations[0].code, Code::NotASigner);
}
