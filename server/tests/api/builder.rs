//! Building forms: drafts, two who write at once, four eyes, and what is published.

use crate::answering::submission;
use crate::browser::{Browser, Reply};
use crate::on_both;
use crate::site::Site;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use skolstart_server::demo::Cast;
use skolstart_shared::api::{
    ChangedBy, DiscardDraft, DiscardIn, DraftIn, DraftOut, DraftSaved, Endpoint, ErrorCode, FormFileIn,
    FormFileKind, FormFileOut, GetDraft, GetPublishedForm, LeftOutReason, ListForms, PutDraft, PutReview,
    ReadFormFile, ReviewIn,
};
use skolstart_shared::base64;
use skolstart_shared::form::builder::{DraftState, ReviewStep};
use skolstart_shared::form::{FormDefinition, FormKey};
use skolstart_shared::id::{ChangeId, DraftId};

on_both! {
    a_draft_is_saved_once_and_remembered
    who_was_second_is_told_and_loses_nothing
    nobody_publishes_alone
    a_draft_comes_back_with_a_note
    a_change_takes_the_question_back
    what_is_wrong_is_not_published
    what_is_thrown_away_is_gone
    a_file_is_read_or_says_where_it_stops
    a_survey_becomes_a_form_and_what_does_not_match_is_listed
}

pub(crate) fn draft(number: u128) -> DraftId {
    DraftId(submission(number).0)
}

fn review(number: u128) -> ChangeId {
    ChangeId(submission(number).0)
}

pub(crate) fn json<T: Serialize>(value: &T) -> Vec<u8> {
    serde_json::to_vec(value).unwrap()
}

pub(crate) fn read<T: DeserializeOwned>(reply: &Reply) -> T {
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    serde_json::from_slice(&reply.body).unwrap()
}

fn t(text: &str) -> Value {
    json!({"sv": text, "en": text})
}

/// A question that is asked of everybody about their child.
pub(crate) fn question(key: &str, required: bool) -> Value {
    json!({"key": key, "label": t(key), "kind": {"yes-no": {}}, "required": required})
}

/// A form that can be published.
pub(crate) fn form(key: &str, fields: &[Value]) -> FormDefinition {
    let definition = json!({"key": key, "version": 1, "title": t("Cykel"), "intro": t("Om cykling."), "acts": [{
        "key": "bike", "kind": "confirmation", "subject": "child", "title": t("Cykel"), "purpose": t("Varför"),
        "readers": t("Mentor"), "legal-basis": "public-interest", "law": t("Skollagen 1 kap."),
        "signers": "any-guardian", "retention": "school-year", "fields": fields}]});
    serde_json::from_value(definition).unwrap()
}

async fn save(browser: &mut Browser, id: DraftId, base: u32, form: &FormDefinition) -> Reply {
    browser.put::<PutDraft>(&id, json(&DraftIn { base, form: form.clone() })).await
}

async fn step(browser: &mut Browser, id: DraftId, number: u128, revision: u32, step: ReviewStep) -> Reply {
    browser.put::<PutReview>(&(id, review(number)), json(&ReviewIn { revision, step })).await
}

async fn discard(browser: &mut Browser, number: u128, revision: u32) -> Reply {
    browser.put::<DiscardDraft>(&draft(number), json(&DiscardIn { revision })).await
}

/// Publishes a form by four eyes. Ids from `number` on are taken.
pub(crate) async fn publish(site: &Site, number: u128, form: &FormDefinition) {
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let mut ingrid = site.sign_in(Cast::IngridDahl).await;
    let saved: DraftSaved = read(&save(&mut mats, draft(number), 0, form).await);
    read::<DraftOut>(&step(&mut mats, draft(number), number + 1, saved.revision, ReviewStep::Ask).await);
    read::<DraftOut>(
        &step(&mut ingrid, draft(number), number + 2, saved.revision, ReviewStep::Approve).await,
    );
}

/// A draft that is there to be read.
const STANDING: u128 = 90_000;

/// For the matrix: puts a draft there.
pub(crate) async fn begin(site: &Site) {
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    read::<DraftSaved>(
        &save(&mut mats, draft(STANDING), 0, &form("standing", &[question("q", false)])).await,
    );
}

