//! The settings of an instance: a TOML file, and environment variables that override it.
//!
//! Owns their names, their defaults and what is said when one is wrong. Called by the commands. Must not take a secret from
//! the command line (other users of the machine see it), nor show one.

mod error;
mod overrides;
mod passkeys;
mod secret;

pub use error::ConfigError;
pub use passkeys::StaffPasskeys;
pub use secret::Secret;

use crate::http::{Limits, Proxies, Rates};
use crate::identity::{SessionLimits, SessionRules, WayError, WaySettings, Ways};
use crate::policy::Admits;
use crate::store::classes::{Period, Rules};
use crate::usecase::bulk::BulkLimits;
use crate::usecase::retention::Erasing;
use serde::Deserialize;
use skolstart_shared::consent::PupilSay;
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The file that is read when none is named.
pub const USUAL_FILE: &str = "skolstart.toml";

/// How the log is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object per line.
    Json,
}

/// The settings.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// The origin that people reach the service at, over HTTPS. `None`: `http://` and the listening address, for a demo alone.
    pub public_url: Option<String>,
    /// Folder of the embedded database and the key file.
    pub data: PathBuf,
    /// Address and port on which the server tells whoever keeps it running how it is. `None`: nowhere.
    pub operations_listen: Option<SocketAddr>,
    /// The addresses of proxies that say in `X-Forwarded-For` for whom they speak.
    pub trusted_proxies: Vec<IpAddr>,
    /// Requests a second of one signed-in person, over time.
    pub person_requests_per_second: u32,
    /// Requests a second of one address, over time. A school has one.
    pub address_requests_per_second: u32,
    /// `postgres://…` or `sqlite:…`. `None`: SQLite in the data folder.
    pub database_url: Option<Secret>,
    /// The key file. `None`: `skolstart.key` in the data folder.
    pub key_file: Option<PathBuf>,
    /// The file of the keys of persons. `None`: beside the key file.
    pub person_keys_file: Option<PathBuf>,
    /// Whom back-ups are sealed to, as age writes keys. No secret.
    pub backup_recipients: Vec<String>,
    /// Connections that read at the same time.
    pub read_connections: u32,
    /// The age from which a pupil has to say yes to a consent too. `None`: guardians alone decide.
    pub pupil_consents_with_from: Option<u8>,
    /// The age from which a pupil's own yes is enough.
    pub pupil_consents_alone_from: u8,
    /// The age from which pupils may sign in. `None`: they may not.
    pub pupils_sign_in_from: Option<u8>,
    /// Minutes without a request after which a session ends.
    pub session_idle_minutes: u32,
    /// Hours after which a session ends whatever happens.
    pub session_hours: u32,
    /// The same for those who act as staff.
    pub staff_session_idle_minutes: u32,
    /// The same for those who act as staff.
    pub staff_session_hours: u32,
    /// Whether staff may add passkeys and sign in with them.
    pub staff_passkeys: StaffPasskeys,
    /// The ways to sign in at a provider of identity.
    pub sign_in: Vec<WaySettings>,
    /// The file outside the database that checkpoints of the audit trail are added to. `None`: none are written by themselves.
    pub audit_checkpoints: Option<PathBuf>,
    /// Minutes between them.
    pub audit_checkpoint_minutes: u32,
    /// Children's pages that one person of the staff opens in a day before whoever leads hears of it.
    pub children_opened_alarm: u32,
    /// Children's pages that one person of the staff opens in a day at all.
    pub children_opened_per_day: u32,
    /// Children whom one person takes out in lists in a day without a second person.
    pub children_exported_alone: u32,
    /// Children whom one person takes out in lists in a day at all.
    pub children_exported_per_day: u32,
    /// Periods of retention that are not the program's own: months, or `"keep"`, by class.
    pub retention: BTreeMap<String, Period>,
    /// Erases what is over once a day.
    pub retention_daily: bool,
    /// What is logged, as in `RUST_LOG`.
    pub log: String,
    /// How the log is written.
    pub log_format: LogFormat,
    /// Takes the service workers off the devices of those who come by.
    pub withdraw_workers: bool,
    /// Folder of the browser programs, for a program that was built without them.
    pub web_dir: Option<PathBuf>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            public_url: None,
            operations_listen: None,
            trusted_proxies: vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()],
            person_requests_per_second: Rates::default().person,
            address_requests_per_second: Rates::default().address,
            data: PathBuf::from("data"),
            database_url: None,
            key_file: None,
            person_keys_file: None,
            backup_recipients: Vec::new(),
            read_connections: 8,
            pupil_consents_with_from: None,
            pupil_consents_alone_from: PupilSay::default().alone_from,
            pupils_sign_in_from: None,
            session_idle_minutes: 30,
            session_hours: 8,
            staff_session_idle_minutes: 15,
            staff_session_hours: 4,
            staff_passkeys: StaffPasskeys::default(),
            sign_in: Vec::new(),
            audit_checkpoints: None,
            audit_checkpoint_minutes: 60,
            children_opened_alarm: BulkLimits::default().unusual,
            children_opened_per_day: BulkLimits::default().opened,
            children_exported_alone: BulkLimits::default().alone,
            children_exported_per_day: BulkLimits::default().exported,
            retention: BTreeMap::new(),
            retention_daily: false,
            log: "info".to_owned(),
            log_format: LogFormat::Text,
            withdraw_workers: false,
            web_dir: None,
        }
    }
}

/// The environment, as a function, so that tests need not change the real one.
pub type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The real environment.
#[allow(clippy::disallowed_methods, reason = "This is the place that reads the environment.")]
pub fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

