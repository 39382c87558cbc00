//! `skolstart backup`, `backup-key` and `restore`: the whole database, sealed, out of here and back.

use super::opening::{folder, open};
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

/// Writes a sealed back-up of the running or the stopped service.
pub(super) async fn back_up(config: &Config, out: &Path, recipients: &[String]) -> anyhow::Result<()> {
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
    let written = write(&store, &part, &to).await;
    store.close().await;
    let contents = written.inspect_err(|_| drop(fs::remove_file(&part)))?;
    fs::rename(&part, out)?;
    File::open(out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")))?
        .sync_all()?;
    tell(&contents, "taken");
    line("Note the audit head elsewhere. The key file is not in it: keep it apart.");
    Ok(())
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
pub(super) async fn restore(config: &Config, from: &Path, identity: &Path) -> anyhow::Result<()> {
    ensure!(
        config.key().is_file(),
        "put the key file at {} first: nothing of the back-up can be used without it",
        config.key().display()
    );
    let secret = fs::read_to_string(identity);
    let secret =
        zeroize::Zeroizing::new(secret.with_context(|| format!("cannot read {}", identity.display()))?);
    let identity: Identity = secret.parse()?;
    let file = File::open(from).with_context(|| format!("cannot read {}", from.display()))?;
    folder(&config.data)?;
    let mut opening = Opening::begin(BufReader::new(file), &identity)?;
    let contents = put_back(config.database().reveal(), &mut opening).await?;
    let store = open(config, Clock::system()).await.context("put back, but the service cannot open it")?;
    let report = store.verify_audit().await?;
    store.close().await;
    ensure!(
        report.faults.is_empty(),
        "put back, but its audit trail was altered before the back-up was taken"
    );
    tell(&contents, "put back");
    line("Rows, audit head, audit trail and key hold. Everybody signs in anew.");
    Ok(())
}

fn tell(contents: &Contents, what: &str) {
    let head = contents.head();
    line(&format!("{} rows of {} tables {what}", contents.rows(), contents.tables()));
    line(&format!("Audit head: {} chains, {}", head.chains, head.digest));
}
