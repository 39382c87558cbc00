//! How many connections there may be, and how many of one address. Called by `listen`.

use super::limits::{Proxies, network};
use super::meters::{Meters, Refused, There};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

/// Most connections at the same time, where the system allows as many.
const MOST: usize = 4096;
/// Descriptors that are kept for the database, the log and files.
const KEPT: usize = 128;

/// Who has a connection.
#[derive(Clone)]
pub(super) struct Places {
    most: usize,
    of_one: usize,
    proxies: Proxies,
    meters: Meters,
    taken: Arc<Mutex<Taken>>,
}

#[derive(Default)]
struct Taken {
    all: usize,
    by: HashMap<IpAddr, usize>,
}

/// One connection's place. Given back when it is dropped.
pub(super) struct Place {
    places: Places,
    address: IpAddr,
    _there: There,
}

impl Places {
    /// As many as the system gives descriptors for. Half of them at most are one address's: a school has one, and an attacker too.
    pub(super) fn new(proxies: Proxies, meters: Meters) -> Self {
        let most = descriptors().map_or(MOST, |some| some.saturating_sub(KEPT).clamp(64, MOST));
        Self { most, of_one: most / 2, proxies, meters, taken: Arc::default() }
    }

    /// A place, unless there is none.
    pub(super) fn take(&self, address: IpAddr) -> Option<Place> {
        // A proxy's own network may hold others, who do not speak for everybody.
        let is_proxy = self.proxies.holds(address);
        let address = if is_proxy { address.to_canonical() } else { network(address) };
        let most_of_it = if is_proxy { self.most } else { self.of_one };
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let of_it = taken.by.get(&address).copied().unwrap_or(0);
        if taken.all >= self.most || of_it >= most_of_it {
            self.meters.refused(Refused::Connection);
            return None;
        }
        taken.all += 1;
        taken.by.insert(address, of_it + 1);
        Some(Place { places: self.clone(), address, _there: self.meters.connection() })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.all = taken.all.saturating_sub(1);
        let left = taken.by.get(&self.address).map_or(0, |of_it| of_it.saturating_sub(1));
        if left == 0 {
            taken.by.remove(&self.address);
        } else {
            taken.by.insert(self.address, left);
        }
    }
}

/// How many descriptors this process may have. `None` where the system does not say.
fn descriptors() -> Option<usize> {
    let limits = std::fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_cannot_take_every_place() {
        let meters = Meters::default();
        let places = Places { most: 4, of_one: 2, ..Places::new(Proxies::default(), meters.clone()) };
        let (one, other) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        let held: Vec<_> = (0..3).map(|_| places.take(one)).collect();
        assert_eq!(held.iter().flatten().count(), 2);
        let others: Vec<_> = (0..2).map(|_| places.take(other)).collect();
        assert_eq!(others.iter().flatten().count(), 2);
        assert!(places.take(IpAddr::from([192, 0, 2, 3])).is_none(), "all are taken");
        drop((held, others));
        // A household has very many addresses of IPv6, and is one all the same.
        let six = |end| IpAddr::from([0x2001, 0xdb8, 0, 7, 0, 0, 0, end]);
        let held: Vec<_> = (0..3).map(|end| places.take(six(end))).collect();
        assert_eq!(held.iter().flatten().count(), 2);
        let others: Vec<_> =
            (0..2).map(|_| places.take(IpAddr::from([0x2001, 0xdb8, 0, 8, 0, 0, 0, 1]))).collect();
        assert_eq!(others.iter().flatten().count(), 2);
        drop(held);
        let proxy = IpAddr::from([127, 0, 0, 1]);
        let held: Vec<_> = (0..3).map(|_| places.take(proxy)).collect();
        assert_eq!(held.iter().flatten().count(), 2, "a proxy speaks for everybody");
        drop((held, others));
        assert_eq!(places.taken.lock().unwrap().all, 0);
        assert!(places.taken.lock().unwrap().by.is_empty());
        assert!(meters.text().contains("skolstart_connections 0\n"));
    }
}
