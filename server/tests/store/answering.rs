//! What a guardian's program does: looks at what is known, fills in the acts, and sends them.

use super::families::{child, guardian, round_id};
use sha2::{Digest, Sha256};
use skolstart_server::policy::{Principal, principal};
use skolstart_server::store::Store;
use skolstart_server::usecase::submit::{ReceiptBytes, SubmitError, submit};
use skolstart_shared::Locale;
use skolstart_shared::fact::{Snapshot, Subject, Value};
use skolstart_shared::form::{Act, ActKind, Answers, Field, FieldKind, FormRef, Setting, example, prefill};
use skolstart_shared::id::{PersonId, SubmissionId};
use skolstart_shared::receipt::Receipt;
use skolstart_shared::submission::{ActAnswer, ContentHash, SubmissionContent, SubmissionIn};
use uuid::Uuid;

pub(crate) async fn sign_in(store: &Store, who: PersonId) -> Principal {
    principal(store, who, Locale::Sv, "request".to_owned()).await.unwrap().unwrap()
}

pub(crate) async fn first_guardian(store: &Store, family: usize) -> Principal {
    sign_in(store, guardian(family, false)).await
}

/// A right value for a field. `variant` makes another one.
fn some_value(field: &Field, variant: usize, consent: bool, setting: &Setting) -> Option<Value> {
    match &field.kind {
        FieldKind::Consent { .. } => Some(Value::Flag(consent)),
        _ => example(field, variant, setting),
    }
}

/// An act answered in whole, upon what the guardian knows.
pub(crate) async fn answer(
    store: &Store,
    me: &Principal,
    form: &FormRef,
    act: &Act,
    about: PersonId,
    variant: usize,
    consent: bool,
) -> ActAnswer {
    let today = store.clock().today();
    let children = store.own_children(me, today).await.unwrap();
    let snapshots = store.snapshots_of_own(me).await.unwrap();
    let (subject, setting) = match act.subject {
        Subject::Child => (about, children[&about].setting(today)),
        Subject::Guardian => (me.person(), Setting::of_nobody(today)),
    };
    let none = Snapshot::default();
    let published = store.published();
    let snapshot = (subject, snapshots.get(&subject).unwrap_or(&none));
    let known = prefill(act, snapshot, published.catalogue(), me.person(), &setting);
    let given = |field: &Field| Some((field.key.clone(), some_value(field, variant, consent, &setting)?));
    let answers: Answers = act.fields.iter().filter_map(given).collect();
    ActAnswer {
        form: form.clone(),
        act: act.key.clone(),
        child: (act.subject == Subject::Child).then_some(about),
        answers,
        base: known.into_iter().map(|(key, known)| (key, known.version)).collect(),
    }
}

/// Every act of the round for one child and the guardian herself.
pub(crate) async fn everything(
    store: &Store,
    me: &Principal,
    about: PersonId,
    variant: usize,
    consent: bool,
) -> Vec<ActAnswer> {
    let published = store.published();
    let round = published.round(round_id()).unwrap().clone();
    let mut acts = Vec::new();
    for (form, act) in published.acts_of(&round) {
        acts.push(answer(store, me, &form.reference(), act, about, variant, consent).await);
    }
    acts
}

/// The act of consent alone.
pub(crate) async fn consent(store: &Store, me: &Principal, about: PersonId, yes: bool) -> Vec<ActAnswer> {
    of_kind(store, me, about, ActKind::Consent, 0, yes).await
}

pub(crate) async fn of_kind(
    store: &Store,
    me: &Principal,
    about: PersonId,
    kind: ActKind,
    variant: usize,
    yes: bool,
) -> Vec<ActAnswer> {
    let published = store.published();
    let all = everything(store, me, about, variant, yes).await;
    let is_kind = |sent: &ActAnswer| published.form(&sent.form).unwrap().act(&sent.act).unwrap().kind == kind;
    all.into_iter().filter(is_kind).collect()
}

pub(crate) fn envelope(acts: Vec<ActAnswer>) -> SubmissionIn {
    let content = SubmissionContent { round: round_id(), locale: Locale::Sv, acts, supersedes: None };
    let hash = ContentHash::of_digest(&Sha256::digest(content.canonical_bytes().unwrap()));
    SubmissionIn { content, hash }
}

pub(crate) fn fresh_id(store: &Store) -> SubmissionId {
    SubmissionId(store.ids().next().unwrap())
}

pub(crate) async fn send(
    store: &Store,
    me: &Principal,
    acts: Vec<ActAnswer>,
) -> Result<ReceiptBytes, SubmitError> {
    submit(store, me, fresh_id(store), envelope(acts)).await
}

/// As [`send`], changing what an earlier submission said.
pub(crate) async fn change(
    store: &Store,
    me: &Principal,
    acts: Vec<ActAnswer>,
    before: &ReceiptBytes,
) -> Result<ReceiptBytes, SubmitError> {
    let mut content = envelope(acts).content;
    content.supersedes = Some(read(before).submission);
    let hash = ContentHash::of_digest(&Sha256::digest(content.canonical_bytes().unwrap()));
    submit(store, me, fresh_id(store), SubmissionIn { content, hash }).await
}

pub(crate) fn read(receipt: &ReceiptBytes) -> Receipt {
    serde_json::from_str(&receipt.0).unwrap()
}

/// A child that nobody has.
pub(crate) fn nobody() -> PersonId {
    PersonId(Uuid::from_u128(u128::from_be_bytes([9; 16]) + child(0).0.as_u128() % 7))
}
