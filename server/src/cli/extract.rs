//! `skolstart extract`: what is held about one person, in two files.

use super::opening::{folder, open, personal_number};
use super::output::line;
use anyhow::Context;
use skolstart_server::clock::Clock;
use skolstart_server::config::Config;
use skolstart_server::usecase::extract::{ExtractError, of_number};
use skolstart_shared::Locale;
use skolstart_shared::id::PersonId;
use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use uuid::Uuid;

/// Reads the number from standard input and writes the files, readable by the owner alone.
pub(super) async fn extract(
    config: &Config,
    to: &Path,
    give_to: Option<Uuid>,
    locale: Locale,
) -> anyhow::Result<()> {
    let number = personal_number()?;
    let store = open(config, Clock::system()).await?;
    let files = of_number(&store, &number, give_to.map(PersonId), locale).await;
    store.close().await;
    let files = match files {
        Ok(files) => files,
        Err(ExtractError::Withheld) => anyhow::bail!(
            "something about this child is kept from this guardian (OSL 12:3): make the extract without --give-to, and have an \
             officer pick out what may be given"
        ),
        Err(_) => anyhow::bail!("nobody has this number, or it could not be read"),
    };
    folder(to)?;
    for (ending, text) in [("json", &files.json), ("html", &files.html)] {
        let path = to.join(format!("{}.{ending}", files.name));
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
        let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
        written.with_context(|| format!("cannot write {}", path.display()))?;
        line(&path.display().to_string());
    }
    line("Look through the files before you give them out: free text can tell of somebody else.");
    Ok(())
}
