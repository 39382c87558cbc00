//! The browser's own interface to passkeys (WebAuthn 3, 5.1). Called by the pages that use one.

use js_sys::{Function, JSON, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Why the device gave nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::staff) enum DeviceFailure {
    /// The browser, or the device, makes no such passkeys.
    NotSupported,
    /// The person closed the question, or did not answer it in time. A browser does not tell these apart.
    Cancelled,
    /// The device has one for this person already.
    There,
    /// Anything else.
    Failed,
}

/// True in browsers that read and write what the server asks and is answered.
pub(in crate::staff) fn is_supported() -> bool {
    member(&class(), READ_NEW).is_some_and(|read| read.is_function())
        && member(&class(), READ_ANY).is_some_and(|read| read.is_function())
}

/// Has the device make a passkey. The answer is for the server.
pub(in crate::staff) async fn create(options: &str) -> Result<String, DeviceFailure> {
    ask("create", READ_NEW, options).await
}

/// Has the device sign with a passkey that the person chooses. The answer is for the server.
pub(in crate::staff) async fn get(options: &str) -> Result<String, DeviceFailure> {
    ask("get", READ_ANY, options).await
}

const READ_NEW: &str = "parseCreationOptionsFromJSON";
const READ_ANY: &str = "parseRequestOptionsFromJSON";

fn member(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into()).ok().filter(|value| !value.is_undefined() && !value.is_null())
}

fn class() -> JsValue {
    member(&window(), "PublicKeyCredential").unwrap_or(JsValue::UNDEFINED)
}

/// Calls a function of an object with one value.
fn call(of: &JsValue, name: &str, with: &JsValue) -> Result<JsValue, DeviceFailure> {
    let function = member(of, name).and_then(|found| found.dyn_into::<Function>().ok());
    let function = function.ok_or(DeviceFailure::NotSupported)?;
    function.call1(of, with).map_err(|thrown| failure(&thrown))
}

async fn ask(how: &str, read: &str, options: &str) -> Result<String, DeviceFailure> {
    let options = JSON::parse(options).map_err(|_| DeviceFailure::Failed)?;
    let asked = Object::new();
    Reflect::set(&asked, &"publicKey".into(), &call(&class(), read, &options)?)
        .map_err(|_| DeviceFailure::Failed)?;
    let keeper = member(&window().navigator(), "credentials").ok_or(DeviceFailure::NotSupported)?;
    let promise: Promise = call(&keeper, how, &asked)?.dyn_into().map_err(|_| DeviceFailure::Failed)?;
    let made = JsFuture::from(promise).await.map_err(|thrown| failure(&thrown))?;
    // Writing it calls its own `toJSON`.
    let written = JSON::stringify(&made).map_err(|_| DeviceFailure::Failed)?;
    written.as_string().ok_or(DeviceFailure::Failed)
}

fn failure(thrown: &JsValue) -> DeviceFailure {
    let name = member(thrown, "name").and_then(|name| name.as_string()).unwrap_or_default();
    failure_of(&name)
}

fn failure_of(name: &str) -> DeviceFailure {
    match name {
        "NotAllowedError" | "AbortError" => DeviceFailure::Cancelled,
        "InvalidStateError" => DeviceFailure::There,
        "NotSupportedError" | "ConstraintError" => DeviceFailure::NotSupported,
        _ => DeviceFailure::Failed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_throws_is_told_apart() {
        for (name, expected) in [
            ("NotAllowedError", DeviceFailure::Cancelled),
            ("AbortError", DeviceFailure::Cancelled),
            ("InvalidStateError", DeviceFailure::There),
            ("ConstraintError", DeviceFailure::NotSupported),
            ("SecurityError", DeviceFailure::Failed),
            ("", DeviceFailure::Failed),
        ] {
            assert_eq!(failure_of(name), expected, "{name}");
        }
    }
}
