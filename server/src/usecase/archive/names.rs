//! What the ids and keys of a document are called, looked up in the document itself. Called by the page that is made from it.

use super::codes::{part, word};
use crate::usecase::extract::words;
use serde_json::Value as Json;
use std::collections::HashMap;

const NOTHING: &[Json] = &[];

pub(super) fn text<'a>(of: &'a Json, key: &str) -> &'a str {
    of.get(key).and_then(Json::as_str).unwrap_or_default()
}

pub(super) fn list<'a>(of: &'a Json, key: &str) -> &'a [Json] {
    of.get(key).and_then(Json::as_array).map_or(NOTHING, Vec::as_slice)
}

/// What ids and keys are called.
pub(super) struct Names<'a> {
    document: &'a Json,
    names: HashMap<&'a str, &'a str>,
}

impl<'a> Names<'a> {
    pub(super) fn of(document: &'a Json) -> Self {
        let people = list(document, "people").iter().map(|person| (text(person, "id"), text(person, "name")));
        let rounds = list(document, "rounds").iter().map(|round| (text(round, "id"), text(round, "title")));
        let places = document.get("places").and_then(Json::as_object).into_iter().flatten();
        let places = places.map(|(id, name)| (id.as_str(), name.as_str().unwrap_or_default()));
        Self { document, names: people.chain(rounds).chain(places).collect() }
    }

    pub(super) fn name(&self, id: &str) -> String {
        self.names.get(id).map_or(id, |name| name).to_owned()
    }

    pub(super) fn label(&self, column: &'a str) -> &'a str {
        self.document.get("labels").and_then(|labels| labels.get(column)?.as_str()).unwrap_or(column)
    }

    fn title(&self, kind: &str, key: &str) -> Option<&str> {
        self.document.get("titles")?.get(kind)?.get(key)?.as_str()
    }

    pub(super) fn in_row(&self, row: &Json, column: &str, value: &Json) -> String {
        let of = |name| text(row, name);
        let titled = match (column, value.as_str()) {
            ("form_key", Some(key)) => self.title("form", key),
            ("act_key", Some(key)) => self.title("act", &format!("{}/{key}", of("form_key"))),
            ("field_key", Some(key)) => {
                self.title("field", &format!("{}/{}/{key}", of("form_key"), of("act_key")))
            }
            ("element", Some(key)) => self.title("element", key),
            _ => None,
        };
        match (titled, value) {
            (Some(title), _) => title.to_owned(),
            (None, Json::String(said)) => match word(column, said) {
                word if word == said.as_str() => self.name(said),
                word => word.to_owned(),
            },
            (None, value) => self.spelt(value),
        }
    }

    /// A value with parts, the parts in words.
    fn spelt(&self, value: &Json) -> String {
        match value {
            Json::Array(all) => all.iter().map(|one| self.spelt(one)).collect::<Vec<_>>().join(", "),
            Json::Object(all) => {
                let part = |(name, value): (&String, &Json)| {
                    let said = match value.as_str() {
                        Some(said) => self.name(word(name, said)),
                        None => self.spelt(value),
                    };
                    format!("{}: {said}", self.label_of(name))
                };
                all.iter().map(part).collect::<Vec<_>>().join("\n")
            }
            Json::String(said) => self.name(said),
            other => words(other),
        }
    }

    fn label_of(&self, name: &str) -> String {
        let known = self.document.get("labels").and_then(|labels| labels.get(name)?.as_str());
        known.or_else(|| part(name)).unwrap_or(name).to_owned()
    }
}
