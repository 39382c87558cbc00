//! Published forms and rounds, which never change once they are there, and the element catalogue and the inventory of
//! forms, which change with their generation. Kept in memory.

mod which_round;

use super::entity::{form_version, meta, round};
use super::generation::Of;
use super::inventory::{Description, Standing};
use super::rounds::newest_versions;
use super::{Store, StoreError};
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder};
use serde_json::value::RawValue;
use skolstart_shared::Locale;
use skolstart_shared::consent::same_meaning;
use skolstart_shared::fact::{Catalogue, Element, ElementKey};
use skolstart_shared::form::{Act, ActKey, Field, FieldKey, FormDefinition, FormKey, FormRef};
use skolstart_shared::id::RoundId;
use skolstart_shared::inventory::PaperForm;
use skolstart_shared::round::Round;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// Everything published: forms in all versions, rounds, and the element catalogue.
pub struct Published {
    forms: BTreeMap<FormRef, Arc<FormDefinition>>,
    rounds: Vec<Arc<Round>>,
    catalogue: Catalogue,
    inventory: Standing,
    inventory_generation: Option<Vec<u8>>,
    told: Mutex<HashMap<(RoundId, Locale), Arc<RawValue>>>,
}

impl Published {
    /// A form in one version.
    pub fn form(&self, form: &FormRef) -> Option<&Arc<FormDefinition>> {
        self.forms.get(form)
    }

    /// The newest version of a form.
    pub fn newest(&self, key: &FormKey) -> Option<&Arc<FormDefinition>> {
        let all = FormRef { key: key.clone(), version: 0 }..=FormRef { key: key.clone(), version: u32::MAX };
        self.forms.range(all).next_back().map(|(_, form)| form)
    }

    /// The newest version of a form that has this act, and the act.
    pub fn newest_with(&self, form: &FormKey, act: &ActKey) -> Option<(&FormDefinition, &Act)> {
        self.versions_to(form, u32::MAX).find_map(|form| Some((form.as_ref(), form.act(act)?)))
    }

    /// A question in the newest version of a form that has it.
    pub fn last_with(
        &self,
        form: &FormKey,
        act: &ActKey,
        field: &FieldKey,
    ) -> Option<(&FormDefinition, &Act, &Field)> {
        self.versions_to(form, u32::MAX).find_map(|form| {
            let act = form.act(act)?;
            Some((form.as_ref(), act, act.field(field)?))
        })
    }

    /// A round.
    pub fn round(&self, id: RoundId) -> Option<&Arc<Round>> {
        self.rounds.iter().find(|round| round.id == id)
    }

    /// The newest version of each form that is there for those who need it, whatever the round, by key.
    pub fn offered(&self) -> impl Iterator<Item = &Arc<FormDefinition>> {
        // Versions of a form stand side by side, the newest last.
        let is_newest = |form: &FormRef| {
            let next = FormRef { key: form.key.clone(), version: form.version + 1 };
            self.forms.range(next..).next().is_none_or(|(other, _)| other.key != form.key)
        };
        self.forms.iter().filter(move |(at, form)| form.is_on_demand() && is_newest(at)).map(|(_, form)| form)
    }

    /// The version of a form that is asked now: the round's, or the newest where the round does not name the form.
    pub fn asked_now(&self, form: &FormKey, round: Option<&Round>) -> Option<&Arc<FormDefinition>> {
        let named = round.and_then(|round| round.forms.iter().find(|named| named.key == *form));
        match named {
            Some(named) => self.forms.get(named),
            None => self.versions_to(form, u32::MAX).next(),
        }
    }

    /// The versions of a form up to this one, the newest first.
    fn versions_to(&self, form: &FormKey, last: u32) -> impl Iterator<Item = &Arc<FormDefinition>> {
        let at = |version| FormRef { key: form.clone(), version };
        self.forms.range(at(0)..=at(last)).rev().map(|(_, form)| form)
    }

    /// The first version of the form whose text about this purpose means the same as this one's.
    pub fn same_since(&self, form: &FormDefinition, act: &Act, field: &Field) -> u32 {
        let (mut same, mut later) = (form.version, act);
        for earlier in self.versions_to(&form.key, form.version.saturating_sub(1)) {
            match earlier.act(&act.key) {
                Some(before) if same_meaning(before, later, later.field(&field.key).unwrap_or(field)) => {
                    (same, later) = (earlier.version, before);
                }
                _ => break,
            }
        }
        same
    }

    /// All rounds, by the day they open.
    pub fn rounds(&self) -> &[Arc<Round>] {
        &self.rounds
    }

    /// True when an act of the round asks whether everybody has answered before, in whatever round.
    pub fn looks_back(&self, round: &Round) -> bool {
        self.forms_of(round).any(|form| form.looks_back())
    }

