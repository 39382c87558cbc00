use super::field::FieldKey;
use crate::Map;
use crate::fact::{FileRef, Value};
use serde::{Deserialize, Serialize};

/// What somebody answered in one act. A field without a value is not answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Answers(pub Map<FieldKey, Value>);

impl Answers {
    /// Every file that is named, also in rows.
    pub fn files(&self) -> Vec<&FileRef> {
        let mut found = Vec::new();
        self.0.values().for_each(|value| collect(value, &mut found));
        found
    }

    /// The answer to a field.
    pub fn get(&self, key: &FieldKey) -> Option<&Value> {
        self.0.get(key)
    }

    /// Answers a field, or takes the answer away.
    pub fn set(&mut self, key: &FieldKey, value: Option<Value>) {
        match value {
            Some(value) => self.0.insert(key.clone(), value),
            None => self.0.remove(key),
        };
    }
}

fn collect<'a>(value: &'a Value, found: &mut Vec<&'a FileRef>) {
    match value {
        Value::Files(files) => found.extend(files),
        Value::Rows(rows) => rows.iter().flat_map(Map::values).for_each(|value| collect(value, found)),
        _ => {}
    }
}

impl FromIterator<(FieldKey, Value)> for Answers {
    fn from_iter<I: IntoIterator<Item = (FieldKey, Value)>>(pairs: I) -> Self {
        // Collecting into a map sorts, and each sort is kilobytes in the guardian's download.
        let mut answers = Self::default();
        for (key, value) in pairs {
            answers.0.insert(key, value);
        }
        answers
    }
}
