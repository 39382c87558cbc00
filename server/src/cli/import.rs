use super::opening::open;
use super::output::line;
use skolstart_server::clock::Clock;
use skolstart_server::config::Config;
use skolstart_server::store::Store;
use skolstart_server::usecase::import;
use skolstart_server::usecase::import::{ImportError, ImportReport};
use std::path::Path;

/// Takes in a folder of SS 12000 files and prints what came of it.
pub(super) async fn import(config: &Config, folder: &Path) -> anyhow::Result<()> {
    let store = open(config, Clock::system()).await?;
    let taken = take_in(&store, folder).await;
    store.close().await;
    match taken {
        Ok(report) => {
            line(&report.to_string());
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

/// Takes in the files, with a line for each part as it is done.
pub(super) async fn take_in(store: &Store, folder: &Path) -> Result<ImportReport, ImportError> {
    import::import(store, folder, |resource, counts| {
        let taken = counts.created + counts.changed + counts.unchanged;
        line(&format!("  {:<14} {taken} taken in, {} left out", resource.name(), counts.rejected));
    })
    .await
}
