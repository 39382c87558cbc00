//! Rows: one module per table, as the database holds them.
//!
//! Owns nothing but shapes. Called by the store only; a row never leaves it. Times are milliseconds since 1970 in UTC, days
//! are ISO 8601 texts, sealed bytes are opened by `seal`.

// The derive writes public items, and a row is described by its table and by its migration.
#![allow(missing_docs, unreachable_pub)]

mod accounts;
mod answers;
mod applications;
mod bulk;
mod files;
mod forms;
mod inventory;
mod mandates;
mod operations;
mod people;
mod progress;
mod protection;
mod retention;
mod school;
mod substitutes;
mod todos;
mod withholdings;

pub use accounts::{account, logout_token, passkey, school_code, sign_in_attempt};
pub use answers::{
    act_answer, consent_decision, consent_evidence, fact, fact_snapshot, own_draft, submission,
};
pub use applications::{application, application_event};
pub use bulk::{bulk_alarm, list_export};
pub use files::{file, file_part};
pub use forms::{form_draft, form_review, form_version, round, round_version};
pub use inventory::inventory_version;
pub use mandates::mandate;
pub use operations::{audit, import_run, meta, register_history, session};
pub use people::{guardian_relation, person, person_identifier};
pub use progress::{group_revision, progress_child, progress_count, task, task_change, unit_day};
pub use protection::{child_alias, protection_event};
pub use retention::{key_to_destroy, retention_hold, retention_look, retention_run};
pub use school::{duty, duty_assignment, enrolment, group_membership, organisation, school_group};
pub use substitutes::substitute;
pub use todos::{todo, todo_mark};
pub use withholdings::withholding;
