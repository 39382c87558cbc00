//! A role of PostgreSQL that serves and owns nothing: it reads and writes rows, cannot change tables, and can only add to the audit
//! trail; and it meets only the rows of those whom a request may meet (`row_security`). Called by `skolstart migrate --for`, with the role that owns the tables.

use super::row_security::guards;
use super::{Store, StoreError};
use sea_orm::{ConnectionTrait, DbBackend, Statement, TransactionTrait};

/// What a role that serves may do. `{role}` and `{schema}` are quoted names.
const RIGHTS: [&str; 5] = [
    // Before PostgreSQL 15 everybody may make tables there.
    "REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC",
    "GRANT USAGE ON SCHEMA {schema} TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}",
    "REVOKE UPDATE, DELETE, TRUNCATE ON {schema}.audit FROM {role}",
    "REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {schema}.seaql_migrations FROM {role}",
];

/// Why a role could not be given its rights.
#[derive(Debug, thiserror::Error)]
pub enum RoleError {
    /// SQLite has no roles.
    #[error("only PostgreSQL has roles: with SQLite, whoever can read the file can do everything")]
    NoRoles,
    /// A name that would have to be written in a way that is easily misread.
    #[error("a role is named with a to z, 0 to 9 and _, at most 63 of them")]
    Name,
    /// What the database said, for example that there is no such role.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Gives a role what serving needs and nothing more. Again after each change of tables: it is of the tables that are there.
    ///
    /// # Errors
    /// See [`RoleError`].
    pub async fn let_serve(&self, role: &str) -> Result<(), RoleError> {
        let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        if role.is_empty() || role.len() > 63 || !role.bytes().all(is_plain) {
            return Err(RoleError::Name);
        }
        if self.db().get_database_backend() != DbBackend::Postgres {
            return Err(RoleError::NoRoles);
        }
        let all = self.db().pool().begin().await.map_err(StoreError::from)?;
        let place = Statement::from_string(DbBackend::Postgres, "SELECT quote_ident(current_schema())");
        let place = all.query_one_raw(place).await.map_err(StoreError::from)?;
        let place = place.and_then(|row| row.try_get_by_index::<String>(0).ok());
        let place = place.ok_or(StoreError::Corrupt("schema"))?;
        let rights =
            RIGHTS.map(|right| right.replace("{role}", &format!("\"{role}\"")).replace("{schema}", &place));
        let all_of_it: Vec<String> = rights.into_iter().chain(guards(&place)?).collect();
        all.execute_unprepared(&all_of_it.join("; ")).await.map_err(StoreError::from)?;
        Ok(all.commit().await.map_err(StoreError::from)?)
    }
}
