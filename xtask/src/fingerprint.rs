//! Tells whether the sources of a build step have changed since it last ran. Called by `web`.
//! Must not: be used for anything that needs a cryptographic hash.

use anyhow::{Context, Result};
use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::Path;

/// A number that changes when any file under `paths` changes, comes or goes. A missing path counts as empty.
pub(crate) fn of(root: &Path, paths: &[&str]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for path in paths {
        add(&root.join(path), &mut hasher)?;
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// The fingerprint of one file's content, for a name that changes with it.
pub(crate) fn of_bytes(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

fn add(path: &Path, hasher: &mut DefaultHasher) -> Result<()> {
    if path.is_dir() {
        let mut entries: Vec<_> = fs::read_dir(path)?.collect::<std::io::Result<_>>()?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            entry.file_name().hash(hasher);
            add(&entry.path(), hasher)?;
        }
    } else if path.is_file() {
        fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?.hash(hasher);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::of_bytes;

    #[test]
    fn differs_with_the_content() {
        assert_eq!(of_bytes(b"a"), of_bytes(b"a"));
        assert_ne!(of_bytes(b"a"), of_bytes(b"b"));
    }
}
