//! The only file that fetches. Owns headers, cookies and the time limit. Called by `client` alone. Must not: know what a
//! body means.

use super::failure::Raw;
use gloo_timers::callback::Timeout;
use skolstart_shared::Locale;
use skolstart_shared::api::{WIRE, WIRE_HEADER};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestCredentials, RequestInit, Response};

/// Longer than the slowest mobile network needs for the largest answer, shorter than a person waits.
const TIME_LIMIT_MS: u32 = 20_000;

/// Sends one request. An error: no answer came, whatever the reason; the browser does not tell more.
pub(super) async fn send(method: &str, path: &str, body: Option<&str>, locale: Locale) -> Result<Raw, ()> {
    let abort = AbortController::new().map_err(|_| ())?;
    let init = RequestInit::new();
    init.set_method(method);
    init.set_credentials(RequestCredentials::SameOrigin);
    init.set_signal(Some(&abort.signal()));
    init.set_headers(&headers(locale, body.is_some()).map_err(|_| ())?);
    if let Some(body) = body {
        init.set_body(&JsValue::from_str(body));
    }
    let limit = Timeout::new(TIME_LIMIT_MS, move || abort.abort());
    let answer = exchange(path, &init).await.map_err(|_| ());
    drop(limit);
    answer
}

fn headers(locale: Locale, has_body: bool) -> Result<JsValue, JsValue> {
    let headers = Headers::new()?;
    headers.set("Accept", "application/json")?;
    headers.set("Accept-Language", locale.as_str())?;
    if has_body {
        headers.set("Content-Type", "application/json")?;
        headers.set(WIRE_HEADER, &WIRE.to_string())?;
    }
    Ok(headers.into())
}

#[allow(clippy::disallowed_methods, reason = "this is the one file that fetches")]
async fn exchange(path: &str, init: &RequestInit) -> Result<Raw, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let response: Response = JsFuture::from(window.fetch_with_str_and_init(path, init)).await?.dyn_into()?;
    let body = JsFuture::from(response.text()?).await?;
    Ok(Raw { status: response.status(), body: body.as_string().unwrap_or_default() })
}
