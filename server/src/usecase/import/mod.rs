//! A register's files come in.
//!
//! Owns the order, the checks of what a record points to, and the report. Called by `skolstart import` and by the demo.
//! Every part of a run is one transaction, so a run can be stopped anywhere and done again; a bad file stops it before
//! anything is changed, a bad record only itself.

mod check;
mod leaving;
mod report;
mod stream;

pub use leaving::{Missing, NotEnded, Unnamed};
pub use report::{Counts, ImportReport, Tally};

use super::refresh_tasks::refresh_all;
use crate::register::ss12000::{BadFile, Folder, FolderProblem, Rejected, Resource};
use crate::store::{Store, StoreError};
use std::path::Path;
use std::sync::Arc;
use stream::Importer;

/// Why an import did not happen, or did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The folder cannot be used. Nothing was changed.
    #[error(transparent)]
    Folder(#[from] FolderProblem),
    /// Files cannot be used. Nothing was changed.
    #[error("{} bad, nothing was imported; the first: {}", files(.0), first(.0))]
    BadFiles(Vec<BadFile>),
    /// A file went bad while it was read. What was written before stays; run the import again.
    #[error("the import stopped: {0}. Run it again when the file is whole")]
    Stopped(BadFile),
    /// The store could not do it. What was written before stays; run the import again.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The reading thread ended without a word.
    #[error("the reading of the files ended unexpectedly")]
    Reader,
}

fn files(bad: &[BadFile]) -> String {
    if bad.len() == 1 { "1 file is".to_owned() } else { format!("{} files are", bad.len()) }
}

fn first(bad: &[BadFile]) -> String {
    bad.first().map(ToString::to_string).unwrap_or_default()
}

/// Imports a folder of SS 12000 files, ends what a whole delivery does not name any more unless it is too much, and brings every
/// round's tasks in line. `on_part` is called after each part with what came of it, for a program that shows progress.
///
/// # Errors
/// See [`ImportError`].
pub async fn import(
    store: &Store,
    folder: &Path,
    on_part: impl FnMut(Resource, &Counts) + Send,
) -> Result<ImportReport, ImportError> {
    import_with(store, folder, Unnamed::EndFew, on_part).await
}

/// The same, where somebody has said what comes of what is not named.
///
/// # Errors
/// See [`ImportError`].
pub async fn import_with(
    store: &Store,
    folder: &Path,
    unnamed: Unnamed,
    mut on_part: impl FnMut(Resource, &Counts) + Send,
) -> Result<ImportReport, ImportError> {
    let folder = folder.to_owned();
    let folder = Arc::new(blocking(move || Folder::open(&folder)).await??);
    let checked = folder.clone();
    let bad = blocking(move || checked.check()).await?;
    if !bad.is_empty() {
        return Err(ImportError::BadFiles(bad));
    }
    let run = store.begin_import().await?;
    let mut importer = Importer::new(store, folder.clone(), run).await?;
    for resource in Resource::ALL {
        let counts = importer.take(resource).await?;
        on_part(resource, &counts);
    }
    let (mut report, named) = importer.finish();
    named.end_the_others(store, &folder, unnamed, &mut report).await?;
    store.finish_import(run, report.to_json()).await?;
    store.shield_families().await?;
    refresh_all(store).await?;
    Ok(report)
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, ImportError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| ImportError::Reader)
}

/// A record that was left out, as it is reported.
pub type Refusal = Rejected;
