use anyhow::Context;
use skolstart_server::clock::Clock;
use skolstart_server::config::Config;
use skolstart_server::store::{Store, StoreSettings};
use skolstart_shared::PersonalNumber;
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;

/// Opens the store of these settings, and makes its folder at first.
pub(super) async fn open(config: &Config, clock: Clock) -> anyhow::Result<Store> {
    folder(&config.data)?;
    Store::open(&settings(config), clock).await.context("the database cannot be opened")
}

/// Where the data and the key are.
pub(super) fn settings(config: &Config) -> StoreSettings {
    StoreSettings {
        database_url: config.database().reveal().to_owned(),
        key_file: config.key(),
        person_keys: config.person_keys_file.clone(),
        read_connections: config.read_connections,
        pupil_say: config.pupil_say(),
        pupils_from: config.pupils_sign_in_from,
    }
}

/// A personal number from standard input: on a command line others could read it.
pub(super) fn personal_number() -> anyhow::Result<PersonalNumber> {
    let mut text = String::new();
    std::io::stdin().read_line(&mut text).context("give the personal number on standard input")?;
    let number = PersonalNumber::parse(text.trim(), Clock::system().today());
    number.ok().context("that is not a personal number")
}

/// Makes a folder that nobody else on the machine can look into.
pub(super) fn folder(path: &Path) -> anyhow::Result<()> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(path);
    made.with_context(|| format!("the folder {} cannot be made", path.display()))
}
