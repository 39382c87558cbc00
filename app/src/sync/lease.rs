//! Which tab sends where a browser has no Web Locks: the one whose name stands in a place that all tabs read, for a while.
//!
//! Two tabs that write at the same moment may both believe that it is theirs. Nothing breaks then: the same id twice is one
//! submission. The lease only spares the second request.

/// How long a lease holds without being renewed: longer than a request may take, so that a slow one keeps it.
const HOLDS_MS: i64 = 30_000;

/// Whose turn it is, and until when in milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease<'a> {
    holder: &'a str,
    until: i64,
}

impl<'a> Lease<'a> {
    /// The lease of `holder` from `now` on.
    pub fn of(holder: &'a str, now: i64) -> Self {
        Self { holder, until: now.saturating_add(HOLDS_MS) }
    }

    /// Reads what [`Self::to_word`] wrote. `None` for anything else, which binds nobody.
    pub fn parse(word: &'a str) -> Option<Self> {
        let (until, holder) = word.split_once(' ')?;
        Some(Self { holder, until: until.parse().ok()? })
    }

    /// As it lies in the place.
    pub fn to_word(&self) -> String {
        [&self.until.to_string(), " ", self.holder].concat()
    }

    /// True when this keeps `me` from sending. One that ends later than any lease from now could is of a clock that has been
    /// set back, and binds nobody.
    pub fn binds(&self, me: &str, now: i64) -> bool {
        self.holder != me && (now..=now.saturating_add(HOLDS_MS)).contains(&self.until)
    }
}

#[cfg(test)]
mod tests {
    use super::{HOLDS_MS, Lease};

    const NOW: i64 = 1_700_000_000_000;

    #[test]
    fn binds_others_until_it_ends() {
        let lease = Lease::of("one", NOW);
        assert!(!lease.binds("one", NOW));
        assert!(lease.binds("two", NOW) && lease.binds("two", NOW + HOLDS_MS));
        assert!(!lease.binds("two", NOW + HOLDS_MS + 1));
    }

    #[test]
    fn a_clock_that_was_set_back_blocks_nobody() {
        assert!(!Lease::of("one", NOW).binds("two", NOW - 1));
    }

    #[test]
    fn is_read_as_it_was_written() {
        let lease = Lease::of("one", NOW);
        assert_eq!(Lease::parse(&lease.to_word()), Some(lease));
        for nothing in ["", "one", "soon one"] {
            assert_eq!(Lease::parse(nothing), None, "{nothing}");
        }
    }
}
