//! Migrations: how a database comes to have its tables, on SQLite and on PostgreSQL.
//!
//! Called by [`Store::open`](super::Store::open). What has landed on the main branch is never edited, not even its
//! comments: databases have run it. A change is a new file with the next number, and it must leave a running process of
//! the version before it working (add first, stop using, remove a version later).

mod m0001_people;
mod m0002_school;
mod m0003_forms;
mod m0004_answers;
mod m0005_progress;
mod m0006_operations;
mod m0007_agreeing;
mod m0008_task_change;
mod m0009_inventory;
mod m0010_consents;
mod m0011_applications;
mod m0013_files;
mod m0014_form_draft;
mod m0015_round_version;
mod m0016_own_draft;
mod m0017_fewer_indexes;
mod m0018_todo;
mod m0020_sign_in;
mod m0028_protection;
mod m0029_logout_token;
mod m0030_school_code;
mod m0032_retention;
mod m0033_bulk;
mod m0034_alias;
mod m0035_audit_only_added_to;
mod m0036_key_to_destroy;
mod m0037_passkey;
mod m0039_mandate;
mod m0044_withholding;
mod m0045_acting_for;
mod m0046_calls;
mod m0053_audit_at;
mod m0057_substitute;

use sea_orm_migration::{MigrationTrait, MigratorTrait, async_trait};

/// The migrations in order.
pub(super) struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_people::Migration),
            Box::new(m0002_school::Migration),
            Box::new(m0003_forms::Migration),
            Box::new(m0004_answers::Migration),
            Box::new(m0005_progress::Migration),
            Box::new(m0006_operations::Migration),
            Box::new(m0007_agreeing::Migration),
            Box::new(m0008_task_change::Migration),
            Box::new(m0009_inventory::Migration),
            Box::new(m0010_consents::Migration),
            Box::new(m0011_applications::Migration),
            Box::new(m0013_files::Migration),
            Box::new(m0014_form_draft::Migration),
            Box::new(m0015_round_version::Migration),
            Box::new(m0016_own_draft::Migration),
            Box::new(m0017_fewer_indexes::Migration),
            Box::new(m0018_todo::Migration),
            Box::new(m0020_sign_in::Migration),
            Box::new(m0028_protection::Migration),
            Box::new(m0029_logout_token::Migration),
            Box::new(m0030_school_code::Migration),
            Box::new(m0032_retention::Migration),
            Box::new(m0033_bulk::Migration),
            Box::new(m0034_alias::Migration),
            Box::new(m0035_audit_only_added_to::Migration),
            Box::new(m0036_key_to_destroy::Migration),
            Box::new(m0037_passkey::Migration),
            Box::new(m0039_mandate::Migration),
            Box::new(m0044_withholding::Migration),
            Box::new(m0045_acting_for::Migration),
            Box::new(m0046_calls::Migration),
            Box::new(m0053_audit_at::Migration),
            Box::new(m0057_substitute::Migration),
        ]
    }
}
