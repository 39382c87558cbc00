//! Single values in words.

use crate::i18n::{t, t_of};
use serde_json::Value as Json;
use skolstart_shared::Locale;

/// What a code of a column says; a code that is not known, itself.
pub(in crate::usecase) fn word<'a>(column: &str, code: &'a str, locale: Locale) -> &'a str {
    // How somebody signed in is how one knew who it was.
    let column = if column == "method" { "identified" } else { column };
    let name = format!("{column}.{code}");
    t_of("code.", &name, locale).or_else(|| t_of("extract.code.", &name, locale)).unwrap_or(code)
}

/// A value as text.
pub(in crate::usecase) fn words(value: &Json, locale: Locale) -> String {
    let words = |value: &Json| words(value, locale);
    match value {
        Json::Null => String::new(),
        Json::Bool(true) => t("extract.yes", locale).to_owned(),
        Json::Bool(false) => t("extract.no", locale).to_owned(),
        Json::String(text) => text.clone(),
        Json::Number(number) => number.to_string(),
        Json::Array(all) => all.iter().map(words).collect::<Vec<_>>().join(", "),
        Json::Object(all) => {
            all.iter().map(|(name, value)| format!("{name}: {}", words(value))).collect::<Vec<_>>().join("; ")
        }
    }
}

/// A time without seconds; another text as it stands.
pub(in crate::usecase) fn when(text: &str) -> String {
    let is_time = text.len() == 24 && text.ends_with('Z') && text.get(10..11) == Some("T");
    match (text.get(..10), text.get(11..16)) {
        (Some(day), Some(time)) if is_time => format!("{day} {time}"),
        _ => text.to_owned(),
    }
}

/// Text as it stands in a page.
pub(in crate::usecase) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
