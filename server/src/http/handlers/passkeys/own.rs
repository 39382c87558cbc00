use super::{asked, passkeys, without_login};
use crate::http::{Answer, Call, Refusal};
use crate::identity::OwnPasskeys;
use crate::policy::{self, Object, authorize};
use skolstart_shared::api::{
    AddPasskey, BeginPasskey, Endpoint, ErrorCode, GetPasskeys, NamePasskey, Nothing, PasskeyAsked,
    PasskeysOut, RemovePasskey,
};

async fn own<E: Endpoint>(call: &Call<E>) -> Result<OwnPasskeys<'_>, Refusal> {
    let (store, principal) = (&call.state.store, call.principal()?);
    let passkeys = passkeys(&call.state)?;
    let grant = authorize::<policy::OwnPasskeys>(store, principal, Object::Own).await?;
    let session = call.token.as_ref().ok_or_else(|| Refusal::of(ErrorCode::SignedOut))?;
    Ok(OwnPasskeys { store, passkeys, grant, session })
}

pub(in crate::http) async fn list(call: Call<GetPasskeys>) -> Result<Answer<PasskeysOut>, Refusal> {
    Ok(own(&call).await?.list().await?.into())
}

pub(in crate::http) async fn begin(call: Call<BeginPasskey>) -> Result<Answer<PasskeyAsked>, Refusal> {
    let begun = own(&call).await?.begin(call.principal()?).await?;
    Ok(asked(&call.state, begun))
}

pub(in crate::http) async fn add(call: Call<AddPasskey>) -> Result<Answer<Nothing>, Refusal> {
    own(&call).await?.add(call.path, &call.body, call.login.as_ref()).await?;
    Ok(without_login(&call.state, Nothing {}.into()))
}

pub(in crate::http) async fn name(call: Call<NamePasskey>) -> Result<Answer<Nothing>, Refusal> {
    own(&call).await?.name(call.path, &call.body.name).await?;
    Ok(Nothing {}.into())
}

pub(in crate::http) async fn remove(call: Call<RemovePasskey>) -> Result<Answer<Nothing>, Refusal> {
    own(&call).await?.remove(call.path).await?;
    Ok(Nothing {}.into())
}
