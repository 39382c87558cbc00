//! A start that is killed while it changes tables of many rows, and a database that is: the next start finds all of the
//! change or nothing, and goes on.

use crate::load::{Cluster, Program, Setting, database};
use crate::{random, rounds};
use anyhow::{Context, Result, ensure};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Back to before a change of the tables that fills a column, and what came after it stays.
const BACK: [&str; 3] = [
    "DROP TABLE protection_event",
    "ALTER TABLE person DROP COLUMN shielded",
    "DELETE FROM seaql_migrations WHERE version = 'm0028_protection'",
];
/// People in the register, and those who are protected.
const COUNT: &str = "SELECT COUNT(*), SUM(CASE WHEN shielded THEN 1 ELSE 0 END) FROM person";

/// As many as a large municipality has in a drill, which sets how often it kills; fewer with every change.
fn rows() -> i64 {
    if std::env::var_os("SKOLSTART_KILL_ROUNDS").is_some() { 100_000 } else { 10_000 }
}

fn migrate(setting: &Setting) -> Result<Child> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_skolstart"));
    command.arg("migrate").env("SKOLSTART_DATA", &setting.data).env_remove("SKOLSTART_DATABASE_URL");
    if let Some(url) = &setting.database {
        command.env("SKOLSTART_DATABASE_URL", url);
    }
    Ok(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?)
}

async fn people(db: &DatabaseConnection) -> Result<(i64, i64)> {
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), COUNT)).await?;
    let row = row.context("no row")?;
    Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))
}

/// Adds people like those who are there until there are [`rows`].
async fn fill(db: &DatabaseConnection) -> Result<()> {
    let id = match db.get_database_backend() {
        DbBackend::Sqlite => "randomblob(16)",
        _ => "gen_random_uuid()",
    };
    let more = format!(
        "INSERT INTO person (id, given_name, family_name, birth_date, marking, status, source_hash, updated_at) \
         SELECT {id}, given_name, family_name, birth_date, marking, status, source_hash, updated_at FROM person"
    );
    while people(db).await?.0 < rows() {
        db.execute_unprepared(&more).await?;
    }
    Ok(())
}

/// Before the change, with everything else in place.
async fn back(setting: &Setting) -> Result<()> {
    let db = database(setting).await?;
    for sql in BACK {
        db.execute_unprepared(sql).await?;
    }
    Ok(db.close().await?)
}

/// How many starts were killed between the first statement and the last, with what was there before and after each.
async fn half_way(setting: &Setting, mut cluster: Option<&mut Cluster>) -> Result<usize> {
    Program::start(setting).await?.stop()?;
    let db = database(setting).await?;
    fill(&db).await?;
    db.close().await?;
    back(setting).await?;
    let started = Instant::now();
    ensure!(migrate(setting)?.wait()?.success(), "the tables cannot be changed");
    let whole = u64::try_from(started.elapsed().as_millis())?;
    let db = database(setting).await?;
    let before = people(&db).await?;
    db.close().await?;
    ensure!(before.0 >= rows() && before.1 > 0, "{before:?}");
    let mut killed = 0;
    let times = rounds().min(20) * 2;
    for round in 0..times {
        back(setting).await?;
        let mut child = migrate(setting)?;
        // Not a wait for anything: the kill must come anywhere between the first statement and the last.
        tokio::time::sleep(Duration::from_millis(random(whole)?)).await;
        killed += usize::from(child.try_wait()?.is_none());
        if let Some(cluster) = cluster.as_deref_mut().filter(|_| round % 2 == 0) {
            cluster.kill()?;
            child.wait()?;
            cluster.restart()?;
        } else {
            child.kill()?;
            child.wait()?;
        }
        ensure!(migrate(setting)?.wait()?.success(), "round {round}: it does not start any more");
        let db = database(setting).await?;
        let after = people(&db).await?;
        db.close().await?;
        ensure!(after == before, "round {round}: {after:?} instead of {before:?}");
    }
    println!("{killed} of {times} starts were killed half-way, in {} rows", before.0);
    Ok(killed)
}

#[tokio::test]
async fn tables_that_were_half_changed_are_whole_at_the_next_start() -> Result<()> {
    let folder = TempDir::with_prefix("skolstart-migrate-")?;
    let setting = Setting::new(folder.path(), 400, None)?;
    ensure!(half_way(&setting, None).await? > 0, "no start was killed half-way");
    Ok(())
}

#[tokio::test]
async fn on_postgresql_too_and_when_the_database_is_killed() -> Result<()> {
    let Some(mut cluster) = Cluster::start()? else {
        println!("PostgreSQL is not installed: this was not run");
        return Ok(());
    };
    let folder = TempDir::with_prefix("skolstart-migrate-")?;
    let setting = Setting::new(folder.path(), 400, Some(cluster.database("skolstart")?))?;
    ensure!(half_way(&setting, Some(&mut cluster)).await? > 0, "no start was killed half-way");
    Ok(())
}
