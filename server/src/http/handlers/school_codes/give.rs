use crate::http::{Answer, Call, Refusal};
use crate::policy::{GiveCodes, Object, Principal, ReadChild, authorize};
use crate::store::Store;
use crate::usecase::{protection, school_codes};
use skolstart_shared::api::{GetSchoolCodes, PutSchoolCode, SchoolCodeOut, SchoolCodeStep, SchoolCodesOut};
use skolstart_shared::id::PersonId;

pub(in crate::http) async fn list(call: Call<GetSchoolCodes>) -> Result<Answer<SchoolCodesOut>, Refusal> {
    let (store, principal) = (&call.state.store, call.principal()?);
    may_open(store, principal, call.path).await?;
    let grant = authorize::<GiveCodes>(store, principal, Object::Child(call.path)).await?;
    Ok(school_codes::list(store, grant, principal).await?.into())
}

pub(in crate::http) async fn step(call: Call<PutSchoolCode>) -> Result<Answer<SchoolCodeOut>, Refusal> {
    let (child, id) = call.path;
    let (store, principal, origin) = (&call.state.store, call.principal()?, &call.state.origin);
    may_open(store, principal, child).await?;
    let grant = authorize::<GiveCodes>(store, principal, Object::Child(child)).await?;
    let sheet = match &call.body {
        SchoolCodeStep::Make(whom) => {
            Some(school_codes::make(store, grant, principal, id, *whom, origin).await?)
        }
        SchoolCodeStep::Withdraw => {
            school_codes::withdraw(store, grant, principal, id).await?;
            None
        }
    };
    Ok(SchoolCodeOut { sheet }.into())
}

/// Who works on the page of a child with protected identity has said why she opened it.
async fn may_open(store: &Store, principal: &Principal, child: PersonId) -> Result<(), Refusal> {
    let grant = authorize::<ReadChild>(store, principal, Object::Child(child)).await?;
    Ok(protection::may_open(store, principal, &grant).await?)
}
