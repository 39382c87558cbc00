//! `cargo xtask run`: from a fresh clone to a demo municipality in the browser. Called by `main`.
//! Must not: know what the demo holds; `skolstart demo` makes it and prints the personas.

use crate::compress::Effort;
use crate::process::{cargo, run as run_to_end};
use crate::project::Project;
use crate::web;
use anyhow::{Context, Result};
use clap::Args;
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::{Command, ExitCode};

/// Tried first, so that the address stays the same from day to day.
const USUAL_PORT: u16 = 8080;

/// Serve a demo municipality on this machine.
#[derive(Args)]
pub(crate) struct Options {
    /// Port on 127.0.0.1. Without it: 8080, or a free one when that is taken.
    #[arg(long)]
    port: Option<u16>,
    /// Throw the demo data away and make it anew.
    #[arg(long)]
    fresh: bool,
    /// How many children the municipality has.
    #[arg(long, value_name = "N")]
    children: Option<u32>,
    /// Use this PostgreSQL database instead of SQLite, for example postgres://user@127.0.0.1/skolstart.
    #[arg(long, value_name = "URL", env = "SKOLSTART_DATABASE_URL", hide_env_values = true)]
    postgres: Option<String>,
    /// Where the demo data is kept.
    #[arg(long, value_name = "DIR", default_value = "data/demo")]
    data: PathBuf,
    /// Build the server optimised, as it runs in production.
    #[arg(long)]
    release: bool,
}

/// Builds what has changed and serves until it is stopped. The exit code is the server's.
pub(crate) fn run(project: &Project, options: &Options) -> Result<ExitCode> {
    web::build(project, web::For::Demo, Effort::Quick)?;
    server(project, options.release)?;
    let profile = if options.release { "release" } else { "debug" };
    let mut skolstart = Command::new(project.server_program(profile));
    skolstart.arg("demo").arg("--data").arg(&options.data);
    let port = port(options.port)?;
    skolstart.arg("--listen").arg(format!("127.0.0.1:{port}"));
    // By its name: browsers make passkeys for names and not for numbers.
    skolstart.env("SKOLSTART_PUBLIC_URL", format!("http://localhost:{port}"));
    if let Some(children) = options.children {
        skolstart.arg("--children").arg(children.to_string());
    }
    if options.fresh {
        skolstart.arg("--fresh");
    }
    if let Some(url) = &options.postgres {
        skolstart.env("SKOLSTART_DATABASE_URL", url);
    }
    skolstart.env("SKOLSTART_WEB_DIR", project.web_dist()).current_dir(project.root());
    become_program(&mut skolstart)
}

/// Builds the server with the demo, optimised or not.
fn server(project: &Project, release: bool) -> Result<()> {
    if release { build(project, &["--release"]) } else { build(project, &[]) }
}

/// The same for the journeys. A test is built with it, as crates get more features where tests are: what they were
/// compiled to then serves both.
pub(crate) fn server_beside_tests(project: &Project) -> Result<()> {
    build(project, &["--test", "kill"])
}

/// `--workspace` although it is one program: crates get the same features whatever is built, and are compiled once.
fn build(project: &Project, with: &[&str]) -> Result<()> {
    println!("Building the server");
    let mut command = cargo();
    command.args([
        "build",
        "--quiet",
        "--workspace",
        "--bin",
        "skolstart",
        "--features",
        "skolstart-server/demo",
    ]);
    run_to_end(command.args(with).current_dir(project.root()))
}

fn port(wanted: Option<u16>) -> Result<u16> {
    let free = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).and_then(|socket| socket.local_addr());
    let address = match wanted {
        Some(port) => {
            free(port).with_context(|| format!("port {port} is taken: name another with --port"))?
        }
        None => free(USUAL_PORT).or_else(|_| free(0)).context("no free port on 127.0.0.1")?,
    };
    Ok(address.port())
}

/// Lets the server take this process over, so that Ctrl-C and signals reach it and nothing stands between.
#[cfg(unix)]
fn become_program(command: &mut Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    Err(anyhow::Error::new(command.exec()).context("the server could not be started"))
}

#[cfg(not(unix))]
fn become_program(command: &mut Command) -> Result<ExitCode> {
    run_to_end(command).map(|()| ExitCode::SUCCESS)
}
