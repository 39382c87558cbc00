//! Prepares what guardians send, the way the browser program does it.

use super::answers::{Filled, Sitting, fill};
use super::connection::request;
use super::drive::{Run, drive};
use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};
use skolstart_shared::api::{GetHome, HomeOut, PutSubmission, SignInAsPersona};
use skolstart_shared::id::{PersonId, SubmissionId};
use skolstart_shared::submission::{ContentHash, SubmissionIn};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// How many connections prepare.
const PREPARING: usize = 8;

/// A signed-in guardian.
#[derive(Clone)]
pub(crate) struct Guardian {
    pub(crate) cookie: String,
}

/// Signs personas of the demo in, over HTTP.
pub(crate) async fn sign_in_personas(address: SocketAddr, persons: &[PersonId]) -> Result<Vec<Guardian>> {
    let requests =
        persons.iter().map(|person| request::<SignInAsPersona>(address, person, "", b"{}")).collect();
    let run = drive(address, PREPARING, &Arc::new(requests)).await;
    let guardian = |answer: Option<super::Answer>| {
        let answer = answer.context("the server went away at sign-in")?;
        let cookie = answer.cookie.with_context(|| format!("sign-in answered {}", answer.status))?;
        Ok(Guardian { cookie })
    };
    run.answers.into_iter().map(guardian).collect()
}

/// Reads everybody's home page over so many connections.
pub(crate) async fn homes(
    address: SocketAddr,
    connections: usize,
    guardians: &[Guardian],
) -> Result<(Run, Vec<HomeOut>)> {
    let requests = guardians.iter().map(|one| request::<GetHome>(address, &(), &one.cookie, b"")).collect();
    let run = drive(address, connections, &Arc::new(requests)).await;
    let read = |answer: &Option<super::Answer>| {
        let answer = answer.as_ref().context("the server went away at a home page")?;
        ensure!(answer.status == 200, "a home page answered {}", answer.status);
        serde_json::from_slice(&answer.body).context("a home page cannot be read")
    };
    let homes = run.answers.iter().map(read).collect::<Result<_>>()?;
    Ok((run, homes))
}

/// What everybody sends at this visit: the requests, and what they hold.
pub(crate) fn submissions(
    address: SocketAddr,
    guardians: &[Guardian],
    homes: &[HomeOut],
    sitting: Sitting,
    visit: usize,
) -> Result<(Vec<Vec<u8>>, Vec<Filled>)> {
    let mut requests = Vec::new();
    let mut contents = Vec::new();
    for (family, (guardian, home)) in guardians.iter().zip(homes).enumerate() {
        let Some(filled) = fill(home, sitting, visit, family) else { continue };
        let hash = ContentHash::of_digest(&Sha256::digest(filled.content.canonical_bytes()?));
        let body = serde_json::to_vec(&SubmissionIn { content: filled.content.clone(), hash })?;
        let id = fresh_id()?;
        requests.push(request::<PutSubmission>(address, &id, &guardian.cookie, &body));
        contents.push(filled);
    }
    ensure!(!requests.is_empty(), "nobody has anything to answer");
    Ok((requests, contents))
}

/// Version 7, as the browser program makes it: new keys lie beside each other in an index.
fn fresh_id() -> Result<SubmissionId> {
    let mut random = [0; 10];
    getrandom::fill(&mut random)?;
    let now = u64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis())?;
    Ok(SubmissionId(uuid::Builder::from_unix_timestamp_millis(now, &random).into_uuid()))
}
