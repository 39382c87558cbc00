//! Takes away indexes that nothing reads by. Each costs every submission a place in one more tree, and every fact too.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in
            [("fact", "submission_id"), ("consent_decision", "submission_id"), ("submission", "number")]
        {
            let index = Index::drop().name(format!("{table}_{column}")).table(table).to_owned();
            manager.drop_index(index).await?;
        }
        Ok(())
    }
}
