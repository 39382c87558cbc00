use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, ReadPictures, authorize};
use crate::usecase::consents;
use skolstart_shared::api::{GetPictureConsents, PictureConsentsOut};

pub(in crate::http) async fn pictures(
    call: Call<GetPictureConsents>,
) -> Result<Answer<PictureConsentsOut>, Refusal> {
    let store = &call.state.store;
    let grant = authorize::<ReadPictures>(store, call.principal()?, Object::Group(call.path)).await?;
    Ok(consents::pictures(store, grant, call.locale).await?.into())
}
