use crate::policy::Principal;
use crate::store::entity::act_answer;
use crate::store::{Store, StoreError, rows};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use skolstart_shared::form::{ActKey, Answers, FormKey, FormRef};
use skolstart_shared::id::{PersonId, SubmissionId};
use skolstart_shared::submission::ActAnswer;
use std::collections::HashMap;
use uuid::Uuid;

/// What was answered last to an act about a person, by anybody, with the version of the form that it was given on.
pub type AnsweredBefore = HashMap<(PersonId, FormKey, ActKey), (FormRef, Answers)>;

impl Store {
    /// What was last answered to these acts about the principal and her children, by whoever answered last, in any round.
    /// It is for seeing what has changed, and is told to nobody.
    ///
    /// # Errors
    /// When the database cannot be read, or a sealed value was altered.
    pub async fn answered_before(
        &self,
        me: &Principal,
        acts: &[(FormKey, ActKey)],
    ) -> Result<AnsweredBefore, StoreError> {
        use act_answer::Column::{ActKey as Act, At, FormKey as Form, SubjectId};
        let everybody = me.children().iter().copied().chain([me.person()]);
        let query = act_answer::Entity::find()
            .filter(SubjectId.is_in(rows::for_in(everybody.map(|person| person.0))))
            .filter(Form.is_in(acts.iter().map(|(form, _)| form.as_str())))
            .filter(Act.is_in(acts.iter().map(|(_, act)| act.as_str())))
            .order_by_asc(At);
        let mut latest: HashMap<(PersonId, FormKey, ActKey), Uuid> = HashMap::new();
        for row in query.all(self.db()).await? {
            let of = (PersonId(row.subject_id), FormKey(row.form_key), ActKey(row.act_key));
            latest.insert(of, row.submission_id);
        }
        self.answers_of(latest).await
    }

    async fn answers_of(
        &self,
        latest: HashMap<(PersonId, FormKey, ActKey), Uuid>,
    ) -> Result<AnsweredBefore, StoreError> {
        if latest.is_empty() {
            return Ok(AnsweredBefore::new());
        }
        // What staff took down has no submission, and is looked at as if nothing had been answered.
        let contents = self.contents(&rows::distinct(latest.values().copied())).await?;
        let found = latest.into_iter().filter_map(|((subject, form, act), id)| {
            let is_it = |sent: &&ActAnswer| {
                let about = sent.child.is_none_or(|child| child == subject);
                about && sent.form.key == form && sent.act == act
            };
            let sent = contents.get(&SubmissionId(id))?.acts.iter().find(is_it)?;
            Some(((subject, form.clone(), act.clone()), (sent.form.clone(), sent.answers.clone())))
        });
        Ok(found.collect())
    }
}
