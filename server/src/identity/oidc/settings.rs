//! What is set up for a way to sign in, as it stands in the settings file, and what is refused of it at start.

use super::address::is_safe;
use super::client::ClientKey;
use super::jwk::Algorithm;
use crate::config::{Environment, Secret};
use crate::policy::Admits;
use serde::Deserialize;
use skolstart_shared::consent::Identified;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Where the person's own data come from, beside the ID token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UserInfo {
    /// From nowhere: everything stands in the ID token.
    #[default]
    None,
    /// From the UserInfo endpoint, signed. An answer that is not signed is refused.
    Signed,
    /// From the UserInfo endpoint as JSON.
    Unsigned,
}

/// For whom a way is.
pub type Audience = Admits;

/// One way to sign in.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WaySettings {
    /// Its name in addresses: lower-case letters, digits and `-`.
    pub key: String,
    /// What people call it, in Swedish.
    pub name_sv: String,
    /// What people call it, in English.
    pub name_en: String,
    /// Who signs in this way, and so what they may do afterwards.
    #[serde(rename = "for")]
    pub audience: Audience,
    /// The issuer, exactly as its metadata says it.
    pub issuer: String,
    /// What the provider calls this service.
    pub client_id: String,
    /// The secret, where it stands in the settings file itself.
    pub client_secret: Option<Secret>,
    /// A file that holds the secret.
    pub client_secret_file: Option<PathBuf>,
    /// A PEM file (PKCS #8) with the key to sign with instead of a secret.
    pub private_key_file: Option<PathBuf>,
    /// What the provider calls that key.
    pub private_key_id: Option<String>,
    /// The levels of assurance that are accepted. Asked for as essential.
    pub acr: Vec<String>,
    /// What is asked for, beside `openid`.
    #[serde(default = "default_scopes")]
    pub scopes: Vec<String>,
    /// Where the personal number stands: names of claims, or paths beginning with `/` into them. The first that is there
    /// counts; a coordination number has a claim of its own.
    #[serde(default = "default_personal_number")]
    pub personal_number: Vec<String>,
    /// Whether UserInfo is asked.
    #[serde(default)]
    pub user_info: UserInfo,
    /// The ways of signing that are accepted.
    #[serde(default = "default_algorithms")]
    pub algorithms: Vec<Algorithm>,
    /// Most minutes that an ID token may live.
    #[serde(default = "default_token_minutes")]
    pub longest_token_minutes: u32,
    /// Most minutes since the person proved who she is, where a provider remembers her. 0: not asked.
    pub max_age_minutes: Option<u32>,
    /// What the provider wants to be asked with beside what the standard has.
    #[serde(default)]
    pub parameters: BTreeMap<String, String>,
    /// How it is noted that somebody was identified: `eid` or `account`.
    pub identified: Option<Identified>,
}

fn default_scopes() -> Vec<String> {
    vec!["https://id.oidc.se/scope/naturalPersonNumber".to_owned()]
}

fn default_personal_number() -> Vec<String> {
    let names = ["personalIdentityNumber", "coordinationNumber"];
    names.iter().map(|name| ["https://id.oidc.se/claim/", name].concat()).collect()
}

fn default_algorithms() -> Vec<Algorithm> {
    Algorithm::ALL.to_vec()
}

/// The Swedish profile allows no more than five minutes.
fn default_token_minutes() -> u32 {
    5
}

/// What the standard has names for, and must not be changed by a setting.
const RESERVED: [&str; 12] = [
    "response_type",
    "response_mode",
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
    "max_age",
    "claims",
    "request",
];

/// What is wrong with a way to sign in. Names the way and the setting, never a value.
#[derive(Debug, thiserror::Error)]
#[error("sign_in {way}: {problem}")]
pub struct WayError {
    way: String,
    problem: &'static str,
}

impl WaySettings {
    /// Takes the secret from the environment, where it is there: `SKOLSTART_SIGN_IN_KEY_SECRET`.
    pub(crate) fn override_by(&mut self, environment: Environment<'_>) {
        let key = self.key.to_ascii_uppercase().replace('-', "_");
        let secret = environment(&["SKOLSTART_SIGN_IN_", &key, "_SECRET"].concat());
        self.client_secret =
            secret.filter(|text| !text.is_empty()).map(Secret::from).or(self.client_secret.take());
    }

    /// Most seconds since the person proved who she is.
    pub(super) fn max_age(&self) -> Option<i64> {
        // A phone can be shared by a family; a computer at work is one person's.
        let usual = if self.audience == Admits::Staff { 480 } else { 15 };
        let minutes = self.max_age_minutes.unwrap_or(usual);
        (minutes > 0).then(|| i64::from(minutes) * 60)
    }

    pub(super) fn method(&self) -> Identified {
        let usual = match self.audience {
            Admits::Staff | Admits::Pupils => Identified::Account,
            Admits::Guardians | Admits::Both => Identified::Eid,
        };
        self.identified.unwrap_or(usual)
    }

    fn problem(&self, local: bool) -> Option<&'static str> {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let one =
            [&self.client_secret_file, &self.private_key_file].iter().filter(|file| file.is_some()).count()
                + usize::from(self.client_secret.is_some());
        let rules = [
            (!self.key.is_empty() && self.key.chars().all(is_plain), "key must be letters a-z, digits and -"),
            (!self.name_sv.is_empty() && !self.name_en.is_empty(), "name_sv and name_en must be given"),
            (is_safe(&self.issuer, local), "issuer must begin with https:// and name a host"),
            (!self.client_id.is_empty(), "client_id must be given"),
            (one == 1, "one of client_secret, client_secret_file and private_key_file must be given"),
            (!self.acr.is_empty(), "acr must name the levels of assurance that are accepted"),
            (!self.personal_number.is_empty(), "personal_number must name a claim"),
            (!self.algorithms.is_empty(), "algorithms must name one"),
            ((1..=90).contains(&self.longest_token_minutes), "longest_token_minutes must be 1 to 90"),
            (
                self.parameters.keys().all(|name| !RESERVED.contains(&name.as_str())),
                "parameters must not name what the standard has",
            ),
            (
                matches!(self.identified, None | Some(Identified::Eid | Identified::Account)),
                "identified must be eid or account",
            ),
        ];
        rules.into_iter().find(|(holds, _)| !holds).map(|(_, problem)| problem)
    }

    /// What this service proves itself with to the provider.
    ///
    /// # Errors
    /// What is wrong with the settings. `local`: a provider on this machine is accepted, for a demo and its tests.
    pub(super) fn check(&self, local: bool) -> Result<ClientKey, WayError> {
        let wrong = |problem| WayError { way: self.key.clone(), problem };
        if let Some(problem) = self.problem(local) {
            return Err(wrong(problem));
        }
        ClientKey::read(self).map_err(wrong)
    }

    /// Nobody could sign in this way: it is not said from what age pupils may.
    pub(crate) fn without_age(&self) -> WayError {
        WayError { way: self.key.clone(), problem: "for = \"pupils\" needs pupils_sign_in_from" }
    }

    pub(super) fn twice(&self) -> WayError {
        WayError { way: self.key.clone(), problem: "the key is used twice" }
    }
}
