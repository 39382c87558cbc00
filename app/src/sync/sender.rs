//! When the outbox is tried, and what an answer means for it. Pauses grow while the school is not reached; anything that
//! may have changed that ends the pause at once.

use super::outbox::{Hold, Outbox};
use skolstart_shared::id::SubmissionId;

/// The longest pause.
const LONGEST_MS: i64 = 5 * 60_000;
/// How often something that the school stumbles over is tried in a row, before it waits for her and the others go.
const TRIES: u32 = 5;
/// 2 to the power of this many seconds is more than [`LONGEST_MS`].
const DOUBLINGS: u32 = 9;

/// What came of sending one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A receipt.
    Received,
    /// No answer, or none of ours: the school may have it.
    Lost,
    /// Too much at the same time: the school wants to be left alone for so many seconds.
    Busy(u32),
    /// The school stumbled over it. That may pass.
    Failed,
    /// Nobody is signed in, or the session has ended.
    SignedOut,
    /// It waits for the person.
    Held(Hold),
}

/// What to do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Send this one.
    Send(SubmissionId),
    /// Ask again after so many milliseconds.
    Wait(u32),
    /// Nothing until something happens.
    Rest,
}

/// See the module. One per page; which page sends is decided by a lock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sender {
    /// How often in a row the school was not reached.
    misses: u32,
    /// What the school stumbled over last, and how often in a row.
    failed: Option<(SubmissionId, u32)>,
    /// The end of the pause, in milliseconds since 1970 by the device's clock.
    paused_until: Option<i64>,
    /// She must sign in first.
    signed_out: bool,
}

impl Sender {
    /// Something may have changed: the network is back, the page is shown, she pressed the button.
    pub fn wake(&mut self) {
        self.paused_until = None;
    }

    /// She has signed in.
    pub fn signed_in(&mut self) {
        *self = Self::default();
    }

    /// What to do at `now`.
    pub fn next(&self, outbox: &Outbox, now: i64) -> Next {
        let Some(item) = outbox.next().filter(|_| !self.signed_out) else { return Next::Rest };
        match self.paused_until.map(|until| until - now) {
            // A pause that is longer than any was made before the clock was set back.
            Some(left) if left > 0 && left <= LONGEST_MS + LONGEST_MS / 4 => {
                Next::Wait(u32::try_from(left).unwrap_or(1))
            }
            _ => Next::Send(item.id),
        }
    }

    /// Takes in what came of sending `id`. `chance` is any number: it spreads the pauses of many phones that lost the
    /// network at the same moment.
    pub fn heard(&mut self, outbox: &mut Outbox, id: SubmissionId, answer: Answer, now: i64, chance: u32) {
        match answer {
            Answer::Received => drop(outbox.take(id)),
            Answer::Held(hold) => outbox.hold(id, Some(hold)),
            Answer::SignedOut => self.signed_out = true,
            Answer::Lost => return self.pause(now, chance, 0),
            Answer::Busy(seconds) => return self.pause(now, chance, seconds),
            Answer::Failed => {
                let before = self.failed.filter(|(failed, _)| *failed == id).map_or(0, |(_, times)| times);
                self.failed = Some((id, before + 1));
                if before + 1 < TRIES {
                    return self.pause(now, chance, 0);
                }
                outbox.hold(id, Some(Hold::Fault));
                self.failed = None;
            }
        }
        self.misses = 0;
        self.paused_until = None;
    }

    /// At least as long as the school has said, and then spread: many phones are told the same.
    fn pause(&mut self, now: i64, chance: u32, seconds: u32) {
        let asked = (i64::from(seconds) * 1000).min(LONGEST_MS);
        let later = if asked > 0 { i64::from(chance) % (asked / 4) } else { 0 };
        self.paused_until = Some(now + pause_ms(self.misses, chance).max(asked + later));
        self.misses += 1;
    }
}

/// 2, 4, 8 … seconds up to five minutes, each a quarter shorter or longer.
fn pause_ms(misses: u32, chance: u32) -> i64 {
    spread((1000_i64 << (misses + 1).min(DOUBLINGS)).min(LONGEST_MS), chance)
}

