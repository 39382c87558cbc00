//! The disk says no: what was written cannot be made sure of (`EIO`), or there is no room (`ENOSPC`). From then on no receipt is
//! given and everybody is told when to come again; when the disk works again, so does the program, and no receipt is lost. Needs strace.

use crate::audited::audited;
use crate::injected::{SYNC, strace_works};
use crate::journal::Journal;
use crate::load::{Program, Run, Setting, Sitting, drive_until, families, homes, sessions, submissions};
use crate::recount::recount;
use anyhow::{Context, Result, ensure};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use tempfile::TempDir;
use tokio::sync::oneshot;

const CONNECTIONS: usize = 4;

/// After how many receipts.
const RECEIPTS: usize = 12;

/// What SQLite asks of the disk, and what it is told.
const FAULTS: [(&str, &str); 2] = [(SYNC, "EIO"), ("pwrite64", "ENOSPC")];

/// A tracer that makes a call of a running program fail, in every thread that there is and that comes.
struct Fault(Child);

impl Fault {
    fn begin(program: &Program, (call, error): (&str, &str)) -> Result<Self> {
        let mut strace = Command::new("strace");
        strace.args(["-f", "-o", "/dev/null", "-p", &program.id().to_string()]);
        strace.args(["-e", &format!("trace={call}"), "-e", &format!("inject={call}:error={error}")]);
        let mut child = strace.stdin(Stdio::null()).stderr(Stdio::piped()).spawn()?;
        let said = child.stderr.take().context("strace says nothing")?;
        // It says so when it holds the threads that are there; what they call from then on is seen.
        let mut lines = BufReader::new(said).lines();
        let first = lines.next().context("strace ended")??;
        ensure!(first.contains("attached"), "{first}");
        // Read on, or it would wait when nobody does.
        std::thread::spawn(move || lines.count());
        Ok(Self(child))
    }

    /// The disk works again.
    fn end(mut self) -> Result<()> {
        Command::new("kill").args(["-s", "INT", &self.0.id().to_string()]).status()?;
        self.0.wait()?;
        Ok(())
    }
}

/// Whether receipts were given at first and then none: how many, and to how many it was said to come again.
fn stopped(run: &Run) -> Result<(usize, usize)> {
    let statuses: Vec<_> = run.answers.iter().map(|answer| answer.as_ref().map(|one| one.status)).collect();
    let count = |status| statuses.iter().filter(|other| **other == status).count();
    let (given, again) = (count(Some(200)), count(Some(503)));
    ensure!(given + again == statuses.len(), "answered otherwise: {statuses:?}");
    ensure!(given > 0 && again > 0, "{given} receipts, {again} asked to come again");
    // What waited together is answered together, so the last receipt comes no later than a group after the first refusal.
    let first = statuses.iter().position(|status| *status == Some(503)).unwrap_or_default();
    let late = statuses.iter().skip(first + 2 * CONNECTIONS).filter(|status| **status == Some(200)).count();
    ensure!(late == 0, "{late} receipts were given while the disk said no");
    Ok((given, again))
}

#[tokio::test]
async fn no_receipt_is_given_while_the_disk_says_no() -> Result<()> {
    if !strace_works()? {
        println!("strace is not installed, or may not trace: not run");
        return Ok(());
    }
    let folder = TempDir::with_prefix("skolstart-faults-")?;
    let setting = Setting::new(folder.path(), 400, None)?;
    let mut program = Program::start(&setting).await?;
    let guardians = sessions(&setting, &families(&setting.data.join("ss12000"), 60)).await?;
    let mut journal = Journal::default();
    for (visit, fault) in FAULTS.into_iter().enumerate() {
        let (_, homes) = homes(program.address, CONNECTIONS, &guardians).await?;
        let (requests, _) = submissions(program.address, &guardians, &homes, Sitting::OneChild, visit)?;
        let (address, all) = (program.address, Arc::new(requests.clone()));
        let (tell, told) = oneshot::channel();
        let load = tokio::spawn(async move { drive_until(address, CONNECTIONS, &all, RECEIPTS, tell).await });
        told.await.context("the load ended before the fault")?;
        let lasting = Fault::begin(&program, fault)?;
        let run = load.await?;
        ensure!(!program.has_died()?, "it ended: {}", setting.log());
        let (given, again) = stopped(&run).with_context(|| format!("{fault:?}"))?;
        println!("{fault:?}: {given} receipts, then {again} asked to come again");
        journal.note(&requests, &run);
        lasting.end()?;
        // Nobody has to start it anew.
        journal.verify(&program, 0).await.with_context(|| format!("after {fault:?}"))?;
        program.kill()?;
        program = Program::start(&setting).await?;
        journal.verify(&program, 0).await.with_context(|| format!("started after {fault:?}"))?;
        recount(&setting).await?;
    }
    program.stop()?;
    audited(&setting)
}
