//! What the principal has sent and decided before. Called by the use cases of guardians.

use super::entity::{act_answer, consent_decision, submission};
use super::{Store, StoreError};
use crate::policy::Principal;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use skolstart_shared::consent::{ConsentChoice, ConsentPurpose};
use skolstart_shared::form::{ActKey, FieldKey, FormKey};
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

    /// What the principal decided last about each purpose, for the children she decides for.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn own_decisions(
        &self,
        me: &Principal,
    ) -> Result<HashMap<(PersonId, ConsentPurpose), ConsentChoice>, StoreError> {
        use consent_decision::Column::{ById, ChildId, Seq};
        let rows = consent_decision::Entity::find()
            .filter(ChildId.is_in(me.children().iter().map(|child| child.0)))
            .filter(ById.eq(me.person().0))
            .order_by_asc(Seq)
            .all(self.db())
            .await?;
        let mut latest = HashMap::new();
        for row in rows {
            let choice =
                ConsentChoice::from_name(&row.choice).ok_or(StoreError::Corrupt("consent_decision"))?;
            let purpose = ConsentPurpose {
                form: FormKey(row.form_key),
                act: ActKey(row.act_key),
                field: FieldKey(row.field_key),
            };
            latest.insert((PersonId(row.child_id), purpose), choice);
        }
        Ok(latest)
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
