//! Which file a path is. Pages have addresses of their own that the browser programs understand; they are all one file.

/// What a path asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The page of a program.
    Page(&'static str),
    /// A file of the build, such as `staff/staff-1a2b3c4d.js`.
    File(String),
}

/// The place of a path outside `/api`.
pub(super) fn of(path: &str) -> Place {
    let (program, rest) = match path.strip_prefix("/personal") {
        Some("") => ("staff", ""),
        Some(rest) if rest.starts_with('/') => ("staff", &rest[1..]),
        _ => ("guardian", path.strip_prefix('/').unwrap_or(path)),
    };
    let last = rest.rsplit('/').next().unwrap_or_default();
    if is_file(last) && rest != "index.html" {
        return Place::File(format!("{program}/{rest}"));
    }
    Place::Page(if program == "staff" { "staff/index.html" } else { "guardian/index.html" })
}

/// What the names of files end with. An address may hold a point too: a page about the element `guardian.phone`.
const ENDINGS: &str = "js css wasm svg json png ico txt html map xml webmanifest woff2 key br gz";

fn is_file(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.split(' ').any(|known| known == ending))
}

/// True for a name that holds a hash of the content, `boot-1a2b3c4d5e6f7a8b.js`: it never means anything else.
pub(super) fn is_immutable(file: &str) -> bool {
    let name = file.rsplit('/').next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    let hash = stem.rsplit('-').next().unwrap_or_default();
    hash.len() >= 8 && hash.len() < stem.len() && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// True for the service worker of a program, `guardian/sw.js`, in whatever form it is packed.
pub(super) fn is_worker(file: &str) -> bool {
    file.split_once('/').is_some_and(|(_, name)| name == "sw.js" || name.starts_with("sw.js."))
}

/// The media type by the ending of the name. What is not named here is not meant to be shown.
pub(super) fn media_type(file: &str) -> &'static str {
    match file.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_belong_to_one_program_and_files_to_the_build() {
        let page = |path| of(path) == Place::Page("guardian/index.html");
        assert!(page("/") && page("/barn/1") && page("/personalen"));
        let staff = |path| of(path) == Place::Page("staff/index.html");
        assert!(staff("/personal") && staff("/personal/") && staff("/personal/grupper/1"));
        assert_eq!(of("/boot.js"), Place::File("guardian/boot.js".to_owned()));
        assert_eq!(of("/personal/i18n/sv.json"), Place::File("staff/i18n/sv.json".to_owned()));
        assert_eq!(of("/../secret.key"), Place::File("guardian/../secret.key".to_owned()));
    }

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        for name in ["a/boot-1a2b3c4d5e6f7a8b.js", "guardian-0123456789abcdef_bg.wasm", "sv-0a1b2c3d.json"] {
            assert!(is_immutable(name), "{name}");
        }
        for name in ["index.html", "sw.js", "deadbeef.js", "service-worker.js", "skolstart-app.css"] {
            assert!(!is_immutable(name), "{name}");
        }
    }
}
