//! A private PostgreSQL with durable settings, as a direct child process, so that a kill is a real kill.

use anyhow::{Context, Result, bail, ensure};
use std::io::Read;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const OWNER: &str = "skolstart";
const START_LIMIT: Duration = Duration::from_secs(60);

/// A running server. Dropping it stops the server and removes its files.
pub(crate) struct Cluster {
    server: Child,
    folder: TempDir,
    programs: PathBuf,
    password: String,
    port: u16,
}

impl Cluster {
    /// `None` when PostgreSQL is not installed.
    pub(crate) fn start() -> Result<Option<Self>> {
        let Some(programs) = programs() else { return Ok(None) };
        let folder = TempDir::with_prefix("skolstart-pg-")?;
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o700))?;
        let mut random = [0; 16];
        std::fs::File::open("/dev/urandom")?.read_exact(&mut random)?;
        let password: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        let secret = folder.path().join("password");
        std::fs::write(&secret, &password)?;
        if let Some(account) = account() {
            chown(folder.path(), Some(account), None)?;
            chown(&secret, Some(account), None)?;
        }
        let mut initdb = as_owner(&programs.join("initdb"));
        initdb.arg("-D").arg(folder.path().join("data")).arg("--pwfile").arg(&secret);
        initdb.args(["--username", OWNER, "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"]);
        let made = initdb.current_dir(folder.path()).output()?;
        ensure!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
        std::fs::remove_file(secret)?;
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let server = spawn(&programs, folder.path(), port)?;
        let mut cluster = Self { server, folder, programs, password, port };
        cluster.wait_until_it_answers()?;
        Ok(Some(cluster))
    }

    /// A new empty database: the URL to reach it.
    pub(crate) fn database(&self, name: &str) -> Result<String> {
        let made = self.tool("createdb").arg(name).output()?;
        ensure!(made.status.success(), "createdb: {}", String::from_utf8_lossy(&made.stderr));
        Ok(format!("postgres://{OWNER}:{}@127.0.0.1:{}/{name}", self.password, self.port))
    }

    /// A program of PostgreSQL, told how to reach the cluster.
    pub(crate) fn tool(&self, name: &str) -> Command {
        let mut command = Command::new(self.programs.join(name));
        command.env("PGHOST", "127.0.0.1").env("PGPORT", self.port.to_string());
        command.env("PGUSER", OWNER).env("PGPASSWORD", &self.password).env("PGDATABASE", "postgres");
        command
    }

    /// SIGKILL to the postmaster; its other processes notice and end by themselves.
    pub(crate) fn kill(&mut self) -> Result<()> {
        self.server.kill()?;
        self.server.wait()?;
        Ok(())
    }

    /// Starts it again on the same files.
    pub(crate) fn restart(&mut self) -> Result<()> {
        let started = Instant::now();
        // It refuses until the last process of the killed one has let go of the shared memory.
        while started.elapsed() < START_LIMIT {
            self.server = spawn(&self.programs, self.folder.path(), self.port)?;
            if self.wait_until_it_answers().is_ok() {
                return Ok(());
            }
        }
        bail!("postgres did not start again")
    }

    fn wait_until_it_answers(&mut self) -> Result<()> {
        let started = Instant::now();
        while started.elapsed() < START_LIMIT {
            if let Some(status) = self.server.try_wait()? {
                bail!("postgres ended: {status}");
            }
            // pg_isready itself waits for an answer; it is the pause between two tries.
            let answered = self.tool("pg_isready").args(["-q", "-t", "1"]).status()?;
            if answered.success() {
                return Ok(());
            }
        }
        bail!("postgres did not answer in time")
    }

    /// The processor time that its processes have used.
    pub(crate) fn cpu(&self) -> Duration {
        let parent = self.server.id().to_string();
        let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
        let ids = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
        let of_ours = ids.filter(|id| {
            let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
            stat.rsplit_once(')').and_then(|(_, rest)| rest.split_whitespace().nth(1))
                == Some(parent.as_str())
        });
        of_ours.map(super::cpu_of).sum()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // SIGINT is the fast shutdown.
        let _ = Command::new("kill").args(["-s", "INT", &self.server.id().to_string()]).status();
        let _ = self.server.wait();
    }
}

fn spawn(programs: &Path, folder: &Path, port: u16) -> Result<Child> {
    let log = std::fs::File::options().append(true).create(true).open(folder.join("postgres.log"))?;
    let mut command = as_owner(&programs.join("postgres"));
    command.arg("-D").arg(folder.join("data")).args(["-p", &port.to_string(), "-h", "127.0.0.1", "-k", ""]);
    command.args(["-c", "max_connections=100", "-c", "shared_buffers=128MB", "-c", "lc_messages=C"]);
    command.args(["-c", "fsync=on", "-c", "synchronous_commit=on", "-c", "full_page_writes=on"]);
    command.current_dir(folder).stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
    command.spawn().context("postgres could not be started")
}

fn programs() -> Option<PathBuf> {
    let packaged = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = packaged.map(|entry| entry.path().join("bin")).collect();
    folders.sort();
    folders.reverse();
    folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    let needed = ["initdb", "postgres", "createdb", "psql", "pgbench"];
    folders.into_iter().find(|folder| needed.iter().all(|name| folder.join(name).is_file()))
}

/// The account that PostgreSQL runs as when we are root, which it refuses.
fn account() -> Option<u32> {
    let id = |arguments: &[&str]| {
        let found =
            Command::new("id").args(arguments).output().ok().filter(|found| found.status.success())?;
        String::from_utf8_lossy(&found.stdout).trim().parse::<u32>().ok()
    };
    if id(&["-u"]) != Some(0) {
        return None;
    }
    id(&["-u", "postgres"]).or_else(|| id(&["-u", "nobody"]))
}

fn as_owner(program: &Path) -> Command {
    let Some(account) = account() else { return Command::new(program) };
    let mut command = Command::new("setpriv");
    command
        .arg(format!("--reuid={account}"))
        .args(["--clear-groups", "--pdeathsig", "INT", "--"])
        .arg(program);
    command
}
