//! What the tests need from the machine: Chromium, its driver, PostgreSQL, the npm packages. Called by `test` and
//! `bench`. Must not: install anything where apt is not there; it says what to install instead.

use crate::process::{find, missing, output, timed};
use crate::project::Project;
use anyhow::{Result, bail};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// A Chromium or Chrome that the browser tests can drive, installed through apt when there is none.
pub(crate) fn chromium() -> Result<PathBuf> {
    let known = || {
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
            .iter()
            .find_map(|name| find(name))
    };
    available("chromium", &["chromium"], known)
}

/// The WebDriver server of Chromium, which runs the wasm unit tests.
pub(crate) fn chromedriver() -> Result<PathBuf> {
    available("chromedriver", &["chromium-driver"], || find("chromedriver"))
}

/// The folder with `initdb` and `postgres`, which Debian keeps off the PATH.
pub(crate) fn postgres() -> Result<PathBuf> {
    available("postgres", &["postgresql"], || {
        let packaged = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
        let mut versions: Vec<PathBuf> = packaged.map(|entry| entry.path().join("bin")).collect();
        versions.sort_by_key(|path| path.parent().and_then(|v| v.file_name()?.to_str()?.parse::<u32>().ok()));
        let on_path = find("postgres").and_then(|program| Some(program.parent()?.to_path_buf()));
        versions.into_iter().rev().chain(on_path).find(|folder| folder.join("initdb").is_file())
    })
}

/// The npm packages of `end2end`, exactly as its lock file names them. Skipped when they are in place already.
pub(crate) fn npm_packages(project: &Project) -> Result<()> {
    let folder = project.path("end2end");
    let lock = fs::read(folder.join("package-lock.json"))?;
    let stamp = folder.join("node_modules/.installed");
    if fs::read(&stamp).is_ok_and(|last| last == lock) {
        return Ok(());
    }
    timed("Installing the npm packages of the end-to-end tests", || {
        output(Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(&folder))
    })?;
    fs::write(stamp, lock)?;
    Ok(())
}

/// What makes requests from an OpenAPI document. Python's own packages come into a folder of ours.
const SCHEMATHESIS: &str = "schemathesis==4.32.5";

/// Schemathesis, installed beside the other tools.
pub(crate) fn schemathesis(project: &Project) -> Result<PathBuf> {
    let folder = project.target().join("tools/schemathesis");
    let (program, stamp) = (folder.join("bin/schemathesis"), folder.join(".installed"));
    if fs::read_to_string(&stamp).is_ok_and(|last| last == SCHEMATHESIS) {
        return Ok(program);
    }
    let python = available("python3", &["python3", "python3-venv"], || find("python3"))?;
    timed("Installing Schemathesis", || {
        output(Command::new(python).args(["-m", "venv"]).arg(&folder))?;
        output(Command::new(folder.join("bin/pip")).args(["install", "--quiet", SCHEMATHESIS]))
    })?;
    fs::write(stamp, SCHEMATHESIS)?;
    Ok(program)
}

fn available(name: &str, packages: &[&str], look: impl Fn() -> Option<PathBuf>) -> Result<PathBuf> {
    if let Some(found) = look() {
        return Ok(found);
    }
    if find("apt-get").is_none() {
        bail!("{}", missing(name));
    }
    timed(&format!("Installing {} through apt", packages.join(" ")), || apt(packages))?;
    look().ok_or_else(|| anyhow::anyhow!("{}", missing(name)))
}

fn apt(packages: &[&str]) -> Result<()> {
    output(as_root().arg("update"))?;
    let mut install = as_root();
    install.args(["install", "--yes", "--no-install-recommends"]).args(packages);
    output(install.env("DEBIAN_FRONTEND", "noninteractive"))?;
    Ok(())
}

fn as_root() -> Command {
    if is_root() {
        return Command::new("apt-get");
    }
    let mut command = Command::new("sudo");
    command.args(["--non-interactive", "apt-get"]);
    command
}

/// Whether this program runs as root, as it does in most containers.
pub(crate) fn is_root() -> bool {
    output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}
