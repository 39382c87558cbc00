//! Who may do what to whom: the one place that decides it.
//!
//! Owns [`Principal`] and [`Grant`], which only this module can make. Called by `http`; its grants are demanded by `store`.
//! The table of roles and actions is [`shared::access`](skolstart_shared::access); here it meets the register of who is
//! responsible for whom and who works where. What is out of reach does not exist: [`Denied::NotFound`].

mod action;
mod authorize;
mod file;
mod grant;
mod principal;
mod pupil;
mod sight;
mod tasks;
mod with_code;
mod withheld;

pub use action::{
    ActionKind, AnswerForSchool, ChangeTasks, EditForms, EditInventory, ExportLists, GiveCodes, GiveGroups,
    GiveMandates, HandleAlarms, HandleApplications, HandleTodos, HoldRecords, OwnPasskeys, OwnSession,
    Protect, PublishForm, ReadChild, ReadCollecting, ReadFile, ReadForms, ReadGroup, ReadHome, ReadInventory,
    ReadKitchen, ReadMunicipality, ReadOwnSubmissions, ReadPictures, ReadReaders, ReadRetention, ReadTrail,
    ReadUnits, RecordConsent, RunRounds, SendFile, Submit, Withhold,
};
pub use authorize::{Denied, Object, authorize};
pub(crate) use authorize::{refusal_of, refused};
pub use grant::{Grant, Scope};
pub(crate) use principal::principal_of_today;
pub use principal::{Admits, Principal, principal};
pub(crate) use pupil::admitted;
pub use sight::Sight;
pub(crate) use tasks::{tasks_about, tasks_with};
pub use with_code::is_open_to;
pub use withheld::Withheld;