/// For the matrix: what is right for whoever may do it, with ids of its own.
pub(crate) async fn ask(browser: &mut Browser, endpoint: &str, number: u128) -> Reply {
    let id = draft(number);
    match endpoint {
        "PutDraft" => save(browser, id, 0, &form(&format!("matrix-{number}"), &[question("q", false)])).await,
        "DiscardDraft" => {
            save(browser, id, 0, &form(&format!("matrix-{number}"), &[question("q", false)])).await;
            browser.put::<DiscardDraft>(&id, json(&DiscardIn { revision: 1 })).await
        }
        "PutReview" => {
            save(browser, id, 0, &form(&format!("matrix-{number}"), &[question("q", false)])).await;
            step(browser, id, number + 50_000, 1, ReviewStep::Ask).await
        }
        "GetDraft" => browser.get_path(&GetDraft::path(&draft(STANDING))).await,
        "ReadFormFile" => {
            browser
                .put::<ReadFormFile>(
                    &(),
                    json(&FormFileIn { kind: FormFileKind::Json, content: "{}".into() }),
                )
                .await
        }
        _ => browser.get_path(&GetPublishedForm::path(&(FormKey("swimming".into()), 1))).await,
    }
}

async fn a_draft_is_saved_once_and_remembered(site: Site) {
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let bike = form("bike", &[question("rides", false)]);
    let rows = site.store.verify_audit().await.unwrap().rows;
    for _ in 0..2 {
        // A lost answer: the same is sent again.
        let saved: DraftSaved = read(&save(&mut mats, draft(1), 0, &bike).await);
        assert_eq!((saved.revision, saved.version), (1, 1));
    }
    assert_eq!(site.store.verify_audit().await.unwrap().rows, rows + 1, "one change, one row");
    let longer = form("bike", &[question("rides", false), question("helmet", false)]);
    let saved: DraftSaved = read(&save(&mut mats, draft(1), 1, &longer).await);
    assert_eq!(saved.revision, 2);
    let mut ingrid = site.sign_in(Cast::IngridDahl).await;
    let seen = ingrid.get::<GetDraft>(&draft(1)).await;
    assert_eq!((seen.revision, seen.by, seen.state), (2, ChangedBy::Other, DraftState::Editing));
    assert_eq!(seen.form, longer);
    assert_eq!(seen.published, None);
    // Another draft of the same form would be two truths; the next version of a published one is no draft of another.
    let reply = save(&mut ingrid, draft(2), 0, &bike).await;
    reply.refused(422, ErrorCode::Invalid);
    assert_eq!(reply.error().violations[0].path, "key");
    let forms = ingrid.get::<ListForms>(&()).await;
    let newest = forms.published.iter().find(|form| form.form.key.as_str() == "leave").unwrap().form.clone();
    let leave = ingrid.get::<GetPublishedForm>(&(newest.key, newest.version)).await;
    let saved: DraftSaved = read(&save(&mut ingrid, draft(3), 0, &leave).await);
    assert_eq!(saved.version, newest.version + 1);
    let forms = ingrid.get::<ListForms>(&()).await;
    assert_eq!(forms.drafts.len(), 2);
    save(&mut ingrid, draft(4), 0, &form("Åre", &[])).await.refused(422, ErrorCode::Invalid);
}

async fn who_was_second_is_told_and_loses_nothing(site: Site) {
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let mut ingrid = site.sign_in(Cast::IngridDahl).await;
    read::<DraftSaved>(&save(&mut mats, draft(1), 0, &form("bike", &[])).await);
    let (hers, his) = (form("bike", &[question("hers", false)]), form("bike", &[question("his", false)]));
    read::<DraftSaved>(&save(&mut ingrid, draft(1), 1, &hers).await);
    save(&mut mats, draft(1), 1, &his).await.refused(412, ErrorCode::Stale);
    let theirs = mats.get::<GetDraft>(&draft(1)).await;
    assert_eq!((theirs.revision, &theirs.form), (2, &hers));
    // He has looked, and puts his on top.
    let saved: DraftSaved = read(&save(&mut mats, draft(1), theirs.revision, &his).await);
    assert_eq!(saved.revision, 3);
    assert_eq!(ingrid.get::<GetDraft>(&draft(1)).await.form, his);
}

