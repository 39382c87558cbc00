use super::sift::{Change, Run, fingerprint};
use super::{addresses, contacts, places, relations};
use crate::register::ss12000::Person;
use crate::store::Transaction;
use crate::store::entity::{person, person_identifier};
use crate::store::refresh::Part;
use crate::store::rights::{ACTIVE, LEFT};
use crate::store::shield::shield_around;
use crate::store::shredding;
use crate::store::{Store, StoreError, rows};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Set};
use skolstart_shared::PersonalNumber;
use skolstart_shared::people::SecurityMarking;
use skolstart_shared::personal_number::PersonalNumberKind;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// A person to be written, and the number that was read from the record.
pub struct PersonIn {
    /// The record.
    pub record: Person,
    /// The personal number, if the record has one.
    pub number: Option<PersonalNumber>,
}

/// A person with everything computed that needs no transaction.
pub(super) struct Prepared {
    pub(super) person: PersonIn,
    hash: Vec<u8>,
    /// The blind indexes of the number: the one that is written, then those of keys before it.
    blinds: Vec<Vec<u8>>,
    /// Place among the records of the part.
    at: usize,
}

impl Store {
    /// Writes people that are new or changed, with their numbers, relations, enrolments and contact data, in one transaction.
    ///
    /// # Errors
    /// When the database cannot be read or written; then none of them is.
    pub async fn take_persons(&self, run: Uuid, people: Vec<PersonIn>) -> Result<Vec<Change>, StoreError> {
        let records = people
            .into_iter()
            .map(|person| (person.record.id, fingerprint(&content(&person.record)), person));
        let columns = (person::Column::Id, person::Column::SourceHash);
        let sifted = self.sift::<person::Entity, _>(columns, records.collect()).await?;
        if sifted.to_write.is_empty() {
            return Ok(sifted.changes);
        }
        let run = Run::of(self, run);
        let mut prepared = Vec::with_capacity(sifted.to_write.len());
        for (at, hash, person) in sifted.to_write {
            let number = person.number.as_ref();
            let blinds =
                number.map(|number| self.sealer().blinds("personal-number", number.as_str12().as_bytes()));
            prepared.push(Prepared { person, hash, blinds: blinds.transpose()?.unwrap_or_default(), at });
        }
        let part = Arc::new(prepared);
        let refused = Arc::new(Mutex::new(Vec::new()));
        let (told, store) = (refused.clone(), self.clone());
        self.write(move |db| {
            let (part, run, told, store) = (part.clone(), run.clone(), told.clone(), store.clone());
            Box::pin(async move {
                let written = write(db, &part, &run).await?;
                protect(db, &store, &written).await?;
                *told.lock().unwrap_or_else(PoisonError::into_inner) = written.refused;
                run.begin_generation(db).await?;
                Ok(((), run.audit("import-persons")))
            })
        })
        .await?;
        let mut changes = sifted.changes;
        for at in refused.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            if let Some(change) = changes.get_mut(*at) {
                *change = Change::SameNumber;
            }
        }
        Ok(changes)
    }
}

/// All that is read of a record, as one text to be hashed.
fn content(person: &Person) -> String {
    let number = person.civic_no.as_ref().map(|number| number.value.as_str());
    let emails: Vec<_> = person.emails.iter().map(|email| (&email.value, &email.kind)).collect();
    let phones: Vec<_> =
        person.phone_numbers.iter().map(|phone| (&phone.value, &phone.kind, phone.mobile)).collect();
    let died = if person.has_died() { "died" } else { "" };
    // Nothing is added for whoever has none: what came in before stays unchanged.
    let home = addresses::registered(person).map(|home| serde_json::to_string(&home).unwrap_or_default());
    let home = home.unwrap_or_default();
    format!(
        "{:?}{died}{home}",
        (
            (&person.given_name, &person.family_name, number, person.birth_date, person.security_marking),
            (emails, phones, &person.enrolments, &person.responsibles),
        )
    )
}

/// What came of a part.
struct Written {
    /// The places of those who were refused because somebody else has their number.
    refused: Vec<usize>,
    /// Who was written.
    people: Vec<Uuid>,
    /// Those of them who are marked since.
    marked: Vec<Uuid>,
}

/// What follows from markings for families, at once: other parts, and the tasks of everybody, come much later.
async fn protect(db: &Transaction, store: &Store, written: &Written) -> Result<(), StoreError> {
    let mut hidden = shield_around(db, &written.people).await?;
    hidden.extend(&written.marked);
    if hidden.is_empty() {
        return Ok(());
    }
    addresses::forget(db, store.sealer()).await?;
    let (published, today) = (store.published(), store.clock().today());
    for round in published.rounds().iter().filter(|round| round.closes >= today) {
        Part::of_children(store, round, hidden.clone()).refresh(db).await?;
    }
    Ok(())
}

