use crate::policy::{Grant, HandleTodos, Scope};
use crate::store::entity::{todo, todo_mark};
use crate::store::read::{child_records_of, persons_of};
use crate::store::rows::{MOST_IDS, distinct};
use crate::store::{ChildRecord, PersonRecord, Store, StoreError};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use skolstart_shared::access::Function;
use skolstart_shared::form::{ActKey, FormKey, FormRef};
use skolstart_shared::id::{PersonId, SubmissionId, TodoId};
use skolstart_shared::submission::SubmissionContent;
use skolstart_shared::{Date, Timestamp};
use std::collections::HashMap;
use uuid::Uuid;

const CORRUPT: StoreError = StoreError::Corrupt("todo");

/// Something to do, as it stands.
#[derive(Clone, Debug)]
pub struct TodoRecord {
    /// Its id.
    pub id: TodoId,
    /// The child whose staff it is for.
    pub child: PersonId,
    /// Whom the answer was about.
    pub subject: PersonId,
    /// The form in the version that says what is to be done.
    pub form: FormRef,
    /// The act.
    pub act: ActKey,
    /// The place among the act's follow-ups.
    pub nr: usize,
    /// Whose task it is.
    pub function: Function,
    /// When it was set in motion.
    pub opened: Timestamp,
    /// When an answer last asked for it.
    pub asked: Timestamp,
    /// Until when.
    pub due: Date,
    /// When it was done, if it is.
    pub done: Option<Timestamp>,
    /// Whether it was last said to be done or not, by whom and when.
    pub last: Option<(bool, PersonId, Timestamp)>,
    /// What last asked for it: a submission, or something else that was written.
    cause: SubmissionId,
}

/// Things to do with those they are about.
#[derive(Default)]
pub struct TodoList {
    /// The things, in no order.
    pub todos: Vec<TodoRecord>,
    /// The children, by id.
    pub children: HashMap<PersonId, ChildRecord>,
    /// The children, those who decide for them, and everybody who has said that something is done.
    pub people: HashMap<PersonId, PersonRecord>,
}

impl Store {
    /// What is to be done for the children that the grant reaches, and what was done since `since`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn todos(
        &self,
        grant: &Grant<HandleTodos>,
        since: Timestamp,
        today: Date,
    ) -> Result<TodoList, StoreError> {
        let lately = Condition::any()
            .add(todo::Column::DoneAt.is_null())
            .add(todo::Column::DoneAt.gte(since.as_millis()));
        let query = todo::Entity::find().filter(lately);
        let rows = match grant.scope() {
            // Nobody else works with the whole municipality.
            Scope::Municipality => {
                let officers = todo::Column::Function.eq(Function::Officer.as_str());
                query.filter(officers).all(self.db()).await?
            }
            Scope::Units(units) => {
                let mut rows = Vec::new();
                for part in self.children_at(units, today).await?.chunks(MOST_IDS) {
                    let here = todo::Column::ChildId.is_in(part.iter().copied());
                    rows.extend(query.clone().filter(here).all(self.db()).await?);
                }
                rows
            }
            Scope::Child(child) => query.filter(todo::Column::ChildId.eq(child.0)).all(self.db()).await?,
            _ => Vec::new(),
        };
        self.around_todos(rows, today).await
    }

    /// What was sent when the todo was last asked for, and by whom, whether she decides for the child or works there. `None`: it came in
    /// another way, or is kept no more.
    ///
    /// # Errors
    /// When the database cannot be read, or the row was altered.
    pub async fn todo_cause(
        &self,
        grant: &Grant<HandleTodos>,
        todo: &TodoRecord,
    ) -> Result<Option<(Option<PersonRecord>, SubmissionContent)>, StoreError> {
        if grant.child() != Some(todo.child) {
            return Ok(None);
        }
        let Some((by, content)) = self.sent_by(todo.cause).await? else { return Ok(None) };
        let sender = persons_of(self, &[by.0]).await?.remove(&by);
        Ok(Some((sender, content)))
    }

    async fn around_todos(&self, rows: Vec<todo::Model>, today: Date) -> Result<TodoList, StoreError> {
        if rows.is_empty() {
            return Ok(TodoList::default());
        }
        let mut marks = self.last_marks(&rows).await?;
        let todos: Vec<TodoRecord> = rows
            .into_iter()
            .map(|row| {
                let last = marks.remove(&row.id);
                record(row, last)
            })
            .collect::<Result<_, _>>()?;
        let ids = distinct(todos.iter().map(|todo| todo.child.0));
        let children = child_records_of(self, &ids, today).await?;
        let guardians = children.iter().flat_map(|child| child.guardians.iter().map(|guardian| guardian.0));
        let actors = todos.iter().filter_map(|todo| Some(todo.last?.1.0));
        let people = persons_of(self, &distinct(ids.iter().copied().chain(actors).chain(guardians))).await?;
        let children = children.into_iter().map(|child| (child.id, child)).collect();
        Ok(TodoList { todos, children, people })
    }

    async fn last_marks(&self, rows: &[todo::Model]) -> Result<HashMap<Uuid, todo_mark::Model>, StoreError> {
        let mut last = HashMap::new();
        for part in rows.chunks(MOST_IDS) {
            let query = todo_mark::Entity::find()
                .filter(todo_mark::Column::TodoId.is_in(part.iter().map(|row| row.id)))
                .order_by_asc(todo_mark::Column::At)
                .order_by_asc(todo_mark::Column::Id);
            last.extend(query.all(self.db()).await?.into_iter().map(|mark| (mark.todo_id, mark)));
        }
        Ok(last)
    }
}

fn record(row: todo::Model, last: Option<todo_mark::Model>) -> Result<TodoRecord, StoreError> {
    Ok(TodoRecord {
        id: TodoId(row.id),
        child: PersonId(row.child_id),
        subject: PersonId(row.subject_id),
        form: FormRef { key: FormKey(row.form_key), version: row.form_version.unsigned_abs() },
        act: ActKey(row.act_key),
        nr: usize::try_from(row.nr).map_err(|_| CORRUPT)?,
        function: Function::from_name(&row.function).ok_or(CORRUPT)?,
        opened: Timestamp::from_millis(row.opened_at),
        asked: Timestamp::from_millis(row.asked_at),
        due: Date::parse_iso(&row.due).map_err(|_| CORRUPT)?,
        done: row.done_at.map(Timestamp::from_millis),
        cause: SubmissionId(row.cause_id),
        last: last.map(|mark| (mark.done, PersonId(mark.by_id), Timestamp::from_millis(mark.at))),
    })
}
