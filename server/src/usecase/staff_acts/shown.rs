//! What staff have answered, as the family is shown it: only where somebody in the family then answers to it.

use crate::policy::{Grant, ReadHome};
use crate::store::{HomeFile, Published, Store, StoreError};
use skolstart_shared::Map;
use skolstart_shared::Timestamp;
use skolstart_shared::fact::{Freshness, Provenance, Value};
use skolstart_shared::form::{Act, FieldKey, FormDefinition, Known};
use skolstart_shared::id::{PersonId, SubmissionId};
use skolstart_shared::round::{Round, SignerAnswer};
use skolstart_shared::submission::SubmissionContent;
use std::collections::HashMap;

/// What staff have sent in acts that the family then answers to.
#[derive(Default)]
pub(in crate::usecase) struct BySchool(HashMap<SubmissionId, SubmissionContent>);

impl BySchool {
    /// What is shown of such an act. `None`: the act is not one of them.
    pub(in crate::usecase) fn shown(
        &self,
        form: &FormDefinition,
        act: &Act,
        child: PersonId,
        answers: &[(SignerAnswer, SubmissionId)],
    ) -> Option<Map<FieldKey, Known>> {
        if !form.is_shown_to_family(act) {
            return None;
        }
        let last = answers.iter().max_by_key(|(answer, _)| answer.at);
        let content = last.and_then(|(answer, sent)| Some((answer.at, self.0.get(sent)?)));
        Some(content.map(|(at, content)| known(form, act, child, content, at)).unwrap_or_default())
    }
}

/// What staff have answered about the children in acts that the family then answers to. Nearly always there is nothing, and
/// then nothing is read.
pub(in crate::usecase) async fn answered_by_school(
    store: &Store,
    grant: &Grant<ReadHome>,
    published: &Published,
    round: &Round,
    file: &HomeFile,
) -> Result<BySchool, StoreError> {
    let of_round = published.forms_of(round).map(AsRef::as_ref);
    let forms = of_round.chain(published.offered().map(AsRef::as_ref));
    let acts = forms.flat_map(|form: &FormDefinition| form.acts.iter().map(move |act| (form, act)));
    let acts: Vec<_> = acts.filter(|(form, act)| form.is_shown_to_family(act)).collect();
    let mut sent: Vec<SubmissionId> = Vec::new();
    for child in &file.children {
        for (form, act) in &acts {
            let answers = file.answers.of(child.id, round.id, &form.key, act);
            sent.extend(answers.iter().map(|(_, sent)| *sent));
        }
    }
    Ok(BySchool(store.answered_by_school(grant, &sent).await?))
}

fn known(
    form: &FormDefinition,
    act: &Act,
    child: PersonId,
    content: &SubmissionContent,
    at: Timestamp,
) -> Map<FieldKey, Known> {
    let sent = content
        .acts
        .iter()
        .find(|sent| sent.form.key == form.key && sent.act == act.key && sent.child == Some(child));
    let known = |value: &Value| Known {
        value: value.clone(),
        since: at,
        from: Provenance::Staff,
        freshness: Freshness::Known,
        version: 0,
        others: Vec::new(),
    };
    let answers = sent.into_iter().flat_map(|sent| sent.answers.0.iter());
    answers.map(|(field, value)| (field.clone(), known(value))).collect()
}
