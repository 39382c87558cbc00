//! Consents: what shows them, what takes them back, and what makes them be asked anew.

use crate::answering::{answer, bytes, submission};
use crate::browser::{Browser, Reply};
use crate::contents::contents;
use crate::on_both;
use crate::site::Site;
use sha2::{Digest, Sha256};
use skolstart_server::demo::Cast;
use skolstart_server::usecase::{consents, publish};
use skolstart_shared::api::{
    ConsentOut, Endpoint, ErrorCode, GetConsentReceipt, GetConsents, GetHome, HomeOut, Part, PutSubmission,
    TaskOut,
};
use skolstart_shared::consent::{ConsentChoice, Identified, SignedReceipt, Standing, consent_text};
use skolstart_shared::fact::{Provenance, Value};
use skolstart_shared::form::{FieldKey, FormDefinition, FormKey};
use skolstart_shared::id::{PersonId, RoundId};
use skolstart_shared::round::{MyPart, Round};
use skolstart_shared::submission::{ContentHash, SubmissionContent};
use skolstart_shared::{Locale, Map};
use uuid::Uuid;

on_both! {
    a_record_shows_the_text_that_was_read
    a_receipt_is_signed_and_only_the_one_who_decided_gets_it
    a_yes_is_taken_back_when_nothing_asks_for_it_any_more
    a_text_that_means_something_else_is_asked_anew_and_other_words_are_not
    a_yes_that_did_not_know_of_a_no_does_not_undo_it
    of_a_yes_and_a_no_at_the_same_moment_the_no_stands
}

fn ella() -> PersonId {
    PersonId(Cast::EllaLindqvist.id())
}

async fn says(browser: &mut Browser, number: u128, yes: bool) {
    let home = browser.get::<GetHome>(&()).await;
    let reply =
        browser.put::<PutSubmission>(&submission(number), bytes(answer(&home, Some(ella()), yes))).await;
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
}

async fn purpose(browser: &mut Browser, field: &str) -> ConsentOut {
    let all = browser.get::<GetConsents>(&ella()).await;
    all.purposes.into_iter().find(|purpose| purpose.field.as_str() == field).unwrap()
}

async fn a_record_shows_the_text_that_was_read(site: Site) {
    let (mut sara, mut johan) =
        (site.sign_in(Cast::SaraLindqvist).await, site.sign_in(Cast::JohanLindqvist).await);
    says(&mut sara, 1, true).await;
    let web = purpose(&mut sara, "web").await;
    assert_eq!((web.state.standing, web.state.waits_for.guardians), (Standing::Waiting, 1));
    site.later(1);
    says(&mut johan, 2, false).await;

    let web = purpose(&mut sara, "web").await;
    assert!(matches!(web.state.standing, Standing::Conflict(_)));
    let [his, hers] = web.records.as_slice() else { panic!("{:?}", web.records) };
    // Nothing but the no of the other one: neither who, nor how.
    assert_eq!((his.by, his.choice, &his.own), (Part::OtherGuardian, ConsentChoice::Refused, &None));
    assert_eq!((hers.by, hers.choice, hers.identified), (Part::You, ConsentChoice::Given, Identified::Demo));
    let own = hers.own.as_ref().unwrap();
    assert_eq!(own.locale, Some(Locale::Sv));
    let published = site.store.published();
    let form = published.form(&web.form).unwrap();
    let act = form.act(&web.act).unwrap();
    let text = consent_text(form, act, act.field(&web.field).unwrap(), Locale::Sv);
    assert_eq!(own.hash, Some(ContentHash::of_digest(&Sha256::digest(text.as_bytes()))));
    assert!(text.ends_with(&own.text.join("\n")) && own.text.len() > 5);
    let told = String::from_utf8(sara.get_path(&GetConsents::path(&ella())).await.body).unwrap();
    assert!(!told.contains("Johan") && !told.contains(&Cast::JohanLindqvist.id().to_string()));
}

