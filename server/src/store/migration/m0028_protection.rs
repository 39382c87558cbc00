//! Protected identity by hand: who was marked, who handles a child, who opened its page and why. Only added to.
//!
//! A person's `shielded` follows from the markings of the family: a marked guardian or sibling leads to the child.

use crate::store::shield::SHIELD;
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let shielded = Table::alter().table("person").add_column(boolean("shielded").default(false)).take();
        manager.alter_table(shielded).await?;
        let table = Table::create()
            .table("protection_event")
            .col(uuid("id"))
            .col(uuid("child_id"))
            .col(text("kind"))
            .col(uuid_null("person_id"))
            .col(text_null("purpose"))
            .col(uuid("by_id"))
            .col(text("role"))
            .col(big_integer("at"))
            .primary_key(Index::create().col("id"))
            .take();
        manager.create_table(table).await?;
        for column in ["child_id", "person_id"] {
            let name = format!("protection_event_{column}");
            let index = Index::create().name(name).table("protection_event").col(column).take();
            manager.create_index(index).await?;
        }
        manager.get_connection().execute_unprepared(SHIELD).await.map(drop)
    }
}
