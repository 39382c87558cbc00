use super::field::FieldKey;
use crate::Map;
use crate::fact::Value;
use serde::{Deserialize, Serialize};

/// What somebody answered in one act. A field without a value is not answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Answers(pub Map<FieldKey, Value>);

impl Answers {
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
