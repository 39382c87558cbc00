//! How much one person, one address and the whole server may ask for, so that nobody's haste is everybody's wait.
//!
//! Owns the buckets, the places for running requests and what each endpoint costs. Called by `protect` before anything is
//! read and by the adapter when it is known who asks. Must not decide a right: who is refused here may come back in a moment.

mod address;
mod buckets;
mod cost;

pub(super) use address::network;
pub use address::{Peer, Proxies};

use super::error::Refusal;
use super::meters::{Meters, Refused};
use buckets::{Buckets, Rate};
use cost::{Cost, cost_of};
use http::HeaderMap;
use skolstart_shared::api::{Endpoint, ErrorCode};
use skolstart_shared::id::PersonId;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Requests that run at the same time. Each may hold a body of 256 kB: more would be memory, not speed.
const MOST_RUNNING: usize = 512;
/// Requests at the same time that cost much: a spreadsheet or a picture takes a core for a while.
const MOST_HEAVY: usize = 4;
/// How long one of those waits for its turn.
const HEAVY_WAIT: Duration = Duration::from_secs(5);
/// How many seconds' worth may come at once. A page opens with a handful of requests, a school with three hundred pages.
const BURST_SECONDS: u32 = 20;

/// How often one address may try a code from school, over time. A library lends its computer to many; nobody guesses so.
const CODE_EVERY: Duration = Duration::from_secs(20);
/// How many tries may come at once.
const CODES_AT_ONCE: u32 = 20;

/// How often a refusal of somebody who is not signed in is noted in the audit trail, of one address and of all, over time: the trail
/// is never thinned, and whoever wants to fill it needs no account. What is more than that is counted.
const NOTED_EVERY: Duration = Duration::from_secs(10);
const NOTED_OF_ALL_EVERY: Duration = Duration::from_secs(5);
/// How many at once. A school's guardians share an address, and on one evening many give up half-way.
const NOTED_AT_ONCE: u32 = 60;
const NOTED_OF_ALL_AT_ONCE: u32 = 1_000;

/// Requests a second, over time; twenty times as many at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rates {
    /// Of one signed-in person.
    pub person: u32,
    /// Of one address. A school's guardians and staff share one.
    pub address: u32,
}

impl Default for Rates {
    fn default() -> Self {
        Self { person: 20, address: 600 }
    }
}

/// The limits of one process. A clone is the same.
#[derive(Clone)]
pub struct Limits(Arc<Inner>);

struct Inner {
    persons: Buckets<PersonId>,
    addresses: Buckets<IpAddr>,
    codes: Buckets<IpAddr>,
    noted: Buckets<Option<IpAddr>>,
    noted_of_all: Buckets<()>,
    proxies: Proxies,
    running: Arc<Semaphore>,
    heavy: Arc<Semaphore>,
    meters: Meters,
}

/// A place among the requests that run. Given back when it is dropped.
#[derive(Debug)]
pub(super) struct Running {
    _place: OwnedSemaphorePermit,
}

impl Default for Limits {
    fn default() -> Self {
        Self::new(Rates::default(), Proxies::default())
    }
}

impl Limits {
    /// Limits of these rates, behind these proxies.
    pub fn new(rates: Rates, proxies: Proxies) -> Self {
        Self(Arc::new(Inner {
            persons: Buckets::new(Rate::per_second(rates.person, BURST_SECONDS)),
            addresses: Buckets::new(Rate::per_second(rates.address, BURST_SECONDS)),
            codes: Buckets::new(Rate::every(CODE_EVERY, CODES_AT_ONCE)),
            noted: Buckets::new(Rate::every(NOTED_EVERY, NOTED_AT_ONCE)),
            noted_of_all: Buckets::new(Rate::every(NOTED_OF_ALL_EVERY, NOTED_OF_ALL_AT_ONCE)),
            proxies,
            running: Arc::new(Semaphore::new(MOST_RUNNING)),
            heavy: Arc::new(Semaphore::new(MOST_HEAVY)),
            meters: Meters::default(),
        }))
    }

    /// What is counted here and around.
    pub fn meters(&self) -> &Meters {
        &self.0.meters
    }

    /// Those who speak for others.
    pub fn proxies(&self) -> &Proxies {
        &self.0.proxies
    }

    /// Lets a request in, or says when to come back. Nothing of it has been read but its head.
    pub(super) fn enter(&self, peer: Option<&Peer>, headers: &HeaderMap) -> Result<Running, Refusal> {
        if let Some(address) = self.address(peer, headers)
            && let Err(wait) = self.0.addresses.take(address, 1, Instant::now())
        {
            self.0.meters.refused(Refused::Address);
            return Err(Refusal::too_many(wait));
        }
        let place = self.0.running.clone().try_acquire_owned();
        place.map(|place| Running { _place: place }).map_err(|_| self.full())
    }

    /// From where a request comes, when that is known.
    pub(super) fn address(&self, peer: Option<&Peer>, headers: &HeaderMap) -> Option<IpAddr> {
        self.0.proxies.client(peer?, headers)
    }

    /// Lets a code from school be tried, or says when to come back.
    pub(super) fn code(&self, address: Option<IpAddr>) -> Result<(), Refusal> {
        let Some(address) = address else { return Ok(()) };
        self.0.codes.take(address, 1, Instant::now()).map_err(|wait| {
            self.0.meters.refused(Refused::Address);
            Refusal::too_many(wait)
        })
    }

    /// Whether a refusal of somebody who is not signed in is noted in the audit trail. Those whose proxy does not say whose they are count
    /// as one here: nobody is shut out by it. Where it is not noted, it is counted.
    pub(super) fn notes(&self, address: Option<IpAddr>) -> bool {
        let now = Instant::now();
        let has_room =
            self.0.noted.take(address, 1, now).and_then(|()| self.0.noted_of_all.take((), 1, now)).is_ok();
        if !has_room {
            self.0.meters.not_noted();
        }
        has_room
    }

    /// Takes what this endpoint costs from the person's bucket.
    pub(super) fn person<E: Endpoint>(&self, person: PersonId) -> Result<(), Refusal> {
        let Cost { units, .. } = cost_of(E::NAME);
        self.0.persons.take(person, units, Instant::now()).map_err(|wait| {
            self.0.meters.refused(Refused::Person);
            Refusal::too_many(wait)
        })
    }

    /// Waits for a turn, if the endpoint is one that costs much.
    pub(super) async fn turn<E: Endpoint>(&self) -> Result<Option<Running>, Refusal> {
        if !cost_of(E::NAME).heavy {
            return Ok(None);
        }
        let turn = tokio::time::timeout(HEAVY_WAIT, self.0.heavy.clone().acquire_owned()).await;
        match turn {
            Ok(Ok(place)) => Ok(Some(Running { _place: place })),
            _ => Err(self.full()),
        }
    }

    fn full(&self) -> Refusal {
        self.0.meters.refused(Refused::Busy);
        Refusal::of(ErrorCode::Busy)
    }
}
