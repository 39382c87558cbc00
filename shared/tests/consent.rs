//! Consents: no order of events ever allows what a guardian has not allowed (GDPR art. 7; facts 3.1).

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use skolstart_shared::consent::{
    ConsentCase, ConsentChoice, ConsentDecision, ConsentPurpose, PupilSay, Standing, WaitsFor, standing,
};
use skolstart_shared::form::{ActKey, Expiry, Family, FieldKey, FormKey, SignersRule};
use skolstart_shared::id::PersonId;
use skolstart_shared::{Date, Timestamp};
use uuid::Uuid;

const DAY: i64 = 86_400_000;
/// The pupil; guardians are 1 to 4.
const PUPIL: u8 = 9;

fn person(n: u8) -> PersonId {
    PersonId(Uuid::from_u128(u128::from(n)))
}

fn first_day() -> Date {
    Date::new(2026, 8, 17).unwrap()
}

fn day_of(at: Timestamp) -> Date {
    first_day().add_days(i32::try_from(at.as_millis() / DAY).unwrap())
}

/// One thing that happens: on a day somebody answers a version of the text.
#[derive(Clone, Copy, Debug)]
struct Event {
    day: u8,
    by: u8,
    says: Says,
    version: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    Yes,
    Limited,
    No,
}

fn event(day: u8, by: u8, says: Says) -> Event {
    Event { day, by, says, version: 1 }
}

/// The events as the server keeps them: in its own order, with what each amounts to.
fn history(events: &[Event]) -> Vec<ConsentDecision> {
    let mut all: Vec<ConsentDecision> = Vec::new();
    for (seq, event) in (0_i64..).zip(events) {
        let by = person(event.by);
        let last = all.iter().rev().find(|earlier| earlier.by == by).map(|earlier| earlier.choice);
        let choice = match event.says {
            Says::Limited => ConsentChoice::Limited,
            says => ConsentChoice::of_answer(says == Says::Yes, last),
        };
        all.push(ConsentDecision {
            purpose: ConsentPurpose {
                form: FormKey("f".into()),
                act: ActKey("a".into()),
                field: FieldKey("web".into()),
            },
            by,
            choice,
            at: Timestamp::from_millis(DAY * i64::from(event.day) + seq),
            seq,
            form_version: event.version,
        });
    }
    all
}

/// Who is around the child on the day that is looked at.
#[derive(Clone, Debug)]
struct World {
    guardians: Vec<PersonId>,
    age: Option<u8>,
    rule: SignersRule,
    expires: Option<Expiry>,
    say: PupilSay,
    same_since: u32,
    protected: bool,
    today: Date,
}

fn plain(guardians: &[u8]) -> World {
    World {
        guardians: guardians.iter().copied().map(person).collect(),
        age: Some(8),
        rule: SignersRule::AllGuardians,
        expires: None,
        say: PupilSay::default(),
        same_since: 1,
        protected: false,
        today: first_day().add_days(30),
    }
}

impl World {
    fn case(&self) -> ConsentCase<'_> {
        ConsentCase {
            family: Family {
                pupil: person(PUPIL),
                age: self.age,
                guardians: &self.guardians,
                settled: false,
            },
            born: None,
            protected: self.protected,
            rule: &self.rule,
            expires: self.expires,
            say: self.say,
            same_since: self.same_since,
            today: self.today,
            day_of: &day_of,
        }
    }

    fn stands(&self, events: &[Event]) -> Standing {
        standing(&self.case(), &history(events))
    }
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let says = prop_oneof![Just(Says::Yes), Just(Says::Yes), Just(Says::Limited), Just(Says::No)];
    let one = (0_u8..40, prop_oneof![1_u8..5, Just(PUPIL)], says, 1_u32..4);
    let one = one.prop_map(|(day, by, says, version)| Event { day, by, says, version });
    prop::collection::vec(one, 0..14).prop_map(|mut events| {
        events.sort_by_key(|event| event.day);
        events
    })
}

