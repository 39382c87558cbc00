//! Public holidays of Sweden, computed. Owns which days they are (lag 1989:253); must not know when a school has its breaks, which each
//! huvudman sets.

use crate::date::Date;

macro_rules! holidays {
    ($($(#[$doc:meta])* $name:ident $key:literal)*) => {
        /// A public holiday, or an eve that the Annual Leave Act (1977:480, section 3 a) counts as one. Other Sundays are none.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Holiday {$($(#[$doc])* $name,)*}

        impl Holiday {
            /// All, in the order of an ordinary year.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The name in kebab case, as in the translation keys: `holiday.NAME`.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $key),* }
            }
        }
    };
}

holidays! {
    /// 1 January.
    NewYearsDay "new-years-day"
    /// 6 January.
    Epiphany "epiphany"
    /// The Friday before Easter.
    GoodFriday "good-friday"
    /// Easter.
    EasterSunday "easter-sunday"
    /// The day after Easter.
    EasterMonday "easter-monday"
    /// 1 May.
    MayDay "may-day"
    /// The sixth Thursday after Easter.
    AscensionDay "ascension-day"
    /// The seventh Sunday after Easter.
    Pentecost "pentecost"
    /// 6 June.
    NationalDay "national-day"
    /// The day before Midsummer's Day.
    MidsummersEve "midsummers-eve"
    /// The Saturday from 20 to 26 June.
    MidsummersDay "midsummers-day"
    /// The Saturday from 31 October to 6 November.
    AllSaintsDay "all-saints-day"
    /// 24 December.
    ChristmasEve "christmas-eve"
    /// 25 December.
    ChristmasDay "christmas-day"
    /// 26 December.
    BoxingDay "boxing-day"
    /// 31 December.
    NewYearsEve "new-years-eve"
}

/// The holiday that a day is. Of two on the same day the one that moves with Easter.
pub fn holiday(day: Date) -> Option<Holiday> {
    let after_easter = match day.days_since(easter(day.year())?) {
        -2 => Some(Holiday::GoodFriday),
        0 => Some(Holiday::EasterSunday),
        1 => Some(Holiday::EasterMonday),
        39 => Some(Holiday::AscensionDay),
        49 => Some(Holiday::Pentecost),
        _ => None,
    };
    // Monday is 1.
    let (weekday, month, date) = (day.weekday().number(), day.month(), day.day());
    let of_the_year = || match (month, date) {
        (1, 1) => Some(Holiday::NewYearsDay),
        (1, 6) => Some(Holiday::Epiphany),
        (5, 1) => Some(Holiday::MayDay),
        (6, 6) => Some(Holiday::NationalDay),
        (6, 19..=25) if weekday == 5 => Some(Holiday::MidsummersEve),
        (6, 20..=26) if weekday == 6 => Some(Holiday::MidsummersDay),
        (10, 31) | (11, 1..=6) if weekday == 6 => Some(Holiday::AllSaintsDay),
        (12, 24) => Some(Holiday::ChristmasEve),
        (12, 25) => Some(Holiday::ChristmasDay),
        (12, 26) => Some(Holiday::BoxingDay),
        (12, 31) => Some(Holiday::NewYearsEve),
        _ => None,
    };
    after_easter.or_else(of_the_year)
}

/// Easter Sunday of a year in the Gregorian calendar: the Sunday after the first full moon, as the Church counts it, on or after
/// 21 March.
fn easter(year: i32) -> Option<Date> {
    let (century, golden) = (year / 100, year % 19);
    // The age of the moon, with the leap days that centuries leave out and the moon's own correction.
    let epact = (19 * golden + century - century / 4 - (8 * century + 13) / 25 + 15) % 30;
    // The latest full moon is 18 April.
    let moon = epact - i32::from(epact == 29 || (epact == 28 && golden > 10));
    let full = Date::new(year, 3, 21)?.add_days(moon);
    Some(full.add_days(7 - i32::from(full.weekday().number()) % 7))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Date {
        Date::parse_iso(text).unwrap()
    }

    fn of_year(year: i32) -> Vec<(Date, Holiday)> {
        let first = Date::new(year, 1, 1).unwrap();
        let days = (0..366).map(|at| first.add_days(at)).filter(|day| day.year() == year);
        days.filter_map(|day| Some((day, holiday(day)?))).collect()
    }

    #[test]
    fn easter_is_when_it_was_and_will_be() {
        // The earliest and the latest there can be among them.
        for known in [
            "1818-03-22",
            "1943-04-25",
            "1981-04-19",
            "2000-04-23",
            "2008-03-23",
            "2019-04-21",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2027-03-28",
            "2028-04-16",
            "2038-04-25",
            "2049-04-18",
            "2076-04-19",
            "2285-03-22",
        ] {
            assert_eq!(easter(day(known).year()), Some(day(known)));
        }
    }

    #[test]
    fn the_holidays_of_2026_stand_in_their_order() {
        let days: Vec<String> = of_year(2026).iter().map(|(day, _)| day.to_string()).collect();
        assert_eq!(
            days,
            [
                "2026-01-01",
                "2026-01-06",
                "2026-04-03",
                "2026-04-05",
                "2026-04-06",
                "2026-05-01",
                "2026-05-14",
                "2026-05-24",
                "2026-06-06",
                "2026-06-19",
                "2026-06-20",
                "2026-10-31",
                "2026-12-24",
                "2026-12-25",
                "2026-12-26",
                "2026-12-31",
            ]
        );
        let names: Vec<Holiday> = of_year(2026).into_iter().map(|(_, holiday)| holiday).collect();
        assert_eq!(names, Holiday::ALL);
    }

    #[test]
    fn ascension_day_can_be_may_day() {
        assert_eq!(holiday(day("2008-05-01")), Some(Holiday::AscensionDay));
        assert_eq!(of_year(2008).len(), Holiday::ALL.len() - 1);
    }

    proptest! {
        #[test]
        fn each_year_has_each_of_them_on_its_weekday(year in 1800_i32..2400) {
            let found = of_year(year);
            prop_assert!((Holiday::ALL.len() - 2..=Holiday::ALL.len()).contains(&found.len()));
            for (at, (day, holiday)) in found.iter().enumerate() {
                prop_assert!(found[..at].iter().all(|(_, other)| other != holiday), "{holiday:?} twice");
                let weekday = match holiday {
                    Holiday::GoodFriday | Holiday::MidsummersEve => Some(5),
                    Holiday::EasterSunday | Holiday::Pentecost => Some(7),
                    Holiday::EasterMonday => Some(1),
                    Holiday::AscensionDay => Some(4),
                    Holiday::MidsummersDay | Holiday::AllSaintsDay => Some(6),
                    _ => None,
                };
                prop_assert!(weekday.is_none_or(|weekday| day.weekday().number() == weekday), "{day} {holiday:?}");
            }
            let easter = easter(year).unwrap();
            let from = Date::new(year, 3, 22).unwrap();
            prop_assert!((0..=34).contains(&easter.days_since(from)), "{easter}");
        }
    }
}
