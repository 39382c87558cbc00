use super::opening::open;
use super::output::line;
use skolstart_server::clock::Clock;
use skolstart_server::config::Config;
use skolstart_server::store::Store;
use skolstart_server::usecase::import;
use skolstart_server::usecase::import::{ImportError, ImportReport, NotEnded, Unnamed};
use std::path::Path;

/// Takes in a folder of SS 12000 files and prints what came of it.
pub(super) async fn import(config: &Config, folder: &Path, unnamed: Unnamed) -> anyhow::Result<()> {
    let store = open(config, Clock::system()).await?;
    let taken = take_in(&store, folder, unnamed).await;
    store.close().await;
    match taken {
        Ok(report) => {
            line(&report.to_string());
            // Whoever runs it every night hears of it by the exit code.
            let is_too_much =
                report.not_ended.iter().any(|why| matches!(why, NotEnded::TooMuch(_) | NotEnded::Units(_)));
            anyhow::ensure!(
                !is_too_much,
                "the records came in, and what is not named any more was not ended"
            );
            Ok(())
        }
        Err(error) => {
            if let ImportError::BadFiles(files) = &error {
                files.iter().for_each(|file| line(&file.to_string()));
            }
            Err(error.into())
        }
    }
}

/// What comes of what is not named, as the command line says.
pub(super) fn unnamed(end_many: bool, part: bool) -> Unnamed {
    match (end_many, part) {
        (true, _) => Unnamed::EndMany,
        (_, true) => Unnamed::Keep,
        _ => Unnamed::EndFew,
    }
}

/// Takes in the files, with a line for each part as it is done.
pub(super) async fn take_in(
    store: &Store,
    folder: &Path,
    unnamed: Unnamed,
) -> Result<ImportReport, ImportError> {
    import::import_with(store, folder, unnamed, |resource, counts| {
        let taken = counts.created + counts.changed + counts.unchanged;
        line(&format!("  {:<14} {taken} taken in, {} left out", resource.name(), counts.rejected));
    })
    .await
}
