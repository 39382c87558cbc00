//! What was asked and answered, and what was consented to, with the words that were read.

use super::said::said;
use super::words::word;
use crate::store::{ArchivedChild, ArchivedSubmission, ExtractRow, Published};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use skolstart_shared::Locale;
use skolstart_shared::consent::consent_text;
use skolstart_shared::fact::Value;
use skolstart_shared::form::{Act, ActKey, FieldKey, FormKey, FormRef};
use skolstart_shared::submission::{ActAnswer, ContentHash};
use std::collections::BTreeSet;

/// What was sent, oldest first.
pub(super) fn submissions(published: &Published, child: &ArchivedChild) -> Vec<Json> {
    let sent = |sent: &ArchivedSubmission| {
        let acts = sent.acts.iter().map(|act| answer(published, child, sent, act));
        json!({
            "id": sent.id, "receipt-number": sent.number, "received-at": sent.received.to_string(),
            "sent-by": sent.sender, "round": sent.round, "language": sent.locale,
            "content-hash": sent.content_hash, "supersedes": sent.supersedes, "receipt": sent.receipt,
            "acts": acts.collect::<Vec<_>>(), "answers-about-other-children": sent.about_others,
        })
    };
    child.submissions.iter().map(sent).collect()
}

fn answer(
    published: &Published,
    child: &ArchivedChild,
    sent: &ArchivedSubmission,
    answer: &ActAnswer,
) -> Json {
    let form = published.form(&answer.form);
    let act = form.and_then(|form| form.act(&answer.act));
    let place = |key: &FieldKey| act.and_then(|act| act.fields.iter().position(|field| field.key == *key));
    let mut fields: Vec<(&FieldKey, &Value)> = answer.answers.0.iter().collect();
    fields.sort_by_key(|(key, _)| place(key).unwrap_or(usize::MAX));
    let fields = fields.into_iter().map(|(key, value)| {
        let field = act.and_then(|act| act.field(key));
        json!({
            "key": key,
            "question": field.map_or(key.as_str(), |field| field.label.get(Locale::Sv)),
            "help": field.and_then(|field| field.help.as_ref()).map(|help| help.get(Locale::Sv)),
            "element": field.and_then(|field| field.element.as_ref()),
            "answer": value,
            "in-words": said(field, value, &child.places),
        })
    });
    let text = |of: fn(&Act) -> &str| act.map(of);
    json!({
        "form": answer.form.key, "version": answer.form.version, "act": answer.act,
        "form-title": form.map(|form| form.title.get(Locale::Sv)),
        "title": text(|act| act.title.get(Locale::Sv)),
        "kind": act.map(|act| act.kind), "purpose": text(|act| act.purpose.get(Locale::Sv)),
        "readers": text(|act| act.readers.get(Locale::Sv)), "law": text(|act| act.law.get(Locale::Sv)),
        "retention": text(|act| act.retention.as_str()),
        "about": answer.child.unwrap_or(sent.sender),
        "fields": fields.collect::<Vec<_>>(),
    })
}

/// The ids of files that an answer names and that are not there any more.
pub(super) fn missing(child: &ArchivedChild, files: &[Json]) -> Vec<Json> {
    let there: BTreeSet<&str> = files.iter().filter_map(|file| file.get("id")?.as_str()).collect();
    let acts = child.submissions.iter().flat_map(|sent| &sent.acts);
    let named: BTreeSet<String> =
        acts.flat_map(|act| act.answers.files()).map(|file| file.id.to_string()).collect();
    named.into_iter().filter(|id| !there.contains(id.as_str())).map(Json::from).collect()
}

/// Each decision about a consent, with the text as it was read and whether its hash is the one that was noted.
pub(super) fn consents(published: &Published, child: &ArchivedChild) -> Vec<Json> {
    let section = child.sections.iter().find(|section| section.table == "consent_decision");
    let rows = section.map(|section| section.rows.as_slice()).unwrap_or_default();
    rows.iter().map(|row| consent(published, row)).collect()
}

fn consent(published: &Published, row: &ExtractRow) -> Json {
    let of =
        |name: &str| row.iter().find(|(column, _)| column == name).map_or(&Json::Null, |(_, value)| value);
    let text = |name: &str| of(name).as_str().unwrap_or_default();
    let locale = Locale::parse(text("locale")).ok();
    let version = of("form_version").as_u64().and_then(|version| u32::try_from(version).ok());
    let then = FormRef { key: FormKey(text("form_key").to_owned()), version: version.unwrap_or_default() };
    let form = published.form(&then);
    let act = form.and_then(|form| form.act(&ActKey(text("act_key").to_owned())));
    let field = act.and_then(|act| act.field(&FieldKey(text("field_key").to_owned())));
    let read = form
        .zip(act)
        .zip(field)
        .map(|((form, act), field)| consent_text(form, act, field, locale.unwrap_or_default()));
    let same = read.as_ref().map(|read| ContentHash::of_digest(&Sha256::digest(read)).0 == text("text_hash"));
    json!({
        "form": then.key, "version": then.version, "act": text("act_key"), "field": text("field_key"),
        "act-title": act.map(|act| act.title.get(Locale::Sv)),
        "question": field.map(|field| field.label.get(Locale::Sv)),
        "choice": text("choice"), "choice-in-words": word("choice", text("choice")),
        "at": of("at"), "by": of("by_id"), "role": text("role"), "identified": text("identified"),
        "taken-down-by": of("recorded_by"), "came-with": of("submission_id"),
        "language": of("locale"), "text-sha256": of("text_hash"),
        // Without a noted hash nothing is claimed.
        "text-is-the-noted-one": same.filter(|_| !of("text_hash").is_null()),
        "text": read.map(|read| read.split('\n').map(str::to_owned).collect::<Vec<_>>()),
    })
}
