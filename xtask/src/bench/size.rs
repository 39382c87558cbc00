//! What a guardian downloads before her first page: every file of the program, in one language. Called by `bench`.

use crate::compress;
use crate::project::Project;
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::fs;

/// Sums the brotli sizes. Counts every file of the guardian's folder except what the first page of a browser of today never
/// asks for: what is fetched later (given beside the sum), texts of other languages, the script that tells an old browser that
/// it is too old, and the pictures that a phone fetches when somebody puts the program on the home screen.
pub(crate) fn first_load(project: &Project) -> Result<Value> {
    let folder = project.web_dist().join("guardian");
    let mut files = serde_json::Map::new();
    let (mut sum, mut later) = (0, 0);
    for path in compress::files(&folder)? {
        let name = path.strip_prefix(&folder)?.to_string_lossy().into_owned();
        let packed = name.ends_with(".br") || name.ends_with(".gz");
        let other_language = name.starts_with("i18n/") && !name.starts_with("i18n/sv-");
        let home_screen = name.ends_with(".png");
        if packed || other_language || home_screen || name.starts_with("legacy-") || name.starts_with('.') {
            continue;
        }
        let small = folder.join(format!("{name}.br"));
        let measured = if small.is_file() { small } else { path };
        let size = fs::metadata(&measured).with_context(|| measured.display().to_string())?.len();
        if name.ends_with("_later.wasm") {
            later += size;
        } else {
            sum += size;
            files.insert(name, json!(size));
        }
    }
    ensure!(
        files.keys().any(|name| name.ends_with(".wasm")),
        "the guardian program is not in {}",
        folder.display()
    );
    Ok(json!({ "brotli_bytes": sum, "later_bytes": later, "files": files }))
}
