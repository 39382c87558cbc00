//! Countries, languages and days of the week by name, in the reader's language. The browser's `Intl` knows them; the
//! program carries codes only. Must not be called natively.

use super::current::locale;
use super::format::{midnight, tag, written};
use js_sys::{Array, Function, Intl, Object, Reflect};
use skolstart_shared::Date;
use wasm_bindgen::{JsCast, JsValue};

/// The names of codes (parted by blanks), in the reader's alphabetical order: code and name. `kind` is `region` or
/// `language`.
pub fn named(kind: &str, codes: &str) -> Vec<(String, String)> {
    let pairs = Array::new();
    let names = display_names(kind);
    for code in codes.split(' ') {
        // The name first, so that the order is the names'.
        pairs.push(&JsValue::from_str(&[&name_in(names.as_ref(), code), "\t", code].concat()));
    }
    let compare = Intl::Collator::new(&tag(locale()), &Object::new()).compare();
    if let Some(sort) = method(&pairs, "sort") {
        let _ = sort.call1(&pairs, &compare);
    }
    let mut sorted = Vec::new();
    for pair in pairs.iter().filter_map(|pair| pair.as_string()) {
        if let Some((name, code)) = pair.split_once('\t') {
            sorted.push((code.to_owned(), name.to_owned()));
        }
    }
    sorted
}

/// The name of one code; the code itself where the browser knows none.
pub fn name_of(kind: &str, code: &str) -> String {
    name_in(display_names(kind).as_ref(), code)
}

/// A day of the week, 1 for Monday: "måndag".
pub fn weekday(number: u8) -> String {
    // 1 January 2024 was a Monday.
    let day = Date::new(2024, 1, number).unwrap_or(Date::MIN);
    written(midnight(day), &[("weekday", "long"), ("timeZone", "UTC")])
}

fn name_in(names: Option<&JsValue>, code: &str) -> String {
    let of = names.and_then(|names| Some((method(names, "of")?, names)));
    let name = of.and_then(|(of, names)| of.call1(names, &JsValue::from_str(code)).ok());
    name.and_then(|name| name.as_string()).unwrap_or_else(|| code.to_owned())
}

fn display_names(kind: &str) -> Option<JsValue> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let options = Object::new();
    Reflect::set(&options, &"type".into(), &kind.into()).ok()?;
    let arguments = Array::of2(&tag(locale()), &options);
    Reflect::construct(&method(&intl, "DisplayNames")?, &arguments).ok()
}

fn method(object: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(object, &JsValue::from_str(name)).ok()?.dyn_into().ok()
}
