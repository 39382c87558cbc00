use crate::http::{Answer, Call, Refusal};
use crate::policy::{EditInventory, Object, ReadInventory, authorize};
use crate::usecase;
use skolstart_shared::api::{GetInventory, InventoryOut, PaperFormLine, PutPaperForm};

pub(in crate::http) async fn inventory(call: Call<GetInventory>) -> Result<Answer<InventoryOut>, Refusal> {
    let store = &call.state.store;
    let grant = authorize::<ReadInventory>(store, call.principal()?, Object::Own).await?;
    Ok(usecase::inventory::read_inventory(store, grant, call.locale).await?.into())
}

pub(in crate::http) async fn put_form(call: Call<PutPaperForm>) -> Result<Answer<PaperFormLine>, Refusal> {
    let store = &call.state.store;
    let grant = authorize::<EditInventory>(store, call.principal()?, Object::Own).await?;
    Ok(usecase::inventory::change_form(store, grant, &call.path.0, call.body).await?.into())
}
