use super::endpoint::{Nothing, endpoints};
use crate::date::Timestamp;
use crate::id::PasskeyId;
use serde::{Deserialize, Serialize};

endpoints! {
    /// Says whether staff can sign in with a passkey here.
    GetPasskeySignIn = Get "/api/passkey-sign-in" Anonymous (()) Nothing => PasskeySignIn;
    /// Begins a sign-in with a passkey: what the browser asks the device for.
    BeginPasskeySignIn = Put "/api/passkey-sign-in" Anonymous (()) Nothing => PasskeyAsked;
    /// Signs in one of the staff with what her device answered.
    SignInWithPasskey = Put "/api/session/passkey" Anonymous (()) PasskeyProof => Nothing;
    /// Lists the caller's own passkeys, the newest first.
    GetPasskeys = Get "/api/passkeys" OwnPasskeys (()) Nothing => PasskeysOut;
    /// Begins adding a passkey: what the browser asks the device for.
    BeginPasskey = Put "/api/passkeys" OwnPasskeys (()) Nothing => PasskeyAsked;
    /// Adds a passkey that the device has made. The same id and passkey again is the same as once.
    AddPasskey = Put "/api/passkeys/{passkey}" OwnPasskeys (PasskeyId) PasskeyIn => Nothing;
    /// Gives a passkey another name.
    NamePasskey = Put "/api/passkeys/{passkey}/name" OwnPasskeys (PasskeyId) PasskeyName => Nothing;
    /// Removes a passkey, and ends the sessions that were begun with it.
    RemovePasskey = Delete "/api/passkeys/{passkey}" OwnPasskeys (PasskeyId) Nothing => Nothing;
}

/// Whether one can sign in with a passkey.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PasskeySignIn {
    /// True when one can.
    pub offered: bool,
}

/// What the browser asks the device for.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PasskeyAsked {
    /// The options as JSON text, as `PublicKeyCredential.parseCreationOptionsFromJSON` and `parseRequestOptionsFromJSON` read
    /// them (WebAuthn 3, 5.1.8 and 5.1.9). The program hands them to the browser as they are.
    pub options: String,
}

impl std::fmt::Debug for PasskeyAsked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasskeyAsked(…)")
    }
}

/// What the device answered to a sign-in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PasskeyProof {
    /// The credential as JSON text, as `PublicKeyCredential.toJSON` makes it (WebAuthn 3, 5.1.7).
    pub credential: String,
}

impl std::fmt::Debug for PasskeyProof {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasskeyProof(…)")
    }
}

/// A passkey that the device has made.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PasskeyIn {
    /// What its owner calls it.
    pub name: String,
    /// The credential as JSON text, as `PublicKeyCredential.toJSON` makes it.
    pub credential: String,
}

impl std::fmt::Debug for PasskeyIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasskeyIn(…)")
    }
}

/// Another name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PasskeyName {
    /// What its owner calls it.
    pub name: String,
}

/// The caller's passkeys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PasskeysOut {
    /// The newest first.
    pub passkeys: Vec<PasskeyLine>,
    /// How many one person can have.
    pub most: u32,
    /// True when this sign-in is fresh enough to change them.
    pub fresh: bool,
}

/// A passkey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PasskeyLine {
    /// Which.
    pub passkey: PasskeyId,
    /// What its owner calls it.
    pub name: String,
    /// When it was added.
    pub added: Timestamp,
    /// When somebody last signed in with it.
    pub used: Option<Timestamp>,
    /// Until when it works without a sign-in at the provider in between.
    pub until: Timestamp,
    /// True when this session was begun with it.
    pub here: bool,
}
