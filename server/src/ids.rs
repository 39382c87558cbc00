//! The only source of ids and random bytes. Owns UUID version 7 (RFC 9562), whose first part is the time, so that rows
//! written together lie together. Must not be used for secrets by their order: a token is random in whole.

use crate::clock::Clock;
use uuid::{Builder, Uuid};

/// The operating system gave no random bytes. Nothing can be made then, and nothing should be.
#[derive(Debug, thiserror::Error)]
#[error("the operating system gives no random bytes")]
pub struct NoRandomness;

/// Makes ids.
#[derive(Clone)]
pub struct Ids {
    clock: Clock,
}

impl Ids {
    /// Ids dated by this clock.
    pub fn new(clock: Clock) -> Self {
        Self { clock }
    }

    /// A new id, UUID version 7.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn next(&self) -> Result<Uuid, NoRandomness> {
        let millis = u64::try_from(self.clock.now().as_millis()).unwrap_or(0);
        Ok(Builder::from_unix_timestamp_millis(millis, &random()?).into_uuid())
    }
}

/// Random bytes from the operating system, fit for keys and tokens.
///
/// # Errors
/// When there are none.
pub fn random<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(bytes)
}
