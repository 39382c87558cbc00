//! The real program as a child process on a data folder and a port of its own.

use super::connection::{Client, request};
use anyhow::{Context, Result, bail};
use skolstart_shared::api::Ping;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Longest start: making and importing 50,000 children on a busy machine.
const START_LIMIT: Duration = Duration::from_secs(900);

/// A running server. Dropping it kills it.
pub(crate) struct Program {
    child: Child,
    pub(crate) address: SocketAddr,
}

/// How it is started.
#[derive(Clone)]
pub(crate) struct Setting {
    pub(crate) data: PathBuf,
    pub(crate) children: usize,
    /// `None`: SQLite in the data folder.
    pub(crate) database: Option<String>,
    /// Whether guardians have answered before it starts.
    pub(crate) answered: bool,
    pub(crate) address: SocketAddr,
    /// Where it tells how it is.
    pub(crate) operations: SocketAddr,
}

impl Setting {
    pub(crate) fn new(data: &Path, children: usize, database: Option<String>) -> Result<Self> {
        // Both at the same time, so that they differ.
        let bind = || TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
        let (first, second) = (bind()?, bind()?);
        let (address, operations) = (first.local_addr()?, second.local_addr()?);
        Ok(Self { data: data.to_owned(), children, database, answered: false, address, operations })
    }

    /// What the program has printed.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.data.join("server.log")).unwrap_or_default()
    }
}

impl Program {
    /// Starts `skolstart demo` and waits until it answers. The first start on a folder makes and imports the municipality.
    pub(crate) async fn start(setting: &Setting) -> Result<Self> {
        Self::start_within(setting, &[]).await
    }

    /// As [`Self::start`], by another program that is named first.
    pub(crate) async fn start_within(setting: &Setting, wrapped: &[&str]) -> Result<Self> {
        std::fs::create_dir_all(&setting.data)?;
        let log = std::fs::File::options().append(true).create(true).open(setting.data.join("server.log"))?;
        let program = env!("CARGO_BIN_EXE_skolstart");
        let mut command = match wrapped {
            [] => Command::new(program),
            [first, rest @ ..] => {
                let mut command = Command::new(first);
                command.args(rest).arg(program);
                command
            }
        };
        command.arg("demo").arg("--data").arg(&setting.data).arg("--listen").arg(setting.address.to_string());
        command.arg("--children").arg(setting.children.to_string());
        command.env_remove("SKOLSTART_DATABASE_URL").env_remove("SKOLSTART_CONFIG");
        // What is measured and killed is the program, not its limits: few persons ask for many.
        command.env("SKOLSTART_PERSON_REQUESTS_PER_SECOND", "1000000");
        command.env("SKOLSTART_OPERATIONS_LISTEN", setting.operations.to_string());
        if !setting.answered {
            command.arg("--silent");
        }
        if let Some(url) = &setting.database {
            command.env("SKOLSTART_DATABASE_URL", url);
        }
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        let mut program = Self { child: command.spawn()?, address: setting.address };
        program.wait_until_it_answers().await.with_context(|| {
            let said = setting.log();
            let from = said.lines().count().saturating_sub(8);
            said.lines().skip(from).collect::<Vec<_>>().join("\n")
        })?;
        Ok(program)
    }

    async fn wait_until_it_answers(&mut self) -> Result<()> {
        let ping = request::<Ping>(self.address, &(), "", b"");
        let started = Instant::now();
        let mut pause = tokio::time::interval(Duration::from_millis(10));
        while started.elapsed() < START_LIMIT {
            pause.tick().await;
            if let Some(status) = self.child.try_wait()? {
                bail!("the server ended: {status}");
            }
            if let Ok(mut client) = Client::connect(self.address).await
                && client.exchange(&ping).await.is_ok_and(|answer| answer.status == 200)
            {
                return Ok(());
            }
        }
        bail!("the server did not answer in time")
    }

    /// True when it has ended by itself.
    pub(crate) fn has_died(&mut self) -> Result<bool> {
        Ok(self.child.try_wait()?.is_some())
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// SIGKILL: no handler runs, nothing is flushed by the program.
    pub(crate) fn kill(&mut self) -> Result<()> {
        // Whatever it was started within must not leave it behind.
        let children = format!("/proc/{0}/task/{0}/children", self.id());
        for child in std::fs::read_to_string(children).unwrap_or_default().split_whitespace() {
            Command::new("kill").args(["-s", "KILL", child]).status()?;
        }
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Asks it to stop and waits until it has.
    pub(crate) fn stop(mut self) -> Result<()> {
        let asked = Command::new("kill").args(["-s", "TERM", &self.id().to_string()]).status()?;
        anyhow::ensure!(asked.success(), "the server could not be asked to stop");
        self.child.wait()?;
        Ok(())
    }

    /// The most memory it has had resident, in bytes.
    pub(crate) fn peak_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
        kilobytes.unwrap_or(0) * 1024
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.kill();
    }
}

/// The processor time a process has used. Linux counts it in hundredths of a second.
pub(crate) fn cpu_of(process: u32) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    let ticks: u64 =
        fields.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}
