//! The audit trail is part of the promise: its chains must hold after every kill.

use crate::load::Setting;
use anyhow::{Result, ensure};
use std::process::Command;

/// Lets the program verify its own trail; it says which row is wrong, if any.
pub(crate) fn audited(setting: &Setting) -> Result<()> {
    let mut verify = Command::new(env!("CARGO_BIN_EXE_skolstart"));
    verify
        .args(["audit", "verify"])
        .env("SKOLSTART_DATA", &setting.data)
        .env_remove("SKOLSTART_DATABASE_URL");
    if let Some(url) = &setting.database {
        verify.env("SKOLSTART_DATABASE_URL", url);
    }
    let ran = verify.output()?;
    let said = [ran.stdout, ran.stderr].concat();
    ensure!(ran.status.success(), "the audit trail does not hold: {}", String::from_utf8_lossy(&said));
    Ok(())
}
