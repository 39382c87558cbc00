//! A start that is killed while it changes tables: the next one finds all of the change or nothing, and goes on.

use crate::load::{Program, Setting, database};
use crate::{random, rounds};
use anyhow::{Result, ensure};
use sea_orm::{ConnectionTrait, Statement};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// Back to before a change of the tables that fills a column, and what came after it stays.
const BACK: [&str; 3] = [
    "DROP TABLE protection_event",
    "ALTER TABLE person DROP COLUMN shielded",
    "DELETE FROM seaql_migrations WHERE version = 'm0028_protection'",
];

fn migrate(setting: &Setting) -> Result<Child> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_skolstart"));
    command.arg("migrate").env("SKOLSTART_DATA", &setting.data).env_remove("SKOLSTART_DATABASE_URL");
    Ok(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?)
}

async fn people(setting: &Setting) -> Result<(i64, i64)> {
    let db = database(setting).await?;
    let sql = "SELECT COUNT(*), SUM(shielded) FROM person";
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    let row = row.ok_or_else(|| anyhow::anyhow!("no row"))?;
    let found = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    db.close().await?;
    Ok(found)
}

#[tokio::test]
async fn tables_that_were_half_changed_are_whole_at_the_next_start() -> Result<()> {
    let folder = TempDir::with_prefix("skolstart-migrate-")?;
    let setting = Setting::new(folder.path(), 400, None)?;
    Program::start(&setting).await?.stop()?;
    let before = people(&setting).await?;
    ensure!(before.0 > 800 && before.1 > 0, "{before:?}");
    let mut killed = 0;
    for round in 0..rounds() * 5 {
        let db = database(&setting).await?;
        for sql in BACK {
            db.execute_unprepared(sql).await?;
        }
        db.close().await?;
        let mut child = migrate(&setting)?;
        // Not a wait for anything: the kill must come anywhere between the first statement and the last.
        tokio::time::sleep(Duration::from_millis(random(60)?)).await;
        killed += usize::from(child.try_wait()?.is_none());
        child.kill()?;
        child.wait()?;
        ensure!(migrate(&setting)?.wait()?.success(), "round {round}: it does not start any more");
        let after = people(&setting).await?;
        ensure!(after == before, "round {round}: {after:?} instead of {before:?}");
    }
    println!("{killed} starts were killed half-way");
    Ok(())
}
