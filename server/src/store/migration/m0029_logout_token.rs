//! What providers of identity have said about who signed out there, until it would be too old to be believed: so that
//! nobody says it again for them.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("logout_token")
            .col(text("issuer"))
            .col(text("id"))
            .col(big_integer("until"))
            .primary_key(Index::create().col("issuer").col("id"))
            .take();
        manager.create_table(table).await
    }
}
