//! Counts of what the server does, for whoever keeps it running. Called by `protect`, `limits` and `listen`; shown by
//! `operations`. Must not hold anything about a person: route templates, statuses and sums.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Why somebody was told to come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// Too many connections.
    Connection,
    /// Too many requests from one address.
    Address,
    /// Too many requests of one person.
    Person,
    /// Too much runs already.
    Busy,
}

impl Refused {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Connection, "connection"),
        (Self::Address, "address"),
        (Self::Person, "person"),
        (Self::Busy, "busy"),
    ];
}

/// Upper ends of the classes of time, in milliseconds.
const CLASSES: [(u128, &str); 7] = [
    (10, "0.01"),
    (50, "0.05"),
    (100, "0.1"),
    (250, "0.25"),
    (1_000, "1"),
    (5_000, "5"),
    (u128::MAX, "+Inf"),
];

#[derive(Default)]
struct Inner {
    /// By route template, method and status: as many as the route table allows.
    requests: Mutex<BTreeMap<(String, &'static str, u16), u64>>,
    times: [AtomicU64; CLASSES.len()],
    micros: AtomicU64,
    running: AtomicI64,
    connections: AtomicI64,
    refused: [AtomicU64; Refused::ALL.len()],
    alarms: AtomicU64,
    not_noted: AtomicU64,
}

/// The counts of one process. A clone is the same.
#[derive(Clone, Default)]
pub struct Meters(Arc<Inner>);

/// Something that is there as long as this is.
pub(crate) struct There {
    meters: Meters,
    of: fn(&Inner) -> &AtomicI64,
}

impl Drop for There {
    fn drop(&mut self) {
        (self.of)(&self.meters.0).fetch_sub(1, Ordering::Relaxed);
    }
}

impl Meters {
    pub(crate) fn running(&self) -> There {
        self.there(|inner| &inner.running)
    }

    pub(crate) fn connection(&self) -> There {
        self.there(|inner| &inner.connections)
    }

    fn there(&self, of: fn(&Inner) -> &AtomicI64) -> There {
        of(&self.0).fetch_add(1, Ordering::Relaxed);
        There { meters: self.clone(), of }
    }

    /// Somebody reads or takes out much at once.
    pub(crate) fn alarm(&self) {
        self.0.alarms.fetch_add(1, Ordering::Relaxed);
    }

    /// A refusal that the audit trail has no room for.
    pub(crate) fn not_noted(&self) {
        self.0.not_noted.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn refused(&self, why: Refused) {
        for ((reason, _), count) in Refused::ALL.iter().zip(&self.0.refused) {
            count.fetch_add(u64::from(*reason == why), Ordering::Relaxed);
        }
    }

    pub(crate) fn answered(&self, route: &str, method: &http::Method, status: u16, took: Duration) {
        let method = match *method {
            http::Method::GET => "GET",
            http::Method::PUT => "PUT",
            http::Method::DELETE => "DELETE",
            _ => "other",
        };
        let mut requests = self.0.requests.lock().unwrap_or_else(PoisonError::into_inner);
        *requests.entry((route.to_owned(), method, status)).or_default() += 1;
        drop(requests);
        let class = CLASSES.iter().position(|(most, _)| took.as_millis() <= *most).unwrap_or(0);
        if let Some(count) = self.0.times.get(class) {
            count.fetch_add(1, Ordering::Relaxed);
        }
        self.0.micros.fetch_add(u64::try_from(took.as_micros()).unwrap_or(0), Ordering::Relaxed);
    }

    /// The text that Prometheus reads.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut line = |line: std::fmt::Arguments<'_>| {
            let _ = writeln!(text, "{line}");
        };
        line(format_args!("# TYPE skolstart_requests_total counter"));
        for ((route, method, status), count) in
            self.0.requests.lock().unwrap_or_else(PoisonError::into_inner).iter()
        {
            line(format_args!(
                "skolstart_requests_total{{route=\"{route}\",method=\"{method}\",status=\"{status}\"}} {count}"
            ));
        }
        line(format_args!("# TYPE skolstart_request_seconds histogram"));
        let mut sum = 0;
        for ((_, most), count) in CLASSES.iter().zip(&self.0.times) {
            sum += count.load(Ordering::Relaxed);
            line(format_args!("skolstart_request_seconds_bucket{{le=\"{most}\"}} {sum}"));
        }
        let micros = self.0.micros.load(Ordering::Relaxed);
        line(format_args!("skolstart_request_seconds_sum {}.{:06}", micros / 1_000_000, micros % 1_000_000));
        line(format_args!("skolstart_request_seconds_count {sum}"));
        line(format_args!("# TYPE skolstart_requests_running gauge"));
        line(format_args!("skolstart_requests_running {}", self.0.running.load(Ordering::Relaxed)));
        line(format_args!("# TYPE skolstart_connections gauge"));
        line(format_args!("skolstart_connections {}", self.0.connections.load(Ordering::Relaxed)));
        line(format_args!("# TYPE skolstart_refused_total counter"));
        for ((_, name), count) in Refused::ALL.iter().zip(&self.0.refused) {
            let count = count.load(Ordering::Relaxed);
            line(format_args!("skolstart_refused_total{{reason=\"{name}\"}} {count}"));
        }
        line(format_args!("# TYPE skolstart_alarms_total counter"));
        line(format_args!("skolstart_alarms_total {}", self.0.alarms.load(Ordering::Relaxed)));
        line(format_args!("# TYPE skolstart_refusals_not_noted_total counter"));
        line(format_args!("skolstart_refusals_not_noted_total {}", self.0.not_noted.load(Ordering::Relaxed)));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_in_the_form_that_prometheus_reads() {
        let meters = Meters::default();
        let odd = http::Method::from_bytes(b"BREW").unwrap();
        meters.answered("/api/ping", &http::Method::GET, 200, Duration::from_millis(20));
        meters.answered("/api/ping", &http::Method::GET, 200, Duration::from_secs(2));
        meters.answered("(none)", &odd, 405, Duration::ZERO);
        meters.refused(Refused::Person);
        meters.alarm();
        meters.not_noted();
        let there = meters.connection();
        let text = meters.text();
        for line in [
            "skolstart_requests_total{route=\"/api/ping\",method=\"GET\",status=\"200\"} 2",
            "skolstart_requests_total{route=\"(none)\",method=\"other\",status=\"405\"} 1",
            "skolstart_request_seconds_bucket{le=\"0.01\"} 1",
            "skolstart_request_seconds_bucket{le=\"0.05\"} 2",
            "skolstart_request_seconds_bucket{le=\"+Inf\"} 3",
            "skolstart_request_seconds_sum 2.020000",
            "skolstart_connections 1",
            "skolstart_alarms_total 1",
            "skolstart_refusals_not_noted_total 1",
            "skolstart_refused_total{reason=\"person\"} 1",
            "skolstart_refused_total{reason=\"busy\"} 0",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
        drop(there);
        assert!(meters.text().contains("skolstart_connections 0\n"));
    }
}