async fn a_receipt_is_signed_and_only_the_one_who_decided_gets_it(site: Site) {
    let (mut sara, mut johan) =
        (site.sign_in(Cast::SaraLindqvist).await, site.sign_in(Cast::JohanLindqvist).await);
    says(&mut sara, 1, true).await;
    let record = purpose(&mut sara, "web").await.records[0].own.as_ref().unwrap().record;
    let path = GetConsentReceipt::path(&(ella(), record));
    assert_eq!(johan.get_path(&path).await.status, 404);
    let reply = sara.get_path(&path).await;
    assert_eq!(reply.status, 200);
    assert!(reply.header("content-disposition").starts_with("attachment"));
    // The same bytes each time, and no name in them.
    assert_eq!(sara.get_path(&path).await.body, reply.body);
    let text = String::from_utf8(reply.body.clone()).unwrap();
    assert!(!text.contains("Ella") && !text.contains("Sara"));

    let key = site.store.receipt_key();
    let signed = consents::verify(&key, &reply.body).unwrap();
    let receipt = &signed.receipt;
    assert_eq!(receipt.event[0].event_state, "given");
    assert_eq!(receipt.pii_principal_id, ella());
    let notice = receipt.pii_processing.privacy_notice.join("\n");
    let digest = ContentHash::of_digest(&Sha256::digest(notice.as_bytes())).0;
    assert_eq!(receipt.pii_processing.privacy_notice_sha256.as_ref(), Some(&digest));
    // Spaces change nothing; a word does, and so does something that was added.
    let spaced = serde_json::to_vec_pretty(&signed).unwrap();
    assert!(consents::verify(&key, &spaced).is_ok());
    let altered = text.replace("\"given\"", "\"refused\"");
    assert_eq!(consents::verify(&key, altered.as_bytes()).unwrap_err(), consents::ReceiptError::Altered);
    let added = text.replacen('{', "{\"more\":1,", 1);
    assert_eq!(consents::verify(&key, added.as_bytes()).unwrap_err(), consents::ReceiptError::Unreadable);
    let mut foreign: SignedReceipt = signed.clone();
    foreign.signature.public_key = "00".repeat(32);
    let foreign = serde_json::to_vec(&foreign).unwrap();
    assert_eq!(consents::verify(&key, &foreign).unwrap_err(), consents::ReceiptError::ForeignKey);
}

/// One no to one purpose, and nothing else.
fn no(home: &HomeOut, round: RoundId, field: &str) -> SubmissionContent {
    let mut content = answer(home, Some(ella()), false);
    content.acts.retain(|act| act.answers.0.contains_key(&FieldKey(field.to_owned())));
    assert_eq!(content.acts.len(), 1);
    content.acts[0].answers.0.retain(|key, _| key.as_str() == field);
    content.round = round;
    content
}

/// A round that asks for these forms, newer than all others.
async fn new_round(site: &Site, number: u128, forms: impl Fn(&Round) -> Round) -> RoundId {
    let published = site.store.published();
    let old = published.current(site.clock.today()).unwrap();
    let id = RoundId(Uuid::from_u128(0x0190_0000_0000_7000_9000_0000_0000_0000 + number));
    let round = Round { id, opens: site.clock.today().add_days(number as i32 - 9), ..forms(old) };
    publish::create_round(&site.store, &round).await.unwrap();
    id
}

async fn a_yes_is_taken_back_when_nothing_asks_for_it_any_more(site: Site) {
    let (mut sara, mut johan) =
        (site.sign_in(Cast::SaraLindqvist).await, site.sign_in(Cast::JohanLindqvist).await);
    says(&mut sara, 1, true).await;
    site.later(1);
    says(&mut johan, 2, true).await;
    let before = sara.get::<GetHome>(&()).await;
    assert!(matches!(purpose(&mut sara, "web").await.state.standing, Standing::Given(_)));
    let without = |old: &Round| {
        let mut round = old.clone();
        round.forms.retain(|form| form.key.as_str() != "pictures");
        round
    };
    let round = new_round(&site, 1, without).await;
    let home = sara.get::<GetHome>(&()).await;
    assert!(home.tasks.iter().all(|task| task.form.key.as_str() != "pictures"));
    // It still stands, she still sees it, and one tap still takes it back. What she has decided before can be said again.
    assert!(matches!(purpose(&mut sara, "web").await.state.standing, Standing::Given(_)));
    let mut yes = no(&before, round, "web");
    yes.acts[0].answers.0.values_mut().for_each(|value| *value = Value::Flag(true));
    assert_eq!(sara.put::<PutSubmission>(&submission(3), bytes(yes)).await.status, 200);
    let reply = sara.put::<PutSubmission>(&submission(4), bytes(no(&before, round, "web"))).await;
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    assert!(matches!(purpose(&mut johan, "web").await.state.standing, Standing::Withdrawn(_)));
    assert!(matches!(purpose(&mut johan, "social").await.state.standing, Standing::Given(_)));
}

