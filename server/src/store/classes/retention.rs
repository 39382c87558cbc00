//! How long each class is kept: the one reviewed list, `retention.toml`, as values, and what the settings make of it.
//!
//! Called by the erasure and by what shows it. Must not know a row: it is told when something was given and when somebody left.

use crate::store::StoreError;
use serde::Deserialize;
use skolstart_shared::Date;
use skolstart_shared::api::RetentionAfter;
use skolstart_shared::form::Texts;
use skolstart_shared::school::SchoolYear;
use std::collections::BTreeMap;

/// How long one class is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// From when it is counted.
    pub after: RetentionAfter,
    /// The months after that.
    pub months: u32,
    /// The months after something newer took its place. `None`: that makes no difference.
    pub replaced: Option<u32>,
    /// What the class is.
    pub title: Texts,
    /// The law or the decision.
    pub basis: Texts,
    /// True when the settings say something else than the program.
    pub own: bool,
}

/// What a period follows from.
#[derive(Clone, Copy, Debug)]
pub struct Given {
    /// When it was given, decided or done; the last day of a round.
    pub on: Date,
    /// When something newer took its place.
    pub replaced: Option<Date>,
    /// When the person left.
    pub left: Option<Date>,
}

/// Nothing goes before this many days have passed: a device that was without a network may send the same again until then.
const LEAST_DAYS: i32 = 62;

impl Rule {
    /// The first day on which it goes. `None`: not as things stand.
    pub fn due(&self, given: Given) -> Option<Date> {
        let end = match self.after {
            RetentionAfter::Left => given.left.map(|left| left.max(given.on)),
            RetentionAfter::SchoolYear => Some(SchoolYear::containing(given.on).last_day()),
            RetentionAfter::Year => Date::new(given.on.year(), 12, 31),
            RetentionAfter::Given | RetentionAfter::Round => Some(given.on),
            RetentionAfter::Own | RetentionAfter::Kept => None,
        };
        let ended = end.map(|end| add_months(end, self.months));
        let overtaken = given.replaced.zip(self.replaced).map(|(day, months)| add_months(day, months));
        let last = [ended, overtaken].into_iter().flatten().min()?;
        Some(last.max(given.on.add_days(LEAST_DAYS)).add_days(1))
    }
}

/// The same day so many months later, or the last day of a month that is shorter.
fn add_months(day: Date, months: u32) -> Date {
    let count = day.year() * 12 + i32::from(day.month()) - 1 + i32::try_from(months).unwrap_or(i32::MAX / 24);
    let (year, month) = (count.div_euclid(12), count.rem_euclid(12) + 1);
    let month = u8::try_from(month).unwrap_or(1);
    (0..4).find_map(|less| Date::new(year, month, day.day() - less)).unwrap_or(day)
}

/// What the settings say about a class: months, or `"keep"`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Period {
    /// So many months.
    Months(u32),
    /// A word; there is only `keep`.
    Word(String),
}

/// What is wrong in the settings.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// There is no such class.
    #[error("[retention] names the class {0}, which there is not")]
    Unknown(String),
    /// The class has no period to change.
    #[error("[retention] gives the class {0} a period, and it has none that can be changed")]
    Fixed(String),
    /// Neither a number nor `keep`.
    #[error("[retention] {0}: write a number of months, or \"keep\"")]
    Word(String),
}

/// Every class with its rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules(BTreeMap<String, Rule>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    after: RetentionAfter,
    #[serde(default)]
    months: u32,
    replaced: Option<u32>,
    title: Texts,
    basis: Texts,
}

impl Rules {
    /// As they ship with the program.
    ///
    /// # Errors
    /// When the file that the program was built with cannot be read: a test sees to it that it can.
    pub fn shipped() -> Result<Self, StoreError> {
        let written: BTreeMap<String, Written> =
            toml::from_str(include_str!("retention.toml")).map_err(|_| StoreError::Corrupt("retention"))?;
        let rule = |written: Written| {
            let Written { after, months, replaced, title, basis } = written;
            Rule { after, months, replaced, title, basis, own: false }
        };
        Ok(Self(written.into_iter().map(|(class, written)| (class, rule(written))).collect()))
    }

