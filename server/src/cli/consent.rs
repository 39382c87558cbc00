//! `skolstart consent`: receipts of consents, with the key file and without a database.

use super::output::line;
use anyhow::Context;
use skolstart_server::config::Config;
use skolstart_server::store::ReceiptKey;
use skolstart_server::usecase::consents;
use std::path::Path;

fn receipt_key(config: &Config) -> anyhow::Result<ReceiptKey> {
    Ok(ReceiptKey::of_file(&config.key())?)
}

/// Says whether a receipt was made here and has not been altered; fails when not, so that a script notices.
pub(super) fn verify(config: &Config, file: &Path) -> anyhow::Result<()> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let receipt = consents::verify(&receipt_key(config)?, &bytes)?.receipt;
    for event in &receipt.event {
        let purposes = receipt.pii_processing.purposes.iter().map(|purpose| purpose.purpose_type.as_str());
        line(&format!(
            "genuine: {} {} {}",
            purposes.collect::<Vec<_>>().join(", "),
            event.event_state,
            event.event_time
        ));
    }
    Ok(())
}

/// Prints the public keys of this municipality: the one that signs now first.
pub(super) fn key(config: &Config) -> anyhow::Result<()> {
    receipt_key(config)?.all_public().iter().for_each(|key| line(&format!("Ed25519 {key}")));
    Ok(())
}