/// The pictures form in its next version, with something changed.
async fn next_version(site: &Site, version: u32, change: impl Fn(&mut FormDefinition)) -> FormDefinition {
    let published = site.store.published();
    let old =
        published.newest_forms().into_iter().find(|form| form.key == FormKey("pictures".into())).unwrap();
    let mut form = FormDefinition { version, ..FormDefinition::clone(old) };
    change(&mut form);
    publish::publish_form(&site.store, &form).await.unwrap();
    site.store.reload_published().await.unwrap();
    form
}

fn pictures(home: &HomeOut) -> &TaskOut {
    let is_it = |task: &&TaskOut| task.form.key.as_str() == "pictures" && task.child == Some(ella());
    home.tasks.iter().find(is_it).unwrap()
}

async fn a_text_that_means_something_else_is_asked_anew_and_other_words_are_not(site: Site) {
    let (mut sara, mut johan) =
        (site.sign_in(Cast::SaraLindqvist).await, site.sign_in(Cast::JohanLindqvist).await);
    says(&mut sara, 1, true).await;
    says(&mut johan, 2, true).await;
    let say = |form: &mut FormDefinition, words: &str| {
        form.acts[0].fields[0].help.as_mut().unwrap().0.insert(Locale::Sv, words.to_owned());
    };
    let asks = |version: u32| {
        move |old: &Round| {
            let mut round = old.clone();
            round
                .forms
                .iter_mut()
                .filter(|form| form.key.as_str() == "pictures")
                .for_each(|form| form.version = version);
            round
        }
    };
    // The same meaning in other words: everything stands.
    next_version(&site, 2, |form| {
        say(form, "Bilder och film där man känner igen barnet.");
        form.acts[0].reworded = true;
    })
    .await;
    new_round(&site, 2, asks(2)).await;
    assert!(matches!(purpose(&mut sara, "web").await.state.standing, Standing::Given(_)));
    // Another meaning: the one purpose is asked anew, the others stand.
    next_version(&site, 3, |form| {
        say(form, "Bilder och film där barnet kan kännas igen, också i reklam.");
        form.acts[0].reworded = false;
    })
    .await;
    new_round(&site, 3, asks(3)).await;
    assert_eq!(purpose(&mut sara, "web").await.state.standing, Standing::NotAnswered);
    assert!(matches!(purpose(&mut sara, "social").await.state.standing, Standing::Given(_)));
    let home = sara.get::<GetHome>(&()).await;
    assert_eq!(pictures(&home).mine, MyPart::ToDo);
    says(&mut sara, 3, true).await;
    let web = purpose(&mut sara, "web").await;
    assert_eq!((web.state.standing, web.records.len()), (Standing::Waiting, 3));
    assert_eq!(web.records[0].own.as_ref().unwrap().version, 3);
    // What did not change is not written again.
    assert_eq!(purpose(&mut sara, "social").await.records.len(), 2);
    assert_eq!(pictures(&sara.get::<GetHome>(&()).await).mine, MyPart::Done);
}

/// A decision about one purpose, as the program sends it that knows what `home` shows.
fn one(home: &HomeOut, field: &FieldKey, yes: bool) -> SubmissionContent {
    let mut content = no(home, home.round.as_ref().unwrap().id, field.as_str());
    content.acts[0].answers.set(field, Some(Value::Flag(yes)));
    content.acts[0].base.retain(|key, _| key == field);
    content
}

