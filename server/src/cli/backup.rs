//! `skolstart backup`, `backup-key` and `restore`: the whole database, sealed, out of here and back, and the keys of persons in a
//! file of their own.

use super::opening::{folder, open, settings};
use super::output::line;
use anyhow::{Context, ensure};
use skolstart_server::age::{Identity, Opening, Recipient, Sealing};
use skolstart_server::clock::Clock;
use skolstart_server::config::Config;
use skolstart_server::store::{Contents, restore as put_back};
use std::fs::{self, File, OpenOptions};
use std::io::{BufReader, BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

fn only_mine(file: &Path) -> anyhow::Result<File> {
    let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file);
    made.with_context(|| format!("{} cannot be made; an existing file is never overwritten", file.display()))
}

/// Makes a key that opens back-ups, and says whom to seal to.
pub(super) fn new_key(file: &Path) -> anyhow::Result<()> {
    let identity = Identity::new()?;
    let mut target = only_mine(file)?;
    writeln!(target, "# public key: {}\n{}", identity.recipient(), *identity.reveal())?;
    target.sync_all()?;
    line(&format!("Seal back-ups to {}", identity.recipient()));
    line("Keep the file away from this machine: whoever has it reads every back-up.");
    Ok(())
}

/// The file of the keys of persons, in the folder of the back-up.
const KEYS: &str = "skolstart-persons.age";

/// Writes a sealed back-up of the running or the stopped service, and the keys of persons beside it or in `keys`.
pub(super) async fn back_up(
    config: &Config,
    out: &Path,
    keys: Option<PathBuf>,
    recipients: &[String],
) -> anyhow::Result<()> {
    let named = if recipients.is_empty() { &config.backup_recipients } else { recipients };
    let to: Vec<Recipient> = named.iter().map(|text| text.parse()).collect::<Result<_, _>>()?;
    ensure!(
        !to.is_empty(),
        "say whom to seal it to: --recipient age1…, or backup_recipients in the settings"
    );
    ensure!(!out.exists(), "{} is there already; an existing file is never overwritten", out.display());
    let store = open(config, Clock::system()).await?;
    // Under its name only when it is whole and on the disk.
    let part = PathBuf::from(format!("{}.part", out.display()));
    let keys = keys.unwrap_or_else(|| out.with_file_name(KEYS));
    let keys_part = PathBuf::from(format!("{}.part", keys.display()));
    let _ = fs::remove_file(&keys_part);
    let written = write(&store, &part, &to).await;
    let written = written.and_then(|contents| Ok((contents, write_keys(&store, &keys_part, &to)?)));
    store.close().await;
    let (contents, people) = written.inspect_err(|_| {
        for part in [&part, &keys_part] {
            drop(fs::remove_file(part));
        }
    })?;
    // The keys first: whoever finds the back-up finds keys that are as new.
    take_place(&keys_part, &keys)?;
    take_place(&part, out)?;
    tell(&contents, "taken");
    line(&format!(
        "The keys of {people} people are in {}: keep only the newest, and not with the back-ups.",
        keys.display()
    ));
    line("Note the audit head elsewhere. The key file is in neither: keep it apart.");
    Ok(())
}

fn take_place(part: &Path, file: &Path) -> anyhow::Result<()> {
    fs::rename(part, file)?;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(File::open(folder)?.sync_all()?)
}

fn write_keys(
    store: &skolstart_server::store::Store,
    part: &Path,
    to: &[Recipient],
) -> anyhow::Result<usize> {
    let mut sealing = Sealing::begin(BufWriter::new(only_mine(part)?), to)?;
    let people = store.back_up_keys(&mut sealing)?;
    sealing.finish()?.into_inner().map_err(|error| error.into_error())?.sync_all()?;
    Ok(people)
}

async fn write(
    store: &skolstart_server::store::Store,
    part: &Path,
    to: &[Recipient],
) -> anyhow::Result<Contents> {
    let mut sealing = Sealing::begin(BufWriter::new(only_mine(part)?), to)?;
    let contents = store.back_up(&mut sealing).await?;
    let file = sealing.finish()?.into_inner().map_err(|error| error.into_error())?;
    file.sync_all()?;
    Ok(contents)
}

/// Puts a back-up into an empty place and proves it: rows, audit head, audit trail, key.
pub(super) async fn restore(
    config: &Config,
    from: &Path,
    identity: &Path,
    keys: Option<&Path>,
    takes_older: bool,
) -> anyhow::Result<()> {
    ensure!(
        config.key().is_file(),
        "put the key file at {} first: nothing of the back-up can be used without it",
        config.key().display()
    );
    let identity = identity_in(identity)?;
    let mut opening = opening(from, &identity)?;
    folder(&config.data)?;
    let place = settings(config).person_keys();
    if let Some(keys) = keys {
        put_keys(keys, &identity, &place)?;
    }
    let put_back = put_back(config.database().reveal(), &place, takes_older, &mut opening).await;
    let put_back = put_back.inspect_err(|_| {
        // So that the same can be tried again.
        keys.iter().for_each(|_| drop(fs::remove_file(&place)));
    })?;
    let store = open(config, Clock::system()).await.context("put back, but the service cannot open it")?;
    store.leave_out(&put_back).await?;
    let report = store.verify_audit().await?;
    store.close().await;
    ensure!(
        report.faults.is_empty(),
        "put back, but its audit trail was altered before the back-up was taken"
    );
    tell(&put_back.contents, "put back");
    if !put_back.without_keys.is_empty() {
        line(&format!(
            "{} people have no key{}: what was theirs cannot be opened and was left out. Run `skolstart retention run`.",
            put_back.without_keys.len(),
            if takes_older { "" } else { ", because they were erased after it was taken" }
        ));
    }
    line("Rows, audit head, audit trail and key hold. Everybody signs in anew.");
    Ok(())
}

/// The key of a file that opens back-ups.
pub(super) fn identity_in(file: &Path) -> anyhow::Result<Identity> {
    let secret = fs::read_to_string(file);
    let secret = zeroize::Zeroizing::new(secret.with_context(|| format!("cannot read {}", file.display()))?);
    Ok(secret.parse()?)
}

pub(super) fn opening(file: &Path, identity: &Identity) -> anyhow::Result<Opening<BufReader<File>>> {
    let opened = File::open(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(Opening::begin(BufReader::new(opened), identity)?)
}

/// Puts the keys of persons at their place. Never overwrites those that are there.
fn put_keys(from: &Path, identity: &Identity, place: &Path) -> anyhow::Result<()> {
    let mut opening = opening(from, identity)?;
    let mut target = only_mine(place)?;
    let copied = std::io::copy(&mut opening, &mut target).and_then(|_| target.sync_all());
    copied
        .inspect_err(|_| drop(fs::remove_file(place)))
        .with_context(|| format!("cannot use {}", from.display()))
}

fn tell(contents: &Contents, what: &str) {
    let head = contents.head();
    line(&format!("{} rows of {} tables {what}", contents.rows(), contents.tables()));
    line(&format!("Audit head: {} chains, {}", head.chains, head.digest));
}
