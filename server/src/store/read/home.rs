use super::name::Name;
use super::own::unit_names;
use super::person::{PersonRecord, persons};
use crate::policy::{Grant, Principal, ReadHome};
use crate::store::answers::{Answers, Rounds};
use crate::store::changes::{ChangeLine, changes};
use crate::store::decisions::decision;
use crate::store::entity::{consent_decision, school_group};
use crate::store::guardians::Guardians;
use crate::store::in_force::{self, Exemption, LetIn};
use crate::store::place::{Place, places};
use crate::store::rows::distinct;
use crate::store::{Store, StoreError, TakenDown};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use skolstart_shared::Date;
use skolstart_shared::consent::ConsentDecision;
use skolstart_shared::fact::Snapshot;
use skolstart_shared::form::{ActKey, Family, FormKey, Setting};
use skolstart_shared::id::{GroupId, PersonId, RoundId};
use skolstart_shared::round::Round;
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// A child with where it goes and who decides for it.
#[derive(Clone, Debug)]
pub struct ChildRecord {
    /// The child.
    pub id: PersonId,
    /// The name.
    pub name: Name,
    /// True when the identity is protected.
    pub protected: bool,
    /// The day of birth, where known.
    pub born: Option<Date>,
    /// The main place.
    pub place: Option<Place>,
    /// Name of the unit.
    pub unit: Option<String>,
    /// Name of the class or department.
    pub group: Option<String>,
    /// Those who decide for the child today, by id.
    pub guardians: Vec<PersonId>,
    /// What does not have to be answered for the child.
    pub exempt: Vec<Exemption>,
    /// Until when its family may answer after the last day of a round.
    pub let_in: Vec<LetIn>,
}

impl ChildRecord {
    /// True when the child, or somebody who decides for it, has protected identity: what marks one of a family would lead to
    /// the others. `people`: the child's guardians, read with it.
    pub fn is_shielded(&self, people: &HashMap<PersonId, PersonRecord>) -> bool {
        let is_protected = |who: &PersonId| people.get(who).is_some_and(|person| person.protected);
        self.protected || self.guardians.iter().any(is_protected)
    }
}

/// Everything a guardian's home is made from.
pub struct HomeFile {
    /// Her name.
    pub me: Name,
    /// Her children, by given name.
    pub children: Vec<Arc<ChildRecord>>,
    /// What is known about her and them.
    pub snapshots: HashMap<PersonId, Snapshot>,
    /// Latest answers in the round, and in earlier ones where that matters: what an act asks for, or what is left out now.
    pub answers: Answers,
    /// What staff have asked about answers, when something waits for a new one.
    pub asked: Vec<ChangeLine>,
    /// Answers of hers that staff took down and that she has not read of.
    pub taken_down: Vec<TakenDown>,
    /// Everybody's latest decisions about the children.
    pub decisions: HashMap<PersonId, Vec<ConsentDecision>>,
}

impl ChildRecord {
    /// What conditions know about the child.
    pub fn setting(&self, today: Date) -> Setting {
        Place::setting(self.place.as_ref(), self.born, self.guardians.len(), today)
    }

    /// True when this act of the round does not have to be answered for the child.
    pub fn is_exempt(&self, round: RoundId, form: &FormKey, act: &ActKey) -> bool {
        self.exempt.iter().any(|each| each.covers(round, form, act))
    }

    /// Those around the child today.
    pub fn family(&self, today: Date) -> Family<'_> {
        family(self.id, self.born, &self.guardians, today)
    }
}

/// Those around a child on a day. An age below 0 or above 255 is no age.
pub(in crate::store) fn family(
    pupil: PersonId,
    born: Option<Date>,
    guardians: &[PersonId],
    today: Date,
) -> Family<'_> {
    let age = born.and_then(|born| u8::try_from(born.age_on(today)).ok());
    Family { pupil, age, guardians, settled: false }
}

impl Store {
    /// Reads a guardian's home. The statements are as many for ten children as for one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn home(
        &self,
        grant: &Grant<ReadHome>,
        principal: &Principal,
        round: Option<&Round>,
        today: Date,
    ) -> Result<HomeFile, StoreError> {
        let (db, me) = (self.db(), grant.actor());
        let children: Vec<Uuid> = principal.children().iter().map(|child| child.0).collect();
        let everybody: Vec<Uuid> = children.iter().copied().chain([me.0]).collect();
        let mut records = self.child_records(principal.children(), today).await?;
        records.sort_by_cached_key(|child| (child.name.for_family().given, child.id));
        let answers = self.answers_in(&everybody, round).await?;
        // Seldom: one statement more only for somebody who is asked something.
        let asked =
            if answers.any_returned() { changes(db, self.sealer(), &children).await? } else { Vec::new() };
        let decisions = self.latest_decisions(children).await?;
        // Seldom too: whoever answers herself is told nothing.
        let was_taken_down = decisions.iter().any(|row| row.by_id == me.0 && row.recorded_by.is_some());
        let taken_down = if was_taken_down { self.untold(me).await? } else { Vec::new() };
        Ok(HomeFile {
            asked,
            taken_down,
            answers,
            me: self.own_name(me, today).await?,
            children: records,
            snapshots: self.snapshots_of_own(principal).await?,
            decisions: by_child(&decisions)?,
        })
    }
}

