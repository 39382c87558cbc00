//! Who the people are whose ids stand in an archive, so that it can be read when nobody knows the ids any more.

use super::{ArchivedChild, Archiving};
use crate::store::classes::{self, tables};
use crate::store::entity::{duty, guardian_relation, person};
use crate::store::rows::MOST_IDS;
use crate::store::{Name, StoreError};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Statement};
use serde_json::Value as Json;
use skolstart_shared::id::PersonId;
use skolstart_shared::people::{RelationKind, SecurityMarking};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// Somebody in an archive.
#[derive(Debug)]
pub struct ArchivedPerson {
    /// Her id.
    pub id: PersonId,
    /// Her name.
    pub name: Name,
    /// The day of birth.
    pub born: Option<String>,
    /// Her numbers: of the child and of those responsible for it.
    pub numbers: Vec<String>,
    /// The marking in the register.
    pub marking: SecurityMarking,
    /// Somebody else in the family is marked.
    pub shielded: bool,
    /// What she has to do with the child, in order.
    pub roles: Vec<ArchivedRole>,
}

/// What somebody has to do with the child.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ArchivedRole {
    /// She is the child.
    Child,
    /// Responsible for it, in this way.
    Responsible(&'static str),
    /// Works or has worked here: as what, and where.
    Staff(String, String),
}

impl ArchivedPerson {
    /// True when what is said of her must be tested with care before it is given to anybody (OSL 21:3, 22:1).
    pub fn is_protected(&self) -> bool {
        self.marking.is_protected() || self.shielded
    }
}

impl Archiving {
    pub(super) async fn add_people(&self, child: &mut ArchivedChild) -> Result<(), StoreError> {
        let ids = ids_of(child)?;
        let named = ids.iter().filter_map(|id| Some((*id, self.places.get(id)?.clone())));
        child.places = named.collect();
        let mut roles = self.responsible(child.id).await?;
        roles.entry(child.id.0).or_default().push(ArchivedRole::Child);
        let wanted: BTreeSet<Uuid> = ids.into_iter().chain(roles.keys().copied()).collect();
        let wanted: Vec<Uuid> = wanted.into_iter().collect();
        let family: BTreeSet<Uuid> = roles.keys().copied().collect();
        for part in wanted.chunks(MOST_IDS) {
            let of = duty::Column::PersonId.is_in(part.iter().copied());
            for row in duty::Entity::find().filter(of).all(&self.db).await? {
                let at = self.places.get(&row.unit_id).cloned().unwrap_or_default();
                roles.entry(row.person_id).or_default().push(ArchivedRole::Staff(row.role_word, at));
            }
            let query = person::Entity::find().filter(person::Column::Id.is_in(part.iter().copied()));
            for row in query.all(&self.db).await? {
                let numbers = if family.contains(&row.id) { self.numbers(row.id).await? } else { Vec::new() };
                child.people.push(named_person(row, numbers, &mut roles));
            }
        }
        child.people.sort_by(|one, other| {
            let key = |person: &ArchivedPerson| (person.roles.is_empty(), person.roles.first().cloned());
            key(one).cmp(&key(other)).then(one.id.0.cmp(&other.id.0))
        });
        Ok(())
    }

    async fn responsible(&self, child: PersonId) -> Result<HashMap<Uuid, Vec<ArchivedRole>>, StoreError> {
        let mut roles: HashMap<Uuid, Vec<ArchivedRole>> = HashMap::new();
        let of = guardian_relation::Column::ChildId.eq(child.0);
        for row in guardian_relation::Entity::find().filter(of).all(&self.db).await? {
            let kind = RelationKind::from_code(&row.kind).map_or("other", RelationKind::code);
            roles.entry(row.adult_id).or_default().push(ArchivedRole::Responsible(kind));
        }
        Ok(roles)
    }

    async fn numbers(&self, who: Uuid) -> Result<Vec<String>, StoreError> {
        let all = tables()?;
        let table = all.iter().find(|table| table.name == "person_identifier");
        let table = table.ok_or(StoreError::Corrupt("classes"))?;
        let sql = "SELECT * FROM person_identifier WHERE person_id = $1 ORDER BY id";
        let statement = Statement::from_sql_and_values(self.db.get_database_backend(), sql, [who.into()]);
        let mut numbers = Vec::new();
        for row in self.db.query_all_raw(statement).await? {
            for column in table.sealed() {
                let number = classes::opened(self.store.sealer(), table, column, &row)?;
                numbers.extend(number.as_str().map(str::to_owned));
            }
        }
        Ok(numbers)
    }
}

fn named_person(
    row: person::Model,
    numbers: Vec<String>,
    roles: &mut HashMap<Uuid, Vec<ArchivedRole>>,
) -> ArchivedPerson {
    let mut roles = roles.remove(&row.id).unwrap_or_default();
    roles.sort();
    roles.dedup();
    ArchivedPerson {
        id: PersonId(row.id),
        name: Name::new(row.given_name, row.family_name),
        born: row.birth_date,
        numbers,
        marking: SecurityMarking::from_code(&row.marking),
        shielded: row.shielded,
        roles,
    }
}

/// Every id that stands anywhere: those that are of nobody are not found.
fn ids_of(child: &ArchivedChild) -> Result<BTreeSet<Uuid>, StoreError> {
    let mut ids = BTreeSet::from([child.id.0]);
    for row in child.sections.iter().flat_map(|section| &section.rows) {
        row.iter().for_each(|(_, value)| add_ids(value, &mut ids));
    }
    for sent in &child.submissions {
        ids.insert(sent.sender.0);
        for act in &sent.acts {
            let answers =
                serde_json::to_value(&act.answers).map_err(|_| StoreError::Corrupt("submission"))?;
            add_ids(&answers, &mut ids);
        }
    }
    ids.extend(child.files.iter().map(|file| file.uploader.0));
    Ok(ids)
}

fn add_ids(value: &Json, found: &mut BTreeSet<Uuid>) {
    match value {
        Json::String(text) if text.len() == 36 => found.extend(Uuid::parse_str(text).ok()),
        Json::Array(all) => all.iter().for_each(|value| add_ids(value, found)),
        Json::Object(all) => all.values().for_each(|value| add_ids(value, found)),
        _ => {}
    }
}
