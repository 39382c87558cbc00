//! What the principal has sent and decided before. Called by the use cases of guardians.

use super::answers::Answers;
use super::decisions::decision;
use super::entity::{act_answer, submission};
use super::{Store, StoreError};
use crate::policy::Principal;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use skolstart_shared::consent::{ConsentDecision, ConsentPurpose};
use skolstart_shared::form::{ActKey, FormKey};
use skolstart_shared::id::{PersonId, RoundId, SubmissionId};
use skolstart_shared::submission::ContentHash;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// A submission that was sent before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentBefore {
    /// True when the principal sent it.
    pub mine: bool,
    /// The hash of its content.
    pub hash: ContentHash,
    /// Its receipt, byte for byte.
    pub receipt: String,
}

/// The acts that somebody has answered: the subject, the form and the act.
pub type AnsweredActs = HashSet<(PersonId, FormKey, ActKey)>;

impl Store {
    /// The submission with this id, if there is one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn sent_before(
        &self,
        me: &Principal,
        id: SubmissionId,
    ) -> Result<Option<SentBefore>, StoreError> {
        use submission::Column::{ContentHash as Hash, Receipt, SenderId};
        let found: Option<(Uuid, String, String)> = submission::Entity::find_by_id(id.0)
            .select_only()
            .columns([SenderId, Hash, Receipt])
            .into_tuple()
            .one(self.db())
            .await?;
        Ok(found.map(|(sender, hash, receipt)| SentBefore {
            mine: sender == me.person().0,
            hash: ContentHash(hash),
            receipt,
        }))
    }

    /// What the principal decided last about each purpose, for the children she decides for, and with which submission.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn own_decisions(
        &self,
        me: &Principal,
    ) -> Result<HashMap<(PersonId, ConsentPurpose), (ConsentDecision, SubmissionId)>, StoreError> {
        let children = me.children().iter().map(|child| child.0).collect();
        let rows = self.inner.memory.decisions.about(children, self.reader.sight()).await?;
        let mine = rows.iter().filter(|row| row.by_id == me.person().0);
        let mine = mine.map(|row| {
            let decision = decision(row)?;
            let sent = SubmissionId(row.submission_id);
            Ok(((PersonId(row.child_id), decision.purpose.clone()), (decision, sent)))
        });
        mine.collect()
    }

    /// What has been answered in these forms about the principal and the children she decides for, by anybody and in whatever
    /// round.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn answers_about_own(&self, me: &Principal, forms: &[FormKey]) -> Result<Answers, StoreError> {
        let about: Vec<Uuid> = me.children().iter().chain([&me.person()]).map(|person| person.0).collect();
        Answers::in_forms(self.db(), &about, forms).await
    }

    /// The acts of a round that the principal has answered.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn own_answers(&self, me: &Principal, round: RoundId) -> Result<AnsweredActs, StoreError> {
        let rows = act_answer::Entity::find()
            .filter(act_answer::Column::SignerId.eq(me.person().0))
            .filter(act_answer::Column::RoundId.eq(round.0))
            .all(self.db())
            .await?;
        let acts = rows
            .into_iter()
            .map(|row| (PersonId(row.subject_id), FormKey(row.form_key), ActKey(row.act_key)));
        Ok(acts.collect())
    }
}