    /// The element catalogue.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The elements as they are described today, by key.
    pub fn elements(&self) -> &[Description<Element>] {
        &self.inventory.elements
    }

    /// One element as it is described today.
    pub fn element(&self, key: &ElementKey) -> Option<&Description<Element>> {
        self.inventory.elements.iter().find(|described| described.what.key == *key)
    }

    /// The forms of the inventory, by code.
    pub fn paper_forms(&self) -> &[Description<PaperForm>] {
        &self.inventory.forms
    }

    /// Every form in its newest version, by key.
    pub fn newest_forms(&self) -> Vec<&Arc<FormDefinition>> {
        let newest: BTreeMap<&FormKey, &Arc<FormDefinition>> =
            self.forms.iter().map(|(form, definition)| (&form.key, definition)).collect();
        newest.into_values().collect()
    }

    pub(super) fn inventory_generation(&self) -> Option<&[u8]> {
        self.inventory_generation.as_deref()
    }

    /// The forms of a round in order.
    pub fn forms_of<'a>(&'a self, round: &'a Round) -> impl Iterator<Item = &'a Arc<FormDefinition>> {
        round.forms.iter().filter_map(|form| self.forms.get(form))
    }

    /// The forms of a round in one language, as JSON. Made once: every guardian is told the same.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a form cannot be written as JSON.
    pub fn forms_as_json(&self, round: &Round, locale: Locale) -> Result<Arc<RawValue>, StoreError> {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = told.get(&(round.id, locale)) {
            return Ok(known.clone());
        }
        let forms: Vec<FormDefinition> =
            self.forms_of(round).map(|form| FormDefinition::clone(form).in_locale(locale)).collect();
        let json =
            serde_json::value::to_raw_value(&forms).map_err(|_| StoreError::Corrupt("form_version"))?;
        let json: Arc<RawValue> = json.into();
        told.insert((round.id, locale), json.clone());
        Ok(json)
    }

    /// The acts of a round in order, each with its form.
    pub fn acts_of<'a>(&'a self, round: &'a Round) -> impl Iterator<Item = (&'a FormDefinition, &'a Act)> {
        self.forms_of(round).flat_map(|form| form.acts.iter().map(move |act| (form.as_ref(), act)))
    }

    /// The acts of the forms that are there for those who need them, each with its form.
    pub fn offered_acts(&self) -> impl Iterator<Item = (&FormDefinition, &Act)> {
        self.offered().flat_map(|form| form.acts.iter().map(move |act| (form.as_ref(), act)))
    }
}

/// The newest [`Published`] that this process has read.
pub(super) struct PublishedCache {
    current: RwLock<Arc<Published>>,
}

impl PublishedCache {
    pub(super) async fn load(db: &impl ConnectionTrait) -> Result<Self, StoreError> {
        Ok(Self { current: RwLock::new(Arc::new(read(db).await?)) })
    }

    fn get(&self) -> Arc<Published> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Store {
    /// What is published, as this process knows it.
    pub fn published(&self) -> Arc<Published> {
        self.inner.published.get()
    }

    /// Reads again what is published: after publishing, and when somebody names a form or round that another process may
    /// have published since.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn reload_published(&self) -> Result<Arc<Published>, StoreError> {
        let newest = Arc::new(read(self.db()).await?);
        *self.inner.published.current.write().unwrap_or_else(PoisonError::into_inner) = newest.clone();
        Ok(newest)
    }
}

async fn read(db: &impl ConnectionTrait) -> Result<Published, StoreError> {
    // The generation first: a change that comes in between is read again at the next request.
    let inventory_generation =
        meta::Entity::find_by_id(Of::Inventory.key().to_owned()).one(db).await?.map(|row| row.value);
    let inventory = Standing::read(db).await?;
    let mut forms = BTreeMap::new();
    for row in form_version::Entity::find().all(db).await? {
        let form: FormDefinition =
            serde_json::from_str(&row.definition).map_err(|_| StoreError::Corrupt("form_version"))?;
        forms.insert(form.reference(), Arc::new(form));
    }
    let (mut rounds, mut moved) = (Vec::new(), newest_versions(db, None).await?);
    for row in round::Entity::find().order_by_asc(round::Column::Opens).all(db).await? {
        let text = moved.remove(&row.id).map_or(row.definition, |newest| newest.definition);
        let round: Round = serde_json::from_str(&text).map_err(|_| StoreError::Corrupt("round"))?;
        rounds.push(Arc::new(round));
    }
    let catalogue = inventory.catalogue();
    let told = Mutex::default();
    Ok(Published { forms, rounds, catalogue, inventory, inventory_generation, told })
}
