use crate::http::{Answer, Call, Refusal};
use crate::policy::{EditInventory, Object, ReadInventory, authorize};
use crate::usecase::inventory;
use skolstart_shared::api::{CheckInventoryFile, ExportInventory, FileOut, ImportInventory, ImportOut};

pub(in crate::http) async fn check(call: Call<CheckInventoryFile>) -> Result<Answer<ImportOut>, Refusal> {
    let store = &call.state.store;
    let grant = authorize::<EditInventory>(store, call.principal()?, Object::Own).await?;
    Ok(inventory::preview(store, grant, &call.body, call.locale).await?.into())
}

pub(in crate::http) async fn import(call: Call<ImportInventory>) -> Result<Answer<ImportOut>, Refusal> {
    let store = &call.state.store;
    let grant = authorize::<EditInventory>(store, call.principal()?, Object::Own).await?;
    Ok(inventory::import(store, grant, &call.body, call.locale).await?.into())
}

pub(in crate::http) async fn export(call: Call<ExportInventory>) -> Result<Answer<FileOut>, Refusal> {
    let store = &call.state.store;
    let grant = authorize::<ReadInventory>(store, call.principal()?, Object::Own).await?;
    Ok(inventory::export(store, grant, call.path, call.locale).await?.into())
}