impl Store {
    /// Everybody's latest decisions about these children.
    pub(super) async fn latest_decisions(
        &self,
        children: Vec<Uuid>,
    ) -> Result<Vec<Arc<consent_decision::Model>>, StoreError> {
        self.inner.memory.decisions.about(children, self.reader.sight()).await
    }

    /// The answers that a page about a round is made from.
    pub(super) async fn answers_in(
        &self,
        about: &[Uuid],
        round: Option<&Round>,
    ) -> Result<Answers, StoreError> {
        let Some(round) = round else { return Ok(Answers::default()) };
        let (published, db, only) = (self.published(), self.db(), [round.id.0]);
        if published.looks_back(round) || published.leaves_out(round) {
            return Answers::about(db, about, Rounds::All).await;
        }
        let answers = Answers::about(db, about, Rounds::Only(&only)).await?;
        // Seldom: a form beside the round has been begun that asks for what was answered before it.
        let begun = answers.forms_beside(round);
        let looks_back = !begun.is_empty()
            && published.offered().any(|form| form.looks_back() && begun.contains(form.key.as_str()));
        if looks_back { Answers::about(db, about, Rounds::All).await } else { Ok(answers) }
    }

    /// As the function of the same name, from memory as far as that goes.
    pub(in crate::store) async fn child_records(
        &self,
        children: &[PersonId],
        today: Date,
    ) -> Result<Vec<Arc<ChildRecord>>, StoreError> {
        let register = self.register(today);
        let (mut known, mut missing) = (Vec::with_capacity(children.len()), Vec::new());
        for child in children {
            match register.children.get(child) {
                Some(record) => known.push(record),
                None => missing.push(child.0),
            }
        }
        // Kept for all who come: read for nobody in particular.
        for record in child_records(&self.for_everybody(), &missing, today).await?.into_iter().map(Arc::new) {
            register.children.put(record.id, record.clone());
            known.push(record);
        }
        Ok(known)
    }

    /// The person's name; empty for somebody unknown.
    pub(super) async fn own_name(&self, person: PersonId, today: Date) -> Result<Name, StoreError> {
        let register = self.register(today);
        if let Some(name) = register.names.get(&person) {
            return Ok(name);
        }
        let found = persons(self, &[person.0]).await?.remove(&person);
        let name = found.map(|found| found.name).unwrap_or_default();
        register.names.put(person, name.clone());
        Ok(name)
    }
}

/// Children with where they go and who decides for them. Unknown ids are left out.
pub(in crate::store) async fn child_records(
    store: &Store,
    children: &[Uuid],
    today: Date,
) -> Result<Vec<ChildRecord>, StoreError> {
    if children.is_empty() {
        return Ok(Vec::new());
    }
    let db = store.db();
    let places = places(db, children, today).await?;
    let units = unit_names(db, &distinct(places.values().map(|place| place.unit.0))).await?;
    let groups = group_names(db, &distinct(places.values().filter_map(|place| Some(place.group?.0)))).await?;
    let guardians = Guardians::of(db, children, today).await?;
    let mut in_force = in_force::all(db, store.sealer(), children).await?;
    let records = persons(store, children).await?.into_iter().map(|(id, person)| {
        let place = places.get(&id).copied();
        let in_force = in_force.remove(&id).unwrap_or_default();
        ChildRecord {
            id,
            name: person.name,
            protected: person.protected,
            born: person.born,
            place,
            unit: place.and_then(|place| units.get(&place.unit).cloned()),
            group: place.and_then(|place| groups.get(&place.group?).cloned()),
            guardians: guardians.of_child(id).to_vec(),
            exempt: in_force.exempt,
            let_in: in_force.let_in,
        }
    });
    Ok(records.collect())
}

async fn group_names<C: ConnectionTrait>(
    db: &C,
    groups: &[Uuid],
) -> Result<HashMap<GroupId, String>, StoreError> {
    if groups.is_empty() {
        return Ok(HashMap::new());
    }
    let query = school_group::Entity::find().filter(school_group::Column::Id.is_in(groups.iter().copied()));
    Ok(query.all(db).await?.into_iter().map(|row| (GroupId(row.id), row.name)).collect())
}

pub(super) fn by_child(
    rows: &[Arc<consent_decision::Model>],
) -> Result<HashMap<PersonId, Vec<ConsentDecision>>, StoreError> {
    let mut found: HashMap<PersonId, Vec<ConsentDecision>> = HashMap::new();
    for row in rows {
        found.entry(PersonId(row.child_id)).or_default().push(decision(row)?);
    }
    Ok(found)
}

/// All decisions that were ever made about these children.
pub(super) async fn decisions<C: ConnectionTrait>(
    db: &C,
    children: &[Uuid],
) -> Result<HashMap<PersonId, Vec<ConsentDecision>>, StoreError> {
    let mut found: HashMap<PersonId, Vec<ConsentDecision>> = HashMap::new();
    let query = consent_decision::Entity::find()
        .filter(consent_decision::Column::ChildId.is_in(children.iter().copied()));
    for row in query.all(db).await? {
        found.entry(PersonId(row.child_id)).or_default().push(decision(&row)?);
    }
    Ok(found)
}
