//! What the ids and keys of a document are called, looked up in the document itself. Called by the page that is made from it.

use super::words::{part, word, words};
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

    pub(super) fn label<'b>(&'b self, column: &'b str) -> &'b str {
        self.document.get("labels").and_then(|labels| labels.get(column)?.as_str()).unwrap_or(column)
    }

    /// What a form is called.
    pub(super) fn form<'b>(&'b self, key: &'b str) -> &'b str {
        self.title("form", key).unwrap_or(key)
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
                word if word == said.as_str() => when(&self.name(said)),
                word => word.to_owned(),
            },
            (None, value) => self.spelt(value),
        }
    }

    /// A value with parts: a line for each, called by its last name.
    fn spelt(&self, value: &Json) -> String {
        let mut lines = Vec::new();
        self.leaves("", value, &mut lines);
        lines.join("\n")
    }

    fn leaves(&self, name: &str, value: &Json, lines: &mut Vec<String>) {
        match value {
            Json::Object(parts) => match parts.iter().next() {
                // How a value is written: what stands in it is the value.
                Some((tag, inside)) if parts.len() == 1 && TAGS.contains(&tag.as_str()) => {
                    self.leaves(name, inside, lines);
                }
                _ => parts.iter().for_each(|(name, value)| self.leaves(name, value, lines)),
            },
            Json::Array(all) if all.iter().any(Json::is_object) => {
                all.iter().for_each(|one| self.leaves(name, one, lines));
            }
            Json::Null => {}
            said => {
                let said = match said.as_str() {
                    Some(said) if name == "outcome" => word("decision.outcome", said).to_owned(),
                    Some(said) => self.name(word(name, said)),
                    None => words(said),
                };
                lines.push(if name.is_empty() { said } else { format!("{}: {said}", self.label_of(name)) });
            }
        }
    }

    fn label_of(&self, name: &str) -> String {
        let known = self.document.get("labels").and_then(|labels| labels.get(name)?.as_str());
        part(name).or(known).unwrap_or(name).to_owned()
    }
}

/// What `fact::Value` is written with.
const TAGS: &[&str] = &[
    "text", "flag", "number", "date", "choice", "choices", "phone", "email", "rows", "days", "time",
    "identity", "schedule", "files",
];

/// A time without seconds; another text as it stands.
pub(super) fn when(text: &str) -> String {
    let is_time = text.len() == 24 && text.ends_with('Z') && text.get(10..11) == Some("T");
    match (text.get(..10), text.get(11..16)) {
        (Some(day), Some(time)) if is_time => format!("{day} {time}"),
        _ => text.to_owned(),
    }
}
