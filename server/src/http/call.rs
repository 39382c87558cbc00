use super::error::Refusal;
use crate::identity::{Device, LoginToken, SessionToken};
use crate::policy::Principal;
use crate::state::AppState;
use axum::body::Bytes;
use skolstart_shared::Locale;
use skolstart_shared::api::{Endpoint, ErrorCode};
use std::net::IpAddr;

/// One request to one endpoint, read and checked in form. Whether the caller may do it is for the policy to say.
pub struct Call<E: Endpoint> {
    /// What the server consists of.
    pub state: AppState,
    /// Who asks. `None` only at endpoints that are open to everybody.
    pub principal: Option<Principal>,
    /// The token that was sent, valid or not; to be ended at sign-in and sign-out.
    pub token: Option<SessionToken>,
    /// What the browser holds of a sign-in under way.
    pub login: Option<LoginToken>,
    /// What kind of device it is, as far as it says. For the beginning of a session.
    pub device: Option<Device>,
    /// From where, when that is known. Counted, and never kept.
    pub address: Option<IpAddr>,
    /// The arguments of the path.
    pub path: E::Path,
    /// The body, where it is JSON.
    pub body: E::In,
    /// The body, where it is bytes.
    pub raw: Bytes,
    /// The language to answer in.
    pub locale: Locale,
    /// What the log calls this request.
    pub request_id: String,
}

impl<E: Endpoint> Call<E> {
    /// Who asks.
    ///
    /// # Errors
    /// 401 when nobody is signed in.
    pub fn principal(&self) -> Result<&Principal, Refusal> {
        self.principal.as_ref().ok_or_else(|| Refusal::of(ErrorCode::SignedOut))
    }
}
