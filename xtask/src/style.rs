//! Bundles `style/<program>.css` and what it imports into one small file. Called by `web` before trunk, which does
//! not follow imports. Must not: understand CSS beyond comments, strings, spaces and `@import "file.css";`.

use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;

/// Writes the bundle of `source` to `target`, unless it is the same already. An error names the file and the import.
pub(crate) fn bundle(source: &Path, target: &Path) -> Result<()> {
    let css = squeeze(&resolve(source, 0)?);
    if fs::read_to_string(target).is_ok_and(|old| old == css) {
        return Ok(());
    }
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(target, css).with_context(|| format!("{} cannot be written", target.display()))
}

fn resolve(file: &Path, depth: u8) -> Result<String> {
    if depth > 8 {
        bail!("{} is imported in a circle", file.display());
    }
    let text = fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let mut bundled = String::with_capacity(text.len());
    for line in text.lines() {
        match import(line) {
            Some((name, layer)) => {
                let inner = resolve(&file.with_file_name(name), depth + 1)?;
                match layer {
                    Some(layer) => bundled.push_str(&format!("@layer {layer} {{\n{inner}}}\n")),
                    None => bundled.push_str(&inner),
                }
            }
            None if line.trim_start().starts_with("@import") => {
                bail!("{}: write the import as `@import \"file.css\";` on a line of its own", file.display())
            }
            None => {
                bundled.push_str(line);
                bundled.push('\n');
            }
        }
    }
    Ok(bundled)
}

/// `@import "file.css";` or `@import "file.css" layer(name);` as file and layer.
fn import(line: &str) -> Option<(&str, Option<&str>)> {
    let rest = line.trim().strip_prefix("@import \"")?.strip_suffix(';')?;
    let (name, rest) = rest.split_once('"')?;
    match rest.trim() {
        "" => Some((name, None)),
        layer => Some((name, Some(layer.strip_prefix("layer(")?.strip_suffix(')')?))),
    }
}

/// Drops comments and the spaces that mean nothing. Strings stay as they are; a space that may be a selector's
/// descendant sign or part of a `calc` stays as one space.
fn squeeze(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    let mut space = false;
    while let Some(next) = rest.chars().next() {
        if rest.starts_with("/*") {
            rest = rest.split_once("*/").map_or("", |(_, after)| after);
            space = true;
        } else if next.is_whitespace() {
            rest = &rest[next.len_utf8()..];
            space = true;
        } else {
            let length =
                if next == '"' || next == '\'' { string_length(rest, next) } else { next.len_utf8() };
            let (token, after) = rest.split_at(length);
            let before_matters = !out.ends_with(['{', '}', ';', ',', ':']) && !out.is_empty();
            if space && before_matters && !matches!(next, '{' | '}' | ';' | ',') {
                out.push(' ');
            }
            out.push_str(token);
            rest = after;
            space = false;
        }
    }
    out
}

/// The length in bytes of the string that `text` starts with, quotes included.
fn string_length(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::{import, squeeze};

    #[test]
    fn drops_what_means_nothing() {
        assert_eq!(
            squeeze("a , b {\n  color : red; /* why */\n  margin: 0 auto;\n}\n"),
            "a,b{color :red;margin:0 auto;}"
        );
    }

    #[test]
    fn keeps_what_means_something() {
        let kept = "main a:hover{width:calc(1px + 2px);content:\"/* ; */ \\\" x\"}";
        assert_eq!(squeeze(kept), kept);
        assert_eq!(squeeze("nav :focus{}"), "nav :focus{}");
        assert_eq!(
            squeeze("@media (min-width: 40em) and (hover){}"),
            "@media (min-width:40em) and (hover){}"
        );
    }

    #[test]
    fn knows_an_import() {
        assert_eq!(import("@import \"base.css\";"), Some(("base.css", None)));
        assert_eq!(import("@import \"base.css\" layer(base);"), Some(("base.css", Some("base"))));
        assert_eq!(import("@import url(x);"), None);
    }
}
