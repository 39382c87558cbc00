//! Everything that is held about one person, for whoever asks for it (GDPR article 15).
//!
//! Goes through every table of `classes` that says whom its rows are about. Called by `skolstart extract`, which only
//! whoever runs the program can: that is why these functions take no grant. Must not give out
//! what is somebody else's: other people are roles, and what a protected person or another home has said stays out.

mod answers;
mod others;
mod value;

use super::classes::{Column, Table, Type, tables};
use super::entity::{person, person_identifier};
use super::{AuditEntry, Store, StoreError};
use others::Others;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryResult, QuerySelect, Statement};
use serde_json::Value as Json;
use skolstart_shared::fact::CHILD_ADDRESS;
use skolstart_shared::id::PersonId;
use skolstart_shared::{Locale, PersonalNumber, Timestamp};
use uuid::Uuid;

/// One row, as names of columns and what stands there.
pub type ExtractRow = Vec<(String, Json)>;

/// The rows of one table.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// The table.
    pub table: String,
    /// What is given.
    pub rows: Vec<ExtractRow>,
    /// In how many rows something is left out because it is somebody else's.
    pub withheld: usize,
}

/// Everything about one person.
#[derive(Clone, Debug, PartialEq)]
pub struct Extract {
    /// Who.
    pub person: PersonId,
    /// When it was taken out.
    pub at: Timestamp,
    /// By table.
    pub sections: Vec<Section>,
}

/// What an extract is made with.
struct Desk<'a> {
    store: &'a Store,
    /// Whom it is about.
    who: Uuid,
    /// To whom it is given, when that is somebody else: a guardian of the child.
    to: Option<Uuid>,
    others: Others,
}

impl Store {
    /// The person with this number, also with one that has ended.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn person_of_number(&self, number: &PersonalNumber) -> Result<Option<PersonId>, StoreError> {
        let blinds = self.sealer().blinds("personal-number", number.as_str12().as_bytes())?;
        let found: Option<Uuid> = person_identifier::Entity::find()
            .filter(person_identifier::Column::Blind.is_in(blinds))
            .select_only()
            .column(person_identifier::Column::PersonId)
            .into_tuple()
            .one(self.db())
            .await?;
        Ok(found.map(PersonId))
    }

    /// Everything about a person, given to her or to `to`. Others are roles in the language of the reader. Noted before it is given.
    /// `None`: nobody has this id.
    ///
    /// # Errors
    /// When it could not be read or noted, or a value was altered.
    pub async fn extract(
        &self,
        who: PersonId,
        to: Option<PersonId>,
        locale: Locale,
    ) -> Result<Option<Extract>, StoreError> {
        if person::Entity::find_by_id(who.0).one(self.db()).await?.is_none() {
            return Ok(None);
        }
        let noted = AuditEntry {
            acting_for: to,
            actor: None,
            action: "subject-access",
            object_kind: "child",
            object_id: Some(who.0),
            purpose: "operator",
            outcome: "done",
            request_id: String::new(),
        };
        self.note(vec![noted]).await?;
        let others = Others::load(self.db(), who.0, locale).await?;
        let to = to.map(|to| to.0).filter(|to| *to != who.0);
        let desk = Desk { store: self, who: who.0, to, others };
        let mut sections = Vec::new();
        for table in tables()?.iter().filter(|table| !table.about.is_empty() || table.via.is_some()) {
            sections.push(desk.section(table).await?);
        }
        sections.push(desk.answers_about().await?);
        sections.retain(|section| !section.rows.is_empty());
        Ok(Some(Extract { person: who, at: self.clock().now(), sections }))
    }
}

impl Desk<'_> {
    async fn section(&self, table: &Table) -> Result<Section, StoreError> {
        let mut section = Section { table: table.name.clone(), rows: Vec::new(), withheld: 0 };
        let given: Vec<&Column> = table.columns.iter().filter(|column| column.out).collect();
        if given.is_empty() {
            return Ok(section);
        }
        for row in self.rows(table).await? {
            let may_open = self.may_open(table, &row)?;
            let mut line = ExtractRow::new();
            for column in &given {
                let value = match column.is {
                    Type::Sealed if !may_open => Json::Null,
                    Type::Sealed => self.opened(table, column, &row)?,
                    _ => self.plain(column, &row).await?,
                };
                line.push((column.name.clone(), value));
            }
            section.withheld +=
                usize::from(!may_open && given.iter().any(|column| column.is == Type::Sealed));
            section.rows.push(line);
        }
        Ok(section)
    }

    /// The rows about the person.
    async fn rows(&self, table: &Table) -> Result<Vec<QueryResult>, StoreError> {
        let mine = |columns: &[String]| {
            columns.iter().map(|column| format!("{column} = $1")).collect::<Vec<_>>().join(" OR ")
        };
        let filter = match &table.via {
            None => mine(&table.about),
            Some((own, other, there)) => {
                let all = tables()?;
                let about = all.iter().find(|table| table.name == *other).map(|table| mine(&table.about));
                let about = about.ok_or(StoreError::Corrupt("classes"))?;
                format!("{own} IN (SELECT {there} FROM {other} WHERE {about})")
            }
        };
        let sql = format!("SELECT * FROM {} WHERE {filter}", table.name);
        let db = self.store.db();
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [self.who.into()]);
        Ok(db.query_all_raw(statement).await?)
    }

    /// True when what is sealed in the row is for this person's eyes: it is about her and nobody has given it in confidence, or
    /// she has given it herself.
    fn may_open(&self, table: &Table, row: &QueryResult) -> Result<bool, StoreError> {
        let id = |column: &str| -> Result<Option<Uuid>, StoreError> { Ok(row.try_get("", column)?) };
        let is_about = match table.about.first() {
            Some(column) => id(column)? == Some(self.who),
            None => true,
        };
        let Some(giver) = &table.giver else { return Ok(is_about) };
        let giver = id(giver)?;
        if giver.is_none() && self.to.is_some() && table.name == "fact" {
            let element: String = row.try_get("", "element")?;
            // One home is not told of by way of a child that is registered in it.
            return Ok(element != CHILD_ADDRESS);
        }
        if giver.is_none_or(|giver| giver == self.who || Some(giver) == self.to) {
            return Ok(true);
        }
        let element: Option<String> = match table.columns.iter().any(|column| column.name == "element") {
            true => row.try_get("", "element")?,
            false => None,
        };
        Ok(is_about && table.name != "consent_evidence" && self.may_tell(giver, element.as_deref()))
    }

    /// True when what somebody else has said about the person may be told: not what a protected person says, nor what one home
    /// does not see of the other.
    fn may_tell(&self, giver: Option<Uuid>, element: Option<&str>) -> bool {
        let in_confidence = element.is_some_and(|element| self.is_giver_only(element));
        !in_confidence && giver.is_none_or(|giver| !self.others.is_protected(giver))
    }
}
