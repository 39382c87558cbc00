//! Puts the text files of `app/src/i18n` beside a program under names that change with their content, and writes
//! those names into its page. Called by `web` after trunk. Must not: change a text.

use crate::fingerprint;
use crate::web::For;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Said only where anybody can be anybody.
const OF_THE_DEMO: [&str; 4] =
    ["sign-in.heading", "sign-in.lead", "staff.sign-in.demo", "staff.sign-in.demo-text"];

/// Joins `sources/common.<locale>.json` and `sources/<program>.<locale>.json` into `dist/i18n/<locale>-<hash>.json` and
/// sets `<meta name="texts-<locale>">` in `dist/index.html`: one request, and nobody downloads the other program's
/// texts. A locale named in the page without files is dropped from it. An error names the broken file.
pub(crate) fn publish(sources: &Path, program: &str, dist: &Path, public_url: &str, whom: For) -> Result<()> {
    let page = dist.join("index.html");
    let mut html = fs::read_to_string(&page).context("trunk wrote no index.html")?;
    for locale in locales(&html) {
        let parts = ["common", program].map(|part| sources.join(format!("{part}.{locale}.json")));
        let tag = format!("<meta name=\"texts-{locale}\" content=\"/i18n/{locale}.json\">");
        if !parts.iter().all(|part| part.is_file()) {
            html = html.replace(&tag, "");
            continue;
        }
        let mut texts = join(&parts)?;
        if whom == For::Release {
            texts.retain(|key, _| !OF_THE_DEMO.contains(&key.as_str()));
        }
        let small = serde_json::to_string(&texts)?;
        let name = format!("i18n/{locale}-{}.json", fingerprint::of_bytes(small.as_bytes()));
        fs::create_dir_all(dist.join("i18n"))?;
        fs::write(dist.join(&name), small)?;
        html = html.replace(&tag, &format!("<meta name=\"texts-{locale}\" content=\"{public_url}{name}\">"));
    }
    fs::write(page, html)?;
    Ok(())
}

fn join(parts: &[PathBuf]) -> Result<BTreeMap<String, String>> {
    let mut all = BTreeMap::new();
    for part in parts {
        let texts: BTreeMap<String, String> = serde_json::from_str(&fs::read_to_string(part)?)
            .with_context(|| format!("{} is not a flat map of texts", part.display()))?;
        all.extend(texts);
    }
    Ok(all)
}

fn locales(html: &str) -> Vec<String> {
    let starts = html.match_indices("<meta name=\"texts-").map(|(at, found)| &html[at + found.len()..]);
    starts.filter_map(|rest| rest.split_once('"')).map(|(locale, _)| locale.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::locales;

    #[test]
    fn finds_the_locales_a_page_names() {
        let html = "<meta name=\"texts-sv\" content=\"/i18n/sv.json\"><meta name=\"texts-en\" content=\"x\">";
        assert_eq!(locales(html), ["sv", "en"]);
    }
}
