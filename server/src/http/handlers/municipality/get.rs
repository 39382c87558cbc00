use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, ReadMunicipality, authorize};
use crate::usecase;
use skolstart_shared::api::{GetMunicipality, GetRoundFigures, MunicipalityOut};

pub(in crate::http) async fn get(call: Call<GetMunicipality>) -> Result<Answer<MunicipalityOut>, Refusal> {
    let grant = authorize::<ReadMunicipality>(&call.state.store, call.principal()?, Object::Own).await?;
    Ok(usecase::municipality::read(&call.state.store, grant, None, call.locale).await?.into())
}

pub(in crate::http) async fn of_round(
    call: Call<GetRoundFigures>,
) -> Result<Answer<MunicipalityOut>, Refusal> {
    let grant = authorize::<ReadMunicipality>(&call.state.store, call.principal()?, Object::Own).await?;
    let round = Some(call.path);
    Ok(usecase::municipality::read(&call.state.store, grant, round, call.locale).await?.into())
}
