//! The subcommands of `skolstart`. Owns the command line and what is printed. Called by `main`.

mod archive;
mod arguments;
mod audit;
mod backup;
mod consent;
#[cfg(feature = "demo")]
mod demo;
mod extract;
mod forms;
mod import;
mod incident;
mod key;
mod migrate;
mod opening;
mod output;
mod retention;
mod serve;
mod subcommands;

pub(crate) use arguments::Arguments;
pub(crate) use output::problem;

use arguments::Command;
use skolstart_server::config::{Config, environment};
use subcommands::{AuditCommand, ConsentCommand, FormsCommand, KeyCommand, Register};

/// Runs the command. Everything after the reading of the settings is asynchronous.
pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let config = Config::read(arguments.config.as_deref(), &environment)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match arguments.command {
            Command::Serve => serve::serve(&config).await,
            Command::Migrate { role } => migrate::migrate(&config, role.as_deref()).await,
            Command::Import { register: Register::Ss12000 { folder, end_many, part } } => {
                import::import(&config, &folder, import::unnamed(end_many, part)).await
            }
            Command::Backup { out, keys, recipient } => {
                backup::back_up(&config, &out, keys, &recipient).await
            }
            Command::BackupKey { file } => backup::new_key(&file),
            Command::Restore { from, identity, keys, older_keys } => {
                backup::restore(&config, &from, &identity, keys.as_deref(), older_keys).await
            }
            Command::Audit { command: AuditCommand::Verify { checkpoints, backup, identity } } => {
                match backup.zip(identity) {
                    Some((backup, identity)) => audit::verify_backup(&backup, &identity),
                    None => audit::verify(&config, checkpoints).await,
                }
            }
            Command::Audit { command: AuditCommand::Checkpoint { file } } => {
                audit::checkpoint(&config, file).await
            }
            Command::Extract { folder, give_to, locale } => {
                extract::extract(&config, &folder, give_to, locale).await
            }
            Command::Archive { command } => archive::archive(&config, command).await,
            Command::Incident { from, to, by } => incident::incident(&config, &from, &to, by).await,
            Command::Retention { command } => retention::retention(&config, command).await,
            Command::Key { command: KeyCommand::Rotate } => key::rotate(&config).await,
            Command::Key { command: KeyCommand::GiveUp { yes } } => key::give_up(&config, yes).await,
            Command::Consent { command: ConsentCommand::Verify { file } } => consent::verify(&config, &file),
            Command::Consent { command: ConsentCommand::Key } => consent::key(&config),
            Command::Forms { command: FormsCommand::Check { file } } => forms::check_file(&file),
            Command::Forms { command: FormsCommand::Export { folder } } => forms::export(&folder),
            #[cfg(feature = "demo")]
            Command::Demo(options) => demo::demo(config, &options).await,
        }
    })
}
