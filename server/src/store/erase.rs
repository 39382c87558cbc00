//! Starting over. Only in a build with the feature `demo`: no release can drop a table.

use super::migration::Migrator;
use super::{Store, StoreError, connect};
use sea_orm_migration::MigratorTrait;

impl Store {
    /// Drops every table of the database and makes them anew, empty.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn erase(database_url: &str) -> Result<(), StoreError> {
        let db = connect::writing(database_url).await?;
        Migrator::fresh(&db).await?;
        Ok(db.close().await?)
    }
}
