//! Puts the text files of `app/src/i18n` beside a program under names that change with their content, and writes
//! those names into its page. Called by `web` after trunk. Must not: read or change a text.

use crate::fingerprint;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// Copies `sources/<locale>.json` to `dist/i18n/<locale>-<hash>.json` and sets `<meta name="texts-<locale>">` in
/// `dist/index.html`. A locale named in the page without a file is dropped from it. An error names the broken file.
pub(crate) fn publish(sources: &Path, dist: &Path, public_url: &str) -> Result<()> {
    let page = dist.join("index.html");
    let mut html = fs::read_to_string(&page).context("trunk wrote no index.html")?;
    for locale in locales(&html) {
        let source = sources.join(format!("{locale}.json"));
        let tag = format!("<meta name=\"texts-{locale}\" content=\"/i18n/{locale}.json\">");
        let Ok(text) = fs::read_to_string(&source) else {
            html = html.replace(&tag, "");
            continue;
        };
        let parsed: serde_json::Value =
            serde_json::from_str(&text).with_context(|| format!("{} is not JSON", source.display()))?;
        let small = parsed.to_string();
        let name = format!("i18n/{locale}-{}.json", fingerprint::of_bytes(small.as_bytes()));
        fs::create_dir_all(dist.join("i18n"))?;
        fs::write(dist.join(&name), small)?;
        html = html.replace(&tag, &format!("<meta name=\"texts-{locale}\" content=\"{public_url}{name}\">"));
    }
    fs::write(page, html)?;
    Ok(())
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
