use crate::http::{Answer, Call, Refusal};
use crate::policy::{ExportLists, Object, ReadPictures, authorize};
use crate::usecase::bulk;
use skolstart_shared::api::{ExportPictureConsents, FileOut};

pub(in crate::http) async fn file(call: Call<ExportPictureConsents>) -> Result<Answer<FileOut>, Refusal> {
    let (store, principal) = (&call.state.store, call.principal()?);
    let own = authorize::<ExportLists>(store, principal, Object::Own).await?;
    let found = bulk::own(store, &own, call.path.id).await?;
    // What she may see of the group today decides, not what she might when she asked.
    let grant = authorize::<ReadPictures>(store, principal, Object::Group(found.list.group)).await?;
    Ok(bulk::fetch(store, (&own, grant), &found, call.path.kind, call.locale).await?.into())
}
