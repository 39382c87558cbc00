//! The accept loop. `axum::serve` keeps half-sent and idle connections for ever; this one gives each a time limit, and lets
//! running requests finish at the end. Called by the `serve` and `demo` commands.

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

/// Most connections at the same time; one more waits in the kernel's queue.
const MOST_CONNECTIONS: usize = 4096;
/// How long a client may take for the head of a request, and how long an idle connection is kept.
const HEAD_LIMIT: Duration = Duration::from_secs(15);
/// How long requests may take to finish when the server stops.
const STOP_LIMIT: Duration = Duration::from_secs(20);
/// How long to leave the listener alone when the system has no descriptors left.
const PAUSE: Duration = Duration::from_millis(100);

/// Serves until `stop` is done, then lets running requests finish.
pub async fn listen(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_LIMIT);
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &places) => accepted,
            () = &mut stop => break,
        };
        let Some((stream, place)) = accepted else { continue };
        let service = TowerToHyperService::new(router.clone());
        let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // Clients go away in the middle all the time; there is nobody to tell.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    if tokio::time::timeout(STOP_LIMIT, graceful.shutdown()).await.is_err() {
        tracing::warn!("stopped with requests unfinished");
    }
}

type Place = tokio::sync::OwnedSemaphorePermit;

async fn accept(listener: &TcpListener, places: &Arc<Semaphore>) -> Option<(TcpStream, Place)> {
    let place = places.clone().acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, _)) => {
            // Answers are small and whole: waiting to fill a packet only delays them.
            let _ = stream.set_nodelay(true);
            Some((stream, place))
        }
        Err(error) => {
            tracing::warn!(%error, "accept");
            // Not a wait for something of ours: only the system can give descriptors back.
            let _ = tokio::time::timeout(PAUSE, std::future::pending::<()>()).await;
            None
        }
    }
}