async fn nobody_publishes_alone(site: Site) {
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let mut ingrid = site.sign_in(Cast::IngridDahl).await;
    let bike = form("bike", &[question("rides", true)]);
    read::<DraftSaved>(&save(&mut mats, draft(1), 0, &bike).await);
    step(&mut ingrid, draft(1), 10, 1, ReviewStep::Approve).await.refused(412, ErrorCode::Stale);
    for _ in 0..2 {
        let asked: DraftOut = read(&step(&mut mats, draft(1), 11, 1, ReviewStep::Ask).await);
        assert_eq!((asked.state, asked.reviews.len()), (DraftState::Asked, 1));
    }
    step(&mut mats, draft(1), 12, 1, ReviewStep::Approve).await.refused(403, ErrorCode::Forbidden);
    step(&mut mats, draft(1), 13, 1, ReviewStep::SendBack("Nej".into()))
        .await
        .refused(403, ErrorCode::Forbidden);
    step(&mut ingrid, draft(1), 11, 1, ReviewStep::Approve).await.refused(409, ErrorCode::HashMismatch);
    for _ in 0..2 {
        let done: DraftOut = read(&step(&mut ingrid, draft(1), 14, 1, ReviewStep::Approve).await);
        assert_eq!(done.state, DraftState::Published);
        assert_eq!(done.published.as_ref(), Some(&bike));
    }
    assert_eq!(mats.get::<GetPublishedForm>(&(FormKey("bike".into()), 1)).await, bike);
    save(&mut mats, draft(1), 1, &form("bike", &[])).await.refused(410, ErrorCode::Closed);
    step(&mut mats, draft(1), 15, 1, ReviewStep::Ask).await.refused(410, ErrorCode::Closed);
    discard(&mut mats, 1, 1).await.refused(404, ErrorCode::NotFound);
    assert!(mats.get::<ListForms>(&()).await.drafts.is_empty());
    // The next version is a draft of its own, and the first stands as it was.
    let next = form("bike", &[question("rides", true), question("helmet", false)]);
    publish(&site, 100, &next).await;
    assert_eq!(mats.get::<GetPublishedForm>(&(FormKey("bike".into()), 1)).await, bike);
    let second = mats.get::<GetPublishedForm>(&(FormKey("bike".into()), 2)).await;
    assert_eq!((second.version, &second.acts), (2, &next.acts));
    assert_eq!(site.store.verify_audit().await.unwrap().faults, []);
}

async fn a_draft_comes_back_with_a_note(site: Site) {
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let mut ingrid = site.sign_in(Cast::IngridDahl).await;
    read::<DraftSaved>(&save(&mut mats, draft(1), 0, &form("bike", &[question("rides", false)])).await);
    read::<DraftOut>(&step(&mut mats, draft(1), 10, 1, ReviewStep::Ask).await);
    let forms = ingrid.get::<ListForms>(&()).await;
    assert_eq!((forms.drafts[0].state, forms.drafts[0].mine), (DraftState::Asked, false));
    assert!(mats.get::<ListForms>(&()).await.drafts[0].mine);
    step(&mut ingrid, draft(1), 11, 1, ReviewStep::SendBack(" ".into()))
        .await
        .refused(422, ErrorCode::Invalid);
    let note = ReviewStep::SendBack("Fråga om hjälm också.".into());
    let back: DraftOut = read(&step(&mut ingrid, draft(1), 12, 1, note.clone()).await);
    assert_eq!(back.state, DraftState::SentBack);
    let seen = mats.get::<GetDraft>(&draft(1)).await;
    let last = seen.reviews.last().unwrap();
    assert_eq!((&last.step, last.by), (&note, ChangedBy::Other));
    read::<DraftOut>(&step(&mut mats, draft(1), 13, 1, ReviewStep::Ask).await);
    let taken: DraftOut = read(&step(&mut mats, draft(1), 14, 1, ReviewStep::Withdraw).await);
    assert_eq!(taken.state, DraftState::Editing);
    step(&mut ingrid, draft(1), 15, 1, ReviewStep::Approve).await.refused(412, ErrorCode::Stale);
}

