//! Killed at the Nth system call that writes, for one N after another: not where a timer happens to strike, but at every step of
//! a commit. `SKOLSTART_KILL_POINTS` sets how many points there are for each call; 2 without it. Needs strace;
//! where there is none it is not run, and fails where `SKOLSTART_NEEDS_STRACE` is set.

use crate::audited::audited;
use crate::journal::Journal;
use crate::load::{Program, Setting, Sitting, drive, families, homes, sessions, submissions};
use crate::recount::recount;
use anyhow::{Context, Result, ensure};
use std::process::{Command, Stdio};
use std::sync::Arc;
use tempfile::TempDir;

/// How a file is made sure of: which of the two, the build of SQLite decides.
pub(crate) const SYNC: &str = "fsync,fdatasync";
/// What SQLite does to its files.
const CALLS: [&str; 3] = [SYNC, "pwrite64", "ftruncate"];
/// How far apart the points of a call are: a commit has few syncs and many writes.
const STEP: [usize; 3] = [3, 37, 1];

fn points() -> usize {
    std::env::var("SKOLSTART_KILL_POINTS").ok().and_then(|points| points.parse().ok()).unwrap_or(2)
}

/// Whether there is strace. Who has said that it must be there is told where it is not.
pub(crate) fn strace_works() -> Result<bool> {
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-e", "trace=fdatasync", "true"]).stdout(Stdio::null()).stderr(Stdio::null());
    let works = command.status().is_ok_and(|status| status.success());
    ensure!(
        works || std::env::var_os("SKOLSTART_NEEDS_STRACE").is_none(),
        "strace is not installed, or may not trace"
    );
    Ok(works)
}

#[tokio::test]
async fn no_receipt_is_lost_wherever_in_a_commit_it_dies() -> Result<()> {
    if !strace_works()? {
        println!("strace is not installed, or may not trace: not run");
        return Ok(());
    }
    let folder = TempDir::with_prefix("skolstart-points-")?;
    let setting = Setting::new(folder.path(), 400, None)?;
    let program = Program::start(&setting).await?;
    let guardians = sessions(&setting, &families(&setting.data.join("ss12000"), 60)).await?;
    program.stop()?;
    let mut journal = Journal::default();
    let (mut visit, mut struck) = (0, Vec::new());
    for (call, step) in CALLS.into_iter().zip(STEP) {
        let mut died = 0;
        for point in 1..=points() {
            let nth = point * step;
            let inject = format!("inject={call}:signal=SIGKILL:when={nth}");
            let wrapped =
                ["strace", "-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={call}"), "-e", &inject];
            // It may die while it starts, or before anything is sent: those are points too. That it died is seen by what is not
            // answered; the tracer ends a little later.
            let mut is_dead = true;
            if let Ok(mut program) = Program::start_within(&setting, &wrapped).await {
                if let Ok((_, homes)) = homes(program.address, 4, &guardians).await {
                    let (requests, _) =
                        submissions(program.address, &guardians, &homes, Sitting::OneChild, visit)?;
                    let run = drive(program.address, 4, &Arc::new(requests.clone())).await;
                    is_dead = run.answers.iter().any(Option::is_none);
                    journal.note(&requests, &run);
                    visit += 1;
                }
                program.kill()?;
            }
            died += usize::from(is_dead);
            let program = Program::start(&setting).await.with_context(|| format!("after {call} {nth}"))?;
            journal.verify(&program, 0).await.with_context(|| format!("after {call} {nth}"))?;
            if journal.len() > 0 {
                recount(&setting).await?;
            }
            program.stop()?;
        }
        struck.push(died);
    }
    println!("of {} points each struck: {struck:?}; {} receipts asked for again", points(), journal.len());
    // A file is seldom cut short; of the others a run that struck none has shown nothing.
    ensure!(struck[..2].iter().all(|died| *died > 0), "{CALLS:?} struck {struck:?} times");
    audited(&setting)
}
