//! Who answers, when, and how much of it. Called by `play`.

use super::family::{Child, Family};
use crate::demo::cast::Cast;
use crate::demo::random::{Random, ident};
use crate::demo::rounds::at_midnight;
use skolstart_shared::Timestamp;
use skolstart_shared::round::Round;
use uuid::Uuid;

/// Which of the two rounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    Last,
    This,
}

/// That a guardian answers.
pub(super) struct Turn {
    /// Index of the adult in the family.
    pub(super) adult: usize,
    /// When.
    pub(super) at: Timestamp,
    /// She leaves the last form for later.
    pub(super) unfinished: bool,
}

/// Of a thousand guardians, this many answered last year.
const LAST_YEAR: usize = 850;
/// Families in a hundred where both, one and none of two have answered this year.
const OF_TWO: [usize; 3] = [46, 30, 24];
/// Of a thousand guardians who answer alone, this many have.
const OF_ONE: usize = 600;
/// Of a thousand answers this year, this many lack the last form.
const UNFINISHED: usize = 70;

/// Numbers that follow from who and about what: the same whoever else there is, and in whatever order.
pub(super) fn chance(seed: u64, who: Uuid, about: &str) -> Random {
    let (high, low) = ident(seed, about, 0).as_u64_pair();
    let (first, second) = who.as_u64_pair();
    Random::new(high ^ low.rotate_left(32) ^ first ^ second.rotate_left(17))
}

/// How old the child is at the end of the calendar year of the round.
pub(super) fn age(child: &Child, year: Year) -> i32 {
    child.age - i32::from(year == Year::Last)
}

/// Who of the family answers in the round.
pub(super) fn turns(seed: u64, family: &Family, round: &Round, year: Year, now: Timestamp) -> Vec<Turn> {
    let who = if year == Year::Last { last_year(seed, family) } else { this_year(seed, family) };
    let turn = |adult: usize| {
        let id = family.adults.get(adult)?.id;
        let mut random = chance(seed, id, &format!("turn/{}", round.id));
        let at = moment(round, year, now, &mut random);
        let unfinished =
            year == Year::This && (random.per_mille(UNFINISHED) || family.fixed_state() == Some(5));
        Some(Turn { adult, at, unfinished })
    };
    who.into_iter().filter_map(turn).collect()
}

fn last_year(seed: u64, family: &Family) -> Vec<usize> {
    // Gunnar was appointed this spring; in the other two families one answered for both.
    let absent = [Cast::GunnarEkholm, Cast::HudaAlMasri, Cast::PiotrKowalczyk].map(Cast::id);
    let answers = |at: &usize| {
        let Some(adult) = family.adults.get(*at) else { return false };
        if family.is_named() {
            return !absent.contains(&adult.id);
        }
        chance(seed, adult.id, "last-year").per_mille(LAST_YEAR)
    };
    (0..family.adults.len()).filter(answers).collect()
}

fn this_year(seed: u64, family: &Family) -> Vec<usize> {
    if family.is_named() {
        // Nobody but the one who is no persona, so that his wife sees what it is to be waited for.
        let piotr = Cast::PiotrKowalczyk.id();
        return (0..family.adults.len())
            .filter(|at| family.adults.get(*at).is_some_and(|adult| adult.id == piotr))
            .collect();
    }
    let all = (0..family.adults.len()).collect();
    let mut random = chance(seed, family.key(), "this-year");
    let one = vec![random.below(family.adults.len())];
    match family.fixed_state() {
        Some(0 | 3) => return all,
        Some(1 | 5) => return one,
        Some(2) => return Vec::new(),
        _ => {}
    }
    if family.adults.len() < 2 {
        return if random.per_mille(OF_ONE) { all } else { Vec::new() };
    }
    match random.weighted(&OF_TWO) {
        0 => all,
        1 => one,
        _ => Vec::new(),
    }
}

/// An instant in the round, not later than `now`: the first five days are busy, and so are the evenings.
fn moment(round: &Round, year: Year, now: Timestamp, random: &mut Random) -> Timestamp {
    const HOUR: i64 = 3_600_000;
    let last = if year == Year::This { now.date_utc() } else { round.closes };
    let days = usize::try_from(last.days_since(round.opens)).unwrap_or(0) + 1;
    let weights: Vec<usize> = (0..days).map(|day| if day < 5 { 12 } else { 3 }).collect();
    let day = round.opens.add_days(random.weighted(&weights) as i32);
    // In UTC: from six in the morning to ten at night in Swedish summer time.
    let hour = 4 + random.weighted(&[2, 3, 2, 1, 1, 1, 1, 2, 2, 2, 2, 3, 5, 7, 7, 4]) as i64;
    let within = random.below(HOUR as usize) as i64;
    let at = at_midnight(day).plus_millis(hour * HOUR + within);
    let latest = now.plus_millis(-HOUR / 12);
    if at > latest { at_midnight(round.opens).plus_millis(hour * HOUR + within).min(latest) } else { at }
}