async fn a_change_takes_the_question_back(site: Site) {
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let mut ingrid = site.sign_in(Cast::IngridDahl).await;
    read::<DraftSaved>(&save(&mut mats, draft(1), 0, &form("bike", &[question("rides", false)])).await);
    read::<DraftOut>(&step(&mut mats, draft(1), 10, 1, ReviewStep::Ask).await);
    let other = form("bike", &[question("walks", false)]);
    read::<DraftSaved>(&save(&mut mats, draft(1), 1, &other).await);
    assert_eq!(ingrid.get::<GetDraft>(&draft(1)).await.state, DraftState::Editing);
    for revision in [1, 2] {
        let reply =
            step(&mut ingrid, draft(1), 20 + u128::from(revision), revision, ReviewStep::Approve).await;
        reply.refused(412, ErrorCode::Stale);
    }
    assert!(
        !ingrid.get::<ListForms>(&()).await.published.iter().any(|form| form.form.key.as_str() == "bike")
    );
}

async fn what_is_wrong_is_not_published(site: Site) {
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let empty = form("bike", &[]);
    read::<DraftSaved>(&save(&mut mats, draft(1), 0, &empty).await);
    step(&mut mats, draft(1), 10, 1, ReviewStep::Ask).await.refused(422, ErrorCode::Invalid);
    step(&mut mats, draft(9), 11, 1, ReviewStep::Ask).await.refused(404, ErrorCode::NotFound);
    assert_eq!(mats.get::<GetDraft>(&draft(1)).await.reviews, vec![]);
}

async fn what_is_thrown_away_is_gone(site: Site) {
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let bike = form("bike", &[question("rides", false)]);
    read::<DraftSaved>(&save(&mut mats, draft(1), 0, &bike).await);
    read::<DraftSaved>(&save(&mut mats, draft(1), 1, &form("bike", &[])).await);
    discard(&mut mats, 1, 1).await.refused(412, ErrorCode::Stale);
    for _ in 0..2 {
        assert_eq!(discard(&mut mats, 1, 2).await.status, 200);
    }
    mats.get_path(&GetDraft::path(&draft(1))).await.refused(404, ErrorCode::NotFound);
    save(&mut mats, draft(1), 1, &bike).await.refused(410, ErrorCode::Closed);
    // Its key is free again.
    read::<DraftSaved>(&save(&mut mats, draft(2), 0, &bike).await);
}

fn json_file(content: &str) -> FormFileIn {
    FormFileIn { kind: FormFileKind::Json, content: content.to_owned() }
}

async fn a_survey_becomes_a_form_and_what_does_not_match_is_listed(site: Site) {
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let mut book = rust_xlsxwriter::Workbook::new();
    let survey = book.add_worksheet();
    survey.set_name("survey").unwrap();
    for (row, cells) in (0..).zip([
        ["type", "name", "label"],
        ["integer", "minutes", "Minuter"],
        ["geopoint", "place", "Plats"],
    ]) {
        for (column, cell) in (0..).zip(cells) {
            survey.write_string(row, column, cell).unwrap();
        }
    }
    let content = base64::encode(&book.save_to_buffer().unwrap());
    let file = FormFileIn { kind: FormFileKind::Xlsform, content };
    let found: FormFileOut = read(&mats.put::<ReadFormFile>(&(), json(&file)).await);
    assert_eq!(found.form.unwrap().acts[0].fields[0].key.as_str(), "minutes");
    let told: Vec<_> = found.left_out.iter().map(|one| (one.row, one.reason)).collect();
    assert_eq!(told, [(3, LeftOutReason::Kind)]);
    for content in ["not base64 !", "YWJj"] {
        let file = FormFileIn { kind: FormFileKind::Xlsform, content: content.to_owned() };
        mats.put::<ReadFormFile>(&(), json(&file)).await.refused(422, ErrorCode::Invalid);
    }
}

async fn a_file_is_read_or_says_where_it_stops(site: Site) {
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let bike = form("bike", &[question("rides", false)]);
    let content = serde_json::to_string_pretty(&bike).unwrap();
    let found: FormFileOut = read(&mats.put::<ReadFormFile>(&(), json(&json_file(&content))).await);
    assert_eq!((found.form, found.fault), (Some(bike), None));
    let content = content.replacen("\"yes-no\"", "\"maybe\"", 1);
    let found: FormFileOut = read(&mats.put::<ReadFormFile>(&(), json(&json_file(&content))).await);
    let fault = found.fault.unwrap();
    assert!(found.form.is_none() && fault.line > 20, "{fault:?}");
    assert!(fault.reason.contains("maybe"), "{fault:?}");
}
