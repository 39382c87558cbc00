//! Places in the library, as the maps name them:
//! `form:act/field`, `form:act/field.column`, `…=option`, `…^attribute`, `form:act~handler-field`,
//! `form:act@attribute.part`, `form:act@decision!outcome`, `form:@attribute`.

use super::paper::list;
use serde_json::Value;
use skolstart_server::library::{FORMS, read_form};
use std::collections::BTreeMap;

/// The library's forms as JSON, by key.
pub(crate) fn library() -> BTreeMap<String, Value> {
    let read = |text: &&str| {
        let form = read_form(text).unwrap();
        (form.key.as_str().to_owned(), serde_json::to_value(&form).unwrap())
    };
    FORMS.iter().map(read).collect()
}

/// What stands at a place. `Err` says what is not there.
pub(crate) fn find<'a>(library: &'a BTreeMap<String, Value>, place: &str) -> Result<&'a Value, String> {
    let missing = |what: &str| format!("{place}: there is no {what}");
    let (form, rest) = place.split_once(':').ok_or_else(|| missing("form before a colon"))?;
    let form = library.get(form).ok_or_else(|| missing(form))?;
    if let Some(attribute) = rest.strip_prefix('@') {
        return present(&form[attribute]).ok_or_else(|| missing(attribute));
    }
    let end = rest.find(['/', '~', '@']).ok_or_else(|| missing("part of an act"))?;
    let act = keyed(&form["acts"], &rest[..end]).ok_or_else(|| missing("such act"))?;
    let (sign, part) = rest[end..].split_at(1);
    match sign {
        "@" => attribute(act, part).ok_or_else(|| missing(part)),
        "~" => field(&act["decision"]["fields"], part).ok_or_else(|| missing(part)),
        _ => field(&act["fields"], part).ok_or_else(|| missing(part)),
    }
}

fn attribute<'a>(act: &'a Value, part: &str) -> Option<&'a Value> {
    if let Some((holder, outcome)) = part.split_once('!') {
        return list(&act[holder]["outcomes"]).iter().find(|known| known.as_str() == Some(outcome));
    }
    part.split('.').try_fold(act, |value, name| present(&value[name]))
}

fn field<'a>(fields: &'a Value, part: &str) -> Option<&'a Value> {
    if let Some((own, attribute)) = part.split_once('^') {
        return present(&field(fields, own)?[attribute]);
    }
    if let Some((own, option)) = part.split_once('=') {
        let kind = field(fields, own)?["kind"].as_object()?.values().next()?;
        return keyed(&kind["options"], option);
    }
    match part.split_once('.') {
        Some((own, column)) => keyed(&keyed(fields, own)?["kind"]["rows"]["fields"], column),
        None => keyed(fields, part),
    }
}

fn keyed<'a>(holders: &'a Value, key: &str) -> Option<&'a Value> {
    list(holders).iter().find(|holder| holder["key"].as_str() == Some(key))
}

fn present(value: &Value) -> Option<&Value> {
    (!value.is_null()).then_some(value)
}
