//! Consents: no order of events ever allows what a guardian has not allowed (GDPR art. 7; facts 3.1).

use proptest::prelude::*;
use skolstart_shared::Timestamp;
use skolstart_shared::consent::{ConsentChoice, ConsentDecision, ConsentPurpose, Standing, standing};
use skolstart_shared::form::{ActKey, FieldKey, FormKey};
use skolstart_shared::id::PersonId;
use uuid::Uuid;

fn person(n: u8) -> PersonId {
    PersonId(Uuid::from_u128(u128::from(n)))
}

fn decision(seq: usize, by: u8, yes: bool, last: Option<ConsentChoice>) -> ConsentDecision {
    ConsentDecision {
        purpose: ConsentPurpose {
            form: FormKey("f".into()),
            act: ActKey("a".into()),
            field: FieldKey("web".into()),
        },
        by: person(by),
        choice: ConsentChoice::of_answer(yes, last),
        at: Timestamp::from_millis(1_000 * seq as i64),
        seq: seq as i64,
        form_version: 1,
    }
}

/// Who answered what, in the server's order.
fn history(events: &[(u8, bool)]) -> Vec<ConsentDecision> {
    let mut all: Vec<ConsentDecision> = Vec::new();
    for (seq, (by, yes)) in events.iter().enumerate() {
        let last = all.iter().rev().find(|earlier| earlier.by == person(*by)).map(|earlier| earlier.choice);
        all.push(decision(seq, *by, *yes, last));
    }
    all
}

fn last_word(events: &[(u8, bool)], guardian: u8) -> Option<bool> {
    events.iter().rev().find(|(by, _)| *by == guardian).map(|(_, yes)| *yes)
}

proptest! {
    #[test]
    fn given_only_when_every_guardian_last_said_yes(
        events in prop::collection::vec((1_u8..5, any::<bool>()), 0..12),
        guardians in prop::collection::btree_set(1_u8..5, 0..4),
        protected in any::<bool>(),
    ) {
        let people: Vec<PersonId> = guardians.iter().copied().map(person).collect();
        let stands = standing(&people, &history(&events), protected);
        let all_yes = !guardians.is_empty()
            && guardians.iter().all(|guardian| last_word(&events, *guardian) == Some(true));
        prop_assert_eq!(stands.allows(), all_yes && !protected);
    }

    #[test]
    fn the_order_in_which_the_store_lists_decisions_does_not_matter(
        events in prop::collection::vec((1_u8..4, any::<bool>()), 0..10),
        seed in any::<u64>(),
    ) {
        let people = [person(1), person(2)];
        let decisions = history(&events);
        let mut shuffled = decisions.clone();
        for at in (1..shuffled.len()).rev() {
            shuffled.swap(at, (seed.rotate_left(at as u32) % (at as u64 + 1)) as usize);
        }
        prop_assert_eq!(standing(&people, &decisions, false), standing(&people, &shuffled, false));
    }
}

#[test]
fn a_new_guardian_makes_a_given_consent_wait() {
    let decisions = history(&[(1, true)]);
    assert!(standing(&[person(1)], &decisions, false).allows());
    assert_eq!(standing(&[person(1), person(2)], &decisions, false), Standing::Waiting);
}

#[test]
fn a_no_after_a_yes_is_a_withdrawal() {
    let decisions = history(&[(1, true), (2, true), (2, false)]);
    let at = Timestamp::from_millis(2_000);
    assert_eq!(standing(&[person(1), person(2)], &decisions, false), Standing::Withdrawn(at));
}
