//! Compiles the browser programs into the server when `SKOLSTART_WEB_DIST` names the folder of their build, which
//! `cargo xtask build` does. Without it the program has no pages of its own and serves those of `SKOLSTART_WEB_DIR`.

use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-env-changed=SKOLSTART_WEB_DIST");
    let mut files = Vec::new();
    if let Some(dist) = std::env::var_os("SKOLSTART_WEB_DIST") {
        let dist = fs::canonicalize(dist)?;
        println!("cargo::rerun-if-changed={}", dist.display());
        for program in ["guardian", "staff"] {
            collect(&dist.join(program), program, &mut files)?;
        }
    }
    // Sorted by name: the server finds them by binary search.
    files.sort();
    let mut source = String::from("static EMBEDDED: &[Embedded] = &[\n");
    for (name, path) in files {
        writeln!(source, "    ({name:?}, include_bytes!({path:?})),")?;
    }
    source.push_str("];\n");
    let out = std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?;
    fs::write(Path::new(&out).join("web_assets.rs"), source)?;
    Ok(())
}

fn collect(folder: &Path, name: &str, files: &mut Vec<(String, String)>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{name}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &name, files)?;
        } else {
            files.push((name, entry.path().to_string_lossy().into_owned()));
        }
    }
    Ok(())
}
