//! Consents: what shows them, what takes them back, and what makes them be asked anew.

use crate::answering::{answer, bytes, submission};
use crate::browser::Browser;
use crate::on_both;
use crate::site::Site;
use sha2::{Digest, Sha256};
use skolstart_server::demo::Cast;
use skolstart_server::usecase::{consents, publish};
use skolstart_shared::Locale;
use skolstart_shared::api::{
    ConsentOut, Endpoint, GetConsentReceipt, GetConsents, GetHome, HomeOut, Part, PutSubmission, TaskOut,
};
use skolstart_shared::consent::{ConsentChoice, Identified, SignedReceipt, Standing, consent_text};
use skolstart_shared::fact::Value;
use skolstart_shared::form::{FieldKey, FormDefinition, FormKey};
use skolstart_shared::id::{PersonId, RoundId};
use skolstart_shared::round::{MyPart, Round};
use skolstart_shared::submission::{ContentHash, SubmissionContent};
use uuid::Uuid;

on_both! {
    a_record_shows_the_text_that_was_read
    a_receipt_is_signed_and_only_the_one_who_decided_gets_it
    a_yes_is_taken_back_when_nothing_asks_for_it_any_more
    a_text_that_means_something_else_is_asked_anew_and_other_words_are_not
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
    // It still stands, she still sees it, and one tap still takes it back. A yes is not taken there.
    assert!(matches!(purpose(&mut sara, "web").await.state.standing, Standing::Given(_)));
    let mut yes = no(&before, round, "web");
    yes.acts[0].answers.0.values_mut().for_each(|value| *value = Value::Flag(true));
    assert_eq!(sara.put::<PutSubmission>(&submission(3), bytes(yes)).await.status, 404);
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
