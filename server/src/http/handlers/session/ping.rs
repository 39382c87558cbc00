use crate::http::{Answer, Call, Refusal};
use skolstart_shared::api::{Nothing, Ping};

pub(in crate::http) async fn ping(_: Call<Ping>) -> Result<Answer<Nothing>, Refusal> {
    Ok(Nothing {}.into())
}
