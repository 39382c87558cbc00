//! Codes from school for guardians without an e-identification: making, listing and withdrawing them, and taking one as proof.
//!
//! Owns the table `school_code`. Called by `usecase::school_codes` and, before there is a principal, by `identity`. Must not keep
//! a code: it follows from the id and the key, and only a keyed hash of it is stored.

mod make;
mod take;

pub use make::{Made, SchoolCodeRecord};

use super::{Store, StoreError};
use crate::school_code::SchoolCode;
use uuid::Uuid;

/// Wrong letters after the right first four: then it is blocked.
pub(super) const MOST_TRIES: i32 = 5;
/// A visit that was broken off must not cost a new letter.
pub(super) const MOST_USES: i32 = 3;

impl Store {
    /// The code with this id. Nobody can work it out without the key.
    fn school_code(&self, id: Uuid) -> Result<SchoolCode, StoreError> {
        let secret = self.sealer().blind("school-code-letters", id.as_bytes())?;
        SchoolCode::of(&secret).ok_or(StoreError::Corrupt("school_code"))
    }

    /// Every hash that the secret part of the code with this id may stand under. The first is the one to store.
    fn school_code_hashes(&self, id: Uuid, code: &SchoolCode) -> Result<Vec<Vec<u8>>, StoreError> {
        self.sealer().blinds("school-code", &[id.as_bytes(), code.secret().as_bytes()].concat())
    }
}
