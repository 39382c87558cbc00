//! What the environment says instead of the settings file, variable by variable. Called by the reading of the settings. Nothing
//! that is empty there counts.

use super::{Config, ConfigError, Environment, LogFormat, Secret, StaffPasskeys};
use skolstart_shared::consent::PupilSay;
use std::net::IpAddr;
use std::path::PathBuf;

const AGE: &str = "an age of at most 18 years";

impl Config {
    pub(super) fn override_by(&mut self, environment: Environment<'_>) -> Result<(), ConfigError> {
        let parse_number = |name, place: &mut u32| {
            set(environment, name, "a whole number above 0", place, |text| {
                text.parse().ok().filter(|n| *n > 0)
            })
        };
        parse_number("SKOLSTART_READ_CONNECTIONS", &mut self.read_connections)?;
        parse_number("SKOLSTART_SESSION_IDLE_MINUTES", &mut self.session_idle_minutes)?;
        parse_number("SKOLSTART_SESSION_HOURS", &mut self.session_hours)?;
        parse_number("SKOLSTART_STAFF_SESSION_IDLE_MINUTES", &mut self.staff_session_idle_minutes)?;
        parse_number("SKOLSTART_STAFF_SESSION_HOURS", &mut self.staff_session_hours)?;
        let (person, address) =
            ("SKOLSTART_PERSON_REQUESTS_PER_SECOND", "SKOLSTART_ADDRESS_REQUESTS_PER_SECOND");
        parse_number(person, &mut self.person_requests_per_second)?;
        parse_number(address, &mut self.address_requests_per_second)?;
        parse_number("SKOLSTART_CHILDREN_OPENED_ALARM", &mut self.children_opened_alarm)?;
        parse_number("SKOLSTART_CHILDREN_OPENED_PER_DAY", &mut self.children_opened_per_day)?;
        parse_number("SKOLSTART_CHILDREN_EXPORTED_ALONE", &mut self.children_exported_alone)?;
        parse_number("SKOLSTART_CHILDREN_EXPORTED_PER_DAY", &mut self.children_exported_per_day)?;
        parse_number("SKOLSTART_AUDIT_CHECKPOINT_MINUTES", &mut self.audit_checkpoint_minutes)?;
        let listen = "an address and port such as 127.0.0.1:8080";
        set(environment, "SKOLSTART_LISTEN", listen, &mut self.listen, |text| text.parse().ok())?;
        let (operations, proxies) = ("SKOLSTART_OPERATIONS_LISTEN", "SKOLSTART_TRUSTED_PROXIES");
        set(environment, operations, listen, &mut self.operations_listen, |text| {
            text.parse().ok().map(Some)
        })?;
        set(
            environment,
            proxies,
            "addresses with commas between them",
            &mut self.trusted_proxies,
            addresses,
        )?;
        set(environment, "SKOLSTART_DATA", "a folder", &mut self.data, |text| Some(text.into()))?;
        set(environment, "SKOLSTART_LOG", "a filter", &mut self.log, |text| Some(text.to_owned()))?;
        set(environment, "SKOLSTART_LOG_FORMAT", "text or json", &mut self.log_format, |text| match text {
            "text" => Some(LogFormat::Text),
            "json" => Some(LogFormat::Json),
            _ => None,
        })?;
        let age = |text: &str| text.parse().ok().filter(|age| *age <= PupilSay::default().alone_from);
        let (with, alone) = ("SKOLSTART_PUPIL_CONSENTS_WITH_FROM", "SKOLSTART_PUPIL_CONSENTS_ALONE_FROM");
        set(environment, with, AGE, &mut self.pupil_consents_with_from, |text| age(text).map(Some))?;
        set(environment, alone, AGE, &mut self.pupil_consents_alone_from, age)?;
        let name = "SKOLSTART_PUPILS_SIGN_IN_FROM";
        set(environment, name, AGE, &mut self.pupils_sign_in_from, |text| age(text).map(Some))?;
        let (name, words) = ("SKOLSTART_STAFF_PASSKEYS", "off or allowed");
        set(environment, name, words, &mut self.staff_passkeys, |text| match text {
            "off" => Some(StaffPasskeys::Off),
            "allowed" => Some(StaffPasskeys::Allowed),
            _ => None,
        })?;
        let yes_or_no = |text: &str| text.parse().ok();
        set(environment, "SKOLSTART_RETENTION_DAILY", "true or false", &mut self.retention_daily, yes_or_no)?;
        set(
            environment,
            "SKOLSTART_WITHDRAW_WORKERS",
            "true or false",
            &mut self.withdraw_workers,
            yes_or_no,
        )?;
        let recipients = |text: &str| Some(text.split(',').map(|one| one.trim().to_owned()).collect());
        let name = "SKOLSTART_BACKUP_RECIPIENTS";
        set(environment, name, "keys with commas between them", &mut self.backup_recipients, recipients)?;
        self.sign_in.iter_mut().for_each(|way| way.override_by(environment));
        let some = |name: &str| environment(name).filter(|text| !text.is_empty());
        self.public_url = some("SKOLSTART_PUBLIC_URL").or_else(|| self.public_url.take());
        self.key_file = some("SKOLSTART_KEY_FILE").map(PathBuf::from).or_else(|| self.key_file.take());
        self.person_keys_file =
            some("SKOLSTART_PERSON_KEYS_FILE").map(PathBuf::from).or_else(|| self.person_keys_file.take());
        self.audit_checkpoints =
            some("SKOLSTART_AUDIT_CHECKPOINTS").map(PathBuf::from).or_else(|| self.audit_checkpoints.take());
        self.web_dir = some("SKOLSTART_WEB_DIR").map(PathBuf::from).or_else(|| self.web_dir.take());
        self.database_url = some("SKOLSTART_DATABASE_URL").map(Secret).or_else(|| self.database_url.take());
        Ok(())
    }
}

fn addresses(text: &str) -> Option<Vec<IpAddr>> {
    text.split(',').map(|address| address.trim().parse().ok()).collect()
}

fn set<T>(
    environment: Environment<'_>,
    name: &'static str,
    expected: &'static str,
    place: &mut T,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<(), ConfigError> {
    if let Some(text) = environment(name).filter(|text| !text.is_empty()) {
        *place = parse(&text).ok_or(ConfigError::Variable { name, expected })?;
    }
    Ok(())
}