fn world() -> impl Strategy<Value = World> {
    let rule = prop_oneof![
        Just(SignersRule::AllGuardians),
        Just(SignersRule::AnyGuardian),
        Just(SignersRule::AllThenAny(vec![])),
        (10_u8..18).prop_map(SignersRule::PupilFrom),
        (10_u8..18).prop_map(SignersRule::WithPupilFrom),
    ];
    let say = (prop::option::of(10_u8..18), 14_u8..19);
    let expires = prop::option::of((0_u16..30).prop_map(Expiry::AfterDays));
    (
        prop::collection::btree_set(1_u8..5, 0..4),
        prop::option::of(5_u8..20),
        rule,
        expires,
        say,
        1_u32..4,
        any::<bool>(),
        0_i32..80,
    )
        .prop_map(
            |(guardians, age, rule, expires, (with_from, alone_from), same_since, protected, day)| {
                let say = PupilSay { with_from, alone_from };
                let today = first_day().add_days(day);
                let guardians = guardians.into_iter().map(person).collect();
                World { guardians, age, rule, expires, say, same_since, protected, today }
            },
        )
}

/// The last thing that somebody has said, written anew from the words of the issue and not from the function.
fn last(events: &[Event], who: PersonId) -> Option<Event> {
    events.iter().rev().find(|event| person(event.by) == who).copied()
}

fn is_good(world: &World, event: Event) -> bool {
    let ends = match world.expires {
        Some(Expiry::AfterDays(days)) => {
            Some(first_day().add_days(i32::from(event.day) + i32::from(days) + 1))
        }
        _ => None,
    };
    event.says != Says::No && event.version >= world.same_since && ends.is_none_or(|day| world.today < day)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// The promise of the whole module, stated from the outside.
    #[test]
    fn never_given_against_or_without_those_who_decide(world in world(), events in events()) {
        let stands = world.stands(&events);
        if !matches!(stands, Standing::Given(_) | Standing::Limited(_)) {
            return Ok(());
        }
        prop_assert!(!world.protected);
        let age = world.age.unwrap_or(0);
        let pupil = last(&events, person(PUPIL));
        if age >= 18 {
            prop_assert!(pupil.is_some_and(|said| is_good(&world, said)));
            return Ok(());
        }
        // No registered guardian has said no or withdrawn, whatever the rule.
        for guardian in &world.guardians {
            prop_assert!(last(&events, *guardian).is_none_or(|said| said.says != Says::No), "{stands:?}");
        }
        let alone = matches!(world.rule, SignersRule::PupilFrom(from) if age >= from) || age >= world.say.alone_from;
        let with = matches!(world.rule, SignersRule::WithPupilFrom(from) if age >= from)
            || world.say.with_from.is_some_and(|from| age >= from);
        if alone || with {
            prop_assert!(pupil.is_some_and(|said| is_good(&world, said)));
        }
        if !alone {
            let good = |guardian: &PersonId| last(&events, *guardian).is_some_and(|said| is_good(&world, said));
            prop_assert!(!world.guardians.is_empty());
            if world.rule == SignersRule::AnyGuardian {
                prop_assert!(world.guardians.iter().any(good));
            } else {
                prop_assert!(world.guardians.iter().all(good), "{stands:?}");
            }
        }
        // An unlimited yes has no limit in it.
        if let Standing::Given(_) = stands {
            let limited = |who: &PersonId| last(&events, *who).is_some_and(|said| {
                said.says == Says::Limited && is_good(&world, said)
            });
            prop_assert!(!world.guardians.iter().any(limited));
        }
    }

    /// And the other way: nothing is held back when all have said yes.
    #[test]
    fn given_when_everybody_last_said_yes(events in events(), count in 1_u8..4) {
        let guardians: Vec<u8> = (1..=count).collect();
        let mut events = events;
        events.extend(guardians.iter().map(|by| event(40, *by, Says::Yes)));
        prop_assert!(plain(&guardians).stands(&events).allows());
    }

    #[test]
    fn the_order_in_which_the_store_lists_decisions_does_not_matter(
        world in world(),
        events in events(),
        seed in any::<u64>(),
    ) {
        let decisions = history(&events);
        let mut shuffled = decisions.clone();
        for at in (1..shuffled.len()).rev() {
            shuffled.swap(at, (seed.rotate_left(at as u32) % (at as u64 + 1)) as usize);
        }
        prop_assert_eq!(standing(&world.case(), &decisions), standing(&world.case(), &shuffled));
    }

    /// Whoever says no stops it at once, whatever came before, and stays heard until the same person says otherwise.
    #[test]
    fn a_no_of_a_guardian_holds_until_she_takes_it_back(events in events(), others in events()) {
        let mut all = events;
        all.push(event(40, 1, Says::No));
        all.extend(others.into_iter().filter(|event| event.by != 1));
        let stands = plain(&[1, 2]).stands(&all);
        prop_assert!(
            matches!(stands, Standing::Refused(_) | Standing::Conflict(_) | Standing::Withdrawn(_)),
            "{stands:?}"
        );
    }

    /// Those who are waited for are exactly those whose yes is missing: when they say yes, it is given.
    #[test]
    fn a_yes_of_those_who_are_waited_for_is_enough(world in world(), events in events()) {
        let missing = world.case().waits_for(&history(&events));
        let day = u8::try_from(world.today.days_since(first_day())).unwrap();
        let mut after = events.clone();
        for who in &missing {
            after.push(Event { day, by: who.0.as_u128() as u8, says: Says::Yes, version: 3 });
        }
        let stands = world.stands(&after);
        if !missing.is_empty() {
            prop_assert!(matches!(stands, Standing::Given(_) | Standing::Limited(_)), "{stands:?}");
        }
    }

    /// What is given today ends on the day that is told, and not before.
    #[test]
    fn it_holds_until_the_day_that_is_told(world in world(), events in events()) {
        let decisions = history(&events);
        if let Some(day) = world.case().until(&decisions) {
            prop_assert!(day > world.today);
            let before = World { today: day.add_days(-1), ..world.clone() };
            let then = World { today: day, ..world };
            prop_assert!(matches!(
                standing(&before.case(), &decisions), Standing::Given(_) | Standing::Limited(_)
            ));
            prop_assert!(!standing(&then.case(), &decisions).allows());
        }
    }
}

