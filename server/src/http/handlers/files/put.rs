use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, SendFile, authorize};
use crate::usecase::files;
use skolstart_shared::api::{DeleteFile, FileState, FinishFile, Nothing, PutFile, PutFilePart};
use skolstart_shared::fact::FileRef;

pub(in crate::http) async fn begin(call: Call<PutFile>) -> Result<Answer<FileState>, Refusal> {
    let store = &call.state.store;
    let about = call.body.child.map_or(Object::Own, Object::Child);
    let grant = authorize::<SendFile>(store, call.principal()?, about).await?;
    Ok(files::begin(store, grant, call.path, call.body).await?.into())
}

pub(in crate::http) async fn part(call: Call<PutFilePart>) -> Result<Answer<FileState>, Refusal> {
    let store = &call.state.store;
    let (id, offset) = call.path;
    let grant = authorize::<SendFile>(store, call.principal()?, Object::File(id)).await?;
    Ok(files::add(store, grant, id, offset, call.raw.to_vec()).await?.into())
}

pub(in crate::http) async fn finish(call: Call<FinishFile>) -> Result<Answer<FileRef>, Refusal> {
    let store = &call.state.store;
    let grant = authorize::<SendFile>(store, call.principal()?, Object::File(call.path)).await?;
    Ok(files::finish(store, grant, call.path).await?.into())
}

pub(in crate::http) async fn forget(call: Call<DeleteFile>) -> Result<Answer<Nothing>, Refusal> {
    let store = &call.state.store;
    // Whether there is such a file is not said: the second time there is none.
    let grant = authorize::<SendFile>(store, call.principal()?, Object::Own).await?;
    files::forget(store, grant, call.path).await?;
    Ok(Nothing {}.into())
}
