use super::audit;
use super::opening::open;
use super::output::line;
use anyhow::Context;
use skolstart_server::clock::Clock;
use skolstart_server::config::Config;
use skolstart_server::http::assets::Assets;
use skolstart_server::http::{Limits, listen::listen, operations, router};
use skolstart_server::state::AppState;
use skolstart_server::store::Store;
use skolstart_server::telemetry;
use skolstart_server::usecase::refresh_tasks::refresh_today;
use skolstart_server::usecase::retention::{Erasing, erase_today};
use std::time::{Duration, UNIX_EPOCH};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::AbortHandle;
use tokio::time::MissedTickBehavior;

/// Serves the instance of these settings until it is told to stop.
pub(super) async fn serve(config: &Config) -> anyhow::Result<()> {
    telemetry::start(&config.log, config.log_format)?;
    // Settings that are wrong are better told of before a database is opened.
    config.ways(&config.origin()?)?;
    config.erasing()?;
    let store = open(config, Clock::system()).await?;
    serve_store(config, store, &[]).await
}

/// How often the day is looked at. A task that a birthday moves may be some minutes late.
const LOOK: Duration = Duration::from_secs(300);

/// Brings tasks in line with each new day, and erases what is over where the settings say so. What fails is tried again at the next look.
async fn follow_days(store: Store, erasing: Erasing) {
    let mut looks = tokio::time::interval(LOOK);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        looks.tick().await;
        match refresh_today(&store).await {
            Ok(true) => tracing::info!("tasks follow a new day"),
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "tasks not refreshed"),
        }
        match erase_today(&store, &erasing).await {
            Ok(Some(run)) => tracing::info!(erased = run.counts.sum(), "what is over was erased"),
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "not everything that is over was erased"),
        }
    }
}

/// Tells whoever keeps it running how it is, on an address of its own.
async fn tell_operations(config: &Config, store: &Store, limits: &Limits) -> anyhow::Result<AbortHandle> {
    let Some(address) = config.operations_listen else { return Ok(tokio::spawn(async {}).abort_handle()) };
    let listener = TcpListener::bind(address).await;
    let listener = listener.with_context(|| format!("cannot listen on {address}"))?;
    line(&format!("Operations: http://{}/health and /metrics", listener.local_addr()?));
    let router = operations(store.clone(), limits.meters().clone());
    // Limits of its own: who looks after the server must reach it when others cannot.
    let told = listen(listener, router, Limits::default(), std::future::pending());
    Ok(tokio::spawn(told).abort_handle())
}

/// Serves an open store, and prints the addresses and what else there is to say once it can be reached.
pub(super) async fn serve_store(config: &Config, store: Store, also: &[String]) -> anyhow::Result<()> {
    let now = UNIX_EPOCH + Duration::from_millis(Clock::system().now().as_millis().unsigned_abs());
    let former = config.data.join("former-pages");
    let assets = Assets::new(config.web_dir.clone())
        .with_workers_withdrawn(config.withdraw_workers)
        .with_former(former, now)
        .with_context(|| format!("cannot keep pages in {}", config.data.display()))?;
    let listener = TcpListener::bind(config.listen).await;
    let listener = listener.with_context(|| format!("cannot listen on {}", config.listen))?;
    let config = &Config { listen: listener.local_addr()?, ..config.clone() };
    let origin = config.origin()?;
    if config.withdraw_workers {
        line("The programs kept on devices are taken off them (withdraw_workers).");
    }
    if !assets.are_there() {
        line("There are no pages: build with `cargo xtask build`, or set web_dir. The API is served.");
    }
    line(&format!("Guardians: {origin}/\nStaff:     {origin}/personal/"));
    also.iter().for_each(|text| line(text));
    let limits = config.limits();
    let ways = config.ways(&origin)?;
    if ways.all().is_empty() && !cfg!(feature = "demo") {
        line("Nobody can sign in: no [[sign_in]] is set up.");
    }
    let passkeys = config.passkeys(&origin).unwrap_or_else(|why| {
        line(&format!("No passkeys for staff: {why}."));
        None
    });
    let state = AppState::new(store.clone(), &origin, config.sessions(), assets);
    let erasing = config.erasing()?;
    let state = state
        .limited_by(limits.clone())
        .with_ways(ways)
        .with_passkeys(passkeys)
        .with_erasing(erasing.clone())
        .with_bulk(config.bulk());
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let stop = async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping");
    };
    let days = tokio::spawn(follow_days(store.clone(), erasing));
    let asked = tell_operations(config, &store, &limits).await?;
    let points = audit::follow(config, &store);
    listen(listener, router(state), limits, stop).await;
    asked.abort();
    days.abort();
    audit::end(config, &store, points).await;
    store.close().await;
    Ok(())
}
