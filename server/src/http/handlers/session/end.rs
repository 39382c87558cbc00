use crate::http::{Answer, Call, Refusal};
use crate::identity;
use http::{HeaderName, HeaderValue, header};
use skolstart_shared::api::{EndSession, Nothing};

/// What the browser must forget. Not `cookies`: that would take the cookies of the whole domain.
const FORGET: HeaderValue = HeaderValue::from_static("\"cache\", \"storage\"");

pub(in crate::http) async fn end(call: Call<EndSession>) -> Result<Answer<Nothing>, Refusal> {
    let principal = call.principal()?;
    if let Some(token) = &call.token {
        identity::end(&call.state.store, token, principal).await?;
    }
    let mut answer = Answer::from(Nothing {}).with(HeaderName::from_static("clear-site-data"), FORGET);
    if let Some(cookie) = call.state.cookie.clear() {
        answer = answer.with(header::SET_COOKIE, cookie);
    }
    Ok(answer)
}
