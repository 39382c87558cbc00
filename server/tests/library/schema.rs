//! The published JSON Schema of form definitions is the one of the program, and the library keeps to it.

use skolstart_shared::form::FormDefinition;
use std::path::PathBuf;

#[test]
fn the_published_schema_is_the_one_of_the_program() {
    let schema = schemars::schema_for!(FormDefinition);
    let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/form.schema.json");
    let published = std::fs::read_to_string(&path).unwrap_or_default();
    if published != text {
        std::fs::write(&path, &text).unwrap();
        panic!(
            "docs/form.schema.json was not the schema of this program; it has been written anew, look at it and commit it"
        );
    }
}
