//! The forms that the demo municipality had on paper. Titles and questions are those of real forms in public use; copies,
//! sheets and minutes are estimates and marked so. Taken in as an administrator would: from a spreadsheet.

use super::Cast;
use crate::policy::{EditInventory, Object, authorize, principal};
use crate::store::Store;
use crate::usecase::inventory;
use anyhow::{Context, anyhow};
use skolstart_shared::api::{ImportOut, InventoryFileIn, SheetKind};
use skolstart_shared::id::PersonId;
use skolstart_shared::{Locale, base64};

const FORMS: &str = include_str!("data/inventory.csv");

/// Takes in the inventory on behalf of the municipal administrator.
///
/// # Errors
/// When he is not in the register, or the store could not do it.
pub async fn take_in_inventory(store: &Store) -> anyhow::Result<ImportOut> {
    let administrator = PersonId(Cast::MatsOberg.id());
    let principal = principal(store, administrator, Locale::Sv, "demo".to_owned()).await?;
    let principal = principal.ok_or_else(|| anyhow!("the municipal administrator is not in the register"))?;
    let grant = authorize::<EditInventory>(store, &principal, Object::Own).await?;
    let file = InventoryFileIn { kind: SheetKind::Csv, content: base64::encode(FORMS.as_bytes()) };
    inventory::import(store, grant, &file, Locale::Sv).await.context("the inventory was not taken in")
}
