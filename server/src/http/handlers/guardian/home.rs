use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, ReadHome, authorize};
use crate::usecase;
use skolstart_shared::api::{GetHome, HomeOut};

pub(in crate::http) async fn home(call: Call<GetHome>) -> Result<Answer<HomeOut>, Refusal> {
    let principal = call.principal()?;
    let grant = authorize::<ReadHome>(&call.state.store, principal, Object::Own).await?;
    Ok(Answer::stored(usecase::home::read(&call.state.store, grant, principal).await?))
}
