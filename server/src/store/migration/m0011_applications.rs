//! Applications, and what happens with each: append-only, numbered, so that two people cannot do the next thing at once.
//!
//! No foreign keys, for the reason of the answers: that the child and the act exist is checked before it is written.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("application")
            .col(uuid("id"))
            .col(uuid("child_id"))
            .col(uuid("round_id"))
            .col(text("form_key"))
            .col(integer("form_version"))
            .col(text("act_key"))
            .col(integer("nr"))
            .col(big_integer("opened_at"))
            .col(big_integer_null("closed_at"))
            .primary_key(Index::create().col("id"))
            .take();
        manager.create_table(table).await?;
        let nr = Index::create()
            .name("application_child_id_form_key_act_key_nr")
            .table("application")
            .col("child_id")
            .col("form_key")
            .col("act_key")
            .col("nr")
            .unique()
            .take();
        manager.create_index(nr).await?;
        let closed =
            Index::create().name("application_closed_at").table("application").col("closed_at").take();
        manager.create_index(closed).await?;
        let table = Table::create()
            .table("application_event")
            .col(uuid("id"))
            .col(uuid("application_id"))
            .col(integer("seq"))
            .col(text("kind"))
            .col(uuid("by_id"))
            .col(big_integer("at"))
            .col(uuid_null("submission_id"))
            .col(blob("sealed"))
            .primary_key(Index::create().col("id"))
            .take();
        manager.create_table(table).await?;
        let seq = Index::create()
            .name("application_event_application_id_seq")
            .table("application_event")
            .col("application_id")
            .col("seq")
            .unique()
            .take();
        manager.create_index(seq).await
    }
}
