use super::Config;
use crate::identity::{NoPasskeys, Passkeys};
use serde::Deserialize;

/// Whether staff may have passkeys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StaffPasskeys {
    /// There are none.
    Off,
    /// Whoever of the staff wants one adds it.
    Allowed,
}

impl Default for StaffPasskeys {
    fn default() -> Self {
        // A municipality decides it; a demo shows it.
        if cfg!(feature = "demo") { Self::Allowed } else { Self::Off }
    }
}

impl Config {
    /// The passkeys of a service reached at `origin`. `None`: the settings say that there are none.
    ///
    /// # Errors
    /// When browsers make none for such an address.
    pub fn passkeys(&self, origin: &str) -> Result<Option<Passkeys>, NoPasskeys> {
        match self.staff_passkeys {
            StaffPasskeys::Off => Ok(None),
            StaffPasskeys::Allowed => Passkeys::new(origin).map(Some),
        }
    }
}
