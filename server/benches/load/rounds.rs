//! Reading home pages and sending answers over 4 and over 32 connections, in turns with the yardstick, several times.
//! Each figure is the median over the turns.

use crate::Options;
use crate::content::Content;
use crate::load::{Cluster, Guardian, Program, Run, Sitting, cpu_of, drive, homes, request, submissions};
use crate::measure::Subject;
use crate::yardstick::Yardstick;
use anyhow::{Result, ensure};
use serde_json::{Value, json};
use skolstart_shared::api::Ping;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

/// How many connections at a time.
const CONNECTIONS: [usize; 2] = [4, 32];

/// What is sent. The first is about the submission that the target of 2,000/s was set for.
const SITTINGS: [(&str, Sitting); 2] = [("one_child", Sitting::OneChild), ("family", Sitting::Family)];

#[derive(Default)]
struct Turns {
    submit: Vec<Figures>,
    yardstick: Vec<f64>,
}

struct Figures {
    rate: f64,
    p50: f64,
    p99: f64,
    /// Microseconds of processor time per request, of the server and of the database.
    server_cpu: f64,
    database_cpu: f64,
    own_cpu: f64,
}

/// Measures all turns. An answer that is not a success is an error, never a figure.
pub(crate) async fn rounds(
    options: &Options,
    subject: &Subject<'_>,
    program: &Program,
    guardians: &[Guardian],
) -> Result<Value> {
    let mut reads: [Vec<Figures>; 2] = Default::default();
    let mut sittings: [Workload; 2] = Default::default();
    let mut visit = 0;
    for _ in 0..if options.quick { 1 } else { 3 } {
        for (at, connections) in CONNECTIONS.into_iter().enumerate() {
            for (workload, (_, sitting)) in sittings.iter_mut().zip(SITTINGS) {
                let before = Used::now(subject, program);
                let (run, homes) = homes(program.address, connections, guardians).await?;
                reads[at].push(before.figures(&run, subject, program));
                let (requests, contents) = submissions(program.address, guardians, &homes, sitting, visit)?;
                visit += 1;
                contents.iter().try_for_each(|content| workload.content.take(content))?;
                let requests = Arc::new(requests);
                let before = Used::now(subject, program);
                let run = drive(program.address, connections, &requests).await;
                workload.turns[at].submit.push(before.figures(&run, subject, program));
                ensure_all(&run, requests.len())?;
                if let Some(cluster) = subject.cluster {
                    let seconds = if options.quick { 1 } else { 4 };
                    let rate = workload.yardstick(cluster)?.rate(connections, seconds)?;
                    workload.turns[at].yardstick.push(rate);
                }
            }
        }
    }
    let mut result = json!({});
    for (reads, connections) in reads.iter().zip(CONNECTIONS) {
        result["read"][connections.to_string()] = summary(reads);
        println!("  {connections} connections: read {}", summary(reads));
    }
    for (workload, (name, _)) in sittings.iter().zip(SITTINGS) {
        result[name] = workload.found(name);
    }
    Ok(result)
}

/// One kind of submission, through all turns.
#[derive(Default)]
struct Workload {
    turns: [Turns; 2],
    content: Content,
}

impl Workload {
    /// Writes rows of the size that the submissions have.
    fn yardstick<'a>(&self, cluster: &'a Cluster) -> Result<Yardstick<'a>> {
        Yardstick::ready(cluster, self.content.bytes / self.content.sent.max(1))
    }

    fn found(&self, name: &str) -> Value {
        let mut result = json!({ "content": self.content.averages() });
        println!("  {name}: {}", result["content"]);
        for (turns, connections) in self.turns.iter().zip(CONNECTIONS) {
            let mut submit = summary(&turns.submit);
            submit["pgbench_rate"] = json!(median(turns.yardstick.clone()));
            // Turn by turn: neighbours in time had the same machine.
            let ratios =
                turns.submit.iter().zip(&turns.yardstick).map(|(ours, theirs)| ours.rate / theirs).collect();
            submit["ratio_to_pgbench"] = json!(median(ratios));
            println!("  {connections} connections: submit {name} {submit}");
            result[connections.to_string()] = submit;
        }
        result
    }
}

/// What the load generator itself costs: the same connections against the cheapest endpoint.
pub(crate) async fn generator(address: SocketAddr) -> Result<Value> {
    let requests = Arc::new(vec![request::<Ping>(address, &(), "", b""); 10_000]);
    let before = cpu_of(std::process::id());
    let run = drive(address, 32, &requests).await;
    ensure_all(&run, requests.len())?;
    let cpu = cpu_of(std::process::id()) - before;
    Ok(json!({ "ping_rate": run.rate(), "own_cpu_us": per_request(cpu, requests.len()) }))
}

struct Used {
    server: Duration,
    database: Duration,
    own: Duration,
}

impl Used {
    fn now(subject: &Subject<'_>, program: &Program) -> Self {
        let database = subject.cluster.filter(|_| subject.url.is_some()).map(Cluster::cpu);
        Self {
            server: cpu_of(program.id()),
            database: database.unwrap_or_default(),
            own: cpu_of(std::process::id()),
        }
    }

    fn figures(self, run: &Run, subject: &Subject<'_>, program: &Program) -> Figures {
        let now = Self::now(subject, program);
        let count = run.times.len();
        Figures {
            rate: run.rate(),
            p50: run.percentile(0.50),
            p99: run.percentile(0.99),
            server_cpu: per_request(now.server.saturating_sub(self.server), count),
            database_cpu: per_request(now.database.saturating_sub(self.database), count),
            own_cpu: per_request(now.own.saturating_sub(self.own), count),
        }
    }
}

fn ensure_all(run: &Run, expected: usize) -> Result<()> {
    let refused = run.answers.iter().flatten().find(|answer| answer.status != 200);
    let said = refused.map(|answer| (answer.status, String::from_utf8_lossy(&answer.body).into_owned()));
    ensure!(run.not(200) == 0, "{} of {expected} refused, the first with {said:?}", run.not(200));
    ensure!(run.times.len() == expected, "{} of {expected} answered", run.times.len());
    Ok(())
}

fn per_request(cpu: Duration, count: usize) -> f64 {
    cpu.as_secs_f64() * 1e6 / count.max(1) as f64
}

fn summary(figures: &[Figures]) -> Value {
    let of = |pick: fn(&Figures) -> f64| median(figures.iter().map(pick).collect());
    json!({
        "rate": of(|f| f.rate),
        "p50_ms": of(|f| f.p50),
        "p99_ms": of(|f| f.p99),
        "server_cpu_us": of(|f| f.server_cpu),
        "database_cpu_us": of(|f| f.database_cpu),
        "generator_cpu_us": of(|f| f.own_cpu),
    })
}

/// The median; `None` when there is nothing.
pub(crate) fn median(mut figures: Vec<f64>) -> Option<f64> {
    figures.sort_unstable_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied()
}
