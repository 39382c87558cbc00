//! The program of a release: nothing of the demo is in it, and it does not start where a start would not be safe.
//! `cargo xtask drill` builds it, names it in `SKOLSTART_RELEASE` and runs these.

use crate::load::{Client, Program, Setting, request};
use anyhow::{Context, Result, ensure};
use skolstart_shared::api::{ListPersonas, Ping, SignInAsPersona};
use skolstart_shared::id::PersonId;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// Words of the demo: its address, its command, two of its people, one of its sentences.
const OF_THE_DEMO: [&str; 5] =
    ["/api/demo/", "Sign in as", "Mona Forsberg", "Lindqvist", "the demo listens on a loopback address only"];
const START: Duration = Duration::from_secs(60);

fn release() -> Result<PathBuf> {
    std::env::var_os("SKOLSTART_RELEASE").map(PathBuf::from).context("SKOLSTART_RELEASE names no program")
}

fn serve(data: &Path) -> Result<Command> {
    let mut command = Command::new(release()?);
    command.arg("serve").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    command.env_remove("SKOLSTART_CONFIG").env_remove("SKOLSTART_DATABASE_URL").env("SKOLSTART_DATA", data);
    command.env("SKOLSTART_PUBLIC_URL", "https://skolstart.example.se").current_dir(data);
    Ok(command)
}

/// Killed when it is dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What it says when it does not start.
fn refusal(command: &mut Command) -> Result<String> {
    let ended = command.output()?;
    ensure!(!ended.status.success(), "it started");
    Ok(String::from_utf8_lossy(&ended.stderr).into_owned())
}

#[test]
#[ignore = "needs the program of a release: cargo xtask drill"]
fn no_word_of_the_demo_is_in_it() -> Result<()> {
    let has = |program: &[u8], word: &str| program.windows(word.len()).any(|part| part == word.as_bytes());
    let (real, demo) = (fs::read(release()?)?, fs::read(env!("CARGO_BIN_EXE_skolstart"))?);
    for word in OF_THE_DEMO {
        ensure!(has(&demo, word), "a search that finds nothing in the demo itself shows nothing: {word}");
        ensure!(!has(&real, word), "{word} is in the release");
    }
    Ok(())
}

#[tokio::test]
#[ignore = "needs the program of a release: cargo xtask drill"]
async fn nobody_signs_in_as_a_persona() -> Result<()> {
    let folder = TempDir::with_prefix("skolstart-release-")?;
    let setting = Setting::new(folder.path(), 0, None)?;
    let address = setting.address;
    let _running = Running(serve(folder.path())?.env("SKOLSTART_LISTEN", address.to_string()).spawn()?);
    let ping = request::<Ping>(address, &(), "", b"");
    let mut client = tokio::time::timeout(START, async {
        let mut pause = tokio::time::interval(Duration::from_millis(20));
        loop {
            pause.tick().await;
            if let Ok(mut client) = Client::connect(address).await
                && client.exchange(&ping).await.is_ok_and(|answer| answer.status == 200)
            {
                return client;
            }
        }
    })
    .await
    .context("the release does not answer")?;
    let personas = client.exchange(&request::<ListPersonas>(address, &(), "", b"")).await?;
    ensure!(personas.status == 404, "the personas were answered {}", personas.status);
    let person: PersonId =
        "00000000-0000-7000-8000-0000000000a1".parse().map_err(|()| anyhow::anyhow!("no id"))?;
    let signed_in = client.exchange(&request::<SignInAsPersona>(address, &person, "", b"{}")).await?;
    ensure!(signed_in.status == 404 && signed_in.cookie.is_none(), "somebody was signed in");
    let asked = Command::new(release()?).arg("demo").stderr(Stdio::null()).status()?;
    ensure!(!asked.success(), "there is a command that makes a demo");
    Ok(())
}

#[tokio::test]
#[ignore = "needs the program of a release: cargo xtask drill"]
async fn does_not_start_on_what_a_demo_has_made() -> Result<()> {
    let folder = TempDir::with_prefix("skolstart-release-")?;
    drop(Program::start(&Setting::new(folder.path(), 60, None)?).await?);
    let said = refusal(&mut serve(folder.path())?)?;
    ensure!(said.contains("was made by a demo"), "{said}");
    Ok(())
}

#[test]
#[ignore = "needs the program of a release: cargo xtask drill"]
fn does_not_start_with_a_key_that_others_read() -> Result<()> {
    let folder = TempDir::with_prefix("skolstart-release-")?;
    let made = Command::new(release()?).arg("migrate").env("SKOLSTART_DATA", folder.path()).status()?;
    ensure!(made.success());
    fs::set_permissions(folder.path().join("skolstart.key"), Permissions::from_mode(0o644))?;
    let said = refusal(&mut serve(folder.path())?)?;
    ensure!(said.contains("can be read by others"), "{said}");
    Ok(())
}

#[test]
#[ignore = "needs the program of a release: cargo xtask drill"]
fn does_not_start_with_a_provider_that_anybody_could_be() -> Result<()> {
    let folder = TempDir::with_prefix("skolstart-release-")?;
    let settings = folder.path().join("skolstart.toml");
    let way = "[[sign_in]]\nkey = \"guardians\"\nname_sv = \"E-legitimation\"\nname_en = \"eID\"\nfor = \"guardians\"\nissuer = \"http://provider.example.se\"\nclient_id = \"skolstart\"\nclient_secret = \"not-a-secret\"\nacr = [\"https://id.example.se/loa3\"]\n";
    fs::write(&settings, way)?;
    fs::set_permissions(&settings, Permissions::from_mode(0o600))?;
    let said = refusal(&mut serve(folder.path())?)?;
    ensure!(said.contains("https"), "{said}");
    Ok(())
}

#[test]
#[ignore = "needs the program of a release: cargo xtask drill"]
fn does_not_start_where_cookies_would_go_in_the_clear() -> Result<()> {
    let folder = TempDir::with_prefix("skolstart-release-")?;
    for url in ["", "http://skolstart.example.se", "http://localhost:8080"] {
        let said = refusal(serve(folder.path())?.env("SKOLSTART_PUBLIC_URL", url))?;
        ensure!(said.contains("set public_url"), "{url}: {said}");
    }
    Ok(())
}

#[test]
#[ignore = "needs the program of a release: cargo xtask drill"]
fn does_not_start_with_secrets_in_a_file_that_everybody_reads() -> Result<()> {
    let folder = TempDir::with_prefix("skolstart-release-")?;
    let settings = folder.path().join("skolstart.toml");
    fs::write(&settings, "database_url = \"postgres://u:not-a-secret@127.0.0.1:1/db\"\n")?;
    fs::set_permissions(&settings, Permissions::from_mode(0o644))?;
    let said = refusal(&mut serve(folder.path())?)?;
    ensure!(said.contains("everybody on this machine can read") && !said.contains("not-a-secret"), "{said}");
    Ok(())
}
