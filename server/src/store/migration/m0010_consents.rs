//! What shows how a consent was given: the text and language that were read, how it came, in what role and how it was made
//! sure who decided; and the evidence for what staff have taken down for somebody else.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column at a time. What was not noted before stays unknown.
        for column in [
            text_null("locale").take(),
            text_null("text_hash").take(),
            text("role").default("guardian").take(),
            text("identified").default("not-noted").take(),
            uuid_null("recorded_by").take(),
        ] {
            let table = Table::alter().table("consent_decision").add_column(column).take();
            manager.alter_table(table).await?;
        }
        let table = Table::alter().table("session").add_column(text_null("method").take()).take();
        manager.alter_table(table).await?;
        evidence(manager).await
    }
}

async fn evidence(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("consent_evidence")
        .col(uuid("id"))
        .col(uuid("child_id"))
        .col(uuid("by_id"))
        .col(uuid("recorded_by"))
        .col(text("role"))
        .col(big_integer("at"))
        .col(blob("sealed"))
        .col(big_integer_null("told_at"))
        .primary_key(Index::create().col("id"))
        .take();
    manager.create_table(table).await?;
    for column in ["child_id", "by_id"] {
        let name = ["consent_evidence_", column].concat();
        let index = Index::create().name(name).table("consent_evidence").col(column).take();
        manager.create_index(index).await?;
    }
    Ok(())
}
