//! Us as a device knows us: by the host of our address and by nothing else. What it signs elsewhere counts for nothing here.

use crate::identity::Refused;
use crate::ids::NoRandomness;
use crate::store::StoreError;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use skolstart_shared::id::PersonId;
use std::time::Duration;
use webauthn_rs::prelude::{
    CredentialID, DiscoverableAuthentication, DiscoverableKey, Passkey, PasskeyRegistration,
    PublicKeyCredential, RegisterPublicKeyCredential, Url, Uuid, WebauthnError,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};

/// Why there are no passkeys although the settings allow them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPasskeys {
    /// A passkey belongs to a name, never to a number (WebAuthn 3, 5.1.3: the effective domain).
    #[error(
        "the address is no name: a browser makes passkeys for https://skolstart.example.se, not for an IP address"
    )]
    Address,
    /// Browsers have passkeys on secure pages only.
    #[error("the address does not begin with https://, which passkeys need everywhere but on localhost")]
    NotHttps,
}

/// The passkeys of an instance.
#[derive(Debug)]
pub struct Passkeys(Webauthn);

/// What a device is asked, and what its answer is compared with.
pub(super) struct Question {
    /// For the browser.
    pub(super) options: String,
    /// For us.
    pub(super) state: String,
}

/// A passkey that a device has made.
pub(super) struct Made {
    pub(super) credential: Vec<u8>,
    pub(super) key: Vec<u8>,
}

impl Passkeys {
    /// For a service reached at `origin`.
    ///
    /// # Errors
    /// When browsers make no passkeys for such an address.
    pub fn new(origin: &str) -> Result<Self, NoPasskeys> {
        let url = Url::parse(origin).map_err(|_| NoPasskeys::Address)?;
        let host = url.domain().ok_or(NoPasskeys::Address)?.to_owned();
        if url.scheme() != "https" && host != "localhost" && !host.ends_with(".localhost") {
            return Err(NoPasskeys::NotHttps);
        }
        let timeout = Duration::from_millis(super::LIFETIME.unsigned_abs());
        let builder = WebauthnBuilder::new(&host, &url).map_err(|_| NoPasskeys::Address)?;
        let made = builder.rp_name("Skolstart").timeout(timeout).build();
        made.map(Self).map_err(|_| NoPasskeys::Address)
    }

    /// What a device calls a person: no name and no number, and the same each time, so that a passkey that she makes anew
    /// takes the place of the one that the device had.
    pub(super) fn handle(person: PersonId) -> Uuid {
        let mut hash = Sha256::new();
        hash.update(b"skolstart-passkey|");
        hash.update(person.0.as_bytes());
        let mut handle = [0; 16];
        handle.copy_from_slice(&hash.finalize()[..16]);
        Uuid::from_bytes(handle)
    }

    /// Asks a device for a passkey of somebody. It is told her name, to show when she chooses, and which it has made already.
    pub(super) fn ask_for_new(
        &self,
        person: PersonId,
        name: &str,
        had: &[Vec<u8>],
    ) -> Result<Question, StoreError> {
        let had: Vec<CredentialID> =
            had.iter().filter_map(|key| Some(read(key)?.cred_id().clone())).collect();
        let asked = self.0.start_passkey_registration(Self::handle(person), name, name, Some(had));
        let (options, state) = asked.map_err(|_| NoRandomness)?;
        let mut options = serde_json::to_value(options.public_key).map_err(|_| UNWRITABLE)?;
        // Only what a device finds by itself signs in somebody who has not said who she is. The library leaves this open.
        if let Some(Value::Object(selection)) = options.get_mut("authenticatorSelection") {
            selection.insert("residentKey".to_owned(), json!("required"));
            selection.insert("requireResidentKey".to_owned(), json!(true));
        }
        Ok(Question { options: options.to_string(), state: written(&state)? })
    }

    /// The passkey that a device has made when it was asked for one.
    pub(super) fn made(&self, answer: &str, state: &str) -> Result<Made, Refused> {
        let state: PasskeyRegistration = serde_json::from_str(state).map_err(|_| Refused::State)?;
        let answer: RegisterPublicKeyCredential =
            serde_json::from_str(answer).map_err(|_| Refused::Assertion)?;
        if answer.extensions.cred_props.as_ref().is_some_and(|props| props.rk == Some(false)) {
            return Err(Refused::Assertion);
        }
        let made = self.0.finish_passkey_registration(&answer, &state).map_err(|error| refused(&error))?;
        let key = serde_json::to_vec(&made).map_err(|_| Refused::Assertion)?;
        Ok(Made { credential: made.cred_id().to_vec(), key })
    }

