//! The accept loop. `axum::serve` keeps half-sent and idle connections for ever; this one gives each a time limit, has so many
//! places and no more, and lets running requests finish at the end. Called by the `serve` and `demo` commands.

use super::connection::{Patient, Served};
use super::limits::{Limits, Peer};
use super::places::{Place, Places};
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};

/// How long a client may take for the head of a request, and how long an idle connection is kept.
const HEAD_LIMIT: Duration = Duration::from_secs(15);
/// The largest head. Ours have some hundred bytes.
const HEAD_BYTES: usize = 32 * 1024;
/// How long requests may take to finish when the server stops.
const STOP_LIMIT: Duration = Duration::from_secs(20);
/// How long to leave the listener alone when the system has no descriptors left.
const PAUSE: Duration = Duration::from_millis(100);
/// What somebody gets for whom there is no place. Nothing of the request has been read.
const FULL: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\ncache-control: no-store\r\n\
    x-content-type-options: nosniff\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

/// Serves until `stop` is done, then lets running requests finish.
pub async fn listen(listener: TcpListener, router: Router, limits: Limits, stop: impl Future<Output = ()>) {
    let places = Places::new(limits.proxies().clone(), limits.meters().clone());
    let graceful = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_LIMIT).max_buf_size(HEAD_BYTES);
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener) => accepted,
            () = &mut stop => break,
        };
        let Some((stream, from)) = accepted else { continue };
        let Some(place) = places.take(from.ip()) else {
            // Into an empty buffer: it waits for nobody.
            let _ = stream.try_write(FULL);
            continue;
        };
        let service = TowerToHyperService::new(Served { router: router.clone(), peer: Peer(from.ip()) });
        let connection = http.serve_connection(TokioIo::new(Patient::new(stream)), service);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            let _place: Place = place;
            // Clients go away in the middle all the time; there is nobody to tell.
            let _ = connection.await;
        });
    }
    drop(listener);
    if tokio::time::timeout(STOP_LIMIT, graceful.shutdown()).await.is_err() {
        tracing::warn!("stopped with requests unfinished");
    }
}

async fn accept(listener: &TcpListener) -> Option<(TcpStream, SocketAddr)> {
    match listener.accept().await {
        Ok((stream, from)) => {
            // Answers are small and whole: waiting to fill a packet only delays them.
            let _ = stream.set_nodelay(true);
            Some((stream, from))
        }
        Err(error) => {
            tracing::warn!(%error, "accept");
            // Not a wait for something of ours: only the system can give descriptors back.
            let _ = tokio::time::timeout(PAUSE, std::future::pending::<()>()).await;
            None
        }
    }
}
