use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, ReadHome, Submit, authorize};
use crate::usecase::own_draft;
use skolstart_shared::api::{
    DeleteOwnDraft, ErrorCode, GetOwnDraft, Nothing, OwnDraftOut, OwnDraftSaved, PutOwnDraft,
};

pub(in crate::http) async fn draft(call: Call<GetOwnDraft>) -> Result<Answer<OwnDraftOut>, Refusal> {
    let store = &call.state.store;
    let grant = authorize::<ReadHome>(store, call.principal()?, Object::Own).await?;
    Ok(own_draft::read(store, grant).await?.into())
}

pub(in crate::http) async fn put_draft(call: Call<PutOwnDraft>) -> Result<Answer<OwnDraftSaved>, Refusal> {
    let store = &call.state.store;
    let grant = authorize::<Submit>(store, call.principal()?, Object::Own).await?;
    let kept = own_draft::keep(store, grant, call.body).await?;
    Ok(kept.ok_or_else(|| Refusal::of(ErrorCode::Stale))?.into())
}

pub(in crate::http) async fn delete_draft(call: Call<DeleteOwnDraft>) -> Result<Answer<Nothing>, Refusal> {
    let store = &call.state.store;
    let grant = authorize::<Submit>(store, call.principal()?, Object::Own).await?;
    own_draft::forget(store, grant).await?;
    Ok(Nothing {}.into())
}
