//! Asks the database itself: is the file whole, and do the counters agree with what they count?

use crate::load::{Setting, database};
use anyhow::{Context, Result, ensure};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement, TryGetable};

/// Each query gives the number of rows that are wrong.
const WRONG: [(&str, &str); 5] = [
    (
        "counts of a status that its tasks do not give",
        "SELECT count(*) FROM progress_count c WHERE c.children <> (SELECT count(*) FROM task t
         WHERE (t.unit_id = c.scope_id OR t.group_id = c.scope_id) AND t.round_id = c.round_id AND t.form_key = c.form_key
         AND t.act_key = c.act_key AND t.status = c.status AND NOT t.hidden)",
    ),
    (
        "tasks whose status is not counted",
        "SELECT count(*) FROM task t WHERE NOT t.hidden AND NOT EXISTS (SELECT 1 FROM progress_count c
         WHERE c.scope_id = t.unit_id AND c.round_id = t.round_id AND c.form_key = t.form_key AND c.act_key = t.act_key
         AND c.status = t.status AND c.children > 0)",
    ),
    (
        "children counted as finished that are not, or the reverse",
        "SELECT count(*) FROM progress_child p WHERE p.finished <> (SELECT count(DISTINCT t.child_id) FROM task t
         WHERE (t.unit_id = p.scope_id OR t.group_id = p.scope_id) AND t.round_id = p.round_id AND NOT t.hidden
         AND NOT EXISTS (SELECT 1 FROM task o WHERE o.child_id = t.child_id AND o.round_id = t.round_id
         AND o.status NOT IN ('complete', 'declined')))",
    ),
    (
        "answers without their submission",
        "SELECT count(*) FROM act_answer a WHERE NOT EXISTS (SELECT 1 FROM submission s WHERE s.id = a.submission_id)",
    ),
    (
        "facts or decisions without their submission",
        "SELECT (SELECT count(*) FROM fact f WHERE f.submission_id IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM submission s WHERE s.id = f.submission_id))
         + (SELECT count(*) FROM consent_decision d
         WHERE NOT EXISTS (SELECT 1 FROM submission s WHERE s.id = d.submission_id))",
    ),
];

/// Checks the database beside the running program.
pub(crate) async fn recount(setting: &Setting) -> Result<()> {
    let db = database(setting).await?;
    if db.get_database_backend() == DbBackend::Sqlite {
        let whole: String = one(&db, "PRAGMA integrity_check").await?;
        ensure!(whole == "ok", "SQLite says: {whole}");
    }
    let stored: i64 = one(&db, "SELECT count(*) FROM submission").await?;
    ensure!(stored > 0, "nothing to recount");
    for (what, query) in WRONG {
        let wrong: i64 = one(&db, query).await?;
        ensure!(wrong == 0, "{wrong} {what}");
    }
    Ok(db.close().await?)
}

async fn one<T: TryGetable>(db: &DatabaseConnection, query: &str) -> Result<T> {
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), query)).await?;
    Ok(row.context("no row")?.try_get_by_index(0)?)
}
