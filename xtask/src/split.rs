//! Cuts what the guardian program fetches later off into a file of its own (`app/src/bin/guardian.rs` says where). The cut
//! is made before wasm-bindgen, which trunk starts itself and without a place for another step: so trunk finds this
//! program under the name `wasm-bindgen`, which cuts first and then starts the real one. Called by `web`, and by trunk.

use crate::fingerprint;
use crate::process::run;
use crate::project::Project;
use crate::tools::WebTools;
use anyhow::{Context, Result, ensure};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};

/// What trunk starts.
const STAND_IN: &str = "wasm-bindgen";
/// Where the cut-off files go, for the stand-in.
const INTO: &str = "SKOLSTART_SPLIT_INTO";
/// The real wasm-bindgen, for the stand-in.
const REAL: &str = "SKOLSTART_WASM_BINDGEN";
/// The program that cuts, for the stand-in.
const CUTTER: &str = "SKOLSTART_WASM_SPLIT";
/// The name by which the cut program asks for the loader of its later files.
const LOADER: &str = "./__wasm_split.js";

/// When this program was started as `wasm-bindgen`: cuts, starts the real one and says how that ended.
pub(crate) fn stand_in() -> Option<Result<ExitCode>> {
    let own = env::current_exe().ok()?;
    (own.file_stem()? == STAND_IN).then(|| cut_and_go_on(env::args_os().skip(1).collect()))
}

fn cut_and_go_on(mut arguments: Vec<OsString>) -> Result<ExitCode> {
    let is_module = |argument: &OsString| Path::new(argument).extension() == Some(OsStr::new("wasm"));
    if let Some(at) = arguments.iter().position(is_module) {
        let (module, into) = (PathBuf::from(&arguments[at]), PathBuf::from(named(INTO)?));
        let name = module.file_stem().context("the module has no name")?;
        let _ = fs::remove_dir_all(&into);
        run(Command::new(named(CUTTER)?).arg(&module).arg(&into).arg("--out-name").arg(name))?;
        arguments[at] = into.join(name).with_extension("wasm").into_os_string();
        // The later part calls through the table of the first.
        arguments.insert(0, "--keep-lld-exports".into());
    }
    run(Command::new(named(REAL)?).args(arguments))?;
    Ok(ExitCode::SUCCESS)
}

fn named(variable: &str) -> Result<OsString> {
    env::var_os(variable).with_context(|| format!("{variable} is not set: start this with cargo xtask"))
}

/// Lets `trunk` cut. The files that are cut off go to [`cut_off`].
pub(crate) fn prepare(project: &Project, tools: &WebTools, trunk: &mut Command) -> Result<()> {
    let folder = project.target().join("tools").join("split");
    fs::create_dir_all(&folder)?;
    let own = env::current_exe()?;
    fs::copy(&own, folder.join(format!("{STAND_IN}{}", env::consts::EXE_SUFFIX)))?;
    let path = env::join_paths(std::iter::once(folder).chain(env::split_paths(tools.path())))?;
    trunk.env("PATH", path).env(INTO, cut_off(project));
    trunk.env(REAL, tools.find("wasm-bindgen")).env(CUTTER, tools.find("wasm-split-cli"));
    Ok(())
}

/// Where the files lie that the stand-in has cut off.
pub(crate) fn cut_off(project: &Project) -> PathBuf {
    project.target().join("split")
}

