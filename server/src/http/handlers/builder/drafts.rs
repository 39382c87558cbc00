use crate::http::{Answer, Call, Refusal};
use crate::policy::{EditForms, Object, PublishForm, ReadForms, authorize};
use crate::usecase::builder;
use skolstart_shared::api::{
    DiscardDraft, DraftOut, DraftSaved, FormFileOut, FormsOut, GetDraft, GetPublishedForm, ListForms,
    Nothing, PutDraft, PutReview, ReadFormFile,
};
use skolstart_shared::form::{FormDefinition, FormRef};

pub(in crate::http) async fn forms(call: Call<ListForms>) -> Result<Answer<FormsOut>, Refusal> {
    let store = &call.state.store;
    let grant = authorize::<ReadForms>(store, call.principal()?, Object::Own).await?;
    Ok(builder::list(store, grant, call.locale).await?.into())
}

pub(in crate::http) async fn published_form(
    call: Call<GetPublishedForm>,
) -> Result<Answer<FormDefinition>, Refusal> {
    let store = &call.state.store;
    let grant = authorize::<ReadForms>(store, call.principal()?, Object::Own).await?;
    let (key, version) = call.path;
    Ok(builder::published_form(store, grant, &FormRef { key, version }).await?.into())
}

pub(in crate::http) async fn get_draft(call: Call<GetDraft>) -> Result<Answer<DraftOut>, Refusal> {
    let store = &call.state.store;
    let grant = authorize::<ReadForms>(store, call.principal()?, Object::Own).await?;
    Ok(builder::read_draft(store, grant, call.path).await?.into())
}

pub(in crate::http) async fn put_draft(call: Call<PutDraft>) -> Result<Answer<DraftSaved>, Refusal> {
    let store = &call.state.store;
    let grant = authorize::<EditForms>(store, call.principal()?, Object::Own).await?;
    Ok(builder::save(store, grant, call.path, call.body).await?.into())
}

pub(in crate::http) async fn discard_draft(call: Call<DiscardDraft>) -> Result<Answer<Nothing>, Refusal> {
    let store = &call.state.store;
    let grant = authorize::<EditForms>(store, call.principal()?, Object::Own).await?;
    builder::discard(store, grant, call.path, call.body.revision).await?;
    Ok(Nothing {}.into())
}

pub(in crate::http) async fn put_review(call: Call<PutReview>) -> Result<Answer<DraftOut>, Refusal> {
    let store = &call.state.store;
    let grant = authorize::<PublishForm>(store, call.principal()?, Object::Own).await?;
    Ok(builder::review(store, grant, call.path, call.body).await?.into())
}

pub(in crate::http) async fn read_file(call: Call<ReadFormFile>) -> Result<Answer<FormFileOut>, Refusal> {
    let store = &call.state.store;
    authorize::<EditForms>(store, call.principal()?, Object::Own).await?;
    Ok(builder::read_file(&call.body, store.published().catalogue())?.into())
}
