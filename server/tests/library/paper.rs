//! The real forms and their maps, as they lie in `tests/data/forms`.

use serde_json::Value;
use std::path::PathBuf;

/// One real form.
pub(crate) struct Paper {
    pub(crate) id: String,
    pub(crate) form: Value,
    pub(crate) map: Value,
    pub(crate) yaml: String,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/forms")
}

/// All real forms, by their YAML files: the collection decides, not the maps.
pub(crate) fn papers() -> Vec<Paper> {
    let mut found = Vec::new();
    for file in std::fs::read_dir(folder()).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|kind| kind != "yaml") {
            continue;
        }
        let read = |kind: &str| std::fs::read_to_string(path.with_extension(kind)).unwrap();
        let json = |kind: &str| serde_json::from_str::<Value>(&read(kind)).unwrap();
        let id = path.file_stem().unwrap().to_str().unwrap().to_owned();
        found.push(Paper { id, form: json("json"), map: json("map.json"), yaml: read("yaml") });
    }
    found.sort_by(|a, b| a.id.cmp(&b.id));
    found
}

/// Every field of a real form with its path of headings: "Omsorg/Mor/Etternavn".
pub(crate) fn fields(form: &Value) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    for section in list(&form["sections"]) {
        collect(section, section["title"].as_str().unwrap(), &mut found);
    }
    found
}

fn collect<'a>(holder: &'a Value, path: &str, found: &mut Vec<(String, &'a Value)>) {
    for field in list(&holder["fields"]) {
        let path = format!("{path}/{}", field["label"].as_str().unwrap());
        found.push((path.clone(), field));
        collect(field, &path, found);
    }
}

/// The entries of an array; none where there is no array.
pub(crate) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
