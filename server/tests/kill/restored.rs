//! A back-up that was never put back is a hope: takes one of the running program under load, puts it back in an empty place, and
//! asks there for every receipt that had been given before.

use crate::audited::audited;
use crate::journal::Journal;
use crate::load::{
    Cluster, Guardian, Program, Setting, Sitting, drive, families, homes, sessions, submissions,
};
use crate::recount::recount;
use anyhow::{Context, Result, ensure};
use skolstart_shared::id::PersonId;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;
use tempfile::TempDir;

#[tokio::test]
async fn a_back_up_under_load_comes_back_on_sqlite() -> Result<()> {
    let folder = TempDir::with_prefix("skolstart-backup-")?;
    there_and_back(folder.path(), None).await
}

#[tokio::test]
async fn a_back_up_under_load_comes_back_on_postgresql() -> Result<()> {
    let Some(cluster) = Cluster::start()? else {
        println!("PostgreSQL is not installed: this half was not run");
        return Ok(());
    };
    let folder = TempDir::with_prefix("skolstart-backup-")?;
    let urls = (cluster.database("first")?, cluster.database("second")?);
    there_and_back(folder.path(), Some(urls)).await
}

async fn there_and_back(folder: &Path, urls: Option<(String, String)>) -> Result<()> {
    let (first, second) = urls.unzip();
    let setting = Setting::new(&folder.join("first"), 400, first)?;
    let program = Program::start(&setting).await?;
    let persons: Vec<PersonId> = families(&setting.data.join("ss12000"), 100);
    let guardians = sessions(&setting, &persons).await?;
    let (_, before) = homes(program.address, 8, &guardians).await?;
    let mut journal = Journal::default();
    let (requests, _) = submissions(program.address, &guardians, &before, Sitting::Family, 0)?;
    let run = drive(program.address, 8, &Arc::new(requests.clone())).await;
    ensure!(journal.note(&requests, &run) > 50, "too little was sent");
    let (_, now) = homes(program.address, 8, &guardians).await?;
    // What comes while the back-up is taken may or may not be in it.
    let (later, _) = submissions(program.address, &guardians, &now, Sitting::Family, 1)?;
    let address = program.address;
    let load = tokio::spawn(async move { drive(address, 8, &Arc::new(later)).await });
    let key = folder.join("identity");
    said(skolstart(&setting, &["backup-key"]).arg(&key))?;
    let recipient = recipient(&key)?;
    let file = folder.join("backup.age");
    let took = Instant::now();
    let taking = {
        let mut command = skolstart(&setting, &["backup"]);
        command.arg(&file).args(["--recipient", &recipient]);
        tokio::task::spawn_blocking(move || said(&mut command))
    };
    let taken = taking.await??;
    ensure!(load.await?.not(200) == 0, "somebody was refused while the back-up was taken");
    println!(
        "back-up under load: {:.1} s, {} bytes",
        took.elapsed().as_secs_f64(),
        std::fs::metadata(&file)?.len()
    );
    let mut again = skolstart(&setting, &["backup"]);
    again.arg(&file).args(["--recipient", &recipient]);
    ensure!(said(&mut again).is_err(), "it was overwritten");
    program.stop()?;

    let empty = Setting { data: folder.join("second"), database: second, ..setting.clone() };
    std::fs::create_dir(&empty.data)?;
    let took = Instant::now();
    let mut restore = skolstart(&empty, &["restore"]);
    restore.arg(&file).arg("--identity").arg(&key);
    ensure!(said(&mut restore).is_err(), "without the key file nothing may be put back");
    std::fs::copy(setting.data.join("skolstart.key"), empty.data.join("skolstart.key"))?;
    ensure!(said(&mut restore).is_err(), "without the keys of persons nothing may be put back");
    restore.arg("--keys").arg(folder.join("skolstart-persons.age"));
    let put_back = said(&mut restore)?;
    println!("put back: {:.1} s", took.elapsed().as_secs_f64());
    ensure!(head(&taken) == head(&put_back) && head(&taken).is_some(), "{taken}\n{put_back}");
    ensure!(said(&mut restore).is_err(), "it was put back over rows");
    // As the demo finds it: made, and not to be made anew.
    std::fs::write(empty.data.join("finished"), "")?;
    let program = Program::start(&empty).await?;
    let anew = sessions(&empty, &persons).await?;
    journal.signed_in_anew(&cookies(&guardians), &cookies(&anew));
    journal.verify(&program, 0).await.context("after the restore")?;
    recount(&empty).await?;
    program.stop()?;
    audited(&empty)
}

fn cookies(guardians: &[Guardian]) -> Vec<&[u8]> {
    guardians.iter().map(|guardian| guardian.cookie.as_bytes()).collect()
}

fn skolstart(setting: &Setting, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_skolstart"));
    command.args(arguments).env("SKOLSTART_DATA", &setting.data);
    command.env_remove("SKOLSTART_DATABASE_URL").env_remove("SKOLSTART_CONFIG");
    if let Some(url) = &setting.database {
        command.env("SKOLSTART_DATABASE_URL", url);
    }
    command
}

fn said(command: &mut Command) -> Result<String> {
    let ran = command.output()?;
    let said = String::from_utf8_lossy(&[ran.stdout, ran.stderr].concat()).into_owned();
    ensure!(ran.status.success(), "{said}");
    Ok(said)
}

fn recipient(key: &Path) -> Result<String> {
    let text = std::fs::read_to_string(key)?;
    let line = text.lines().find_map(|line| line.strip_prefix("# public key: "));
    Ok(line.context("the key file does not say whom to seal to")?.to_owned())
}

fn head(said: &str) -> Option<&str> {
    said.lines().find(|line| line.starts_with("Audit head: "))
}