/// How long a page that shows what the school said before waits until it asks again: 5, 10, 20, 40 and then 60 seconds, each a
/// quarter shorter or longer. No browser tells every page that the network is back.
pub fn again_ms(misses: u32, chance: u32) -> u32 {
    u32::try_from(spread((5_000_i64 << misses.min(4)).min(60_000), chance)).unwrap_or(60_000)
}

fn spread(whole: i64, chance: u32) -> i64 {
    let quarter = whole / 4;
    whole - quarter + i64::from(chance) % (2 * quarter)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_five_minutes() {
        let middle = |misses: u32| {
            let all: Vec<i64> = (0..2000).map(|chance| pause_ms(misses, chance * 997)).collect();
            (all.iter().min().copied().unwrap() / 100, all.iter().max().copied().unwrap() / 100)
        };
        assert_eq!(middle(0), (15, 24));
        assert_eq!(middle(3), (120, 199));
        for misses in [9, 30, u32::MAX - 1] {
            let (least, most) = middle(misses);
            assert!(least >= 2250 && most <= 3750, "{misses}: {least} {most}");
        }
    }

    #[test]
    fn a_page_without_the_school_asks_again_at_least_each_minute() {
        let least = [0, 1, 2, 3, 4, 90].map(|misses| again_ms(misses, 0));
        assert_eq!(least, [3_750, 7_500, 15_000, 30_000, 45_000, 45_000]);
        assert!((0..9_000).all(|chance| (45_000..75_000).contains(&again_ms(7, chance * 997))));
    }

    #[test]
    fn what_the_school_stumbles_over_is_tried_some_times_and_stops_nothing_else() {
        let mut outbox = Outbox::default();
        let [first, second] = [1, 2].map(|number| super::super::histories::waiting(number, "x"));
        let (id, other) = (first.id, second.id);
        outbox.push(first);
        outbox.push(second);
        let (mut sender, mut now) = (Sender::default(), 0);
        for tried in 1..TRIES {
            assert_eq!(sender.next(&outbox, now), Next::Send(id), "{tried}");
            sender.heard(&mut outbox, id, Answer::Failed, now, 0);
            let Next::Wait(pause) = sender.next(&outbox, now) else { panic!("no pause after {tried}") };
            now += i64::from(pause);
        }
        sender.heard(&mut outbox, id, Answer::Failed, now, 0);
        assert_eq!(outbox.get(id).unwrap().held, Some(Hold::Fault));
        assert_eq!(sender.next(&outbox, now), Next::Send(other));
        outbox.take(other);
        assert_eq!(sender.next(&outbox, now), Next::Rest);
        // She presses the button, or the program is loaded anew.
        outbox.renewed();
        assert_eq!(sender.next(&outbox, now), Next::Send(id));
    }

    #[test]
    fn a_busy_school_is_left_alone_for_as_long_as_it_says() {
        let pause = |seconds: u32, chance: u32| {
            let mut outbox = Outbox::default();
            let item = super::super::histories::waiting(1, "1");
            let id = item.id;
            outbox.push(item);
            let mut sender = Sender::default();
            sender.heard(&mut outbox, id, Answer::Busy(seconds), 0, chance);
            let Next::Wait(pause) = sender.next(&outbox, 0) else { panic!("no pause") };
            pause
        };
        assert_eq!(pause(40, 0), 40_000);
        assert!((0..2_000).all(|chance| (40_000..50_000).contains(&pause(40, chance * 997))));
        assert_eq!(pause(1, 0), 1_500, "its own pause is longer");
        assert_eq!(pause(0, 0), 1_500);
        assert_eq!(pause(86_400, 0), 300_000, "somebody else's idea of a wait is not hers");
    }

    #[test]
    fn a_clock_that_was_set_back_does_not_stop_it() {
        let mut outbox = Outbox::default();
        let item = super::super::histories::waiting(1, "1");
        let id = item.id;
        outbox.push(item);
        let mut sender = Sender::default();
        let two_days = 2 * 86_400_000;
        sender.heard(&mut outbox, id, Answer::Lost, two_days, 0);
        assert!(matches!(sender.next(&outbox, two_days), Next::Wait(_)));
        assert_eq!(sender.next(&outbox, 0), Next::Send(id));
        assert_eq!(sender.next(&outbox, 3 * two_days), Next::Send(id));
    }
}
