use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, ReadReaders, authorize};
use crate::usecase;
use skolstart_shared::api::{ReaderLine, StaffReaders};

pub(in crate::http) async fn readers(call: Call<StaffReaders>) -> Result<Answer<Vec<ReaderLine>>, Refusal> {
    let object = Object::Child(call.path);
    let grant = authorize::<ReadReaders>(&call.state.store, call.principal()?, object).await?;
    Ok(usecase::readers::read_by_name(&call.state.store, grant).await?.into())
}
