//! Identities. Each kind of thing has its own type, so that a child's id cannot be passed where a unit's is meant.
//!
//! Ids are UUIDs: version 7 when made here, any version when they come from a school register (SS 12000 ids are stable
//! across systems). Making one needs randomness and a clock, so that happens in `app` and `server`.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = ();
            fn from_str(text: &str) -> Result<Self, ()> {
                Uuid::try_parse(text).map(Self).map_err(|_| ())
            }
        }
    )*};
}

ids! {
    /// A person: child, guardian or staff (SS 12000 `Person.id`).
    PersonId
    /// An organisation: huvudman or unit (SS 12000 `Organisation.id`).
    UnitId
    /// A class, department or other group (SS 12000 `Group.id`).
    GroupId
    /// A staff member's role at a unit (SS 12000 `Duty.id`).
    DutyId
    /// An enrolment or a placement of a child.
    EnrolmentId
    /// A campaign: which forms, for whom, until when.
    RoundId
    /// What one person sent at one time. Made by the client, so that sending twice is recognised.
    SubmissionId
    /// One dated fact.
    FactId
    /// A file that somebody sent. Made by the client, so that an upload that broke off goes on.
    FileId
    /// A decision about an application.
    DecisionId
    /// An application, from its first answer to its decision.
    ApplicationId
    /// A change that staff make to a task. Made by the client, so that the same change twice is one.
    ChangeId
    /// Something for staff to do.
    TodoId
    /// A session, where somebody looks at her own. Proves nothing.
    SessionId
    /// A passkey of one of the staff. Made by the client, so that adding it twice adds one.
    PasskeyId
    /// A draft of a form. Made by the client, so that the first save twice is one draft.
    DraftId
}
