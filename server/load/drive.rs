//! Sends prepared requests over a number of connections as fast as the answers come, and notes how long each took.

use super::connection::{Answer, Client};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;
use tokio::task::JoinSet;

/// What came of it.
#[derive(Default)]
pub(crate) struct Run {
    /// From the first request to the last answer.
    pub(crate) took: Duration,
    /// How long each answered request took, shortest first.
    pub(crate) times: Vec<Duration>,
    /// The answers, in the order of the requests. `None`: not sent, or the connection broke first.
    pub(crate) answers: Vec<Option<Answer>>,
}

impl Run {
    /// Answers per second.
    pub(crate) fn rate(&self) -> f64 {
        self.times.len() as f64 / self.took.as_secs_f64().max(1e-9)
    }

    /// The time in milliseconds that this share of the requests did not exceed.
    pub(crate) fn percentile(&self, share: f64) -> f64 {
        let at = ((self.times.len() as f64 * share).ceil() as usize).clamp(1, self.times.len().max(1)) - 1;
        self.times.get(at).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    }

    /// How many were answered with another status than this.
    pub(crate) fn not(&self, status: u16) -> usize {
        self.answers.iter().flatten().filter(|answer| answer.status != status).count()
    }
}

/// Sends every request once.
pub(crate) async fn drive(address: SocketAddr, connections: usize, requests: &Arc<Vec<Vec<u8>>>) -> Run {
    drive_until(address, connections, requests, usize::MAX, oneshot::channel().0).await
}

/// As [`drive`], and says so when `tell_at` requests have been answered. Goes on until all are answered or the
/// connections break.
pub(crate) async fn drive_until(
    address: SocketAddr,
    connections: usize,
    requests: &Arc<Vec<Vec<u8>>>,
    tell_at: usize,
    tell: oneshot::Sender<()>,
) -> Run {
    let next = Arc::new(AtomicUsize::new(0));
    let answered = Arc::new(AtomicUsize::new(0));
    let tell = Arc::new(std::sync::Mutex::new(Some(tell)));
    let mut lanes = JoinSet::new();
    let started = Instant::now();
    for _ in 0..connections {
        let (requests, next, answered, tell) =
            (requests.clone(), next.clone(), answered.clone(), tell.clone());
        lanes.spawn(async move {
            let mut done = Vec::new();
            let Ok(mut client) = Client::connect(address).await else { return done };
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(request) = requests.get(at) else { return done };
                let sent = Instant::now();
                let Ok(answer) = client.exchange(request).await else { return done };
                done.push((at, sent.elapsed(), answer));
                if answered.fetch_add(1, Ordering::Relaxed) + 1 == tell_at
                    && let Some(tell) = tell.lock().ok().and_then(|mut tell| tell.take())
                {
                    let _ = tell.send(());
                }
            }
        });
    }
    let lanes = lanes.join_all().await;
    let mut run = Run { took: started.elapsed(), answers: vec![None; requests.len()], ..Run::default() };
    for (at, time, answer) in lanes.into_iter().flatten() {
        run.times.push(time);
        run.answers[at] = Some(answer);
    }
    run.times.sort_unstable();
    run
}
