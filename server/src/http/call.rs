use crate::identity::{Caller, SessionToken};
use crate::state::AppState;
use skolstart_shared::Locale;
use skolstart_shared::api::Endpoint;

/// One request to one endpoint, read and checked in form. Whether the caller may do it is for the policy to say.
pub struct Call<E: Endpoint> {
    /// What the server consists of.
    pub state: AppState,
    /// Who asks. `None` only at endpoints that are open to everybody.
    pub caller: Option<Caller>,
    /// The token that was sent, valid or not; to be ended at sign-in and sign-out.
    pub token: Option<SessionToken>,
    /// The arguments of the path.
    pub path: E::Path,
    /// The body.
    pub body: E::In,
    /// The language to answer in.
    pub locale: Locale,
    /// What the log calls this request.
    pub request_id: String,
}
