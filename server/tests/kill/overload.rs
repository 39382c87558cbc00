//! Real sockets against the real program: those that stall, and a whole school that comes at once.

use crate::load::{Client, Guardian, Program, Setting, drive, families, request, sessions};
use anyhow::{Context, Result, ensure};
use skolstart_shared::api::{GetHome, GetSession, PutSubmission};
use skolstart_shared::id::SubmissionId;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

const OF_EACH_KIND: usize = 100;
const SCHOOL: usize = 300;
/// A school's address, as the proxy says it.
const ONE_ADDRESS: &str = "x-forwarded-for: 192.0.2.7\r\n";
/// A half-sent head has 15 seconds, a silent body 10, an unread answer 20; and some for a busy machine.
const LET_GO: Duration = Duration::from_secs(60);

#[tokio::test]
async fn stalled_sockets_and_a_whole_school_at_once_hurt_nobody() -> Result<()> {
    let folder = TempDir::with_prefix("skolstart-load-")?;
    let setting = Setting::new(folder.path(), 400, None)?;
    let program = Program::start(&setting).await?;
    let persons = families(&setting.data.join("ss12000"), 200);
    let twice: Vec<_> = persons.iter().cycle().take(SCHOOL).copied().collect();
    let guardians = sessions(&setting, &twice).await?;

    let mut stalled = stall(program.address, &guardians[0]).await?;
    ensure!(stalled.len() == 5 * OF_EACH_KIND);
    ensure!(connections(&setting).await? >= 5 * OF_EACH_KIND, "they are all there");

    let requests: Vec<_> =
        guardians.iter().map(|one| request::<GetHome>(program.address, &(), &one.cookie, b"")).collect();
    let healthy = drive(program.address, 8, &Arc::new(requests)).await;
    ensure!(healthy.answers.iter().flatten().count() == SCHOOL, "somebody was not answered");
    ensure!(healthy.not(200) == 0, "{} were refused", healthy.not(200));
    println!(
        "beside 500 stalled sockets: median {:.0} ms, 99 % {:.0} ms",
        healthy.percentile(0.5),
        healthy.percentile(0.99)
    );
    ensure!(healthy.percentile(0.99) < 3_000.0, "a healthy user waited");

    school(program.address, &guardians).await?;

    let silent = &mut stalled[2 * OF_EACH_KIND];
    let mut said = [0; 12];
    tokio::time::timeout(LET_GO, silent.read_exact(&mut said)).await.context("a silent body")??;
    ensure!(&said == b"HTTP/1.1 408", "a silent body was answered {}", String::from_utf8_lossy(&said));
    let started = Instant::now();
    let mut looks = tokio::time::interval(Duration::from_millis(500));
    while connections(&setting).await? > 5 {
        looks.tick().await;
        ensure!(
            started.elapsed() < LET_GO,
            "{} stalled sockets are still held",
            connections(&setting).await?
        );
    }
    program.stop()
}

/// Five kinds: silent, half a head, half a body, an answer that nobody reads, and idle after a request.
async fn stall(address: SocketAddr, guardian: &Guardian) -> Result<Vec<TcpStream>> {
    let mut body =
        request::<PutSubmission>(address, &SubmissionId(uuid::Uuid::nil()), &guardian.cookie, &[b' '; 500]);
    body.truncate(body.len() - 400);
    let whole = request::<GetSession>(address, &(), &guardian.cookie, b"");
    let unread = format!("GET /api/openapi.json HTTP/1.1\r\nhost: {address}\r\n\r\n").repeat(60).into_bytes();
    let kinds: [&[u8]; 5] = [b"", b"GET /api/ping HTTP/1.1\r\nhos", &body, &unread, &whole];
    let mut streams = Vec::new();
    for bytes in kinds {
        for _ in 0..OF_EACH_KIND {
            let mut stream = TcpStream::connect(address).await?;
            stream.write_all(bytes).await?;
            streams.push(stream);
        }
    }
    Ok(streams)
}

/// Three hundred guardians behind one address open the program at the same moment, each over a connection of her own.
async fn school(address: SocketAddr, guardians: &[Guardian]) -> Result<()> {
    let mut all = JoinSet::new();
    for guardian in guardians.iter().cloned() {
        all.spawn(async move {
            let mut client = Client::connect(address).await?;
            let page = format!("GET / HTTP/1.1\r\nhost: {address}\r\n\r\n").into_bytes();
            let session = request::<GetSession>(address, &(), &guardian.cookie, b"");
            let home = request::<GetHome>(address, &(), &guardian.cookie, b"");
            let mut statuses = Vec::new();
            // The page and its parts, who she is, and what she is asked.
            for bytes in std::iter::repeat_n(&page, 12).chain([&session, &home]) {
                statuses.push(client.exchange(&from_one_address(bytes)).await?.status);
            }
            anyhow::Ok(statuses)
        });
    }
    for statuses in all.join_all().await {
        let statuses = statuses?;
        ensure!(
            statuses[12..] == [200, 200] && !statuses.contains(&429),
            "a guardian was kept out: {statuses:?}"
        );
    }
    Ok(())
}

fn from_one_address(request: &[u8]) -> Vec<u8> {
    let end = request.windows(2).position(|two| two == b"\r\n").map_or(0, |at| at + 2);
    [&request[..end], ONE_ADDRESS.as_bytes(), &request[end..]].concat()
}

/// How many connections the program says it has, and that it is well.
async fn connections(setting: &Setting) -> Result<usize> {
    let mut client = Client::connect(setting.operations).await?;
    let ask =
        |path: &str| format!("GET {path} HTTP/1.1\r\nhost: {}\r\n\r\n", setting.operations).into_bytes();
    ensure!(client.exchange(&ask("/health")).await?.status == 200, "it says that it is not well");
    let told = String::from_utf8(client.exchange(&ask("/metrics")).await?.body)?;
    ensure!(
        !told.contains(SubmissionId(uuid::Uuid::nil()).to_string().as_str()),
        "a path with an id is told"
    );
    let line = told.lines().find_map(|line| line.strip_prefix("skolstart_connections "));
    line.context("it does not say")?.parse().context("it says no number")
}
