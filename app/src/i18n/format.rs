//! Days, times and numbers as the reader writes them, in Swedish time. The browser's `Intl` does it; `wasm` carries no
//! calendar texts. Must not be called natively.

use super::current::locale;
use js_sys::{Array, Intl, Object, Reflect};
use skolstart_shared::school::Week;
use skolstart_shared::{Date, Locale, Timestamp};
use wasm_bindgen::JsValue;

const ZONE: &str = "Europe/Stockholm";

/// The tag for `Intl`: who reads English in a Swedish school still writes 14 August, not August 14.
pub(super) fn tag(locale: Locale) -> Array {
    let tag = match locale {
        Locale::Sv => "sv-SE",
        Locale::En => "en-GB",
    };
    Array::of1(&JsValue::from_str(tag))
}

fn options(pairs: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (name, value) in pairs {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    options
}

pub(super) fn written(millis: i64, pairs: &[(&str, &str)]) -> String {
    let format = Intl::DateTimeFormat::new(&tag(locale()), &options(pairs)).format();
    let at = js_sys::Date::new(&JsValue::from_f64(millis as f64));
    let written = format.call1(&JsValue::UNDEFINED, &at).ok().and_then(|text| text.as_string());
    written.unwrap_or_default()
}

/// A day: "14 augusti 2026".
pub fn date(day: Date) -> String {
    let pairs = [("day", "numeric"), ("month", "long"), ("year", "numeric"), ("timeZone", "UTC")];
    written(midnight(day), &pairs)
}

/// A day without its year: "14 aug".
pub fn day_and_month(day: Date) -> String {
    written(midnight(day), &[("day", "numeric"), ("month", "short"), ("timeZone", "UTC")])
}

/// The Swedish day of an instant: "14 augusti 2026".
pub fn timestamp_day(at: Timestamp) -> String {
    let pairs = [("day", "numeric"), ("month", "long"), ("year", "numeric"), ("timeZone", ZONE)];
    written(at.as_millis(), &pairs)
}

/// The Swedish time of an instant: "14.02" in Swedish, as Swedes write it, "14:02" in other languages.
pub fn clock_time(at: Timestamp) -> String {
    let pairs = [("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23"), ("timeZone", ZONE)];
    let written = written(at.as_millis(), &pairs);
    if locale() == Locale::Sv { written.replace(':', ".") } else { written }
}

/// Day and time: "14 augusti 2026 kl. 14.02" and "14 August 2026, 14:02".
pub fn date_and_time(at: Timestamp) -> String {
    super::t_with("format.day-and-time", &[("day", &timestamp_day(at)), ("time", &clock_time(at))])
}

/// The number of the ISO week, as Swedes plan by.
pub fn week(day: Date) -> u8 {
    Week::containing(day).number()
}

/// A whole number with the reader's thousands: "4 600".
pub fn number(value: u64) -> String {
    if value < 1000 {
        return value.to_string();
    }
    let format = Intl::NumberFormat::new(&tag(locale()), &Object::new()).format();
    let written = format.call1(&JsValue::UNDEFINED, &JsValue::from_f64(value as f64)).ok();
    written.and_then(|text| text.as_string()).unwrap_or_else(|| value.to_string())
}

/// `part` of `whole` in whole per cent, rounded down so that "100" means all; 0 of 0 is 0. Without the sign.
pub fn percent(part: u64, whole: u64) -> u64 {
    part.saturating_mul(100).checked_div(whole).unwrap_or(0)
}

pub(super) fn midnight(day: Date) -> i64 {
    // Reading the text of a day back as an instant cannot fail.
    let mut text = day.to_string();
    text.push_str("T00:00:00Z");
    Timestamp::parse(&text).map_or(0, Timestamp::as_millis)
}
