//! Staff take down what somebody answered about consents on paper or in words; the person is told, and her newer word stands.

use crate::answering::{answer, bytes as submission_bytes, submission};
use crate::browser::{Browser, Reply};
use crate::contents::contents;
use crate::on_both;
use crate::site::Site;
use skolstart_server::demo::Cast;
use skolstart_shared::api::{
    AnswerWay, ChildHistory, ConsentAnswerIn, ConsentAnswerSeenIn, ErrorCode, GetChildPage, GetConsents,
    GetGroup, GetHome, GetPictureConsents, HistoryChange, PutConsentAnswer, PutConsentAnswerSeen,
    PutSubmission, SaidConsent, StaffChildHistory,
};
use skolstart_shared::consent::{ConsentChoice, Identified, PupilSay, Standing};
use skolstart_shared::form::{ActKey, FieldKey, FormKey, FormRef};
use skolstart_shared::id::{ChangeId, PersonId};
use skolstart_shared::round::{MyPart, TaskStatus};
use skolstart_shared::{Date, Locale};

on_both! {
    the_person_is_told_until_she_has_read_it
    what_she_has_said_later_stands
    a_limit_is_no_yes_and_is_read_where_pictures_are_looked_up
    what_nobody_could_have_said_is_not_taken_down
    a_pupil_has_an_own_say_from_the_age_that_the_municipality_sets
}

const CHANNELS: [&str; 4] = ["web", "social", "print", "name"];
const WHERE: &str = "Pärm 3 på expeditionen";

fn ella() -> PersonId {
    PersonId(Cast::EllaLindqvist.id())
}

fn sara() -> PersonId {
    PersonId(Cast::SaraLindqvist.id())
}

/// One answer about pictures on paper.
pub(crate) fn paper(
    by: PersonId,
    field: &str,
    said: SaidConsent,
    (year, month, day): (i32, u8, u8),
) -> ConsentAnswerIn {
    ConsentAnswerIn {
        form: FormRef { key: FormKey("pictures".to_owned()), version: 1 },
        act: ActKey("publish".to_owned()),
        by,
        said: [(FieldKey(field.to_owned()), said)].into(),
        way: AnswerWay::Paper,
        day: Date::new(year, month, day).unwrap(),
        locale: Locale::Sv,
        kept: WHERE.to_owned(),
    }
}

pub(crate) fn bytes(answer: &ConsentAnswerIn) -> Vec<u8> {
    serde_json::to_vec(answer).unwrap()
}

/// That what was taken down about this child has been read.
pub(crate) fn seen(child: PersonId) -> Vec<u8> {
    serde_json::to_vec(&ConsentAnswerSeenIn { child }).unwrap()
}

/// The same about every channel.
fn all(by: PersonId, said: &SaidConsent) -> ConsentAnswerIn {
    let mut answer = paper(by, "web", said.clone(), (2026, 9, 3));
    answer.said = CHANNELS.iter().map(|field| (FieldKey((*field).to_owned()), said.clone())).collect();
    answer
}

fn id(number: u128) -> ChangeId {
    ChangeId(submission(number).0)
}

async fn take_down(browser: &mut Browser, number: u128, answer: &ConsentAnswerIn) -> Reply {
    browser.put::<PutConsentAnswer>(&(ella(), id(number)), bytes(answer)).await
}

async fn standing(browser: &mut Browser, field: &str) -> Standing {
    let page = browser.get::<GetConsents>(&ella()).await;
    page.purposes.iter().find(|purpose| purpose.field.as_str() == field).unwrap().state.standing
}

