//! A private PostgreSQL for one test run: durable settings, a free port, a password nobody else knows, gone afterwards.
//! Called by `test` and `bench`. Must not: touch a PostgreSQL that was there before.

use crate::process::{find, output};
use crate::project::Project;
use crate::system;
use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;
use std::{env, process, thread};

/// Roles, databases and everything in them belong to this name.
const OWNER: &str = "skolstart";
const START_LIMIT: Duration = Duration::from_secs(60);

/// A running server. Dropping it stops the server and removes its files.
pub(crate) struct Cluster {
    server: Child,
    folder: PathBuf,
    url: String,
}

impl Cluster {
    /// Makes a cluster and waits until it takes connections. Root hands it to an unprivileged account, because
    /// PostgreSQL refuses root. An error carries what `initdb` or the server said.
    pub(crate) fn start(project: &Project) -> Result<Self> {
        let programs = system::postgres()?;
        let account = if system::is_root() { Some(Account::find()?) } else { None };
        let folder = place(project, account.as_ref())?;
        let password = password()?;
        initdb(&programs, &folder, account.as_ref(), &password)?;
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let mut command = unprivileged(&programs.join("postgres"), account.as_ref());
        command.arg("-D").arg(folder.join("data")).args([
            "-p",
            &port.to_string(),
            "-h",
            "127.0.0.1",
            "-k",
            "",
        ]);
        command.args(["-c", "max_connections=200", "-c", "shared_buffers=128MB", "-c", "lc_messages=C"]);
        command.current_dir(&folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut server = command.spawn().context("postgres could not be started")?;
        let said = server.stderr.take();
        let url = format!("postgres://{OWNER}:{password}@127.0.0.1:{port}/postgres");
        let cluster = Self { server, folder, url };
        wait_until_ready(
            said.context("postgres has no error output")?,
            project.target().join("postgres.log"),
        )?;
        Ok(cluster)
    }

    /// How to connect as the owner of the cluster, who may create databases.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // SIGINT is PostgreSQL's fast shutdown: it breaks open connections and ends cleanly.
        let asked = output(Command::new("kill").args(["-s", "INT", &self.server.id().to_string()]));
        if asked.is_err() {
            let _ = self.server.kill();
        }
        let _ = self.server.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The account that owns the cluster when we are root.
struct Account {
    name: &'static str,
    id: u32,
}

impl Account {
    fn find() -> Result<Self> {
        for name in ["postgres", "nobody"] {
            if let Ok(id) = output(Command::new("id").args(["-u", name])) {
                return Ok(Self { name, id: id.trim().parse()? });
            }
        }
        bail!("PostgreSQL refuses to run as root, and there is no account postgres or nobody to run it as.")
    }
}

/// `program` as the account, and stopped with us even when we are killed.
fn unprivileged(program: &Path, account: Option<&Account>) -> Command {
    if find("setpriv").is_none() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "INT"]);
    if let Some(account) = account {
        command.arg(format!("--reuid={}", account.id)).args(["--clear-groups", "--"]);
    }
    command.arg(program);
    command
}

/// An empty folder that the account can reach: under `target`, or the system's temporary folder when the repository
/// is in somebody's closed home.
fn place(project: &Project, account: Option<&Account>) -> Result<PathBuf> {
    let name = format!("pg-{}", process::id());
    let mut parent = project.target();
    let entered = |folder: &Path| {
        let mut test = unprivileged(Path::new("test"), account);
        output(test.arg("-x").arg(folder)).is_ok()
    };
    if account.is_some() && !entered(&parent) {
        parent = env::temp_dir();
    }
    sweep(&parent);
    let folder = parent.join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700))?;
    if let Some(account) = account {
        chown(&folder, Some(account.id), None)
            .with_context(|| format!("{} could not be given to {}", folder.display(), account.name))?;
    }
    Ok(folder)
}

/// Removes what runs left behind that were killed. Only Linux says which those are; elsewhere nothing is removed.
fn sweep(parent: &Path) {
    if !Path::new("/proc/self").exists() {
        return;
    }
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let owner = name.to_str().and_then(|name| name.strip_prefix("pg-")?.parse::<u32>().ok());
        if owner.is_some_and(|owner| !Path::new(&format!("/proc/{owner}")).exists()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn password() -> Result<String> {
    let mut random = [0; 16];
    File::open("/dev/urandom").and_then(|mut source| source.read_exact(&mut random))?;
    Ok(random.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn initdb(programs: &Path, folder: &Path, account: Option<&Account>, password: &str) -> Result<()> {
    let secret = folder.join("password");
    fs::write(&secret, password)?;
    if let Some(account) = account {
        chown(&secret, Some(account.id), None)?;
    }
    let mut command = unprivileged(&programs.join("initdb"), account);
    command.arg("-D").arg(folder.join("data")).arg("--pwfile").arg(&secret).current_dir(folder);
    command.args(["--username", OWNER, "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"]);
    let made = output(&mut command);
    fs::remove_file(secret)?;
    made.map(drop)
}

/// Copies the server's log to `log` and returns at the line that says it takes connections.
fn wait_until_ready(said: ChildStderr, log: PathBuf) -> Result<()> {
    let (tell, ready) = mpsc::channel();
    let mut copy = File::create(&log)?;
    thread::spawn(move || {
        for line in BufReader::new(said).lines().map_while(Result::ok) {
            let _ = writeln!(copy, "{line}");
            if line.contains("ready to accept connections") {
                let _ = tell.send(());
            }
        }
    });
    // The sender goes away when the server ends, so this does not wait for a server that is gone.
    ready.recv_timeout(START_LIMIT).with_context(|| format!("postgres did not start: see {}", log.display()))
}
