//! Writes the service worker of a program, with the list of what it keeps for a start without a network. Called by `web`
//! when every other file has its last byte. Must not: change any of them.

use crate::{compress, fingerprint};
use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The two lines of `sw.js` that the build fills in.
const BUILD: &str = "const BUILD = \"unbuilt\";";
const FILES: &str = "const FILES = {};";

/// Puts `sw.js` into `dist`: the worker at `source`, with each file of the program by its address and SHA-256. An error
/// names a file that cannot be read, or says that the worker has no place for the list.
pub(crate) fn publish(source: &Path, program: &str, dist: &Path, public_url: &str) -> Result<()> {
    let mut files = BTreeMap::new();
    for path in compress::files(dist)? {
        let name = path.strip_prefix(dist)?.to_string_lossy().replace('\\', "/");
        if !is_kept(&name) {
            continue;
        }
        let bytes = fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        let address = if name == "index.html" { "" } else { &name };
        files.insert(format!("{public_url}{address}"), hex(&Sha256::digest(&bytes)));
    }
    let worker =
        fs::read_to_string(source).with_context(|| format!("{} cannot be read", source.display()))?;
    fs::write(dist.join("sw.js"), filled(&worker, program, &files)?)?;
    Ok(())
}

/// Packed forms are for the server, pictures and the manifest for the system's home screen, and the worker does not keep
/// itself.
fn is_kept(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default();
    !matches!(ending, "br" | "gz" | "png" | "webmanifest") && name != "sw.js"
}

fn filled(worker: &str, program: &str, files: &BTreeMap<String, String>) -> Result<String> {
    ensure!(worker.contains(BUILD) && worker.contains(FILES), "sw.js has no place for its build and files");
    let list = serde_json::to_string(files)?;
    let build = format!("{program}.{}", fingerprint::of_bytes(list.as_bytes()));
    let named = worker.replace(BUILD, &format!("const BUILD = \"{build}\";"));
    Ok(named.replace(FILES, &format!("const FILES = {list};")))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::{filled, hex, is_kept};
    use std::collections::BTreeMap;

    const WORKER: &str = "const BUILD = \"unbuilt\";\nconst FILES = {};\n";

    #[test]
    fn the_worker_changes_when_a_file_does() {
        let of = |hash: &str| BTreeMap::from([("/app-1.js".to_owned(), hash.to_owned())]);
        let one = filled(WORKER, "guardian", &of("aa")).unwrap();
        assert!(one.contains("const FILES = {\"/app-1.js\":\"aa\"};"), "{one}");
        assert!(one.contains("const BUILD = \"guardian."), "{one}");
        assert_ne!(one, filled(WORKER, "guardian", &of("bb")).unwrap());
    }

    #[test]
    fn a_worker_without_a_place_for_the_list_is_refused() {
        assert!(filled("const FILES = [];", "staff", &BTreeMap::new()).is_err());
    }

    #[test]
    fn keeps_what_the_program_loads() {
        assert!(is_kept("index.html") && is_kept("i18n/sv-1.json"));
        assert!(!is_kept("index.html.br") && !is_kept("sw.js"));
        assert_eq!(hex(&[0, 171]), "00ab");
    }
}
