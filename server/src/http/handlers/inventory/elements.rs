use crate::http::{Answer, Call, Refusal};
use crate::policy::{EditInventory, Object, ReadInventory, authorize};
use crate::usecase::inventory;
use skolstart_shared::api::{
    CatalogueOut, ElementLine, ElementVersion, GetCatalogue, GetElementHistory, PutElement,
};

pub(in crate::http) async fn catalogue(call: Call<GetCatalogue>) -> Result<Answer<CatalogueOut>, Refusal> {
    let store = &call.state.store;
    let grant = authorize::<ReadInventory>(store, call.principal()?, Object::Own).await?;
    Ok(inventory::read_catalogue(store, grant, call.locale).await?.into())
}

pub(in crate::http) async fn put_element(call: Call<PutElement>) -> Result<Answer<ElementLine>, Refusal> {
    let store = &call.state.store;
    let grant = authorize::<EditInventory>(store, call.principal()?, Object::Own).await?;
    Ok(inventory::change_element(store, grant, &call.path, call.body, call.locale).await?.into())
}

pub(in crate::http) async fn element_history(
    call: Call<GetElementHistory>,
) -> Result<Answer<Vec<ElementVersion>>, Refusal> {
    let store = &call.state.store;
    let grant = authorize::<ReadInventory>(store, call.principal()?, Object::Own).await?;
    Ok(inventory::element_history(store, grant, &call.path).await?.into())
}
