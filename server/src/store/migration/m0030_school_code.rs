//! Codes that guardians without an e-identification are given by the school, and which session was begun with one.
//!
//! The code itself is nowhere: a keyed hash of it, and the four letters that say which is meant.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("school_code")
            .col(uuid("id"))
            .col(uuid("child_id"))
            .col(uuid("guardian_id"))
            .col(text("name"))
            .col(blob("hash"))
            .col(uuid("made_by"))
            .col(big_integer("made_at"))
            .col(big_integer("expires_at"))
            .col(integer("tries"))
            .col(integer("uses"))
            .col(big_integer_null("withdrawn_at"))
            .primary_key(Index::create().col("id"))
            .take();
        manager.create_table(table).await?;
        for column in ["child_id", "name"] {
            let name = format!("school_code_{column}");
            let index = Index::create().name(name).table("school_code").col(column).take();
            manager.create_index(index).await?;
        }
        let column = Table::alter().table("session").add_column(uuid_null("code_id").take()).take();
        manager.alter_table(column).await
    }
}