async fn the_person_is_told_until_she_has_read_it(site: Site) {
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let answer = all(sara(), &SaidConsent::Yes);
    let reply = take_down(&mut anna, 1, &answer).await;
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    // Again is the same as once, and another answer under the same id is none.
    let before = contents(&site).await;
    assert_eq!(take_down(&mut anna, 1, &answer).await.status, 200);
    take_down(&mut anna, 1, &all(sara(), &SaidConsent::No)).await.refused(409, ErrorCode::HashMismatch);
    assert_eq!(contents(&site).await, before);

    let mut guardian = site.sign_in(Cast::SaraLindqvist).await;
    let home = guardian.get::<GetHome>(&()).await;
    let [told] = home.taken_down.as_slice() else { panic!("{:?}", home.taken_down) };
    assert_eq!((told.id, told.child, told.way, told.day), (id(1), ella(), AnswerWay::Paper, answer.day));
    assert_eq!(told.said.len(), CHANNELS.len());
    assert!(told.said.iter().all(|(_, choice)| *choice == ConsentChoice::Given));
    // She is not asked for what is on paper, and the class page shows that one more is waited for.
    let task = home.tasks.iter().find(|task| task.form.key.as_str() == "pictures").unwrap();
    assert_eq!((task.mine, task.status), (MyPart::Done, TaskStatus::WaitingForOther));
    // The record says how it came, and where the paper is does not leave the school.
    let consents = guardian.get::<GetConsents>(&ella()).await;
    let record = &consents.purposes[0].records[0];
    assert_eq!((record.choice, record.identified), (ConsentChoice::Given, Identified::SignedPaper));
    let history = guardian.get::<ChildHistory>(&ella()).await;
    assert!(history.iter().any(|line| matches!(line.change, HistoryChange::TakenDown(_, _, None))));
    assert!(!serde_json::to_string(&history).unwrap().contains(WHERE));
    let history = anna.get::<StaffChildHistory>(&ella()).await;
    let is_noted = |change: &HistoryChange| matches!(change, HistoryChange::TakenDown(_, _, Some(kept)) if kept == WHERE);
    let noted = history.iter().find(|line| is_noted(&line.entry.change)).unwrap();
    assert_eq!(noted.name.as_deref(), Some("Anna Holmgren"));

    let mut johan = site.sign_in(Cast::JohanLindqvist).await;
    assert!(johan.get::<GetHome>(&()).await.taken_down.is_empty());
    assert_eq!(johan.put::<PutConsentAnswerSeen>(&id(1), seen(ella())).await.status, 404);
    for _ in 0..2 {
        assert_eq!(guardian.put::<PutConsentAnswerSeen>(&id(1), seen(ella())).await.status, 200);
        assert!(guardian.get::<GetHome>(&()).await.taken_down.is_empty());
    }
}

async fn what_she_has_said_later_stands(site: Site) {
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let mut guardian = site.sign_in(Cast::SaraLindqvist).await;
    let home = guardian.get::<GetHome>(&()).await;
    let no = submission_bytes(answer(&home, Some(ella()), false));
    assert_eq!(guardian.put::<PutSubmission>(&submission(1), no).await.status, 200);
    // Older paper, and paper of the same day: her no stands.
    let before = contents(&site).await;
    for (number, day) in [(2, (2026, 9, 1)), (3, (2026, 9, 7))] {
        let yes = paper(sara(), "web", SaidConsent::Yes, day);
        take_down(&mut anna, number, &yes).await.refused(412, ErrorCode::Stale);
        let limited = paper(sara(), "web", SaidConsent::Limited("Bara på skolan".to_owned()), day);
        take_down(&mut anna, number + 10, &limited).await.refused(412, ErrorCode::Stale);
    }
    assert_eq!(contents(&site).await, before);
    // The day after she has another opinion on paper; and then papers that come in the wrong order change nothing.
    site.later(2 * 24 * 60);
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let no = paper(sara(), "web", SaidConsent::No, (2026, 9, 9));
    assert_eq!(take_down(&mut anna, 4, &no).await.status, 200);
    let older = paper(sara(), "web", SaidConsent::Yes, (2026, 9, 8));
    take_down(&mut anna, 5, &older).await.refused(412, ErrorCode::Stale);
    let mut guardian = site.sign_in(Cast::SaraLindqvist).await;
    assert!(matches!(standing(&mut guardian, "web").await, Standing::Refused(_)));
}

async fn a_limit_is_no_yes_and_is_read_where_pictures_are_looked_up(site: Site) {
    const LIMIT: &str = "Bara i grupp, inte i närbild";
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    for (number, by) in [(1, sara()), (2, PersonId(Cast::JohanLindqvist.id()))] {
        assert_eq!(take_down(&mut anna, number, &all(by, &SaidConsent::Yes)).await.status, 200);
    }
    let mut guardian = site.sign_in(Cast::SaraLindqvist).await;
    assert!(standing(&mut guardian, "web").await.allows());
    let limited = paper(sara(), "web", SaidConsent::Limited(LIMIT.to_owned()), (2026, 9, 4));
    assert_eq!(take_down(&mut anna, 3, &limited).await.status, 200);
    assert!(matches!(standing(&mut guardian, "web").await, Standing::Limited(_)));
    assert!(standing(&mut guardian, "social").await.allows());
    let consents = guardian.get::<GetConsents>(&ella()).await;
    let own = consents.purposes[0].records[0].own.as_ref().unwrap();
    assert_eq!(own.limit.as_deref(), Some(LIMIT));

    let page = anna.get::<GetChildPage>(&ella()).await;
    let group = page.group.unwrap();
    let facts = page.sections.iter().flat_map(|section| &section.facts);
    assert_eq!(facts.filter(|fact| fact.limits == [LIMIT]).count(), 1);
    let pictures = anna.get::<GetPictureConsents>(&group).await;
    let cells = &pictures.rows.iter().find(|row| row.child == ella()).unwrap().cells;
    assert_eq!(cells[0].as_ref().unwrap().limits, [LIMIT]);
    assert!(!cells[0].as_ref().unwrap().standing.allows());
    // Sealed: the words are in no row as they are.
    let rows = format!("{:?}", contents(&site).await);
    assert!(!rows.contains(LIMIT) && !rows.contains(WHERE));
    assert!(anna.get::<GetGroup>(&(group, 0)).await.page.is_some());
}

