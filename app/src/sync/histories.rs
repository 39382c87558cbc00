//! A phone, its storage, a network that loses things and a school, run through thousands of random histories. Whatever the
//! order of retries, losses, doubles, crashes and leaps of the clock: each submission has exactly one effect, and one that
//! waits for a person never stops the others.

use super::*;
use crate::dice::Dice;
use proptest::prelude::*;
use skolstart_shared::id::SubmissionId;
use skolstart_shared::locale::Locale;
use skolstart_shared::submission::{ContentHash, SubmissionContent, SubmissionIn};
use std::collections::BTreeMap;

/// A submission whose content is its hash.
pub(crate) fn waiting(number: u32, hash: &str) -> Waiting {
    let id = format!("01980000-0000-7000-8000-{number:012}").parse().unwrap();
    let round = "00000000-0000-7000-8000-000000000001".parse().unwrap();
    let content = SubmissionContent { round, locale: Locale::Sv, acts: Vec::new(), supersedes: None };
    let body = SubmissionIn { content, hash: ContentHash(hash.to_owned()) };
    Waiting { id, body, pressed: i64::from(number), tried: false, held: None }
}

/// The school: what it has taken in, by id. As `server::usecase::submit`: same id and hash, the first receipt.
#[derive(Default)]
struct School {
    taken: BTreeMap<SubmissionId, (String, u32)>,
    effects: u32,
}

impl School {
    fn put(&mut self, item: &Waiting, refuses: bool) -> Answer {
        let hash = &item.body.hash.0;
        match self.taken.get(&item.id) {
            Some((first, _)) if first == hash => Answer::Received,
            Some(_) => Answer::Held(Hold::Fault),
            None if refuses => Answer::Held(Hold::Invalid),
            None => {
                self.effects += 1;
                self.taken.insert(item.id, (hash.clone(), self.effects));
                Answer::Received
            }
        }
    }
}

/// One page of the phone. `outbox` is what it knows, `stored` what lies on the device.
#[derive(Default)]
struct Phone {
    outbox: Outbox,
    stored: Outbox,
    sender: Sender,
    now: i64,
}

impl Phone {
    /// As the keeper: what another page has stored is merged, not overwritten.
    fn store(&mut self) {
        self.outbox.merge(&self.stored);
        self.stored = self.outbox.clone();
    }

    fn reload(&mut self) {
        self.outbox = self.stored.clone();
        self.outbox.renewed();
        self.sender = Sender::default();
    }
}

