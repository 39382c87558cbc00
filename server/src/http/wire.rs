//! Whether a program is too old to be understood. Called by the adapter before anything is changed.
//!
//! Programs say which wire they speak in a header; pages that stay open for weeks and phones that were away speak older ones.
//! All that [`OLDEST`] and later mean is understood; what waits in an older one is kept on the device until it is updated.

use super::error::Refusal;
use http::HeaderMap;
use skolstart_shared::api::{ErrorCode, WIRE_HEADER};

/// The oldest wire that is understood. Moved on only when nobody can be expected to hold something to send in an older one:
/// a school year after it was replaced.
const OLDEST: u16 = 1;

/// Refuses what is said in too old a wire. Who does not say is not one of our programs: shapes decide.
pub(super) fn check(headers: &HeaderMap) -> Result<(), Refusal> {
    let Some(said) = headers.get(WIRE_HEADER) else { return Ok(()) };
    match said.to_str().ok().and_then(|said| said.parse::<u16>().ok()) {
        Some(wire) if wire >= OLDEST => Ok(()),
        Some(_) => Err(Refusal::of(ErrorCode::Outdated)),
        None => Err(Refusal::of(ErrorCode::Malformed)),
    }
}