    /// What a device calls the passkey that it says it has made.
    pub(super) fn credential_of(answer: &str) -> Option<Vec<u8>> {
        serde_json::from_str::<RegisterPublicKeyCredential>(answer).ok().map(|answer| answer.raw_id)
    }

    /// Asks whichever passkey there is to sign.
    pub(super) fn ask_for_any(&self) -> Result<Question, StoreError> {
        let (options, state) = self.0.start_discoverable_authentication().map_err(|_| NoRandomness)?;
        // The library's own `mediation` is for a field that the browser fills in; here somebody presses a button.
        let options = serde_json::to_string(&options.public_key).map_err(|_| UNWRITABLE)?;
        Ok(Question { options, state: written(&state)? })
    }

    /// What a device calls its passkey, and whose it says that it is.
    pub(super) fn named(&self, answer: &str) -> Option<(PublicKeyCredential, Uuid)> {
        let answer: PublicKeyCredential = serde_json::from_str(answer).ok()?;
        let (handle, _) = self.0.identify_discoverable_authentication(&answer).ok()?;
        Some((answer, handle))
    }

    /// The passkey after it has signed what was asked for, with its counter moved on.
    pub(super) fn signed(
        &self,
        answer: &PublicKeyCredential,
        state: &str,
        key: &[u8],
    ) -> Result<Vec<u8>, Refused> {
        let state: DiscoverableAuthentication = serde_json::from_str(state).map_err(|_| Refused::State)?;
        let mut key = read(key).ok_or(Refused::Passkey)?;
        let signed = self.0.finish_discoverable_authentication_v2(answer, state, DiscoverableKey::from(&key));
        let signed = signed.map_err(|error| refused(&error))?;
        if !signed.user_verified() {
            return Err(Refused::Assertion);
        }
        key.update_credential(&signed);
        serde_json::to_vec(&key).map_err(|_| Refused::Assertion)
    }
}

const UNWRITABLE: StoreError = StoreError::Corrupt("passkey");

fn read(key: &[u8]) -> Option<Passkey> {
    serde_json::from_slice(key).ok()
}

fn written(state: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(state).map_err(|_| UNWRITABLE)
}

fn refused(error: &WebauthnError) -> Refused {
    match error {
        WebauthnError::CredentialPossibleCompromise => Refused::Cloned,
        _ => Refused::Assertion,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_belong_to_names_on_secure_pages() {
        for origin in
            ["https://skolstart.example.se", "https://skolstart.example.se:8443", "http://localhost:8080"]
        {
            assert!(Passkeys::new(origin).is_ok(), "{origin}");
        }
        for (origin, why) in [
            ("http://127.0.0.1:8080", NoPasskeys::Address),
            ("https://192.0.2.1", NoPasskeys::Address),
            ("https://[2001:db8::1]", NoPasskeys::Address),
            ("http://skolstart.example.se", NoPasskeys::NotHttps),
        ] {
            assert_eq!(Passkeys::new(origin).map(drop).err(), Some(why), "{origin}");
        }
    }

    #[test]
    fn only_passkeys_that_are_found_by_themselves_are_asked_for_and_who_holds_them_is_always_checked() {
        let passkeys = Passkeys::new("https://skolstart.example.se").unwrap();
        let person = PersonId(Uuid::from_u128(7));
        let asked = passkeys.ask_for_new(person, "Anna Holmgren", &[]).unwrap();
        let options: Value = serde_json::from_str(&asked.options).unwrap();
        let selection = &options["authenticatorSelection"];
        assert_eq!(selection["residentKey"], "required");
        assert_eq!(selection["requireResidentKey"], true);
        assert_eq!(selection["userVerification"], "required");
        assert_eq!(options["rp"], json!({"id": "skolstart.example.se", "name": "Skolstart"}));
        assert_eq!(options["attestation"], "none");
        assert!(!asked.options.contains(&person.to_string()), "a device is not told our own ids");
        let any: Value = serde_json::from_str(&passkeys.ask_for_any().unwrap().options).unwrap();
        assert_eq!(any["userVerification"], "required");
        assert_eq!(any["allowCredentials"], json!([]));
        assert_ne!(any["challenge"], options["challenge"]);
    }
}
