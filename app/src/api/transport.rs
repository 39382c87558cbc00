//! The only file that fetches. Owns headers, cookies and the time limit. Called by `client` alone. Must not: know what a
//! body means.

use super::failure::Raw;
use gloo_timers::callback::Timeout;
use js_sys::{Object, Promise, Reflect};
use skolstart_shared::Locale;
use skolstart_shared::api::{WIRE, WIRE_HEADER};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestCredentials, RequestInit, Response, Window};

/// Longer than the slowest mobile network needs for the largest answer, shorter than a person waits.
const TIME_LIMIT_MS: u32 = 20_000;

/// A body on its way out.
pub(super) enum Body {
    /// JSON.
    Json(String),
    /// A piece of a file, which never comes into the program's own memory.
    Bytes(JsValue),
}

/// Sends one request. An error: no answer came, whatever the reason; the browser does not tell more.
pub(super) async fn send(method: &str, path: &str, body: Option<Body>, locale: Locale) -> Result<Raw, ()> {
    let abort = AbortController::new().map_err(|_| ())?;
    let init = RequestInit::new();
    init.set_method(method);
    init.set_credentials(RequestCredentials::SameOrigin);
    init.set_signal(Some(&abort.signal()));
    init.set_headers(&headers(locale, body.as_ref()).map_err(|_| ())?);
    match body {
        Some(Body::Json(text)) => init.set_body(&JsValue::from_str(&text)),
        Some(Body::Bytes(bytes)) => init.set_body(&bytes),
        None => {}
    }
    let limit = Timeout::new(TIME_LIMIT_MS, move || abort.abort());
    let answer = exchange(method, path, &init).await.map_err(|_| ());
    drop(limit);
    answer
}

fn headers(locale: Locale, body: Option<&Body>) -> Result<JsValue, JsValue> {
    let headers = Headers::new()?;
    headers.set("Accept", "application/json")?;
    headers.set("Accept-Language", locale.as_str())?;
    let Some(body) = body else { return Ok(headers.into()) };
    let kind = match body {
        Body::Json(_) => "application/json",
        Body::Bytes(_) => "application/octet-stream",
    };
    headers.set("Content-Type", kind)?;
    headers.set(WIRE_HEADER, &WIRE.to_string())?;
    Ok(headers.into())
}

#[allow(clippy::disallowed_methods, reason = "this is the one file that fetches")]
async fn exchange(method: &str, path: &str, init: &RequestInit) -> Result<Raw, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let early = if method == "GET" { early(&window, path).await } else { None };
    let response: Response = match early {
        Some(response) => response,
        None => JsFuture::from(window.fetch_with_str_and_init(path, init)).await?.dyn_into()?,
    };
    // A date instead of seconds is as if nothing had been said.
    let wait = response.headers().get("Retry-After")?.and_then(|seconds| seconds.parse().ok()).unwrap_or(0);
    let body = JsFuture::from(response.text()?).await?;
    Ok(Raw { status: response.status(), wait, body: body.as_string().unwrap_or_default() })
}

/// The answer that `public/boot.js` has asked for, once.
async fn early(window: &Window, path: &str) -> Option<Response> {
    let early = Reflect::get(window, &"skolstartEarly".into()).ok()?.dyn_into::<Object>().ok()?;
    let asked = Reflect::get(&early, &path.into()).ok()?.dyn_into::<Promise>().ok()?;
    let _ = Reflect::delete_property(&early, &path.into());
    JsFuture::from(asked).await.ok()?.dyn_into().ok()
}
