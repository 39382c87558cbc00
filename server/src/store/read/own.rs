use crate::policy::Principal;
use crate::store::entity::organisation;
use crate::store::rows::distinct;
use crate::store::{Store, StoreError};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use skolstart_shared::id::UnitId;
use skolstart_shared::school::OrganisationKind;
use std::collections::HashMap;
use uuid::Uuid;

impl Store {
    /// The principal's own name, and the names of the units where she works.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn own_names(
        &self,
        principal: &Principal,
    ) -> Result<(String, HashMap<UnitId, String>), StoreError> {
        let name = self.own_name(principal.person(), self.clock().today()).await?.for_family().full();
        let at_huvudman = principal.offices().map(|(huvudman, _)| huvudman.0);
        let units = distinct(principal.duties().map(|(unit, _)| unit.0).chain(at_huvudman));
        Ok((name, unit_names(self.db(), &units).await?))
    }

    /// The name of the municipality, as the register has it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn municipality_name(&self) -> Result<String, StoreError> {
        let huvudman = organisation::Column::Kind.eq(OrganisationKind::Huvudman.code());
        let row = organisation::Entity::find().filter(huvudman).one(self.db()).await?;
        Ok(row.map(|row| row.name).unwrap_or_default())
    }
}

pub(in crate::store) async fn unit_names<C: ConnectionTrait>(
    db: &C,
    units: &[Uuid],
) -> Result<HashMap<UnitId, String>, StoreError> {
    if units.is_empty() {
        return Ok(HashMap::new());
    }
    let query = organisation::Entity::find().filter(organisation::Column::Id.is_in(units.iter().copied()));
    Ok(query.all(db).await?.into_iter().map(|row| (UnitId(row.id), row.name)).collect())
}
