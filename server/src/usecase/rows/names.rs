//! What the ids and keys in rows are called.

use super::titles::Titles;
use super::words::{when, word, words};
use crate::i18n::t_of;
use serde_json::Value as Json;
use skolstart_shared::Locale;
use std::collections::HashMap;

/// What ids and keys are called, and in which language.
pub(in crate::usecase) struct Names {
    locale: Locale,
    ids: HashMap<String, String>,
    titles: Titles,
}

impl Names {
    pub(in crate::usecase) fn new(locale: Locale, ids: HashMap<String, String>, titles: Titles) -> Self {
        Self { locale, ids, titles }
    }

    pub(in crate::usecase) fn name(&self, id: &str) -> String {
        self.ids.get(id).map_or(id, String::as_str).to_owned()
    }

    /// What a column is called.
    pub(in crate::usecase) fn label<'b>(&self, column: &'b str) -> &'b str {
        self.known_label(column).unwrap_or(column)
    }

    fn known_label(&self, column: &str) -> Option<&'static str> {
        let given = t_of("extract.column.", column, self.locale);
        given.or_else(|| t_of("archive.column.", column, self.locale))
    }

    /// What a form is called.
    pub(in crate::usecase) fn form<'b>(&'b self, key: &'b str) -> &'b str {
        self.titles.get("form", key).unwrap_or(key)
    }

    /// What stands in a column. `of`: another column of the row, as text.
    pub(in crate::usecase) fn in_row<'b>(
        &self,
        of: impl Fn(&str) -> &'b str,
        column: &str,
        value: &Json,
    ) -> String {
        let title = |kind, key: &str| self.titles.get(kind, key);
        let titled = match (column, value.as_str()) {
            ("form_key", Some(key)) => title("form", key),
            ("act_key", Some(key)) => title("act", &format!("{}/{key}", of("form_key"))),
            ("field_key", Some(key)) => {
                title("field", &format!("{}/{}/{key}", of("form_key"), of("act_key")))
            }
            ("element", Some(key)) => title("element", key),
            _ => None,
        };
        match (titled, value) {
            (Some(title), _) => title.to_owned(),
            (None, Json::String(said)) => match word(column, said, self.locale) {
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
                    Some(said) if name == "outcome" => word("decision.outcome", said, self.locale).to_owned(),
                    Some(said) => self.name(word(name, said, self.locale)),
                    None => words(said, self.locale),
                };
                lines.push(if name.is_empty() { said } else { format!("{}: {said}", self.part(name)) });
            }
        }
    }

    /// What a part of a value is called: of opinions, decisions and what staff have written down.
    fn part<'b>(&self, name: &'b str) -> &'b str {
        let part = t_of("extract.part.", name, self.locale);
        part.or_else(|| self.known_label(name)).unwrap_or(name)
    }
}

/// What `fact::Value` is written with.
const TAGS: &[&str] = &[
    "text", "flag", "number", "date", "choice", "choices", "phone", "email", "rows", "days", "time",
    "identity", "schedule", "files",
];
