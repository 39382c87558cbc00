use super::name::Name;
use crate::store::entity::person;
use crate::store::protection::aliases;
use crate::store::rows::MOST_IDS;
use crate::store::{Store, StoreError, words};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use skolstart_shared::Date;
use skolstart_shared::id::PersonId;
use skolstart_shared::people::SecurityMarking;
use std::collections::HashMap;
use uuid::Uuid;

/// What the register says of a person.
#[derive(Clone, Debug)]
pub struct PersonRecord {
    /// The name.
    pub name: Name,
    /// The day of birth, where known.
    pub born: Option<Date>,
    /// True when the identity is protected, or somebody's in the family who leads to this person.
    pub protected: bool,
}

/// The only place where names are read, with the alias of whoever has one: seldom a statement more.
pub(in crate::store) async fn persons(
    store: &Store,
    people: &[Uuid],
) -> Result<HashMap<PersonId, PersonRecord>, StoreError> {
    let (mut found, mut hidden) = (HashMap::new(), Vec::new());
    for part in people.chunks(MOST_IDS) {
        let query = person::Entity::find().filter(person::Column::Id.is_in(part.iter().copied()));
        for row in query.all(store.db()).await? {
            let protected = SecurityMarking::from_code(&row.marking).is_protected() || row.shielded;
            if protected {
                hidden.push(row.id);
            }
            let record = PersonRecord {
                born: words::day(row.birth_date.as_deref()),
                protected,
                name: Name::new(row.given_name, row.family_name),
            };
            found.insert(PersonId(row.id), record);
        }
    }
    for (child, stands) in aliases(store, &hidden).await? {
        if let Some(record) = found.get_mut(&child) {
            record.name.goes_by(stands.alias);
        }
    }
    Ok(found)
}