async fn what_nobody_could_have_said_is_not_taken_down(site: Site) {
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let before = contents(&site).await;
    let good = paper(sara(), "web", SaidConsent::Yes, (2026, 9, 3));
    let maria = PersonId(Cast::MariaBergstrom.id());
    let wrong = [
        ConsentAnswerIn { by: maria, ..good.clone() },
        // A pupil of eight has no say of her own here.
        ConsentAnswerIn { by: ella(), ..good.clone() },
        ConsentAnswerIn { day: site.clock.today().add_days(1), ..good.clone() },
        ConsentAnswerIn { kept: " ".to_owned(), ..good.clone() },
        ConsentAnswerIn { kept: "x".repeat(201), ..good.clone() },
        ConsentAnswerIn { said: [].into(), ..good.clone() },
        paper(sara(), "poster", SaidConsent::Yes, (2026, 9, 3)),
        paper(sara(), "web", SaidConsent::Limited(String::new()), (2026, 9, 3)),
    ];
    for (number, answer) in wrong.iter().enumerate() {
        take_down(&mut anna, 20 + number as u128, answer).await.refused(422, ErrorCode::Invalid);
    }
    let unknown = ConsentAnswerIn { act: ActKey("other".to_owned()), ..good };
    take_down(&mut anna, 40, &unknown).await.refused(404, ErrorCode::NotFound);
    assert_eq!(contents(&site).await, before);
}

async fn a_pupil_has_an_own_say_from_the_age_that_the_municipality_sets(site: Site) {
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    for (number, by) in [(1, sara()), (2, PersonId(Cast::JohanLindqvist.id()))] {
        assert_eq!(take_down(&mut anna, number, &all(by, &SaidConsent::Yes)).await.status, 200);
    }
    let mut guardian = site.sign_in(Cast::SaraLindqvist).await;
    assert!(standing(&mut guardian, "web").await.allows());
    // Ella is eight. From today pupils of seven have to agree: what stood does not stand any more.
    let site = site.with_pupil_say(PupilSay { with_from: Some(7), ..PupilSay::default() }).await;
    let mut guardian = site.sign_in(Cast::SaraLindqvist).await;
    assert_eq!(standing(&mut guardian, "web").await, Standing::Waiting);
    let home = guardian.get::<GetHome>(&()).await;
    let task = home
        .tasks
        .iter()
        .find(|task| task.form.key.as_str() == "pictures" && task.child == Some(ella()))
        .unwrap();
    assert!(
        task.purposes.values().all(|purpose| purpose.waits_for.pupil && purpose.waits_for.guardians == 0)
    );
    assert_eq!(task.mine, MyPart::Done);
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let page = anna.get::<GetChildPage>(&ella()).await;
    let asked = page.sections.iter().find_map(|section| section.answerable.as_ref()).unwrap();
    assert!(asked.people.iter().any(|(person, name)| *person == ella() && name.starts_with("Ella")));
    // She says yes to her teacher about the web, and no to the rest.
    let mut hers = all(ella(), &SaidConsent::No);
    hers.way = AnswerWay::Spoken;
    hers.said.insert(FieldKey("web".to_owned()), SaidConsent::Yes);
    assert_eq!(take_down(&mut anna, 3, &hers).await.status, 200);
    assert!(standing(&mut guardian, "web").await.allows());
    assert!(matches!(standing(&mut guardian, "social").await, Standing::Conflict(_)));
    let record = guardian.get::<GetConsents>(&ella()).await.purposes[0].records[0].clone();
    assert!(record.pupil && record.own.is_none());
}
