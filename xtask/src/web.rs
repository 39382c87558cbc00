//! Builds both browser programs into `target/web-dist/{guardian,staff}`. Called by `run`, `release`, `bench` and
//! the end-to-end tests. Must not: start or know the server.

use crate::compress::{self, Effort, Packed};
use crate::process::{cargo, find, output, run, timed};
use crate::project::Project;
use crate::tools::WebTools;
use crate::{fingerprint, shell, split, style, texts, wasm};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What decides how the web assets come out.
const SOURCES: [&str; 12] = [
    ".cargo/config.toml",
    "app/Cargo.toml",
    "app/src",
    "app/public",
    "app/guardian.html",
    "app/staff.html",
    "shared/src",
    "style",
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    "Trunk.staff.toml",
];

struct Program {
    name: &'static str,
    config: &'static str,
    public_url: &'static str,
    features: &'static str,
    /// A part of it is cut off and fetched later.
    is_split: bool,
}

const PROGRAMS: [Program; 2] = [
    Program { name: "guardian", config: "Trunk.toml", public_url: "/", features: "", is_split: true },
    Program {
        name: "staff",
        config: "Trunk.staff.toml",
        public_url: "/personal/",
        features: "staff",
        is_split: false,
    },
];

/// Whom the browser programs are for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum For {
    /// Anybody can be anybody: for looking at it, and for the journeys.
    Demo,
    /// Nothing of the demo is in it.
    Release,
}

/// Makes the web assets unless they are there and nothing they come from has changed.
/// An error is a missing tool, a compile error (shown above it) or a broken style or text file.
pub(crate) fn build(project: &Project, whom: For, effort: Effort) -> Result<()> {
    let now = fingerprint::of(project.root(), &SOURCES)?;
    let stamp = project.target().join("web-dist.stamp");
    let best = format!("{now} {whom:?} best");
    let wanted = if effort == Effort::Best { best.clone() } else { format!("{now} {whom:?} quick") };
    if fs::read_to_string(&stamp).is_ok_and(|last| last == wanted || last == best) {
        return Ok(());
    }
    // Removed first: a build that stops half-way must not look finished.
    let _ = fs::remove_file(&stamp);
    let tools = WebTools::ready(project)?;
    timed("Fetching the browser programs' crates", || {
        output(
            cargo()
                .args(["fetch", "--locked", "--target", "wasm32-unknown-unknown"])
                .current_dir(project.root()),
        )
    })?;
    for program in &PROGRAMS {
        assets(project, &tools, program, whom, effort)?;
    }
    fs::write(stamp, wanted)?;
    Ok(())
}

fn assets(project: &Project, tools: &WebTools, program: &Program, whom: For, effort: Effort) -> Result<()> {
    let name = program.name;
    let source = project.path("style").join(format!("{name}.css"));
    style::bundle(&source, &project.target().join("style").join(format!("{name}.css")))?;
    let boot = project.target().join("style").join("boot.js");
    fs::copy(project.path("app/public/boot.js"), &boot)?;
    minify(project, &boot)?;
    println!("Building the {name} program");
    let mut trunk = tools.command("trunk");
    trunk.args(["--quiet", "build", "--config", program.config]).current_dir(project.root());
    let features = [program.features, if whom == For::Demo { "demo" } else { "" }];
    trunk.args(["--features", features.join(",").trim_matches(',')]);
    if effort == Effort::Quick {
        trunk.args(["--cargo-profile", "web-quick"]);
    }
    // NO_COLOR: trunk takes only `true` or `false` there, where the convention is any value.
    trunk.env("CARGO_TARGET_DIR", project.wasm_target()).env("RUST_LIB_BACKTRACE", "0");
    if program.is_split {
        split::prepare(project, tools, &mut trunk)?;
    }
    run(trunk.env_remove("NO_COLOR"))?;
    let dist = project.web_dist().join(name);
    if program.is_split {
        split::publish(&split::cut_off(project), name, &dist)?;
    }
    texts::publish(&project.path("app/src/i18n"), name, &dist, program.public_url, whom)?;
    for file in compress::files(&dist)? {
        shrink(project, name, &file)?;
    }
    shell::publish(&project.path("app/public/sw.js"), name, &dist, program.public_url)?;
    minify(project, &dist.join("sw.js"))?;
    report(name, &dist, &compress::folder(&dist, effort)?);
    Ok(())
}

/// Drops debug sections from wasm and spaces from the glue. File names keep their hash: the same source gives the same
/// result.
fn shrink(project: &Project, name: &str, file: &Path) -> Result<()> {
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("wasm") => {
            let small = wasm::strip(&fs::read(file)?).with_context(|| file.display().to_string())?;
            fs::write(file, small)?;
        }
        // Only the glue: the other scripts are small already.
        Some("js") if is_glue(file, name) => {
            minify(project, file)?;
        }
        _ => {}
    }
    Ok(())
}

/// Where esbuild is installed; elsewhere the script stays as it is.
fn minify(project: &Project, script: &Path) -> Result<()> {
    if let Some(esbuild) = esbuild(project) {
        let mut command = Command::new(esbuild);
        command.arg(script);
        command.args(["--minify", "--format=esm", "--target=es2022", "--log-level=warning"]);
        fs::write(script, output(&mut command)?)?;
    }
    Ok(())
}

/// Written by wasm-bindgen or by the program that cuts, and named after the program.
fn is_glue(file: &Path, program: &str) -> bool {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.strip_prefix(program).is_some_and(|rest| rest.starts_with('-'))
}

fn esbuild(project: &Project) -> Option<PathBuf> {
    let own = project.path("end2end/node_modules/.bin/esbuild");
    own.is_file().then_some(own).or_else(|| find("esbuild"))
}

fn report(name: &str, dist: &Path, files: &[Packed]) {
    for file in files {
        let path = file.path.strip_prefix(dist).unwrap_or(&file.path).display().to_string();
        println!("  {path:<44} {:>9} B  {:>8} B brotli", file.plain, file.brotli);
    }
    let brotli: usize = files.iter().map(|file| file.brotli).sum();
    println!("  {name}: {} kB brotli in all", brotli.div_ceil(1000));
}
