//! What the ids and keys of a document are called, looked up in the document itself. Called by the page that is made from it.

use super::words::RECORD;
use crate::usecase::rows::{Names, Titles};
use serde::Deserialize;
use serde_json::Value as Json;

const NOTHING: &[Json] = &[];

pub(super) fn text<'a>(of: &'a Json, key: &str) -> &'a str {
    of.get(key).and_then(Json::as_str).unwrap_or_default()
}

pub(super) fn list<'a>(of: &'a Json, key: &str) -> &'a [Json] {
    of.get(key).and_then(Json::as_array).map_or(NOTHING, Vec::as_slice)
}

/// What a document calls its people, rounds, places, forms and questions.
pub(super) fn names(document: &Json) -> Names {
    let people = list(document, "people").iter().map(|person| (text(person, "id"), text(person, "name")));
    let rounds = list(document, "rounds").iter().map(|round| (text(round, "id"), text(round, "title")));
    let places = document.get("places").and_then(Json::as_object).into_iter().flatten();
    let places = places.map(|(id, name)| (id.as_str(), name.as_str().unwrap_or_default()));
    let ids = people.chain(rounds).chain(places).map(|(id, name)| (id.to_owned(), name.to_owned()));
    let titles = document.get("titles").and_then(|titles| Titles::deserialize(titles).ok());
    Names::new(RECORD, ids.collect(), titles.unwrap_or_default())
}

/// `20180102-2383`: twelve digits say the century.
pub(super) fn number(number: &Json) -> String {
    let number = number.as_str().unwrap_or_default();
    match number.split_at_checked(8) {
        Some((day, rest)) if number.len() == 12 => format!("{day}-{rest}"),
        _ => number.to_owned(),
    }
}

/// With a capital letter.
pub(super) fn upper(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().collect::<String>());
    first.unwrap_or_default() + letters.as_str()
}
