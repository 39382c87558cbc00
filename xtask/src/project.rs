//! Where things are in the repository. Called by every command. Must not: run anything.

use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The repository this program was built from.
pub(crate) struct Project {
    root: PathBuf,
}

impl Project {
    /// Finds the workspace root. An error says that the sources have moved since the build.
    pub(crate) fn find() -> Result<Self> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
        let root = manifest.parent().context("the xtask crate has no folder above it")?.to_path_buf();
        anyhow::ensure!(
            root.join("Cargo.toml").is_file(),
            "no Cargo.toml in {}: start this with cargo xtask",
            root.display()
        );
        Ok(Self { root })
    }

    /// The folder of the workspace's `Cargo.toml`.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A path inside the repository.
    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.root.join(inside)
    }

    /// What the build makes and git ignores: tools, bundled style, web assets, test databases.
    pub(crate) fn target(&self) -> PathBuf {
        self.root.join("target")
    }

    /// Where cargo puts native programs: `target`, unless the developer has moved it.
    pub(crate) fn cargo_target(&self) -> PathBuf {
        env::var_os("CARGO_TARGET_DIR").map_or_else(|| self.target(), |moved| self.root.join(moved))
    }

    /// The target folder of the browser programs, apart so that native and wasm builds do not wait for each other.
    pub(crate) fn wasm_target(&self) -> PathBuf {
        self.target().join("web")
    }

    /// The finished web assets: `guardian/` and `staff/`.
    pub(crate) fn web_dist(&self) -> PathBuf {
        self.target().join("web-dist")
    }

    /// The server program of one cargo profile folder, `debug` or `release`.
    pub(crate) fn server_program(&self, profile: &str) -> PathBuf {
        self.cargo_target().join(profile).join(format!("skolstart{}", env::consts::EXE_SUFFIX))
    }

    /// The version of `package` in `Cargo.lock`.
    pub(crate) fn locked_version(&self, package: &str) -> Result<String> {
        let lock = fs::read_to_string(self.path("Cargo.lock")).context("Cargo.lock cannot be read")?;
        version_in(&lock, package).with_context(|| format!("Cargo.lock has no package {package}"))
    }
}

fn version_in(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    let version = lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')?;
    Some(version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::version_in;

    #[test]
    fn reads_the_version_of_the_exact_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.9\"\n";
        assert_eq!(version_in(lock, "wasm-bindgen").as_deref(), Some("0.2.9"));
        assert_eq!(version_in(lock, "wasm"), None);
    }
}
