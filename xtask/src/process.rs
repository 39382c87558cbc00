//! Starting other programs, with a sentence when one is missing and a line with the time for long steps.
//! Called by every command. Must not: know what the programs are for.

use anyhow::{Result, bail};
use std::io::{ErrorKind, Write};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use std::{env, io};

/// The cargo that started us, so that the toolchain is the same.
pub(crate) fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs to the end with the output on the terminal. An error names the program and its exit code.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().map_err(|error| not_started(command, error))?;
    if !status.success() {
        bail!("`{}` failed ({status})", shown(command));
    }
    Ok(())
}

/// Runs to the end and returns what it wrote. An error carries the last lines of it.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let Output { status, stdout, stderr } =
        command.stdin(Stdio::null()).output().map_err(|error| not_started(command, error))?;
    if !status.success() {
        let said = String::from_utf8_lossy(&stderr);
        let from = said.lines().count().saturating_sub(20);
        let last: Vec<&str> = said.lines().skip(from).collect();
        bail!("`{}` failed ({status})\n{}", shown(command), last.join("\n"));
    }
    Ok(String::from_utf8_lossy(&stdout).into_owned())
}

/// Prints what a long step is, does it, and prints how long it took.
pub(crate) fn timed<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    print!("{what} ... ");
    let _ = io::stdout().flush();
    let start = Instant::now();
    let done = work();
    println!("{} in {}", if done.is_ok() { "done" } else { "failed" }, spoken(start.elapsed()));
    done
}

/// The full path of a program on the PATH, or `None`.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let name = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(&name)).find(|path| path.is_file())
}

/// A duration as a person says it: `4.2 s`, `3 min 50 s`.
pub(crate) fn spoken(time: Duration) -> String {
    match time.as_secs() {
        0..60 => format!("{:.1} s", time.as_secs_f64()),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

fn shown(command: &Command) -> String {
    let program = PathBuf::from(command.get_program());
    let mut text = program.file_name().unwrap_or(command.get_program()).to_string_lossy().into_owned();
    for argument in command.get_args() {
        text.push(' ');
        text.push_str(&argument.to_string_lossy());
    }
    text
}

fn not_started(command: &Command, error: io::Error) -> anyhow::Error {
    let program = command.get_program().to_string_lossy().into_owned();
    if error.kind() == ErrorKind::NotFound {
        return anyhow::anyhow!("{}", missing(&program));
    }
    anyhow::Error::new(error).context(format!("{program} could not be started"))
}

/// The sentence that says what to install for a program that is not there.
pub(crate) fn missing(program: &str) -> String {
    let advice = match program {
        "node" | "npm" | "npx" => "Install Node.js 20 or newer (with npm); the end-to-end tests need it.",
        "rustup" => {
            "Install rustup from https://rustup.rs, or add the target wasm32-unknown-unknown to your Rust by other means."
        }
        "cc" => {
            "Install a C compiler (Debian and Ubuntu: apt install build-essential); SQLite is compiled from C."
        }
        "chromium" => "Install Chromium or Chrome; the browser tests need it.",
        "chromedriver" => "Install chromedriver (Debian: chromium-driver); the wasm unit tests need it.",
        "python3" => {
            "Install Python 3.10 or newer with its module venv; the drill with made-up requests needs it."
        }
        "postgres" | "initdb" => {
            "Install PostgreSQL 15 or newer (the server, not only psql); the store tests need it."
        }
        _ => "Install it and see that it is on the PATH.",
    };
    format!("{program} is not on this machine. {advice}")
}
