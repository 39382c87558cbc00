//! A code as proof. Called before there is a principal; that is why this takes no grant.

use super::{MOST_TRIES, MOST_USES};
use crate::school_code::SchoolCode;
use crate::store::entity::school_code;
use crate::store::{Store, StoreError, Transaction};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use skolstart_shared::Timestamp;
use skolstart_shared::id::{ChangeId, PersonId};

/// Whose code it is, and for which child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CodeHolder {
    pub(crate) code: ChangeId,
    pub(crate) guardian: PersonId,
    pub(crate) child: PersonId,
}

impl Store {
    /// Whose code this is, while it works; a use of it is counted. Wrong letters after the right first four are counted too.
    /// `None` says no more: wrong, used, blocked, too old, withdrawn and never made are the same to whoever asks.
    pub(crate) async fn take_school_code(&self, code: SchoolCode) -> Result<Option<CodeHolder>, StoreError> {
        let (store, now) = (self.clone(), self.clock().now());
        self.write(move |db| {
            let (store, code) = (store.clone(), code.clone());
            Box::pin(async move {
                let mut holder = None;
                for row in live(db, code.name(), now).await? {
                    // The hashes are keyed: how long a comparison takes says nothing that could be used.
                    let is_right = store.school_code_hashes(row.id, &code)?.contains(&row.hash);
                    count(db, &row, is_right).await?;
                    if is_right {
                        holder = Some(CodeHolder {
                            code: ChangeId(row.id),
                            guardian: PersonId(row.guardian_id),
                            child: PersonId(row.child_id),
                        });
                    }
                }
                Ok((holder, Vec::new()))
            })
        })
        .await
    }
}

/// The codes that begin so and work now: one, or two in a great while. Locked, so that of two who try at once one waits.
async fn live(db: &Transaction, name: &str, now: Timestamp) -> Result<Vec<school_code::Model>, StoreError> {
    let rows = school_code::Entity::find()
        .filter(school_code::Column::Name.eq(name))
        .filter(school_code::Column::ExpiresAt.gt(now.as_millis()))
        .filter(school_code::Column::WithdrawnAt.is_null())
        .filter(school_code::Column::Tries.lt(MOST_TRIES))
        .filter(school_code::Column::Uses.lt(MOST_USES))
        .lock_exclusive();
    Ok(rows.all(db).await?)
}

async fn count(db: &Transaction, row: &school_code::Model, is_right: bool) -> Result<(), StoreError> {
    use school_code::Column::{Tries, Uses};
    let (column, many) = if is_right { (Uses, row.uses + 1) } else { (Tries, row.tries + 1) };
    school_code::Entity::update_many()
        .col_expr(column, Expr::value(many))
        .filter(school_code::Column::Id.eq(row.id))
        .exec(db)
        .await?;
    Ok(())
}