#[test]
fn a_new_guardian_makes_a_given_consent_wait_and_an_ended_custody_lets_it_go() {
    let said = [event(0, 1, Says::Yes)];
    assert!(plain(&[1]).stands(&said).allows());
    assert_eq!(plain(&[1, 2]).stands(&said), Standing::Waiting);
    let no = [event(0, 1, Says::Yes), event(1, 2, Says::No)];
    assert!(matches!(plain(&[1, 2]).stands(&no), Standing::Conflict(_)));
    assert!(plain(&[1]).stands(&no).allows());
}

#[test]
fn who_is_waited_for_is_told_in_numbers() {
    let said = history(&[event(0, 1, Says::Yes)]);
    let mut world = plain(&[1, 2, 3]);
    assert_eq!(world.case().waits_for_others(&said, person(1)), WaitsFor { guardians: 2, pupil: false });
    world.say.with_from = Some(8);
    assert_eq!(world.case().waits_for_others(&said, person(2)), WaitsFor { guardians: 1, pupil: true });
    // After a no nobody is waited for.
    let no = history(&[event(0, 1, Says::No)]);
    assert_eq!(world.case().waits_for_others(&no, person(1)), WaitsFor::default());
}

#[test]
fn a_no_after_a_yes_is_a_withdrawal_and_a_no_against_a_yes_a_conflict() {
    let at = |day: i64, seq: i64| Timestamp::from_millis(DAY * day + seq);
    let withdrawn = [event(0, 1, Says::Yes), event(0, 2, Says::Yes), event(1, 2, Says::No)];
    assert_eq!(plain(&[1, 2]).stands(&withdrawn), Standing::Withdrawn(at(1, 2)));
    let conflict = [event(0, 1, Says::No), event(3, 2, Says::Yes)];
    assert_eq!(plain(&[1, 2]).stands(&conflict), Standing::Conflict(at(0, 0)));
    let refused = [event(0, 1, Says::No)];
    assert_eq!(plain(&[1, 2]).stands(&refused), Standing::Refused(at(0, 0)));
}

