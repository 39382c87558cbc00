//! Who the others are in what is held about somebody: a role, never a name.

use crate::i18n::t;
use crate::store::StoreError;
use crate::store::entity::{duty, guardian_relation, organisation, person, school_group};
use crate::store::reader::Reader;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use serde_json::Value as Json;
use skolstart_shared::Locale;
use skolstart_shared::people::SecurityMarking;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Everybody who is related to the person, or works.
pub(super) struct Others {
    guardians: HashSet<Uuid>,
    children: HashSet<Uuid>,
    staff: HashSet<Uuid>,
    protected: HashSet<Uuid>,
    /// Units and groups, which are no persons.
    places: HashMap<Uuid, String>,
    locale: Locale,
}

impl Others {
    pub(super) async fn load(db: &Reader, who: Uuid, locale: Locale) -> Result<Self, StoreError> {
        use guardian_relation::Column::{AdultId, ChildId};
        let related = Condition::any().add(ChildId.eq(who)).add(AdultId.eq(who));
        let related = guardian_relation::Entity::find().filter(related).all(db).await?;
        let guardians: HashSet<Uuid> =
            related.iter().filter(|row| row.child_id == who).map(|row| row.adult_id).collect();
        let children: HashSet<Uuid> =
            related.iter().filter(|row| row.adult_id == who).map(|row| row.child_id).collect();
        let near = guardians.iter().chain(&children).copied();
        let people = person::Entity::find().filter(person::Column::Id.is_in(near)).all(db).await?;
        let protected = people.iter().filter(|row| SecurityMarking::from_code(&row.marking).is_protected());
        let protected = protected.map(|row| row.id).collect();
        let staff = duty::Entity::find().all(db).await?.into_iter().map(|row| row.person_id).collect();
        let units = organisation::Entity::find().all(db).await?.into_iter().map(|row| (row.id, row.name));
        let groups = school_group::Entity::find().all(db).await?.into_iter().map(|row| (row.id, row.name));
        Ok(Self { guardians, children, staff, protected, places: units.chain(groups).collect(), locale })
    }

    pub(super) fn guardians(&self) -> impl Iterator<Item = Uuid> {
        self.guardians.iter().copied()
    }

    pub(super) fn is_protected(&self, who: Uuid) -> bool {
        self.protected.contains(&who)
    }

    /// What an id is called.
    pub(super) async fn name(&self, db: &Reader, id: Uuid, who: Uuid) -> Result<String, StoreError> {
        if let Some(known) = self.known(id, who) {
            return Ok(known.to_owned());
        }
        let is_person = person::Entity::find_by_id(id).one(db).await?.is_some();
        Ok(if is_person { t("extract.other.somebody", self.locale).to_owned() } else { id.to_string() })
    }

    fn known(&self, id: Uuid, who: Uuid) -> Option<&str> {
        match id {
            id if id == who => Some(t("extract.other.self", self.locale)),
            id if self.guardians.contains(&id) => Some(t("extract.other.guardian", self.locale)),
            id if self.children.contains(&id) => Some(t("extract.other.child", self.locale)),
            id if self.staff.contains(&id) => Some(t("extract.other.staff", self.locale)),
            id => self.places.get(&id).map(String::as_str),
        }
    }

    /// A value in which every id of somebody known is a role. Hashes and keys of the program stay out.
    pub(super) fn without_ids(&self, value: Json, who: Uuid) -> Json {
        match value {
            Json::String(text) => match Uuid::parse_str(&text).ok().and_then(|id| self.known(id, who)) {
                Some(role) => role.into(),
                None => text.into(),
            },
            Json::Array(all) => all.into_iter().map(|value| self.without_ids(value, who)).collect(),
            Json::Object(all) => {
                let kept = all.into_iter().filter(|(name, _)| name != "source_hash" && name != "blind");
                kept.map(|(name, value)| (name, self.without_ids(value, who))).collect()
            }
            other => other,
        }
    }
}