async fn puts(browser: &mut Browser, number: u128, content: &SubmissionContent, status: u16) -> Reply {
    let reply = browser.put::<PutSubmission>(&submission(number), bytes(content.clone())).await;
    assert_eq!(reply.status, status, "{number}: {}", String::from_utf8_lossy(&reply.body));
    reply
}

async fn a_yes_that_did_not_know_of_a_no_does_not_undo_it(site: Site) {
    let web = FieldKey("web".into());
    let mut phone = site.sign_in(Cast::SaraLindqvist).await;
    let mut laptop = site.sign_in(Cast::SaraLindqvist).await;
    let nothing_known = phone.get::<GetHome>(&()).await;
    says(&mut phone, 1, true).await;
    let home = phone.get::<GetHome>(&()).await;
    // The first waits at the phone from before there was any answer, the second from when her yes stood, and the last is of a
    // program that names no base. Meanwhile she says no at the laptop.
    let mut old = one(&home, &web, true);
    old.acts[0].base = Map::new();
    site.later(1);
    puts(&mut laptop, 2, &one(&home, &web, false), 200).await;
    let said = purpose(&mut laptop, "web").await.state.mine.unwrap();
    let before = contents(&site).await;
    for (number, waited) in [(3, &one(&nothing_known, &web, true)), (4, &one(&home, &web, true)), (5, &old)] {
        let reply = puts(&mut phone, number, waited, 412).await;
        reply.refused(412, ErrorCode::Stale);
        let [conflict] = reply.error().conflicts.try_into().unwrap();
        assert_eq!((conflict.path.as_str(), conflict.from), ("acts.0.web", Provenance::You));
        assert_eq!((conflict.theirs, conflict.at), (Some(Value::Flag(false)), said.at));
        assert_eq!(conflict.version, 0, "an older program would send it with the yes");
    }
    assert_eq!(contents(&site).await, before);

    // A no needs to know of nothing, and a yes is taken from whoever has seen the no.
    old.acts[0].answers.set(&web, Some(Value::Flag(false)));
    puts(&mut phone, 6, &old, 200).await;
    let home = phone.get::<GetHome>(&()).await;
    puts(&mut phone, 7, &one(&home, &web, true), 200).await;
    assert!(purpose(&mut phone, "web").await.state.mine.unwrap().choice.is_yes());

    // Of two that wait at one device the later names the earlier; not of one that somebody said elsewhere.
    puts(&mut phone, 8, &one(&home, &web, false), 200).await;
    let mut yes = one(&home, &web, true);
    yes.supersedes = Some(submission(7));
    puts(&mut phone, 9, &yes, 412).await;
    yes.supersedes = Some(submission(8));
    puts(&mut phone, 10, &yes, 200).await;
    // The same again is the same receipt, whatever she has said since.
    let home = phone.get::<GetHome>(&()).await;
    puts(&mut laptop, 11, &one(&home, &web, false), 200).await;
    puts(&mut phone, 10, &yes, 200).await;
    assert!(!purpose(&mut phone, "web").await.state.mine.unwrap().choice.is_yes());
}

async fn of_a_yes_and_a_no_at_the_same_moment_the_no_stands(site: Site) {
    let mut phone = site.sign_in(Cast::SaraLindqvist).await;
    let home = phone.get::<GetHome>(&()).await;
    let all = |yes| {
        let mut content = answer(&home, Some(ella()), yes);
        content.acts.retain(|act| act.form.key.as_str() == "pictures");
        bytes(content)
    };
    let pages = (1..13).map(|number| {
        let (mut page, body) = (phone.another_page(), all(number % 2 == 0));
        tokio::spawn(
            async move { page.put::<PutSubmission>(&submission(number), body).await.status.as_u16() },
        )
    });
    for page in pages.collect::<Vec<_>>() {
        assert!(matches!(page.await.unwrap(), 200 | 412));
    }
    let home = phone.get::<GetHome>(&()).await;
    let said: Vec<_> = pictures(&home).purposes.values().map(|state| state.mine.clone().unwrap()).collect();
    assert!(!said.is_empty() && said.iter().all(|mine| !mine.choice.is_yes()), "{said:?}");
}
