use super::endpoint::{Nothing, PathArgs, endpoints};
use serde::{Deserialize, Serialize};

endpoints! {
    /// Lists the ways to sign in, with their names in the language of the request.
    ListSignInWays = Get "/api/sign-in" Anonymous (()) Nothing => Vec<SignInWay>;
    /// Begins a sign-in and says where the browser goes to prove who is in front of it.
    BeginSignIn = Put "/api/sign-in/{way}" Anonymous (WayKey) SignInIn => SignInOut;
}

/// The name of a way to sign in, as the settings have it: `guardians`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct WayKey(pub String);

impl PathArgs for WayKey {
    fn parts(&self) -> Vec<String> {
        vec![self.0.clone()]
    }
}

/// A way to sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SignInWay {
    /// Which.
    pub key: WayKey,
    /// What it is called: *BankID*.
    pub name: String,
    /// True when guardians or pupils sign in this way: those who use the guardian program.
    pub guardians: bool,
    /// True when staff sign in this way.
    pub staff: bool,
}

/// A sign-in that begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SignInIn {
    /// The page to come back to: a path of one of the two programs.
    pub back: String,
}

/// Where the browser goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SignInOut {
    /// The address at the provider.
    pub address: String,
}
