use crate::policy::{Grant, Principal, ReadKitchen, Scope};
use crate::store::Store;
use crate::usecase::ReadError;
use skolstart_shared::access::Function;
use skolstart_shared::api::KitchenUnit;
use skolstart_shared::id::UnitId;

/// True when the kitchen of the unit is her task.
pub(super) fn cooks_at(principal: &Principal, unit: UnitId) -> bool {
    principal.tasks_with(&[unit], None).contains(&Function::Kitchen)
}

/// The units whose kitchen the reader has the task of, by name.
///
/// # Errors
/// When they could not be read.
pub async fn units(
    store: &Store,
    grant: Grant<ReadKitchen>,
    principal: &Principal,
) -> Result<Vec<KitchenUnit>, ReadError> {
    let Scope::Units(units) = grant.scope() else { return Ok(Vec::new()) };
    let hers: Vec<UnitId> = units.iter().copied().filter(|unit| cooks_at(principal, *unit)).collect();
    let (_, names) = store.own_names(principal).await?;
    let mut units: Vec<KitchenUnit> =
        hers.into_iter().filter_map(|id| Some(KitchenUnit { id, name: names.get(&id)?.clone() })).collect();
    units.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
    Ok(units)
}
