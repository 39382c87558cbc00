use crate::store::entity::todo;
use crate::store::{StoreError, Transaction, rows};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use skolstart_shared::Date;
use skolstart_shared::access::Function;
use skolstart_shared::form::{ActKey, FormRef};
use skolstart_shared::id::PersonId;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Something that an answer sets in motion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedTodo {
    /// The child whose staff it is for.
    pub child: PersonId,
    /// Whom the answer was about.
    pub subject: PersonId,
    /// The form in the version that says what is to be done.
    pub form: FormRef,
    /// The act.
    pub act: ActKey,
    /// The place among the act's follow-ups.
    pub nr: u16,
    /// Whose task it is.
    pub function: Function,
    /// Until when.
    pub due: Date,
}

/// A planned todo with what it comes from.
pub(in crate::store) struct Opening<'a> {
    pub(in crate::store) planned: &'a PlannedTodo,
    /// Its id, if it is new.
    pub(in crate::store) id: Uuid,
    /// The answer.
    pub(in crate::store) cause: Uuid,
    pub(in crate::store) at: i64,
}

/// The same thing to do: form, act and place, about the same people.
type Same = (Uuid, Uuid, String, String, i32);

/// Opens what is planned. What is open already stays open, with the day that was set first, and is marked as asked for again:
/// whoever says that it is done without having seen the newer answer is told.
pub(in crate::store) async fn open(db: &Transaction, openings: &[Opening<'_>]) -> Result<(), StoreError> {
    use todo::Column::{AskedAt, CauseId, ChildId, DoneAt, FormVersion, Id};
    if openings.is_empty() {
        return Ok(());
    }
    let children = rows::for_in(openings.iter().map(|opening| opening.planned.child.0));
    let query = todo::Entity::find()
        .filter(ChildId.is_in(children))
        .filter(DoneAt.is_null())
        .order_by_asc(Id)
        .lock_exclusive();
    let mut standing: BTreeMap<Same, todo::Model> =
        query.all(db).await?.into_iter().map(|row| (same(&row), row)).collect();
    let mut touched: BTreeMap<Same, todo::Model> = BTreeMap::new();
    for opening in openings {
        let new = row(opening);
        let key = same(&new);
        let stands = touched.remove(&key).or_else(|| standing.remove(&key));
        let row = match stands {
            Some(stands) => todo::Model {
                form_version: new.form_version,
                asked_at: new.asked_at,
                cause_id: new.cause_id,
                ..stands
            },
            None => new,
        };
        touched.insert(key, row);
    }
    let rows = touched.into_values().map(IntoActiveModel::into_active_model).collect();
    Ok(rows::upsert::<todo::Entity>(db, rows, &[Id], &[FormVersion, AskedAt, CauseId]).await?)
}

fn same(row: &todo::Model) -> Same {
    (row.child_id, row.subject_id, row.form_key.clone(), row.act_key.clone(), row.nr)
}

fn row(opening: &Opening<'_>) -> todo::Model {
    let planned = opening.planned;
    todo::Model {
        id: opening.id,
        child_id: planned.child.0,
        subject_id: planned.subject.0,
        form_key: planned.form.key.0.clone(),
        form_version: i32::try_from(planned.form.version).unwrap_or(i32::MAX),
        act_key: planned.act.0.clone(),
        nr: i32::from(planned.nr),
        function: planned.function.as_str().to_owned(),
        opened_at: opening.at,
        asked_at: opening.at,
        due: planned.due.to_string(),
        cause_id: opening.cause,
        done_at: None,
        done_by: None,
    }
}
