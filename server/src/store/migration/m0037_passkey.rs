//! Passkeys of staff; what a sign-in or an adding that is under way was asked with, and for whom; and which session was begun
//! with a passkey.
//!
//! A removed passkey stays for a day as a row without anything in it, so that removing it again is the same as once.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("passkey")
            .col(uuid("id"))
            .col(uuid("person_id"))
            .col(blob_null("credential"))
            .col(blob_null("sealed"))
            .col(blob_null("name"))
            .col(big_integer("created_at"))
            .col(big_integer_null("used_at"))
            .col(big_integer("confirmed_at"))
            .col(text_null("issuer"))
            .col(blob_null("subject"))
            .col(big_integer_null("removed_at"))
            .primary_key(Index::create().col("id"))
            .foreign_key(ForeignKey::create().from("passkey", "person_id").to("person", "id"))
            .take();
        manager.create_table(table).await?;
        let index = Index::create().name("passkey_person_id").table("passkey").col("person_id").take();
        manager.create_index(index).await?;
        let mut index = Index::create().name("passkey_credential").table("passkey").col("credential").take();
        manager.create_index(index.unique().take()).await?;
        for (table, column) in [
            ("sign_in_attempt", text_null("asked").take()),
            ("sign_in_attempt", uuid_null("person_id").take()),
            ("session", uuid_null("passkey_id").take()),
        ] {
            manager.alter_table(Table::alter().table(table).add_column(column).take()).await?;
        }
        Ok(())
    }
}