impl Config {
    /// Reads the named file, or the usual one if it is there, then the environment.
    ///
    /// # Errors
    /// See [`ConfigError`].
    pub fn read(file: Option<&Path>, environment: Environment<'_>) -> Result<Self, ConfigError> {
        let mut config = match file {
            Some(file) => Self::from_file(file)?,
            None if Path::new(USUAL_FILE).is_file() => Self::from_file(Path::new(USUAL_FILE))?,
            None => Self::default(),
        };
        config.override_by(environment)?;
        Ok(config)
    }

    fn from_file(file: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(file)
            .map_err(|cause| ConfigError::File { file: file.to_owned(), cause })?;
        let config: Self = toml::from_str(&text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            let line = 1 + text.get(..at).unwrap_or_default().matches('\n').count();
            // Only the message: the full text of the error quotes the line, which may hold a password.
            ConfigError::Syntax { file: file.to_owned(), line, problem: error.message().to_owned() }
        })?;
        let mode = std::fs::metadata(file).map(|file| file.permissions().mode()).unwrap_or(0);
        if config.holds_secrets() && mode & 0o007 != 0 {
            return Err(ConfigError::ReadableByAll(file.to_owned()));
        }
        Ok(config)
    }

    /// True when somebody who reads these settings can come in somewhere with them.
    fn holds_secrets(&self) -> bool {
        let has_password = |url: &Secret| {
            let who = url.reveal().split_once("://").and_then(|(_, rest)| rest.rsplit_once('@'));
            who.is_some_and(|(who, _)| who.contains(':')) || url.reveal().contains("password=")
        };
        self.database_url.as_ref().is_some_and(has_password)
            || self.sign_in.iter().any(|way| way.client_secret.is_some())
    }

    /// The origin that people reach the service at.
    ///
    /// # Errors
    /// When it is not an origin, or not HTTPS. A demo is content with HTTP where nobody but this machine can reach it.
    pub fn origin(&self) -> Result<String, ConfigError> {
        self.origin_for(cfg!(feature = "demo"))
    }

    fn origin_for(&self, demo: bool) -> Result<String, ConfigError> {
        let in_clear = demo && self.listen.ip().is_loopback();
        let refused = if demo { ConfigError::NotHttps } else { ConfigError::NoPublicUrl };
        let Some(url) = &self.public_url else {
            return if in_clear { Ok(format!("http://{}", self.listen)) } else { Err(refused) };
        };
        let url = url.strip_suffix('/').unwrap_or(url);
        let (scheme, host) = url.split_once("://").ok_or(ConfigError::PublicUrl)?;
        if host.is_empty() || host.contains(['/', '?', '#', '@', ' ']) || !matches!(scheme, "https" | "http")
        {
            return Err(ConfigError::PublicUrl);
        }
        if scheme == "http" && !in_clear {
            return Err(refused);
        }
        Ok(url.to_ascii_lowercase())
    }

    /// From what age pupils have an own say about consents. Nobody's own say begins after 18, whatever the file says.
    pub fn pupil_say(&self) -> PupilSay {
        let alone_from = self.pupil_consents_alone_from.min(PupilSay::default().alone_from);
        PupilSay { with_from: self.pupil_consents_with_from, alone_from }
    }

    /// How much may be asked for at once.
    pub fn limits(&self) -> Limits {
        let rates =
            Rates { person: self.person_requests_per_second, address: self.address_requests_per_second };
        Limits::new(rates, Proxies::new(self.trusted_proxies.clone()))
    }

    /// How long sessions live.
    pub fn sessions(&self) -> SessionRules {
        let limits = |minutes, hours| SessionLimits {
            idle: i64::from(minutes) * 60_000,
            absolute: i64::from(hours) * 3_600_000,
        };
        SessionRules {
            guardians: limits(self.session_idle_minutes, self.session_hours),
            staff: limits(self.staff_session_idle_minutes, self.staff_session_hours),
        }
    }

    /// The ways to sign in, for a service reached at `origin`. A provider on this machine is for trying out only.
    ///
    /// # Errors
    /// What is wrong with their settings.
    pub fn ways(&self, origin: &str) -> Result<Ways, WayError> {
        let too_early =
            |way: &&WaySettings| way.audience == Admits::Pupils && self.pupils_sign_in_from.is_none();
        if let Some(way) = self.sign_in.iter().find(too_early) {
            return Err(way.without_age());
        }
        Ways::new(&self.sign_in, origin, cfg!(feature = "demo"))
    }

    /// How much one person reads and takes out in a day.
    pub fn bulk(&self) -> BulkLimits {
        BulkLimits {
            unusual: self.children_opened_alarm,
            opened: self.children_opened_per_day,
            alone: self.children_exported_alone,
            exported: self.children_exported_per_day,
        }
    }

    /// How this municipality erases.
    ///
    /// # Errors
    /// When a period is of no class, or cannot be.
    pub fn erasing(&self) -> Result<Erasing, ConfigError> {
        let shipped = Rules::shipped().map_err(|_| ConfigError::Rules)?;
        Ok(Erasing { rules: Arc::new(shipped.changed(&self.retention)?), daily: self.retention_daily })
    }

    /// The address of the database.
    pub fn database(&self) -> Secret {
        let file = self.data.join("skolstart.db");
        self.database_url.clone().unwrap_or_else(|| Secret(format!("sqlite:{}", file.display())))
    }

    /// The key file.
    pub fn key(&self) -> PathBuf {
        self.key_file.clone().unwrap_or_else(|| self.data.join("skolstart.key"))
    }
}

#[cfg(test)]
mod tests;
