use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, ReadOwnSubmissions, authorize};
use crate::usecase;
use skolstart_shared::api::{GetReaders, ReaderLine};

pub(in crate::http) async fn readers(call: Call<GetReaders>) -> Result<Answer<Vec<ReaderLine>>, Refusal> {
    let object = Object::Child(call.path);
    let principal = call.principal()?;
    let grant = authorize::<ReadOwnSubmissions>(&call.state.store, principal, object).await?;
    Ok(usecase::readers::read(&call.state.store, grant, principal).await?.into())
}