async fn write(db: &Transaction, part: &[Prepared], run: &Run) -> Result<Written, StoreError> {
    let owners = owners(db, part).await?;
    let mut taken: HashMap<&[u8], Uuid> =
        owners.iter().map(|(blind, owner)| (blind.as_slice(), *owner)).collect();
    let (mut accepted, mut refused) = (Vec::new(), Vec::new());
    for prepared in part {
        let id = prepared.person.record.id;
        let is_taken = prepared.blinds.iter().any(|blind| *taken.entry(blind).or_insert(id) != id);
        if is_taken { refused.push(prepared.at) } else { accepted.push(prepared) }
    }
    let ids: Vec<Uuid> = accepted.iter().map(|prepared| prepared.person.record.id).collect();
    // All at once, in the transaction: no key of these people is destroyed until it has ended.
    shredding::hold_off(db).await?;
    run.sealer.make_keys(&ids)?;
    let before = person::Entity::find().filter(person::Column::Id.is_in(ids.clone())).all(db).await?;
    let had_left: Vec<Uuid> = before.iter().filter(|row| row.status == LEFT).map(|row| row.id).collect();
    // A register takes no protection away: that takes two people here.
    let kept: HashMap<Uuid, String> = before
        .iter()
        .filter(|row| SecurityMarking::from_code(&row.marking).is_protected())
        .map(|row| (row.id, row.marking.clone()))
        .collect();
    run.keep(db, "person", before.into_iter().map(|row| (row.id, row))).await?;
    write_rows(db, &accepted, &kept, run).await?;
    let known = owners.keys().map(Vec::as_slice).collect();
    write_numbers(db, &accepted, &known, run).await?;
    let records: Vec<&Person> = accepted.iter().map(|prepared| &prepared.person.record).collect();
    relations::write(db, &records, run).await?;
    let (died, alive): (Vec<&Person>, Vec<&Person>) =
        records.iter().copied().partition(|person| person.has_died());
    relations::end_of(db, &died.iter().map(|person| person.id).collect::<Vec<_>>(), run).await?;
    let is_back = |person: &&&Person| had_left.contains(&person.id);
    relations::back(db, &alive.iter().filter(is_back).map(|person| person.id).collect::<Vec<_>>(), &ids)
        .await?;
    places::write_enrolments(db, &records, run).await?;
    contacts::write(db, &records, run).await?;
    let is_new = |person: &&&Person| person.security_marking.is_protected() && !kept.contains_key(&person.id);
    let marked = records.iter().filter(is_new).map(|person| person.id).collect();
    Ok(Written { refused, people: ids, marked })
}

async fn owners(db: &Transaction, part: &[Prepared]) -> Result<HashMap<Vec<u8>, Uuid>, StoreError> {
    let blinds = part.iter().flat_map(|prepared| prepared.blinds.iter().cloned());
    let rows = person_identifier::Entity::find()
        .filter(person_identifier::Column::Blind.is_in(blinds))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.blind, row.person_id)).collect())
}

async fn write_rows(
    db: &Transaction,
    accepted: &[&Prepared],
    kept: &HashMap<Uuid, String>,
    run: &Run,
) -> Result<(), StoreError> {
    use person::Column::{BirthDate, FamilyName, GivenName, Id, Marking, SourceHash, Status, UpdatedAt};
    let rows = accepted.iter().map(|prepared| {
        let record = &prepared.person.record;
        let born =
            record.birth_date.or_else(|| prepared.person.number.as_ref().map(PersonalNumber::birth_date));
        let row = person::Model {
            id: record.id,
            given_name: record.given_name.clone(),
            family_name: record.family_name.clone(),
            birth_date: born.map(|day| day.to_string()),
            marking: match kept.get(&record.id) {
                Some(marking) if !record.security_marking.is_protected() => marking.clone(),
                _ => record.security_marking.code().to_owned(),
            },
            shielded: false,
            status: if record.has_died() { LEFT } else { ACTIVE }.to_owned(),
            source_hash: prepared.hash.clone(),
            updated_at: run.now.as_millis(),
        };
        row.into_active_model()
    });
    let update = [GivenName, FamilyName, BirthDate, Marking, Status, SourceHash, UpdatedAt];
    Ok(rows::upsert::<person::Entity>(db, rows.collect(), &[Id], &update).await?)
}

/// A number that is no longer sent ends yesterday and stays findable: people quote their old number.
async fn write_numbers(
    db: &Transaction,
    accepted: &[&Prepared],
    known: &HashSet<&[u8]>,
    run: &Run,
) -> Result<(), StoreError> {
    use person_identifier::Column::{Blind, PersonId, ValidTo};
    let kept = accepted.iter().flat_map(|prepared| prepared.blinds.iter().cloned());
    person_identifier::Entity::update_many()
        .set(person_identifier::ActiveModel { valid_to: Set(Some(run.yesterday())), ..Default::default() })
        .filter(PersonId.is_in(accepted.iter().map(|prepared| prepared.person.record.id)))
        .filter(Blind.is_not_in(kept))
        .filter(ValidTo.is_null())
        .exec(db)
        .await?;
    let mut new = Vec::new();
    for prepared in accepted {
        let (Some(number), Some(blind)) = (&prepared.person.number, prepared.blinds.first()) else {
            continue;
        };
        if prepared.blinds.iter().any(|blind| known.contains(blind.as_slice())) {
            continue;
        }
        let (id, of) = (run.ids.next()?, prepared.person.record.id);
        let plain = number.as_str12().as_bytes();
        let row = person_identifier::Model {
            id,
            person_id: of,
            kind: kind_word(number.kind()).to_owned(),
            sealed: run.sealer.seal_for(of, "person_identifier", "sealed", id, plain)?,
            blind: blind.clone(),
            valid_from: Some(run.today.to_string()),
            valid_to: None,
            source: "register".to_owned(),
        };
        new.push(row.into_active_model());
    }
    Ok(rows::insert::<person_identifier::Entity>(db, new).await?)
}

fn kind_word(kind: PersonalNumberKind) -> &'static str {
    match kind {
        PersonalNumberKind::Personnummer => "personal",
        PersonalNumberKind::Samordningsnummer => "coordination",
        PersonalNumberKind::Temporary => "temporary",
    }
}
