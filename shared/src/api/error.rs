use crate::date::Timestamp;
use crate::fact::{Provenance, Value};
use crate::violation::Violation;
use serde::{Deserialize, Serialize};

/// Why a request was refused. The program decides what to do by this, never by a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ErrorCode {
    /// 400: the request cannot be read.
    Malformed,
    /// 401: nobody is signed in, or the session has ended.
    SignedOut,
    /// 403: the request does not come from our own pages, or it needs somebody else than the one who asks.
    Forbidden,
    /// 403: what is asked for needs a newer sign-in than this session's, or one at the provider.
    SignInAgain,
    /// 404: it does not exist, or not for the one who asks.
    NotFound,
    /// 409: this id was sent before with another content.
    HashMismatch,
    /// 409: somebody has decided meanwhile; `conflicts` says what, and what the sender said.
    AlreadyDecided,
    /// 410: it is closed, or the person no longer decides for the child.
    Closed,
    /// 412: what the answer was based on has been changed by somebody else.
    Stale,
    /// 413: the request is too large.
    TooLarge,
    /// 415: the request is not JSON.
    UnsupportedMedia,
    /// 422: answers break rules; `violations` says which.
    Invalid,
    /// 426: the program is too old. What waits to be sent is kept until it is updated.
    Outdated,
    /// 429: more children than one person opens or takes out in a day. Whoever leads can let her go on with opening.
    Enough,
    /// 503: try again after `Retry-After` seconds.
    Busy,
    /// 500.
    Internal,
}

/// A field that two people changed at the same time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Conflict {
    /// The field, as in violations: `acts.2.phone`.
    pub path: String,
    /// The value that the sender has not seen, if the sender may see it.
    pub theirs: Option<Value>,
    /// Where it comes from.
    pub from: Provenance,
    /// When it came.
    pub at: Timestamp,
    /// Its version, to send as the new base. 0 for a consent: the base of a yes is what her home shows, and nothing else.
    pub version: u32,
}

/// The body of every response that is not a success, except 5xx which have none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ApiError {
    /// Why.
    pub code: ErrorCode,
    /// What is wrong with the answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub violations: Vec<Violation>,
    /// What has changed in the meantime.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
    /// What to quote to support; also in the log.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub request_id: String,
}