    /// The same with the periods of the settings.
    ///
    /// # Errors
    /// See [`PeriodError`].
    pub fn changed(mut self, periods: &BTreeMap<String, Period>) -> Result<Self, PeriodError> {
        for (class, period) in periods {
            let rule = self.0.get_mut(class).ok_or_else(|| PeriodError::Unknown(class.clone()))?;
            if matches!(rule.after, RetentionAfter::Own | RetentionAfter::Kept) {
                return Err(PeriodError::Fixed(class.clone()));
            }
            match period {
                Period::Months(months) => {
                    // What was replaced is kept no longer than what stands.
                    rule.replaced = rule.replaced.map(|replaced| replaced.min(*months).max(1));
                    rule.own |= rule.months != *months;
                    rule.months = *months;
                }
                Period::Word(word) if word == "keep" => {
                    rule.own = true;
                    rule.after = RetentionAfter::Kept;
                    (rule.months, rule.replaced) = (0, None);
                }
                Period::Word(_) => return Err(PeriodError::Word(class.clone())),
            }
        }
        Ok(self)
    }

    /// The rule of a class.
    pub fn get(&self, class: &str) -> Option<&Rule> {
        self.0.get(class)
    }

    /// Every class, by key.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Rule)> {
        self.0.iter().map(|(class, rule)| (class.as_str(), rule))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse_iso(text).unwrap()
    }

    fn due(class: &str, on: &str, replaced: Option<&str>, left: Option<&str>) -> Option<String> {
        let rules = Rules::shipped().unwrap();
        let given = Given { on: day(on), replaced: replaced.map(day), left: left.map(day) };
        rules.get(class).unwrap().due(given).map(|day| day.to_string())
    }

    #[test]
    fn the_day_follows_from_the_rule() {
        assert_eq!(due("special-diet", "2026-09-01", None, None), None, "while the child goes here");
        assert_eq!(
            due("special-diet", "2026-09-01", None, Some("2027-06-11")).as_deref(),
            Some("2027-09-12")
        );
        assert_eq!(
            due("special-diet", "2026-09-01", Some("2026-11-30"), None).as_deref(),
            Some("2027-12-01")
        );
        assert_eq!(due("leave", "2026-09-01", None, None).as_deref(), Some("2028-07-01"));
        assert_eq!(due("income", "2026-09-01", None, None).as_deref(), Some("2034-01-01"));
        assert_eq!(
            due("school-health", "2026-09-01", Some("2026-10-01"), None).as_deref(),
            Some("2036-09-02")
        );
        assert_eq!(due("audit", "2026-09-01", None, Some("2027-06-11")), None);
        // Not before whoever was without a network can have sent it again.
        assert_eq!(due("class-list", "2026-09-01", Some("2026-05-01"), None).as_deref(), Some("2026-11-03"));
    }

    #[test]
    fn months_end_where_a_month_is_shorter() {
        assert_eq!(add_months(day("2026-11-30"), 3), day("2027-02-28"));
        assert_eq!(add_months(day("2027-11-30"), 3), day("2028-02-29"));
        assert_eq!(add_months(day("2026-12-31"), 84), day("2033-12-31"));
    }

    #[test]
    fn settings_change_a_period_and_nothing_that_has_none() {
        let with = |class: &str, period| {
            Rules::shipped().unwrap().changed(&BTreeMap::from([(class.to_owned(), period)]))
        };
        let shorter = with("special-diet", Period::Months(1)).unwrap();
        let rule = shorter.get("special-diet").unwrap();
        assert_eq!((rule.months, rule.replaced, rule.own), (1, Some(1), true));
        let kept = with("leave", Period::Word("keep".to_owned())).unwrap();
        assert_eq!(kept.get("leave").unwrap().after, RetentionAfter::Kept);
        assert_eq!(with("nothing", Period::Months(1)), Err(PeriodError::Unknown("nothing".to_owned())));
        assert_eq!(with("audit", Period::Months(1)), Err(PeriodError::Fixed("audit".to_owned())));
        assert!(matches!(with("leave", Period::Word("12".to_owned())), Err(PeriodError::Word(_))));
    }
}
