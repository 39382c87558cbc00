use crate::access::Action;
use crate::id::{
    ApplicationId, ChangeId, FileId, GroupId, PasskeyId, PersonId, SessionId, SubmissionId, TodoId, UnitId,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// Reads; never writes anything but the audit log.
    Get,
    /// Writes; the same twice is the same as once.
    Put,
    /// Ends something; the same twice is the same as once.
    Delete,
}

impl Method {
    /// The method as in the request line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// What an endpoint takes or gives when it takes or gives nothing. `{}` on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Nothing {}

#[cfg(feature = "schema")]
#[doc(hidden)]
pub trait Schema: schemars::JsonSchema {}
#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> Schema for T {}
#[cfg(not(feature = "schema"))]
#[doc(hidden)]
pub trait Schema {}
#[cfg(not(feature = "schema"))]
impl<T> Schema for T {}

/// How the bodies of an endpoint travel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wire {
    /// JSON both ways.
    #[default]
    Json,
    /// Bytes in (`application/octet-stream`), JSON out. `In` is [`Nothing`]: bytes have no shape.
    BytesIn,
    /// The bytes of a file out, with their own media type. `Out` is [`Nothing`].
    BytesOut,
}

/// One endpoint.
pub trait Endpoint: 'static {
    /// Its name; the `operationId` of the OpenAPI document.
    const NAME: &'static str;
    /// What it does, in one sentence.
    const SUMMARY: &'static str;
    /// The method.
    const METHOD: Method;
    /// The path, with `{name}` where a path argument stands.
    const PATH: &'static str;
    /// How its bodies travel.
    const WIRE: Wire = Wire::Json;
    /// What the caller must be allowed to do.
    const ACTION: Action;
    /// The path arguments, in order.
    type Path: PathArgs;
    /// The body of the request. [`Nothing`] for GET and DELETE.
    type In: Serialize + DeserializeOwned + Schema + Send + 'static;
    /// The body of the response.
    type Out: Serialize + DeserializeOwned + Schema + Send + 'static;

    /// The path with its arguments.
    fn path(args: &Self::Path) -> String {
        args.fill(Self::PATH)
    }
}

/// What stands in the `{…}` of a path: ids and counters, never personal data.
pub trait PathArgs: DeserializeOwned + Send + 'static {
    /// The arguments, in the order of the path.
    fn parts(&self) -> Vec<String>;

    /// Puts the arguments in their places.
    fn fill(&self, path: &str) -> String {
        let mut filled = String::with_capacity(path.len() + 40);
        let mut rest = path;
        for part in self.parts() {
            if let (Some(open), Some(close)) = (rest.find('{'), rest.find('}')) {
                filled.push_str(&rest[..open]);
                filled.push_str(&part);
                rest = &rest[close + 1..];
            }
        }
        filled.push_str(rest);
        filled
    }
}

impl PathArgs for () {
    fn parts(&self) -> Vec<String> {
        Vec::new()
    }
}

impl PathArgs for PersonId {
    fn parts(&self) -> Vec<String> {
        vec![self.to_string()]
    }
}

impl PathArgs for crate::form::FormKey {
    fn parts(&self) -> Vec<String> {
        vec![self.as_str().to_owned()]
    }
}

impl PathArgs for UnitId {
    fn parts(&self) -> Vec<String> {
        vec![self.to_string()]
    }
}

impl PathArgs for SubmissionId {
    fn parts(&self) -> Vec<String> {
        vec![self.to_string()]
    }
}

impl PathArgs for SessionId {
    fn parts(&self) -> Vec<String> {
        vec![self.to_string()]
    }
}

impl PathArgs for PasskeyId {
    fn parts(&self) -> Vec<String> {
        vec![self.to_string()]
    }
}

impl PathArgs for FileId {
    fn parts(&self) -> Vec<String> {
        vec![self.to_string()]
    }
}

impl PathArgs for ChangeId {
    fn parts(&self) -> Vec<String> {
        vec![self.to_string()]
    }
}

impl PathArgs for (FileId, u32) {
    fn parts(&self) -> Vec<String> {
        vec![self.0.to_string(), self.1.to_string()]
    }
}

impl PathArgs for (PersonId, ChangeId) {
    fn parts(&self) -> Vec<String> {
        vec![self.0.to_string(), self.1.to_string()]
    }
}

impl PathArgs for (PersonId, i64) {
    fn parts(&self) -> Vec<String> {
        vec![self.0.to_string(), self.1.to_string()]
    }
}

impl PathArgs for (PersonId, SubmissionId) {
    fn parts(&self) -> Vec<String> {
        vec![self.0.to_string(), self.1.to_string()]
    }
}

impl PathArgs for (PersonId, TodoId) {
    fn parts(&self) -> Vec<String> {
        vec![self.0.to_string(), self.1.to_string()]
    }
}

impl PathArgs for (PersonId, TodoId, ChangeId) {
    fn parts(&self) -> Vec<String> {
        vec![self.0.to_string(), self.1.to_string(), self.2.to_string()]
    }
}

impl PathArgs for (PersonId, ApplicationId) {
    fn parts(&self) -> Vec<String> {
        vec![self.0.to_string(), self.1.to_string()]
    }
}

impl PathArgs for (PersonId, ApplicationId, ChangeId) {
    fn parts(&self) -> Vec<String> {
        vec![self.0.to_string(), self.1.to_string(), self.2.to_string()]
    }
}

impl PathArgs for GroupId {
    fn parts(&self) -> Vec<String> {
        vec![self.to_string()]
    }
}

impl PathArgs for (GroupId, i64) {
    fn parts(&self) -> Vec<String> {
        vec![self.0.to_string(), self.1.to_string()]
    }
}

/// An endpoint as data.
#[derive(Clone, Copy, Debug)]
pub struct Described {
    /// Its name.
    pub name: &'static str,
    /// What it does.
    pub summary: &'static str,
    /// The method.
    pub method: Method,
    /// The path.
    pub path: &'static str,
    /// How its bodies travel.
    pub wire: Wire,
    /// What the caller must be allowed to do.
    pub action: Action,
}

impl Described {
    /// The description of `E`.
    pub fn of<E: Endpoint>() -> Self {
        Self {
            name: E::NAME,
            summary: E::SUMMARY,
            method: E::METHOD,
            path: E::PATH,
            wire: E::WIRE,
            action: E::ACTION,
        }
    }
}

/// Declares endpoints: name, what it does, method, path, action, path arguments, in and out, and how the bodies travel where
/// that is not as JSON.
macro_rules! endpoints {
    ($($(#[doc = $summary:literal])+ $name:ident = $method:ident $path:literal $action:ident ($args:ty) $in:ty => $out:ty $(, $wire:ident)?;)*) => {$(
        $(#[doc = $summary])+
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl $crate::api::Endpoint for $name {
            const NAME: &'static str = stringify!($name);
            const SUMMARY: &'static str = concat!($($summary),+);
            const METHOD: $crate::api::Method = $crate::api::Method::$method;
            const PATH: &'static str = $path;
            $(const WIRE: $crate::api::Wire = $crate::api::Wire::$wire;)?
            const ACTION: $crate::access::Action = $crate::access::Action::$action;
            type Path = $args;
            type In = $in;
            type Out = $out;
        }
    )*};
}
pub(super) use endpoints;
