//! What makes it possible to tell whether guardians agree, and whether an answer has been sent back with a question.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column at a time.
        for column in [
            big_integer_null("renewed_at").take(),
            big_integer_null("digest").take(),
            boolean("returned").default(false).take(),
        ] {
            let table = Table::alter().table("act_answer").add_column(column).take();
            manager.alter_table(table).await?;
        }
        Ok(())
    }
}
