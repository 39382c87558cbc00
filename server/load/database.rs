//! The database beside the running program: for what cannot be asked over HTTP.

use super::program::Setting;
use anyhow::{Context, Result};
use sea_orm::{Database, DatabaseConnection};

/// Opens the database of a started program.
pub(crate) async fn database(setting: &Setting) -> Result<DatabaseConnection> {
    let url = match &setting.database {
        Some(url) => url.clone(),
        None => format!("sqlite:{}?mode=rw", sqlite_file(setting)?),
    };
    Ok(Database::connect(url).await?)
}

/// The one file of the data folder that says it is a SQLite database.
fn sqlite_file(setting: &Setting) -> Result<String> {
    let mut files = std::fs::read_dir(&setting.data)?.flatten().map(|entry| entry.path());
    let found =
        files.find(|path| path.is_file() && begins(path).is_some_and(|head| head == *b"SQLite format 3\0"));
    Ok(found.context("no SQLite database in the data folder")?.display().to_string())
}

fn begins(path: &std::path::Path) -> Option<[u8; 16]> {
    let mut head = [0; 16];
    std::io::Read::read_exact(&mut std::fs::File::open(path).ok()?, &mut head).ok()?;
    Some(head)
}