#[test]
fn a_yes_with_a_limit_is_no_yes() {
    let said = [event(0, 1, Says::Yes), event(1, 2, Says::Limited)];
    let stands = plain(&[1, 2]).stands(&said);
    assert!(matches!(stands, Standing::Limited(_)) && !stands.allows());
    let after = [said[0], said[1], event(2, 2, Says::Yes)];
    assert!(plain(&[1, 2]).stands(&after).allows());
    let taken_back = [said[0], said[1], event(2, 2, Says::No)];
    assert!(matches!(plain(&[1, 2]).stands(&taken_back), Standing::Withdrawn(_)));
}

#[test]
fn a_yes_ends_and_a_text_that_means_something_else_is_asked_anew() {
    let said = [event(0, 1, Says::Yes), event(5, 2, Says::Yes)];
    let year =
        World { expires: Some(Expiry::AfterDays(10)), today: first_day().add_days(10), ..plain(&[1, 2]) };
    assert!(year.stands(&said).allows());
    let after = World { today: first_day().add_days(11), ..year };
    assert_eq!(after.stands(&said), Standing::Expired(first_day().add_days(11)));
    assert_eq!(after.case().waits_for(&history(&said)), vec![person(1)]);
    let new_text = World { same_since: 2, ..plain(&[1, 2]) };
    assert_eq!(new_text.stands(&said), Standing::NotAnswered);
    let one = [said[0], said[1], Event { version: 2, ..event(6, 1, Says::Yes) }];
    assert_eq!(new_text.stands(&one), Standing::Waiting);
    // A no to the old text is still a no.
    assert!(matches!(new_text.stands(&[event(0, 1, Says::No)]), Standing::Refused(_)));
}

#[test]
fn the_pupil_joins_at_one_age_decides_at_another_and_alone_at_18() {
    let say = PupilSay { with_from: Some(13), alone_from: 16 };
    let at = |age| World { age: Some(age), say, ..plain(&[1, 2]) };
    let guardians = [event(0, 1, Says::Yes), event(0, 2, Says::Yes)];
    let pupil = [event(1, PUPIL, Says::Yes)];
    let all = [guardians[0], guardians[1], pupil[0]];
    assert!(at(12).stands(&guardians).allows());
    assert_eq!(at(13).stands(&guardians), Standing::Waiting);
    assert!(at(13).stands(&all).allows());
    assert_eq!(at(13).stands(&pupil), Standing::Waiting);
    assert!(at(16).stands(&pupil).allows());
    // Below 18 a guardian's no is still heard; above it is not.
    let against = [pupil[0], event(2, 1, Says::No)];
    assert!(matches!(at(16).stands(&against), Standing::Conflict(_)));
    assert!(at(18).stands(&against).allows());
    assert_eq!(at(18).stands(&guardians), Standing::NotAnswered);
    // Her no counts as soon as she is heard, and not before.
    let no = [guardians[0], guardians[1], event(1, PUPIL, Says::No)];
    assert!(at(12).stands(&no).allows());
    assert!(matches!(at(13).stands(&no), Standing::Conflict(_)));
}

#[test]
fn with_nobody_who_decides_nothing_is_allowed() {
    assert_eq!(plain(&[]).stands(&[event(0, 1, Says::Yes)]), Standing::NotAnswered);
    let staff =
        World { rule: SignersRule::Staff(skolstart_shared::access::Function::Mentor, 1), ..plain(&[1]) };
    assert_eq!(staff.stands(&[event(0, 1, Says::Yes)]), Standing::NotAnswered);
}
