//! Signing in at a provider of identity: sign-ins that are under way, accounts that belong to persons, and what a session
//! is known by.
//!
//! What a provider calls somebody can be a personal number, so it is kept as a blind index only.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        attempt(manager).await?;
        account(manager).await?;
        // SQLite adds one column at a time.
        for column in [
            uuid_null("id").take(),
            text_null("admits").take(),
            text_null("browser").take(),
            text_null("issuer").take(),
            blob_null("subject").take(),
            blob_null("provider_session").take(),
            text_null("level").take(),
            big_integer_null("proven_at").take(),
        ] {
            let table = Table::alter().table("session").add_column(column).take();
            manager.alter_table(table).await?;
        }
        Ok(())
    }
}

async fn attempt(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("sign_in_attempt")
        .col(blob("token_hash"))
        .col(text("way"))
        .col(text("back"))
        .col(blob_null("replaces"))
        .col(big_integer("expires_at"))
        .primary_key(Index::create().col("token_hash"))
        .take();
    manager.create_table(table).await?;
    let index =
        Index::create().name("sign_in_attempt_expires_at").table("sign_in_attempt").col("expires_at").take();
    manager.create_index(index).await
}

async fn account(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("account")
        .col(text("issuer"))
        .col(blob("subject"))
        .col(uuid("person_id"))
        .col(big_integer("linked_at"))
        .primary_key(Index::create().col("issuer").col("subject"))
        .foreign_key(ForeignKey::create().from("account", "person_id").to("person", "id"))
        .take();
    manager.create_table(table).await?;
    let index = Index::create().name("account_person_id").table("account").col("person_id").take();
    manager.create_index(index).await
}
