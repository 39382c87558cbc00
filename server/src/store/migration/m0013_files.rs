//! Files that are sent with answers, and their bytes in sealed parts.
//!
//! No foreign keys, for the reason of the answers. A part belongs to a file while it is being sent, and then to its content,
//! whose id is a keyed hash of whom it is about and of the bytes: the same picture twice lies there once, and nobody without
//! the key can tell.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("file")
            .col(uuid("id"))
            .col(uuid("uploader_id"))
            .col(uuid_null("child_id"))
            .col(integer("bytes"))
            .col(integer("received"))
            .col(blob("sealed"))
            .col(big_integer("created_at"))
            .col(text_null("kind"))
            .col(uuid_null("content_id"))
            .col(integer("kept_bytes"))
            .col(text_null("refused"))
            .col(uuid_null("submission_id"))
            .col(text_null("form_key"))
            .col(text_null("act_key"))
            .col(text_null("field_key"))
            .col(text_null("element"))
            .primary_key(Index::create().col("id"))
            .take();
        manager.create_table(table).await?;
        for column in ["uploader_id", "content_id"] {
            let name = format!("file_{column}");
            let index = Index::create().name(name).table("file").col(column).take();
            manager.create_index(index).await?;
        }
        let table = Table::create()
            .table("file_part")
            .col(uuid("owner_id"))
            .col(integer("at"))
            .col(blob("sealed"))
            .primary_key(Index::create().col("owner_id").col("at"))
            .take();
        manager.create_table(table).await
    }
}
