use skolstart_shared::id::PersonId;
use uuid::Uuid;

/// One thing to be noted. The texts come from the program, so that nothing personal can stand in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Who did it. `None`: an operator or the program itself.
    pub actor: Option<PersonId>,
    /// On whose behalf, where it is somebody else's word or right: whose paper answer staff take down, who is given an extract.
    pub acting_for: Option<PersonId>,
    /// What was done: `submit`, `read-child`.
    pub action: &'static str,
    /// What kind of thing it was done to: `child`, `group`, `submission`.
    pub object_kind: &'static str,
    /// Which.
    pub object_id: Option<Uuid>,
    /// In what capacity or for what task.
    pub purpose: &'static str,
    /// How it went: `done`, `refused`.
    pub outcome: &'static str,
    /// The request, as in the log. For a part of an erasure: the class, and how many rows of it went.
    pub request_id: String,
}