/// Puts the cut-off files beside the program `name` in `dist`, all under one name that changes with any of them, and lets the
/// page fetch the loader with the program. An error says what is not as trunk and the cutter leave it.
pub(crate) fn publish(cut_off: &Path, name: &str, dist: &Path) -> Result<()> {
    let page = dist.join("index.html");
    let html = fs::read_to_string(&page).context("trunk wrote no index.html")?;
    let old = hash_in(&html, name).context("the page names no program")?;
    let (glue, module) = (format!("{name}-{old}.js"), format!("{name}-{old}_bg.wasm"));
    let script = fs::read_to_string(dist.join(&glue))?;
    // The module goes on asking for it by this name; only where the script gets it from changes.
    let import = format!("from \"{LOADER}\"");
    ensure!(script.contains(&import), "{glue} does not ask for {LOADER}");
    let loader = fs::read_to_string(cut_off.join(LOADER))?;
    let parts = parts(cut_off, name)?;

    let mut all = fs::read(dist.join(&module))?;
    all.extend_from_slice(script.as_bytes());
    all.extend_from_slice(loader.as_bytes());
    parts.iter().for_each(|(_, bytes)| all.extend_from_slice(bytes));
    let new = fingerprint::of_bytes(&all);

    let own_loader = format!("{name}-{new}_loader.js");
    let mut loader = loader.replace(&format!("./{name}.js"), &format!("./{name}-{new}.js"));
    for (part, bytes) in &parts {
        let file = format!("{name}-{new}_{}.wasm", part.trim_start_matches("split_"));
        ensure!(loader.contains(&format!("./{part}.wasm")), "the loader does not know {part}");
        loader = loader.replace(&format!("./{part}.wasm"), &format!("./{file}"));
        fs::write(dist.join(file), bytes)?;
    }
    fs::write(dist.join(&own_loader), loader)?;
    fs::write(
        dist.join(format!("{name}-{new}.js")),
        script.replace(&import, &format!("from \"./{own_loader}\"")).replace(&old, &new),
    )?;
    fs::rename(dist.join(&module), dist.join(format!("{name}-{new}_bg.wasm")))?;
    fs::remove_file(dist.join(&glue))?;
    fs::write(page, with_loader(&html.replace(&old, &new), &own_loader)?)?;
    Ok(())
}

/// The hash that trunk put into the names of the program's files.
fn hash_in(html: &str, name: &str) -> Option<String> {
    let start = format!("/{name}-");
    let scripts = html.split(&start).skip(1).filter_map(|rest| rest.split_once(".js"));
    let mut hashes = scripts.map(|(hash, _)| hash);
    hashes.find(|hash| hash.chars().all(|digit| digit.is_ascii_hexdigit())).map(str::to_owned)
}

/// The page with a line that fetches the loader beside the program, which asks for it first of all.
fn with_loader(html: &str, loader: &str) -> Result<String> {
    let before = "<link id=\"app-wasm\"";
    ensure!(html.contains(before), "the page has no link to the program");
    let line = format!("<link rel=\"modulepreload\" crossorigin=\"anonymous\" href=\"/{loader}\">");
    Ok(html.replacen(before, &format!("{line}{before}"), 1))
}

/// Name and content of each module that was cut off, sorted by name.
fn parts(cut_off: &Path, name: &str) -> Result<Vec<(String, Vec<u8>)>> {
    let mut parts = Vec::new();
    for path in crate::compress::files(cut_off)? {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if path.extension() == Some(OsStr::new("wasm")) && stem != name {
            parts.push((stem, fs::read(&path)?));
        }
    }
    ensure!(!parts.is_empty(), "nothing was cut off");
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::{hash_in, with_loader};

    const PAGE: &str = "<link href=\"/guardian-77.css\"><link id=\"app-js\" href=\"/guardian-0a1f.js\"><link id=\"app-wasm\" href=\"/guardian-0a1f_bg.wasm\">";

    #[test]
    fn finds_the_hash_of_the_program() {
        assert_eq!(hash_in(PAGE, "guardian").as_deref(), Some("0a1f"));
        assert_eq!(hash_in(PAGE, "staff"), None);
    }

    #[test]
    fn the_loader_is_fetched_with_the_program() {
        let page = with_loader(PAGE, "guardian-0a1f_loader.js").unwrap();
        assert!(page.contains("href=\"/guardian-0a1f_loader.js\"><link id=\"app-wasm\""), "{page}");
        assert!(with_loader("<p>", "x").is_err());
    }
}
