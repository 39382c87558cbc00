//! The only place that knows a database.
//!
//! Owns the tables, the sealing of fields, the writer that commits in groups, and the audit chain. Called by `usecase` and
//! `policy`. Every function that touches people takes a [`Grant`](crate::policy::Grant) or a
//! [`Principal`](crate::policy::Principal). Must not decide a rule of the domain, and no row or database type leaves it.

mod accounts;
mod answers;
mod applications;
mod archive;
mod audit;
mod backup;
mod bulk;
mod changes;
pub mod classes;
mod connect;
mod connection;
mod consents;
mod decisions;
mod drafts;
mod durable;
mod entity;
#[cfg(feature = "demo")]
mod erase;
mod error;
mod extract;
mod figures;
mod files;
mod generation;
mod guardians;
mod held;
mod in_force;
mod incident;
mod inventory;
mod known;
mod lately;
mod mandates;
mod memory;
mod migration;
mod open;
mod own;
mod own_drafts;
mod own_sessions;
mod passkeys;
mod person_mark;
mod place;
mod protection;
mod provider_logout;
mod publish;
mod published;
mod read;
mod reader;
mod refresh;
mod refusals;
mod register;
mod retention;
mod rights;
mod rotate;
mod round_days;
mod rounds;
mod row_security;
mod rows;
mod school_codes;
mod seal;
mod sent;
mod service_role;
mod session;
mod shield;
mod shredding;
mod submit;
mod substitutes;
mod todos;
mod together;
mod trail;
mod unreadable;
mod withholdings;
mod words;
mod write;

pub use accounts::Attempt;
pub(crate) use accounts::{Asked, NewAttempt};
pub use answers::{AboutChild, Answers};
pub use applications::{
    ApplicationFile, ApplicationList, ApplicationRecord, EventRecord, StepPlan, StepWritten, Unanswered,
};
pub use archive::{
    ArchiveOf, ArchivedChild, ArchivedFile, ArchivedForm, ArchivedPerson, ArchivedRole, ArchivedSubmission,
    Archiving,
};
pub use audit::{AuditEntry, AuditFault, AuditReport, Broken, CheckpointError, Checkpoints};
pub use backup::{BackupError, Contents, Head, PutBack, restore, verify_trail};
pub use bulk::{AlarmRecord, Asking, ExportDone, ExportRecord};
pub use changes::{ChangeLine, Changed};
pub use consents::{TakenDown, TakingDown, TookDown};
pub use drafts::{DraftRecord, Reviewing, Saving};
pub use durable::switched_off_at;
pub use error::StoreError;
pub use extract::{Extract, ExtractRow, Section};
pub(crate) use files::Waiting;
pub use files::{Begun, FilePlace, FileRecord, PlannedFile, SentFile, Taken};
pub use in_force::{Exemption, LetIn};
pub use incident::Touched;
pub use inventory::{Description, Inventoried, Redescribed, Redescribing};
pub use mandates::{Giving, MandateDone, MandateFile, MandateRecord};
use open::Keys;
pub use open::{OpenError, Store, StoreSettings};
pub use own::{AnsweredActs, SentBefore};
pub(crate) use own_sessions::Ending;
pub(crate) use passkeys::{Added, HeldPasskey, NewPasskey, PasskeyUse, SignedIn};
pub use place::Place;
pub use protection::{FamilyRecord, Naming, ProtectionFile, StandingAlias, Stepped, Stepping, WaitingChild};
pub(crate) use provider_logout::LogoutToken;
pub use publish::Publication;
pub use published::Published;
pub use read::{
    AnswerLine, ChildFile, ChildRecord, CollectingFile, ConsentFile, ConsentRecord, FactLine, Figures,
    GroupFile, GroupMember, GroupRecord, HistoryFile, HomeFile, KitchenFile, Name, PersonRecord,
    PictureChild, PictureFile, ReadLine, Received, Said, SchoolFile, SchoolList, ScopeFigures,
    SentSubmission, ShownName, StaffTask, SubmissionFile, UnitRecord,
};
pub use refresh::Refreshed;
pub use register::{Change, Emptied, PersonIn, Pointed, References};
pub use retention::{Counts, Expected, Held, HoldDone, HoldRecord, Holder, Holding, RunRecord};
pub use rotate::Rotated;
pub use round_days::RoundChanges;
pub use rounds::{Moving, RoundFigures};
pub use school_codes::{Made, SchoolCodeRecord};
use seal::Sealer;
pub use seal::{KeyFileError, PersonKeysError, ReceiptKey};
pub use service_role::RoleError;
pub(crate) use session::{NewSession, SignedInBy, TokenHash};
pub use submit::{PlannedAct, PlannedDecision, PlannedFact, PlannedSnapshot, SubmitPlan, Submitted, Tally};
pub use substitutes::{StandingIn, SubstituteDone, SubstituteFile, SubstituteRecord};
pub use todos::{AnsweredBefore, Marked, Marking, PlannedTodo, TodoList, TodoRecord};
pub use trail::{TrailFile, TrailSum};
pub use withholdings::{Withholding, WithholdingDone, WithholdingFile, WithholdingRecord};
use write::Transaction;
