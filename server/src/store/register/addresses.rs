//! Where people live, as facts from the register, and whose address is not kept at all.
//!
//! Owns which of a person's addresses counts, and the forgetting of addresses when somebody comes to be protected. Called by `contacts`
//! and whenever markings or relations have changed. Must not keep the address of a home in which somebody is protected.

use crate::register::ss12000::Person;
use crate::store::entity::{fact, guardian_relation, person};
use crate::store::retention::thin_snapshot;
use crate::store::rows::{MOST_IDS, distinct};
use crate::store::{Sealer, StoreError, Transaction};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Statement};
use skolstart_shared::Map;
use skolstart_shared::contact::PostalCode;
use skolstart_shared::fact::{CHILD_ADDRESS, ElementKey, GUARDIAN_ADDRESS, Value};
use skolstart_shared::people::SecurityMarking;
use std::collections::HashSet;
use uuid::Uuid;

const REGISTER: &str = "register";
/// As the columns of an address in a form are limited.
const LONGEST: [(&str, usize); 2] = [("street", 80), ("locality", 60)];

/// Everybody who is protected or protects somebody, and whose address the register has told all the same. Begins with the few who
/// are marked, like `shield`.
const TOLD: &str = "SELECT DISTINCT subject_id FROM fact WHERE source = 'register' \
     AND element IN ('child.address', 'guardian.address') AND subject_id IN ( \
     SELECT id FROM person WHERE marking <> 'none' OR shielded \
     UNION \
     SELECT r.adult_id FROM person c JOIN guardian_relation r ON r.child_id = c.id \
     WHERE c.marking <> 'none' OR c.shielded)";

/// The element and the value of where a person is registered. Where post goes, or where somebody stays for a while, is not where she
/// lives; what would not fit in a form is left out, and so is an address abroad.
pub(super) fn registered(person: &Person) -> Option<(ElementKey, Value)> {
    let home = person.addresses.iter().find(|address| address.is_registered())?;
    let text = |text: &Option<String>| Some(text.as_deref()?.trim().to_owned());
    let code = PostalCode::parse(home.postal_code.as_deref()?).ok()?;
    let [street, locality] = [text(&home.street_address)?, text(&home.locality)?];
    let fits = |text: &str, (_, longest): (&str, usize)| (1..=longest).contains(&text.chars().count());
    if !fits(&street, LONGEST[0]) || !fits(&locality, LONGEST[1]) {
        return None;
    }
    let [street_key, locality_key] = LONGEST.map(|(column, _)| column);
    let row = [(street_key, street), ("postal-code", code.display()), (locality_key, locality)];
    let row: Map<String, Value> =
        row.into_iter().map(|(column, text)| (column.to_owned(), Value::Text(text))).collect();
    // A child in preschool has placements and no enrolments.
    let is_child = !person.enrolments.is_empty() || !person.responsibles.is_empty();
    let element = if is_child { CHILD_ADDRESS } else { GUARDIAN_ADDRESS };
    Some((ElementKey(element.to_owned()), Value::Rows(vec![row])))
}

/// Those of these people whose address is not taken in: who is protected, protects somebody, or decides for a child that does.
pub(super) async fn not_to_be_found(db: &Transaction, people: &[Uuid]) -> Result<HashSet<Uuid>, StoreError> {
    use guardian_relation::Column::{AdultId, ChildId};
    let mut around: Vec<(Uuid, Uuid)> = people.iter().map(|person| (*person, *person)).collect();
    for part in people.chunks(MOST_IDS) {
        let theirs = guardian_relation::Entity::find().filter(AdultId.is_in(part.iter().copied()));
        let pairs = theirs.select_only().columns([ChildId, AdultId]).into_tuple::<(Uuid, Uuid)>();
        around.extend(pairs.all(db).await?);
    }
    let mut hidden = HashSet::new();
    for part in distinct(around.iter().map(|(who, _)| *who)).chunks(MOST_IDS) {
        use person::Column::{Id, Marking, Shielded};
        let protected = Condition::any().add(Marking.ne(SecurityMarking::None.code())).add(Shielded.eq(true));
        let found = person::Entity::find().filter(Id.is_in(part.iter().copied())).filter(protected);
        hidden.extend(found.select_only().column(Id).into_tuple::<Uuid>().all(db).await?);
    }
    Ok(around.into_iter().filter(|(who, _)| hidden.contains(who)).map(|(_, person)| person).collect())
}

/// Forgets what the register has told of where those live who are protected since, with its history: a fact that is there can be shown.
pub(in crate::store) async fn forget(db: &Transaction, sealer: &Sealer) -> Result<(), StoreError> {
    let told = db.query_all_raw(Statement::from_string(db.get_database_backend(), TOLD)).await?;
    let gone = [CHILD_ADDRESS, GUARDIAN_ADDRESS].map(|key| (key.to_owned(), REGISTER.to_owned(), None));
    for row in told {
        let subject: Uuid = row.try_get("", "subject_id")?;
        thin_snapshot(db, sealer, subject, &gone).await?;
        fact::Entity::delete_many()
            .filter(fact::Column::SubjectId.eq(subject))
            .filter(fact::Column::Source.eq(REGISTER))
            .filter(fact::Column::Element.is_in([CHILD_ADDRESS, GUARDIAN_ADDRESS]))
            .exec(db)
            .await?;
    }
    Ok(())
}
