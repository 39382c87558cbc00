//! `skolstart archive`: a child or a round as a folder for the archive, and the verifying of one.

use super::opening::{open, personal_number};
use super::output::line;
use super::subcommands::ArchiveCommand;
use anyhow::ensure;
use skolstart_server::archive::verify;
use skolstart_server::clock::Clock;
use skolstart_server::config::Config;
use skolstart_server::store::Store;
use skolstart_server::usecase::archive::{Archived, archive_child, archive_round, rounds};
use skolstart_shared::PersonalNumber;
use skolstart_shared::id::RoundId;
use std::path::Path;

/// Does what the command says. Verifying needs no database and no settings.
pub(super) async fn archive(config: &Config, command: ArchiveCommand) -> anyhow::Result<()> {
    if let ArchiveCommand::Verify { folder } = &command {
        return verify_folder(folder);
    }
    let number = match &command {
        ArchiveCommand::Child { .. } => Some(personal_number()?),
        _ => None,
    };
    let store = open(config, Clock::system()).await?;
    let done = run(&store, command, number).await;
    store.close().await;
    done
}

async fn run(store: &Store, command: ArchiveCommand, number: Option<PersonalNumber>) -> anyhow::Result<()> {
    match (command, number) {
        (ArchiveCommand::Child { folder }, Some(number)) => {
            tell(&folder, &archive_child(store, &number, &folder).await?);
        }
        (ArchiveCommand::Round { id, folder }, _) => {
            tell(&folder, &archive_round(store, RoundId(id), &folder).await?);
        }
        (ArchiveCommand::Rounds, _) => rounds(store).iter().for_each(|text| line(text)),
        (ArchiveCommand::Child { .. } | ArchiveCommand::Verify { .. }, _) => {}
    }
    Ok(())
}

fn tell(folder: &Path, done: &Archived) {
    line(&format!("{}: children: {}, files: {}", folder.display(), done.children, done.written.files));
    if done.protected > 0 {
        let (protected, place) = (done.protected, folder.join("protected"));
        line(&format!("Protected, or close to somebody who is: {protected}, in {}", place.display()));
    }
    line(&format!("SHA-256 of SHA256SUMS: {}", done.written.digest));
    line(
        "Note that line with the delivery. The files are not sealed: keep the folder as the archive demands.",
    );
}

fn verify_folder(folder: &Path) -> anyhow::Result<()> {
    let found = verify(folder)?;
    found.faults.iter().for_each(|fault| line(&fault.to_string()));
    line(&format!("SHA-256 of SHA256SUMS: {}", found.digest));
    ensure!(found.faults.is_empty(), "{} faults in {}", found.faults.len(), folder.display());
    line(&format!(
        "{} files are as they were written. Compare the line above with the delivery's.",
        found.files
    ));
    Ok(())
}
