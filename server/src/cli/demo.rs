//! `skolstart demo`: makes a municipality, takes it in as a real one would be, and serves it.

use super::arguments::DemoOptions;
use super::opening::{folder, open};
use super::output::line;
use super::{import, serve};
use anyhow::Context;
use skolstart_server::clock::Clock;
use skolstart_server::config::Config;
use skolstart_server::demo;
use skolstart_server::store::Store;
use skolstart_server::telemetry;
use skolstart_server::usecase::import::Unnamed;
use skolstart_server::usecase::publish;
use skolstart_shared::school::SchoolYear;
use std::cell::Cell;
use std::fs;
use std::path::Path;
use std::time::Instant;

/// The same municipality everywhere and every time.
const SEED: u64 = 2026;
/// The age from which pupils of the demo sign in.
const PUPILS_FROM: u8 = 13;
/// Written last: a folder without it was not finished.
const FINISHED: &str = "finished";

/// Makes the demo unless it is there, then serves it.
pub(super) async fn demo(config: Config, options: &DemoOptions) -> anyhow::Result<()> {
    telemetry::start("warn", config.log_format)?;
    let mut config = Config { listen: options.listen, data: options.data.clone(), ..config };
    // The public address is the one it listens on; anybody can sign in as anybody, so it must not be reached from outside.
    // By its name on this machine it is still that address, and has passkeys: numbers have none.
    config.public_url = config.public_url.filter(|url| url.starts_with("http://localhost:"));
    // A persona is both, and whoever tries things out is not asked again and again.
    config.staff_session_idle_minutes = config.session_idle_minutes;
    config.staff_session_hours = config.session_hours;
    config.pupils_sign_in_from = config.pupils_sign_in_from.or(Some(PUPILS_FROM));
    anyhow::ensure!(options.listen.ip().is_loopback(), "the demo listens on a loopback address only");
    let mark = options.data.join(FINISHED);
    let finished = mark.is_file();
    if options.fresh || !finished {
        clear(&options.data)?;
        if let Some(url) = config.database_url.as_ref().filter(|_| options.fresh) {
            Store::erase(url.reveal()).await?;
        }
        make(&config, options).await?;
        fs::write(&mark, "")?;
    }
    let store = open(&config, Clock::system()).await?;
    serve::serve_store(&config, store, &personas(&options.data)).await
}

fn personas(data: &Path) -> Vec<String> {
    let mut lines = vec![format!("Data:      {}", data.display()), String::new(), "Sign in as".to_owned()];
    let shown = |persona: demo::Persona| format!("  {:<20} {}", persona.name, persona.description_en);
    lines.extend(demo::cast().into_iter().chain([demo::pupil_persona()]).map(shown));
    lines
}

/// Removes what an earlier demo made in the folder, by name: the folder may hold something else.
fn clear(data: &Path) -> anyhow::Result<()> {
    folder(data)?;
    for file in [
        FINISHED,
        "skolstart.db",
        "skolstart.db-wal",
        "skolstart.db-shm",
        "skolstart.key",
        "skolstart.persons",
    ] {
        let file = data.join(file);
        if file.exists() {
            fs::remove_file(&file).with_context(|| format!("{} cannot be removed", file.display()))?;
        }
    }
    let files = data.join("ss12000");
    if files.exists() {
        fs::remove_dir_all(&files).with_context(|| format!("{} cannot be removed", files.display()))?;
    }
    Ok(())
}

async fn make(config: &Config, options: &DemoOptions) -> anyhow::Result<()> {
    const DAY: i64 = 86_400_000;
    let clock = Clock::system();
    let really = clock.now();
    let now = really.plus_millis(-DAY * i64::from(options.age));
    let today = clock.day_of(now);
    let files = options.data.join("ss12000");
    let year = SchoolYear::containing(today.add_days(21)).first_calendar_year();
    let started = Instant::now();
    let done = |what: &str| line(&format!("{what} ({:.1} s)", started.elapsed().as_secs_f32()));
    let made = demo::write(&files, SEED, options.children, year)?;
    done(&format!("Wrote {} children at {} units to {}", made.children, made.units, files.display()));

    // The register was taken in before the first round: the clock goes through the year as the story does.
    let clock = Clock::fixed(demo::rounds(SEED, today, &[]).beginning());
    let store = open(config, clock.clone()).await?;
    import::take_in(&store, &files, Unnamed::EndFew).await?;
    done("Imported them");
    let forms = publish::publish_library(&store).await?;
    let rounds = demo::rounds(SEED, today, &forms);
    publish::create_round(&store, &rounds.previous).await?;
    publish::create_round(&store, &rounds.current).await?;
    done("Published forms and rounds");
    if !options.silent {
        play(&store, options, year, &rounds, now).await?;
        done("Guardians have answered");
    }
    clock.set(really);
    demo::take_in_inventory(&store).await?;
    demo::give_mandates(&store).await?;
    store.close().await;
    Ok(())
}

async fn play(
    store: &Store,
    options: &DemoOptions,
    start_year: i32,
    rounds: &demo::Rounds,
    now: skolstart_shared::Timestamp,
) -> anyhow::Result<()> {
    let told = Cell::new(0);
    let progress = |sent: usize, all: usize| {
        let tenth = sent * 10 / all.max(1);
        if tenth > told.replace(tenth) {
            line(&format!("  {sent} of {all} answers sent"));
        }
    };
    let (seed, children) = (SEED, options.children);
    demo::play(&demo::Play { store, seed, children, start_year, rounds, now, progress: &progress }).await?;
    Ok(())
}
