//! Forms that nobody has to answer: named at home, opened when needed, sent alone.

use crate::answering::{answer_by, bytes, submission};
use crate::on_both;
use crate::site::Site;
use skolstart_server::demo::Cast;
use skolstart_shared::api::{Endpoint, GetHome, GetOffer, HomeOut, OfferedOut, PutSubmission};
use skolstart_shared::fact::Value;
use skolstart_shared::form::{FieldKind, FormKey, example};
use skolstart_shared::id::PersonId;
use skolstart_shared::round::{MyPart, TaskStatus};

on_both! {
    offers_are_named_and_not_counted an_application_is_opened_sent_alone_and_asked_of_the_other_guardian
    what_is_not_on_offer_is_not_there what_comes_after_another_act_waits_for_it
}

fn key(form: &str) -> FormKey {
    FormKey(form.to_owned())
}

fn ella() -> PersonId {
    PersonId(Cast::EllaLindqvist.id())
}

async fn offers_are_named_and_not_counted(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    let of = |form: &str| home.offers.iter().filter(|offer| offer.form == key(form)).collect::<Vec<_>>();
    assert!(of("leave").iter().any(|offer| offer.child == Some(ella())));
    assert_eq!(of("income").iter().map(|offer| offer.child).collect::<Vec<_>>(), [None], "a household's own");
    assert!(of("extra-funding").is_empty(), "only staff apply");
    assert!(of("contact-details").is_empty(), "the round asks for it");
    assert_eq!(home.begun, []);
    assert!(home.forms.iter().all(|form| !form.is_on_demand()), "forms come when they are opened");
    assert!(home.tasks.iter().all(|task| task.mine != MyPart::MayDo));
    let bytes = sara.get_path(&GetHome::path(&())).await.body.len();
    let offers = serde_json::to_vec(&home.offers).unwrap().len();
    assert!(offers * 3 < bytes, "{offers} of {bytes} bytes");
}

/// The home with the opened form alone in it.
fn only(home: &HomeOut, opened: OfferedOut) -> HomeOut {
    HomeOut { forms: vec![opened.form], tasks: opened.tasks, ..home.clone() }
}

async fn an_application_is_opened_sent_alone_and_asked_of_the_other_guardian(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    let to_do = home.tasks.iter().filter(|task| task.mine == MyPart::ToDo).count();
    let opened = sara.get::<GetOffer>(&key("exemption")).await;
    assert!(opened.tasks.iter().all(|task| task.mine == MyPart::MayDo));
    let content = answer_by(&only(&home, opened), Some(ella()), &|field, known, setting| {
        known.or_else(|| match field.kind {
            FieldKind::LongText { .. } => Some(Value::Text("Prov".to_owned())),
            _ => example(field, 0, setting),
        })
    });
    let reply = sara.put::<PutSubmission>(&submission(71), bytes(content)).await;
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));

    let after = sara.get::<GetHome>(&()).await;
    assert_eq!(
        after.tasks.iter().filter(|task| task.mine == MyPart::ToDo).count(),
        to_do,
        "nothing more to do"
    );
    let task = |home: &HomeOut| {
        let is_it = |task: &&skolstart_shared::api::TaskOut| task.form.key == key("exemption");
        let found: Vec<_> = home.tasks.iter().filter(is_it).cloned().collect();
        assert_eq!(found.len(), 1, "about Ella alone");
        assert!(home.begun.iter().any(|form| form.key == key("exemption")));
        found[0].clone()
    };
    let mine = task(&after);
    assert_eq!((mine.mine, mine.status), (MyPart::Done, TaskStatus::WaitingForOther));
    let mut johan = site.sign_in(Cast::JohanLindqvist).await;
    let his = task(&johan.get::<GetHome>(&()).await);
    assert_eq!((his.child, his.mine), (Some(ella()), MyPart::ToDo), "he is asked too");
}

async fn what_is_not_on_offer_is_not_there(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    for form in ["contact-details", "extra-funding", "nothing"] {
        assert_eq!(sara.get_path(&GetOffer::path(&key(form))).await.status, 404, "{form}");
    }
}

async fn what_comes_after_another_act_waits_for_it(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let opened = sara.get::<GetOffer>(&key("device-loan")).await;
    let mine = |act: &str| {
        let is_it =
            |task: &&skolstart_shared::api::TaskOut| task.act.as_str() == act && task.child == Some(ella());
        opened.tasks.iter().find(is_it).map(|task| task.mine)
    };
    assert_eq!(mine("details"), Some(MyPart::MayDo));
    assert_eq!(mine("hand-out"), Some(MyPart::Waits), "staff have their part");
    assert_eq!(mine("receipt"), Some(MyPart::Waits), "nothing has been handed out");
}