/// What one history must hold in the end.
fn run(seed: u64) -> Result<(), String> {
    let mut dice = Dice::new(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let (mut school, mut phone) = (School::default(), Phone::default());
    // Copies that the network still holds back.
    let mut late: Vec<Waiting> = Vec::new();
    let mut pressed: Vec<(SubmissionId, bool)> = Vec::new();
    for _ in 0..dice.roll(40) + 5 {
        match dice.roll(10) {
            0 | 1 if pressed.len() < 6 => {
                let item = waiting(pressed.len() as u32 + 1, &format!("{seed}-{}", pressed.len()));
                pressed.push((item.id, dice.roll(6) == 0));
                phone.outbox.push(item);
                // On the device before anything is sent.
                phone.store();
            }
            2 => phone.reload(),
            3 => phone.now += [-172_800_000, 172_800_000, 1_000, 400_000][dice.roll(4) as usize],
            4 => phone.sender.wake(),
            // She presses the button.
            7 => phone.outbox.renewed(),
            5 => phone.sender.signed_in(),
            6 if !late.is_empty() => {
                let copy = late.remove(dice.roll(late.len() as u64) as usize);
                let refuses = pressed.iter().any(|(id, refuses)| *id == copy.id && *refuses);
                school.put(&copy, refuses);
            }
            _ => step(&mut phone, &mut school, &mut late, &pressed, &mut dice, true),
        }
    }
    // The network is good from here on.
    for copy in late.split_off(0) {
        school.put(&copy, pressed.iter().any(|(id, refuses)| *id == copy.id && *refuses));
    }
    phone.reload();
    for _ in 0..40 {
        phone.sender.wake();
        step(&mut phone, &mut school, &mut late, &pressed, &mut dice, false);
    }
    check(&phone, &school, &pressed)
}

fn step(
    phone: &mut Phone,
    school: &mut School,
    late: &mut Vec<Waiting>,
    pressed: &[(SubmissionId, bool)],
    dice: &mut Dice,
    bad: bool,
) {
    let Next::Send(id) = phone.sender.next(&phone.outbox, phone.now) else { return };
    phone.outbox.note_tried(id);
    phone.store();
    let item = phone.outbox.get(id).unwrap().clone();
    let refuses = pressed.iter().any(|(other, refuses)| *other == id && *refuses);
    let answer = match if bad { dice.roll(10) } else { 9 } {
        0 => Answer::Lost,
        1 => {
            // Taken, and the answer lost.
            school.put(&item, refuses);
            Answer::Lost
        }
        2 => {
            // Under way for long: it arrives after it was given up.
            late.push(item);
            Answer::Lost
        }
        3 => Answer::Busy(dice.roll(400) as u32),
        4 => Answer::SignedOut,
        5 => {
            // Twice.
            school.put(&item, refuses);
            school.put(&item, refuses)
        }
        6 => {
            // Taken, and the page dies before it hears of it.
            school.put(&item, refuses);
            return phone.reload();
        }
        7 => Answer::Failed,
        8 => {
            // Taken, and the school stumbles after it.
            school.put(&item, refuses);
            Answer::Failed
        }
        _ => school.put(&item, refuses),
    };
    let chance = dice.roll(1 << 20) as u32;
    phone.sender.heard(&mut phone.outbox, id, answer, phone.now, chance);
    if dice.roll(10) > 0 || !bad {
        phone.store();
    }
}

fn check(phone: &Phone, school: &School, pressed: &[(SubmissionId, bool)]) -> Result<(), String> {
    if school.effects as usize != school.taken.len() {
        return Err(format!("{} effects of {} submissions", school.effects, school.taken.len()));
    }
    for (id, refuses) in pressed {
        let (taken, left) = (school.taken.contains_key(id), phone.outbox.get(*id));
        match refuses {
            false if !taken || left.is_some() => return Err(format!("{id}: taken {taken}, left {left:?}")),
            true if taken || left.is_none_or(|left| left.held != Some(Hold::Invalid)) => {
                return Err(format!("{id} was refused: taken {taken}, left {left:?}"));
            }
            _ => {}
        }
    }
    Ok(())
}

#[test]
fn ten_thousand_histories_end_with_one_effect_each() {
    for seed in 0..10_000 {
        if let Err(fault) = run(seed) {
            panic!("seed {seed}: {fault}");
        }
    }
}

proptest! {
    #[test]
    fn any_history_ends_with_one_effect_each(seed in any::<u64>()) {
        prop_assert_eq!(run(seed), Ok(()));
    }
}

/// Six pages that have seen different things, merged in each of the 720 orders.
#[test]
fn all_orders_of_six_pages_end_in_the_same_state() {
    let pages = pages();
    let merged = |order: &[usize]| {
        let mut outbox = Outbox::default();
        order.iter().for_each(|page| outbox.merge(&pages[*page]));
        outbox
    };
    let mut orders = Vec::new();
    permute(&mut vec![0, 1, 2, 3, 4, 5], 0, &mut orders);
    assert_eq!(orders.len(), 720);
    let first = merged(&orders[0]);
    assert_eq!(first.items().len(), 2);
    assert_eq!(first.items()[1].held, Some(Hold::Stale));
    for order in orders {
        assert_eq!(merged(&order), first, "{order:?}");
    }
}

fn pages() -> Vec<Outbox> {
    let [a, b, c, d] = [1, 2, 3, 4].map(|number| waiting(number, "x"));
    let of = |items: &[&Waiting]| {
        let mut outbox = Outbox::default();
        items.iter().for_each(|item| outbox.push((*item).clone()));
        outbox
    };
    let received = {
        let mut outbox = of(&[&a, &b]);
        outbox.take(a.id);
        outbox
    };
    let taken_back = {
        let mut outbox = of(&[&b, &c]);
        outbox.take(c.id);
        outbox
    };
    let [mut held, mut held_otherwise, mut tried] = [of(&[&d]), of(&[&d]), of(&[&b])];
    held.hold(d.id, Some(Hold::Invalid));
    held_otherwise.hold(d.id, Some(Hold::Stale));
    tried.note_tried(b.id);
    vec![of(&[&a, &b, &c]), received, taken_back, held, held_otherwise, tried]
}

fn permute(items: &mut Vec<usize>, from: usize, all: &mut Vec<Vec<usize>>) {
    if from == items.len() {
        return all.push(items.clone());
    }
    for at in from..items.len() {
        items.swap(from, at);
        permute(items, from + 1, all);
        items.swap(from, at);
    }
}
