//! Gets trunk, wasm-bindgen and the wasm target when they are missing. Called by `web` and `test`.
//! Must not: change anything outside `target/tools` except by `rustup target add`.

use crate::process::{cargo, find, missing, output, timed};
use crate::project::Project;
use anyhow::{Result, bail};
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

/// The newest trunk that the Rust version of this workspace can compile.
const TRUNK: &str = "0.21.14";
/// Cuts the guardian program in two. Of the same age as `wasm_split_helpers` in the workspace.
const SPLIT: &str = "0.2.4";
const WASM: &str = "wasm32-unknown-unknown";

/// The tools that turn `app` into web assets.
pub(crate) struct WebTools {
    path: OsString,
}

impl WebTools {
    /// Finds the tools and installs those that are missing or of the wrong version: about ten minutes the first time
    /// on two cores, under a second afterwards. An error says which one could not be had.
    pub(crate) fn ready(project: &Project) -> Result<Self> {
        c_compiler()?;
        wasm_target()?;
        install(project, "trunk", "trunk", TRUNK, &["--locked"])?;
        // Not --locked: the published lock file names a version that does not exist.
        let bindgen = project.locked_version("wasm-bindgen")?;
        install(project, "wasm-bindgen-cli", "wasm-bindgen", &bindgen, &[])?;
        let extra = ["--locked", "--features", "build-binary"];
        install_listed(project, "wasm_split_cli_support", SPLIT, &extra)?;
        let own = bin_folder(project);
        let rest = env::var_os("PATH").unwrap_or_default();
        let path = env::join_paths(std::iter::once(own).chain(env::split_paths(&rest)))?;
        Ok(Self { path })
    }

    /// Installs a subcommand of cargo unless it is there, and gives its path. Some minutes the first time.
    pub(crate) fn subcommand(project: &Project, package: &str, version: &str) -> Result<PathBuf> {
        install_listed(project, package, version, &["--locked"])?;
        Ok(bin_folder(project).join(format!("{package}{}", env::consts::EXE_SUFFIX)))
    }

    /// Sees that Rust can compile for the browser, which is all that lints need.
    pub(crate) fn target() -> Result<()> {
        wasm_target()
    }

    /// The PATH with our tools first.
    pub(crate) fn path(&self) -> &OsString {
        &self.path
    }

    /// Where a tool is, ours before those on the PATH.
    pub(crate) fn find(&self, program: &str) -> PathBuf {
        let name = format!("{program}{}", env::consts::EXE_SUFFIX);
        let found = env::split_paths(&self.path).map(|folder| folder.join(&name)).find(|path| path.is_file());
        found.unwrap_or_else(|| program.into())
    }

    /// A command that finds the tools, ours before those on the PATH.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.find(program));
        command.env("PATH", &self.path);
        command
    }
}

fn bin_folder(project: &Project) -> PathBuf {
    project.target().join("tools").join("bin")
}

fn c_compiler() -> Result<()> {
    if ["cc", "gcc", "clang", "cl"].iter().all(|name| find(name).is_none()) && env::var_os("CC").is_none() {
        bail!("{}", missing("cc"));
    }
    Ok(())
}

fn wasm_target() -> Result<()> {
    let library = output(Command::new("rustc").args(["--print", "target-libdir", "--target", WASM]))?;
    if fs::read_dir(library.trim()).is_ok_and(|mut files| files.next().is_some()) {
        return Ok(());
    }
    timed("Adding the Rust target wasm32-unknown-unknown, about 20 seconds", || {
        output(Command::new("rustup").args(["target", "add", WASM])).map(drop)
    })
}

fn install(project: &Project, package: &str, program: &str, version: &str, extra: &[&str]) -> Result<()> {
    let own = bin_folder(project).join(format!("{program}{}", env::consts::EXE_SUFFIX));
    if has_version(&own, version) || find(program).is_some_and(|path| has_version(&path, version)) {
        return Ok(());
    }
    fetch_and_build(project, package, version, extra)
}

/// For tools that do not say their version: cargo's own list of what it has installed does.
fn install_listed(project: &Project, package: &str, version: &str, extra: &[&str]) -> Result<()> {
    let list = project.target().join("tools").join(".crates.toml");
    let is_there =
        fs::read_to_string(list).is_ok_and(|list| list.contains(&format!("\"{package} {version} ")));
    if is_there {
        return Ok(());
    }
    fetch_and_build(project, package, version, extra)
}

fn fetch_and_build(project: &Project, package: &str, version: &str, extra: &[&str]) -> Result<()> {
    timed(&format!("Installing {package} {version}, some minutes on two cores"), || {
        let mut command = cargo();
        command.args(["install", package, "--version", version, "--force", "--quiet"]).args(extra);
        command.arg("--root").arg(project.target().join("tools"));
        let scratch = project.target().join("tools-build");
        command.env("CARGO_TARGET_DIR", &scratch);
        // Their release profiles ask for the slowest link there is; the tools are fast enough without.
        command.env("CARGO_PROFILE_RELEASE_LTO", "off").env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
        // What trunk does is little; the others go through megabytes of wasm.
        let level = if package == "trunk" { "0" } else { "1" };
        command.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", level);
        // Outside the workspace, so that its toolchain pin and cargo config stay out of the tool's build.
        output(command.current_dir(env::temp_dir()))?;
        let _ = fs::remove_dir_all(scratch);
        Ok(())
    })
}

fn has_version(program: &PathBuf, version: &str) -> bool {
    output(Command::new(program).arg("--version"))
        .is_ok_and(|said| said.split_whitespace().nth(1) == Some(version))
}
