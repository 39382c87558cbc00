//! Personal numbers for people who do not exist. Owns the list of the Swedish Tax Agency's test numbers; called while the
//! demo municipality is made. Must never make up a personal number: an invented one may belong to somebody.

use super::random::Random;
use super::words::Sex;
use std::collections::{BTreeMap, HashSet, VecDeque};

/// Test numbers that the Swedish Tax Agency publishes as open data, twelve digits per line: as many as a municipality of
/// 4,600 children needs.
const TEST_NUMBERS: &str = include_str!("data/test-personal-numbers.txt");

/// A number and the birth date it says.
pub(super) struct Number {
    /// A test number, or a temporary number `YYYYMMDDTFnn` (SS 12000 `civicNo`), or none when both have run out.
    pub(super) value: Option<String>,
    /// `YYYY-MM-DD`.
    pub(super) born: String,
}

/// Hands out each number once.
pub(super) struct Numbers {
    free: BTreeMap<(i32, bool), VecDeque<&'static str>>,
    temporary: HashSet<String>,
    random: Random,
}

impl Numbers {
    pub(super) fn load(random: Random) -> Self {
        let mut lists: BTreeMap<(i32, bool), Vec<&'static str>> = BTreeMap::new();
        for line in TEST_NUMBERS.lines().filter(|line| line.len() == 12) {
            let (Ok(year), Some(digit)) = (line[..4].parse(), line.as_bytes().get(10)) else { continue };
            lists.entry((year, digit % 2 == 0)).or_default().push(line);
        }
        let free = lists.into_iter().map(|(key, list)| (key, spread(&list))).collect();
        Self { free, temporary: HashSet::new(), random }
    }

    /// A test number of the year, or else a temporary one.
    pub(super) fn take(&mut self, year: i32, sex: Sex) -> Number {
        match self.take_test_number(year, sex) {
            Some(number) => number,
            None => self.temporary(year, sex),
        }
    }

    /// A test number of one of the years, the first one first; else a temporary number of the first year.
    pub(super) fn take_near(&mut self, years: &[i32], sex: Sex) -> Number {
        let found = years.iter().find_map(|year| self.take_test_number(*year, sex));
        match found {
            Some(number) => number,
            None => self.temporary(years.first().copied().unwrap_or(1985), sex),
        }
    }

    /// A sex of which the year still has test numbers, by chance when it has of both.
    pub(super) fn sex_with_numbers(&self, year: i32, random: &mut Random) -> Sex {
        let left = |sex| self.free.get(&(year, sex == Sex::Female)).is_some_and(|list| !list.is_empty());
        match Sex::any(random) {
            Sex::Female if !left(Sex::Female) && left(Sex::Male) => Sex::Male,
            Sex::Male if !left(Sex::Male) && left(Sex::Female) => Sex::Female,
            sex => sex,
        }
    }

    fn take_test_number(&mut self, year: i32, sex: Sex) -> Option<Number> {
        let value = self.free.get_mut(&(year, sex == Sex::Female))?.pop_front()?;
        let born = format!("{}-{}-{}", &value[..4], &value[4..6], &value[6..8]);
        Some(Number { value: Some(value.to_owned()), born })
    }

    /// A temporary number as school registers make them for people without a personal number: eleventh character even for
    /// female and odd for male. Fifty per day and sex; when a hundred tries find none free, the person has no number.
    fn temporary(&mut self, year: i32, sex: Sex) -> Number {
        let mut born = String::new();
        for _ in 0..100 {
            // Preschool begins at the age of one: nobody is younger than that when the school year has begun.
            let (month, day) = (1 + self.random.below(7), 1 + self.random.below(28));
            born = format!("{year}-{month:02}-{day:02}");
            let digit = 2 * self.random.below(5) + usize::from(sex == Sex::Male);
            let value = format!("{year}{month:02}{day:02}TF{digit}{}", self.random.below(10));
            if self.temporary.insert(value.clone()) {
                return Number { value: Some(value), born };
            }
        }
        Number { value: None, born }
    }
}

/// The list in a fixed order that jumps over the year, so that few people do not all have their birthday in January.
fn spread(list: &[&'static str]) -> VecDeque<&'static str> {
    let step = [157, 151].into_iter().find(|step| !list.len().is_multiple_of(*step)).unwrap_or(1);
    (0..list.len()).map(|index| list[index * step % list.len()]).collect()
}
