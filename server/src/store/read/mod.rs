//! What pages show, read in few statements.
//!
//! Owns the queries behind the read use cases, which call it with a grant. Gives plain values of the domain; no row leaves
//! it. Must not decide what somebody may see beyond what the grant says.

mod child;
mod collecting;
mod consents;
mod figures;
mod group;
mod history;
mod home;
mod kitchen;
mod name;
mod own;
mod person;
mod pictures;
mod readers;
mod school_acts;
mod submissions;
mod units;

pub use child::{ChildFile, StaffTask};
pub use collecting::CollectingFile;
pub use consents::{ConsentFile, ConsentRecord};
pub use figures::{Figures, Received, ScopeFigures};
pub use group::{GroupFile, GroupMember};
pub use history::{AnswerLine, FactLine, HistoryFile};
pub use home::{ChildRecord, HomeFile};
pub(super) use home::{child_records as child_records_of, family};
pub use kitchen::{KitchenFile, Said};
pub use name::{Name, ShownName};
pub(super) use own::unit_names;
pub use person::PersonRecord;
pub(super) use person::persons as persons_of;
pub use pictures::{PictureChild, PictureFile};
pub use readers::ReadLine;
pub use school_acts::{SchoolFile, SchoolList};
pub use submissions::{SentSubmission, SubmissionFile};
pub use units::{GroupRecord, UnitRecord};
pub(super) use units::{all_units, groups_of_unit};

use super::{AuditEntry, Store, StoreError};

impl Store {
    /// Notes in the audit trail what is about to be shown. Answers after the commit: what is not noted is not shown.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when it could not be noted.
    pub async fn note(&self, entries: Vec<AuditEntry>) -> Result<(), StoreError> {
        self.inner.writer.audit(entries).await
    }
}
