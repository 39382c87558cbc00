use super::endpoint::{Nothing, endpoints};
use crate::fact::FileRef;
use crate::id::{FileId, PersonId};
use crate::submission::ContentHash;
use serde::{Deserialize, Serialize};

endpoints! {
    /// Begins to take a file, or says how far it has come. The same id and content again changes nothing.
    PutFile = Put "/api/files/{file}" SendFile (FileId) FileIn => FileState;
    /// Takes the bytes of a file from an offset on, and says how far it has come. What is there already changes nothing.
    PutFilePart = Put "/api/files/{file}/parts/{offset}" SendFile ((FileId, u32)) Nothing => FileState, BytesIn;
    /// Checks a file that has come whole, writes pictures anew without what cameras note in them, and keeps it.
    FinishFile = Put "/api/files/{file}/end" SendFile (FileId) Nothing => FileRef;
    /// Forgets a file of the caller that no answer holds.
    DeleteFile = Delete "/api/files/{file}" SendFile (FileId) Nothing => Nothing;
    /// The file itself, to be shown in the page.
    GetFile = Get "/api/files/{file}" ReadFile (FileId) Nothing => Nothing, BytesOut;
}

/// The most bytes of a file in one request. The server takes no more; a weak network sends fewer at a time.
pub const MOST_PART: u32 = 256 * 1024;

/// A file that somebody wants to send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FileIn {
    /// The child it is about. `None`: the sender herself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub child: Option<PersonId>,
    /// How large it is, in bytes.
    pub bytes: u32,
    /// SHA-256 of its bytes.
    pub hash: ContentHash,
    /// What it is called where it comes from. Personal data, and not to be trusted: shown only after it has been cleaned.
    pub name: String,
}

/// How far a file has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FileState {
    /// How many of its bytes the server has, from the beginning.
    pub received: u32,
    /// What an answer names, once it is checked and kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<FileRef>,
}
