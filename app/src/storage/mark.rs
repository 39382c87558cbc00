//! What tells that a record should lie on the device: a word in `localStorage` and a cookie, beside the record in IndexedDB. A browser
//! that clears one of the three leaves another.
//!
//! Pure: where they lie is the guardian program's to know. Neither says anything of a person but an id, and the cookie not even that.

use super::draft_store::UNSENT_DAYS;
use skolstart_shared::id::PersonId;

const COOKIE: &str = "skolstart-kept";

/// A record that was kept here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// When the newest in it was written. `None`: only the cookie is left, or the word of an older program, which does not say.
    at: Option<i64>,
}

impl Mark {
    /// The mark of a record of `owner`, by the word and by everything in `document.cookie`.
    pub fn find(owner: PersonId, word: Option<&str>, cookies: &str) -> Option<Self> {
        let id = owner.to_string();
        let rest = word.and_then(|word| word.strip_prefix(id.as_str()));
        // Another's word says nothing of hers.
        match rest {
            Some(rest) => Some(Self { at: rest.trim().parse().ok() }),
            None => {
                let own = cookie_pair(owner);
                cookies.split(';').any(|pair| pair.trim() == own).then_some(Self { at: None })
            }
        }
    }

    /// The word for a record of `owner`, in which the newest was written `at`.
    pub fn word(owner: PersonId, at: i64) -> String {
        [&owner.to_string(), " ", &at.to_string()].concat()
    }

    /// What sets the cookie. It lives as long as anything may that is still to be sent.
    pub fn cookie(owner: PersonId, secure: bool) -> String {
        let seconds = (UNSENT_DAYS * 86_400).to_string();
        [&cookie_pair(owner), "; Path=/; SameSite=Strict; Max-Age=", &seconds, secured(secure)].concat()
    }

    /// What takes the cookie away, whoever's it is.
    pub fn no_cookie(secure: bool) -> String {
        [COOKIE, "=; Path=/; SameSite=Strict; Max-Age=0", secured(secure)].concat()
    }

    /// True when what came from elsewhere is all that was here; `holds` says whether something in it was written at a time.
    pub fn is_in(self, holds: impl Fn(i64) -> bool) -> bool {
        self.at.is_none_or(holds)
    }
}

fn secured(secure: bool) -> &'static str {
    if secure { "; Secure" } else { "" }
}

/// FNV-1a (RFC 9923), 32 bits: two of a family are told apart, and nobody is found by it.
fn cookie_pair(owner: PersonId) -> String {
    let id = owner.to_string();
    let hash =
        id.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    [COOKIE, "=", &hash.to_string()].concat()
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    fn person(number: u32) -> PersonId {
        format!("00000000-0000-7000-8000-{number:012}").parse().unwrap()
    }

    /// What `document.cookie` shows after this was set, beside other cookies.
    fn shown(set: &str) -> String {
        format!("other=1; {}; last=2", set.split(';').next().unwrap())
    }

    #[test]
    fn either_of_the_two_is_enough_and_neither_speaks_of_somebody_else() {
        let (me, other) = (person(1), person(2));
        let (word, cookies) = (Mark::word(me, 7), shown(&Mark::cookie(me, true)));
        let exact = Some(Mark { at: Some(7) });
        assert_eq!(Mark::find(me, Some(&word), &cookies), exact);
        assert_eq!(Mark::find(me, Some(&word), ""), exact);
        assert_eq!(Mark::find(me, None, &cookies), Some(Mark { at: None }));
        assert_eq!(Mark::find(me, None, "other=1"), None);
        assert_eq!(Mark::find(other, Some(&word), &cookies), None);
        // Her brother has used the device since: what is left of hers is the cookie.
        assert_eq!(Mark::find(me, Some(&Mark::word(other, 9)), &cookies), Some(Mark { at: None }));
        assert_eq!(Mark::find(me, None, &shown(&Mark::no_cookie(true))), None);
    }

    #[test]
    fn the_word_of_an_older_program_says_whose_and_not_when() {
        let me = person(1);
        assert_eq!(Mark::find(me, Some(&me.to_string()), ""), Some(Mark { at: None }));
    }

    #[test]
    fn what_came_back_is_all_only_when_the_newest_is_in_it() {
        let exact = Mark { at: Some(7) };
        assert!(exact.is_in(|at| at == 7));
        assert!(!exact.is_in(|at| at == 6));
        assert!(Mark { at: None }.is_in(|_| false));
    }

    #[test]
    fn the_cookie_says_nothing_of_her_and_ends_by_itself() {
        let set = Mark::cookie(person(1), true);
        assert_eq!(set, "skolstart-kept=1753954609; Path=/; SameSite=Strict; Max-Age=2592000; Secure");
        assert!(!Mark::cookie(person(1), false).contains("Secure"));
        assert_ne!(shown(&set), shown(&Mark::cookie(person(2), true)));
    }
}
