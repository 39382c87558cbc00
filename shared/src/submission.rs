//! What a guardian sends: an envelope with a client-made id and a content hash.
//!
//! Owns the shape and the canonical bytes that the hash covers. The hash itself is computed by the browser's
//! SubtleCrypto and by the server: no hash code is paid for in the download.

use crate::Map;
use crate::form::{ActKey, Answers, FieldKey, FormRef};
use crate::id::{PersonId, RoundId, SubmissionId};
use crate::locale::Locale;
use serde::{Deserialize, Serialize};

/// The answer to one act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ActAnswer {
    /// The form and the version whose texts were read.
    pub form: FormRef,
    /// The act.
    pub act: ActKey,
    /// The child it is about. `None`: about the one who answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub child: Option<PersonId>,
    /// The answers; known values that were confirmed are among them.
    pub answers: Answers,
    /// The versions of the facts that were shown (`Known::version`), and of her own decisions (`MyDecision::version`). A fact that
    /// has moved on since gives 412, and so does a yes that did not know of her newest no.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub base: Map<FieldKey, u32>,
}

/// Everything that is sent at one time. Taken whole or not at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SubmissionContent {
    /// The round it answers.
    pub round: RoundId,
    /// The language that the texts were read in.
    pub locale: Locale,
    /// The answers.
    pub acts: Vec<ActAnswer>,
    /// The earlier submission that this one changes, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<SubmissionId>,
}

impl SubmissionContent {
    /// The bytes that the content hash covers: JSON with keys in order. The same content gives the same bytes on every
    /// machine, because maps are ordered and there are no floating-point numbers.
    ///
    /// # Errors
    /// Never for a content that was read from JSON.
    pub fn canonical_bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }
}

/// SHA-256 of the canonical bytes, 64 lower-case hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct ContentHash(pub String);

impl ContentHash {
    /// The hash with these 32 bytes.
    pub fn of_digest(digest: &[u8]) -> Self {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble & 15)]);
        Self(digest.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect())
    }
}

/// What `PUT /api/submissions/{id}` takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SubmissionIn {
    /// The content.
    pub content: SubmissionContent,
    /// The hash of it, as the client computed it when the guardian pressed send.
    pub hash: ContentHash,
}
