//! The outbox: what a guardian has pressed *Skicka* on and has no receipt for. A part of the draft's record on the device.

use serde::{Deserialize, Serialize};
use skolstart_shared::id::SubmissionId;
use skolstart_shared::submission::SubmissionIn;

/// How many of those that are gone are remembered: more than two tabs can disagree about.
const REMEMBERED: usize = 32;

/// Why something waits for the person, and is not tried again by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hold {
    /// An answer must be another.
    Invalid,
    /// Somebody has changed a value in the meantime.
    Stale,
    /// The round is closed, or she no longer decides for the child.
    Closed,
    /// This program is too old for the school's.
    Update,
    /// The school could not take it, and the reason is ours.
    Fault,
}

/// A submission that waits. Its content never changes: the same id and the same bytes go out until a receipt comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Its id, made when she pressed send.
    pub id: SubmissionId,
    /// What is sent.
    pub body: SubmissionIn,
    /// When she pressed send, in milliseconds since 1970 by the device's clock. A claim: the receipt has the school's time.
    #[serde(default)]
    pub pressed: i64,
    /// True once it has left the device: the school may have it though no answer came.
    #[serde(default)]
    pub tried: bool,
    /// Why it waits for her. `None`: it goes by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Hold>,
}

/// See the module. Oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outbox {
    #[serde(default)]
    items: Vec<Waiting>,
    /// Received or taken back: another tab's older copy does not bring them back.
    #[serde(default)]
    gone: Vec<SubmissionId>,
}

impl Outbox {
    /// What waits, oldest first.
    pub fn items(&self) -> &[Waiting] {
        &self.items
    }

    /// True when nothing waits.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// True when nothing waits and nothing is remembered: the record does not mention it.
    pub fn is_blank(&self) -> bool {
        self.items.is_empty() && self.gone.is_empty()
    }

    /// The one with this id.
    pub fn get(&self, id: SubmissionId) -> Option<&Waiting> {
        self.items.iter().find(|item| item.id == id)
    }

    /// Puts one at the end.
    pub fn push(&mut self, item: Waiting) {
        self.items.push(item);
    }

    /// Takes one out: it is received, or she takes it back.
    pub fn take(&mut self, id: SubmissionId) -> Option<Waiting> {
        let at = self.items.iter().position(|item| item.id == id)?;
        self.remember_gone(id);
        Some(self.items.remove(at))
    }

    /// Ids begin with the time they were made: the oldest are forgotten.
    fn remember_gone(&mut self, id: SubmissionId) {
        if let Err(place) = self.gone.binary_search(&id) {
            self.gone.insert(place, id);
        }
        if self.gone.len() > REMEMBERED {
            self.gone.remove(0);
        }
    }

    /// Notes that one is leaving the device.
    pub fn note_tried(&mut self, id: SubmissionId) {
        self.each(id, |item| item.tried = true);
    }

    /// Lets one wait for the person, or with `None` go again.
    pub fn hold(&mut self, id: SubmissionId, held: Option<Hold>) {
        self.each(id, |item| item.held = held);
    }

    /// The program has been loaded anew, or she presses the button: what an older one could not send, or the school could not take,
    /// goes again.
    pub fn renewed(&mut self) {
        let held = |item: &&mut Waiting| matches!(item.held, Some(Hold::Update | Hold::Fault));
        self.items.iter_mut().filter(held).for_each(|item| item.held = None);
    }

    fn each(&mut self, id: SubmissionId, change: impl Fn(&mut Waiting)) {
        self.items.iter_mut().filter(|item| item.id == id).for_each(change);
    }

    /// The one to send next: the oldest that waits for nobody. One that waits for her never stops the others.
    pub fn next(&self) -> Option<&Waiting> {
        self.items.iter().find(|item| item.held.is_none())
    }

    /// Takes in what another tab has saved. What is gone in one is gone in both.
    pub fn merge(&mut self, other: &Self) {
        for id in &other.gone {
            if self.take(*id).is_none() {
                self.remember_gone(*id);
            }
        }
        for item in &other.items {
            match self.get(item.id) {
                Some(mine) => {
                    let (tried, held) = (mine.tried || item.tried, mine.held.max(item.held));
                    self.each(item.id, |mine| (mine.tried, mine.held) = (tried, held));
                }
                None if !self.gone.contains(&item.id) => self.items.push(item.clone()),
                None => {}
            }
        }
        self.items.sort_by_key(|item| (item.pressed, item.id));
    }
}
