//! A checker for the part of JSON Schema that Skolverket's SS 12000 schemas use. Only for tests.

use serde_json::Value;
use std::collections::BTreeMap;

/// The schemas of `tests/data/ss12000/schema`, by `$id`.
pub(super) struct Schemas(BTreeMap<String, Value>);

impl Schemas {
    pub(super) fn load() -> Self {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/ss12000/schema");
        let read = |entry: std::io::Result<std::fs::DirEntry>| {
            let schema: Value =
                serde_json::from_slice(&std::fs::read(entry.unwrap().path()).unwrap()).unwrap();
            (schema["$id"].as_str().unwrap().to_owned(), schema)
        };
        Self(std::fs::read_dir(folder).unwrap().map(read).collect())
    }

    /// What is wrong with a value, as `path: keyword`.
    pub(super) fn faults(&self, id: &str, value: &Value) -> Vec<String> {
        let mut faults = Vec::new();
        self.check(&self.0[id], value, id, &mut faults);
        faults
    }

    fn check(&self, schema: &Value, value: &Value, path: &str, faults: &mut Vec<String>) {
        for (keyword, rule) in schema.as_object().unwrap() {
            let good = match keyword.as_str() {
                "$schema" | "$id" | "title" | "description" | "then" => true,
                "$ref" => {
                    self.check(&self.0[rule.as_str().unwrap()], value, path, faults);
                    true
                }
                "type" => kinds(rule).iter().any(|kind| is(kind, value)),
                "enum" => rule.as_array().unwrap().contains(value),
                "const" => rule == value,
                "format" => uuid::Uuid::parse_str(value.as_str().unwrap()).is_ok(),
                "required" => kinds(rule).iter().all(|name| value.get(name).is_some()),
                "minimum" => value.as_f64().is_none_or(|number| number >= rule.as_f64().unwrap()),
                "maximum" => value.as_f64().is_none_or(|number| number <= rule.as_f64().unwrap()),
                "minItems" => value.as_array().unwrap().len() as u64 >= rule.as_u64().unwrap(),
                "items" => {
                    let items = value.as_array().unwrap().iter().enumerate();
                    items
                        .for_each(|(index, item)| self.check(rule, item, &format!("{path}/{index}"), faults));
                    true
                }
                "properties" => {
                    for (name, rule) in rule.as_object().unwrap() {
                        if let Some(field) = value.get(name) {
                            self.check(rule, field, &format!("{path}/{name}"), faults);
                        }
                    }
                    true
                }
                "allOf" => {
                    rule.as_array().unwrap().iter().for_each(|part| self.check(part, value, path, faults));
                    true
                }
                "if" => {
                    let mut unmet = Vec::new();
                    self.check(rule, value, path, &mut unmet);
                    if unmet.is_empty() {
                        self.check(&schema["then"], value, path, faults);
                    }
                    true
                }
                unknown => panic!("the checker does not know {unknown}"),
            };
            if !good {
                faults.push(format!("{path}: {keyword}"));
            }
        }
    }
}

fn kinds(rule: &Value) -> Vec<&str> {
    match rule {
        Value::String(one) => vec![one],
        several => several.as_array().unwrap().iter().map(|kind| kind.as_str().unwrap()).collect(),
    }
}

fn is(kind: &str, value: &Value) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        unknown => panic!("the checker does not know the type {unknown}"),
    }
}
