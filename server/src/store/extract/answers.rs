//! What guardians have answered about a child: it stands in what they have sent, among what is about others.

use super::{Desk, ExtractRow, Section};
use crate::store::entity::submission;
use crate::store::{Published, StoreError, sent};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::Value as Json;
use skolstart_shared::Timestamp;
use skolstart_shared::fact::ElementKey;
use skolstart_shared::id::PersonId;
use skolstart_shared::submission::ActAnswer;
use uuid::Uuid;

impl Desk<'_> {
    /// One row for each answer about the person that somebody else has sent.
    pub(super) async fn answers_about(&self) -> Result<Section, StoreError> {
        let mut section = Section { table: "answers_about".to_owned(), rows: Vec::new(), withheld: 0 };
        let sent = submission::Entity::find()
            .filter(submission::Column::SenderId.is_in(self.others.guardians()))
            .order_by_asc(submission::Column::ReceivedAt)
            .all(self.store.db())
            .await?;
        let published = self.store.published();
        for row in sent {
            let content = sent::open(self.store.sealer(), &row)?;
            for answer in content.acts.iter().filter(|act| act.child == Some(PersonId(self.who))) {
                for (field, value) in &answer.answers.0 {
                    let told = self.may_tell_answer(&published, row.sender_id, answer, field);
                    section.withheld += usize::from(!told);
                    let value = serde_json::to_value(value).map_err(|_| StoreError::Corrupt("submission"))?;
                    section.rows.push(line(&row, answer, field.as_str(), told.then_some(value)));
                }
            }
        }
        Ok(section)
    }

    fn may_tell_answer(
        &self,
        published: &Published,
        sender: Uuid,
        answer: &ActAnswer,
        field: &skolstart_shared::form::FieldKey,
    ) -> bool {
        if Some(sender) == self.to {
            return true;
        }
        let act = published.form(&answer.form).and_then(|form| form.act(&answer.act));
        let element: Option<&ElementKey> =
            act.and_then(|act| act.field(field)).and_then(|field| field.element.as_ref());
        self.may_tell(Some(sender), element.map(|element| element.0.as_str()))
    }
}

fn line(row: &submission::Model, answer: &ActAnswer, field: &str, value: Option<Json>) -> ExtractRow {
    let at = Timestamp::from_millis(row.received_at).to_string();
    [
        ("at", at.into()),
        ("form_key", answer.form.key.0.clone().into()),
        ("form_version", answer.form.version.into()),
        ("act_key", answer.act.0.clone().into()),
        ("field_key", field.into()),
        ("value", value.unwrap_or(Json::Null)),
    ]
    .map(|(name, value): (&str, Json)| (name.to_owned(), value))
    .into()
}
