use crate::store::entity::person;
use crate::store::rows::MOST_IDS;
use crate::store::{StoreError, words};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use skolstart_shared::Date;
use skolstart_shared::id::PersonId;
use skolstart_shared::people::SecurityMarking;
use std::collections::HashMap;
use std::fmt;
use uuid::Uuid;

/// A person's name.
#[derive(Clone, PartialEq, Eq)]
pub struct Name {
    /// Given name.
    pub given: String,
    /// Family name.
    pub family: String,
}

impl Name {
    /// Given name and family name.
    pub fn full(&self) -> String {
        format!("{} {}", self.given, self.family)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Name(…)")
    }
}

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

pub(in crate::store) async fn persons<C: ConnectionTrait>(
    db: &C,
    people: &[Uuid],
) -> Result<HashMap<PersonId, PersonRecord>, StoreError> {
    let mut found = HashMap::new();
    for part in people.chunks(MOST_IDS) {
        let query = person::Entity::find().filter(person::Column::Id.is_in(part.iter().copied()));
        for row in query.all(db).await? {
            let record = PersonRecord {
                born: words::day(row.birth_date.as_deref()),
                protected: SecurityMarking::from_code(&row.marking).is_protected() || row.shielded,
                name: Name { given: row.given_name, family: row.family_name },
            };
            found.insert(PersonId(row.id), record);
        }
    }
    Ok(found)
}
