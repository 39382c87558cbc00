//! The device's clock, the only place that reads it. Must not be trusted for anything that counts: the server's does.

use skolstart_shared::{Date, Timestamp};

/// Now, by the device.
pub fn now() -> Timestamp {
    Timestamp::from_millis(js_sys::Date::now() as i64)
}

/// The day in Sweden, by the device.
pub fn today() -> Date {
    let options = js_sys::Object::new();
    // Setting a property of a fresh object cannot fail.
    let _ = js_sys::Reflect::set(&options, &"timeZone".into(), &"Europe/Stockholm".into());
    let here = js_sys::Date::new_0().to_locale_date_string("sv-SE", &options);
    // Swedish dates are written as ISO dates.
    here.as_string().and_then(|text| Date::parse_iso(&text).ok()).unwrap_or_else(|| now().date_utc())
}
