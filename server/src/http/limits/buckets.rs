//! Token buckets, one for each key, as the moment at which each is full again. Called by `limits`. Must not grow without end.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The most keys that are kept: about 5 MB.
const MOST: usize = 100_000;
/// How often a full map is looked through for buckets that are full again.
const SWEEP: Duration = Duration::from_secs(1);

/// How fast a bucket fills and how much it holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rate {
    each: Duration,
    depth: Duration,
}

impl Rate {
    /// So many a second, and at once what comes together in `seconds`.
    pub(super) fn per_second(many: u32, seconds: u32) -> Self {
        Self { each: Duration::from_secs(1) / many.max(1), depth: Duration::from_secs(seconds.into()) }
    }

    /// One in this time, and so many at once.
    pub(super) fn every(each: Duration, at_once: u32) -> Self {
        Self { each, depth: each * at_once }
    }
}

struct Known<K> {
    full_at: HashMap<K, Instant>,
    swept: Option<Instant>,
}

pub(super) struct Buckets<K> {
    rate: Rate,
    known: Mutex<Known<K>>,
}

impl<K: Hash + Eq> Buckets<K> {
    pub(super) fn new(rate: Rate) -> Self {
        Self { rate, known: Mutex::new(Known { full_at: HashMap::new(), swept: None }) }
    }

    /// Takes so much from the key's bucket, or says how long it is until so much is there.
    pub(super) fn take(&self, key: K, units: u32, now: Instant) -> Result<(), Duration> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let from = known.full_at.get(&key).copied().unwrap_or(now).max(now);
        let full_at = from + self.rate.each * units;
        let owed = full_at - now;
        if owed > self.rate.depth {
            return Err(owed - self.rate.depth);
        }
        if known.has_room_for(&key, now) {
            known.full_at.insert(key, full_at);
        }
        Ok(())
    }
}

impl<K: Hash + Eq> Known<K> {
    /// Whether the key can be kept. Where a hundred thousand are busy at once, one more is let in unnoted: this limit is there to
    /// keep the service open, not to shut it.
    fn has_room_for(&mut self, key: &K, now: Instant) -> bool {
        if self.full_at.len() < MOST || self.full_at.contains_key(key) {
            return true;
        }
        if self.swept.is_none_or(|swept| now >= swept + SWEEP) {
            self.full_at.retain(|_, full_at| *full_at > now);
            self.swept = Some(now);
        }
        self.full_at.len() < MOST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_and_haste_waits() {
        let (buckets, start) = (Buckets::new(Rate::per_second(10, 2)), Instant::now());
        for _ in 0..20 {
            assert_eq!(buckets.take("a", 1, start), Ok(()));
        }
        assert_eq!(buckets.take("a", 1, start), Err(Duration::from_millis(100)));
        assert_eq!(buckets.take("b", 20, start), Ok(()), "another is not held up");
        assert_eq!(buckets.take("a", 1, start + Duration::from_millis(100)), Ok(()));
        assert_eq!(buckets.take("a", 20, start + Duration::from_secs(9)), Ok(()), "it fills to the brim");
        assert!(buckets.take("a", 1, start + Duration::from_secs(9)).is_err(), "and no further");
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let (buckets, start) = (Buckets::new(Rate::per_second(1, 1)), Instant::now());
        for key in 0..MOST + 10 {
            assert_eq!(buckets.take(key, 1, start), Ok(()));
        }
        let kept = || buckets.known.lock().unwrap().full_at.len();
        assert_eq!(kept(), MOST);
        let later = start + Duration::from_secs(2);
        assert_eq!(buckets.take(MOST + 20, 1, later), Ok(()));
        assert_eq!(kept(), 1, "those that are full again are forgotten");
    }
}
