//! Properties of the value objects: every spelling means the same, every mistyped digit is found, what is written can
//! be read again, no input makes a parser panic, and `Debug` tells nobody's digits.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use std::fmt::Debug;

use proptest::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use skolstart_shared::contact::{Email, Phone, PostalCode};
use skolstart_shared::organisation_number::OrganisationNumber;
use skolstart_shared::school::school_year::SchoolYear;
use skolstart_shared::school::unit_code::SchoolUnitCode;
use skolstart_shared::school::week::Week;
use skolstart_shared::{Code, Date, Locale, PersonalNumber, Timestamp};

/// A sample of the numbers that Skatteverket publishes for tests, births 1930 to 2024.
const NUMBERS: &str = include_str!("data/test-personal-numbers.txt");

fn numbers() -> impl Iterator<Item = PersonalNumber> {
    NUMBERS.lines().map(|line| PersonalNumber::parse_stored(line).unwrap())
}

#[test]
fn every_spelling_means_the_same_number() {
    assert!(numbers().count() > 350);
    for number in numbers() {
        let whole = number.as_str12();
        let (day, last) = (&whole[..8], &whole[8..]);
        let birth = number.birth_date();
        // The first day, the last day with a hyphen and the first day with a plus.
        let last_hyphen = Date::new(birth.year() + 99, 12, 31).unwrap();
        for today in [birth, birth.add_years(20), last_hyphen] {
            for spelling in [
                whole.to_owned(),
                format!("{day}-{last}"),
                format!(" {day} {last} "),
                whole[2..].to_owned(),
                format!("{}-{last}", &day[2..]),
                format!("{}\u{a0}-\u{a0}{last}", &day[2..]),
                number.format_short(today),
            ] {
                assert_eq!(
                    PersonalNumber::parse(&spelling, today).as_ref(),
                    Ok(&number),
                    "{spelling} on {today}"
                );
            }
        }
        for today in [last_hyphen.add_days(1), birth.add_years(150)] {
            for spelling in [
                whole.to_owned(),
                format!("{day}+{last}"),
                format!("{} + {last}", &day[2..]),
                number.format_short(today),
            ] {
                assert_eq!(
                    PersonalNumber::parse(&spelling, today).as_ref(),
                    Ok(&number),
                    "{spelling} on {today}"
                );
            }
        }
    }
}

#[test]
fn one_wrong_digit_among_the_last_four_is_always_found() {
    for number in numbers() {
        let today = number.birth_date().add_years(10);
        for (place, digit) in (8..12).flat_map(|place| (b'0'..=b'9').map(move |digit| (place, digit))) {
            let mut mistyped = number.as_str12().as_bytes().to_owned();
            if std::mem::replace(&mut mistyped[place], digit) == digit {
                continue;
            }
            let mistyped = String::from_utf8(mistyped).unwrap();
            for typed in [&mistyped[..], &mistyped[2..]] {
                let found = PersonalNumber::parse(typed, today);
                assert_eq!(found, Err(Code::PersonalNumberCheckDigit), "place {place} of {number:?}");
            }
        }
    }
}

#[test]
fn debug_tells_no_digits() {
    for number in numbers() {
        assert!(!format!("{number:?}").contains(|c: char| c.is_ascii_digit()));
    }
}

/// Reads anything as every kind of value: all may refuse, none may panic, and what is accepted can be read again.
fn read_as_everything(text: &str, today: Date) {
    if let Ok(number) = PersonalNumber::parse(text, today) {
        assert_eq!(PersonalNumber::parse_stored(number.as_str12()), Ok(number));
    }
    let _ = PersonalNumber::parse_stored(text);
    let _ = Locale::parse(text);
    if let Ok(value) = OrganisationNumber::parse(text) {
        assert_eq!(OrganisationNumber::parse(&value.to_string()), Ok(value));
    }
    if let Ok(value) = SchoolUnitCode::parse(text) {
        assert_eq!(SchoolUnitCode::parse(value.as_str()), Ok(value));
    }
    if let Ok(value) = SchoolYear::parse(text) {
        assert_eq!(SchoolYear::parse(&value.to_string()), Ok(value));
    }
    if let Ok(value) = Week::parse(text) {
        assert_eq!(Week::parse(&value.to_string()), Ok(value));
    }
    if let Ok(value) = Phone::parse(text) {
        assert_eq!(Phone::parse(&value.display()).as_ref(), Ok(&value));
        assert_eq!(Phone::parse(value.as_str()), Ok(value));
    }
    if let Ok(value) = Email::parse(text) {
        assert_eq!(Email::parse(value.as_str()), Ok(value));
    }
    if let Ok(value) = PostalCode::parse(text) {
        assert_eq!(PostalCode::parse(&value.display()), Ok(value));
    }
    if let Ok(value) = Date::parse_iso(text) {
        assert_eq!(Date::parse_iso(&value.to_string()), Ok(value));
    }
    if let Ok(value) = Timestamp::parse(text) {
        assert_eq!(Timestamp::parse(&value.to_string()), Ok(value));
    }
}

/// The wire carries exactly `text`, and gives the value back.
fn travels<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T, text: &str) {
    let wire = serde_json::to_string(value).unwrap();
    assert_eq!(wire, serde_json::to_string(text).unwrap());
    assert_eq!(&serde_json::from_str::<T>(&wire).unwrap(), value);
}

fn refused<T: DeserializeOwned + Debug>(text: &str) {
    let wire = serde_json::to_string(text).unwrap();
    let error = serde_json::from_str::<T>(&wire).expect_err("an invalid value came in").to_string();
    assert!(!error.contains(text), "the error repeats the value");
}

#[test]
fn invalid_values_do_not_come_in_by_wire() {
    refused::<Phone>("070-12");
    refused::<Email>("anna@exempel");
    refused::<PostalCode>("01234");
    refused::<OrganisationNumber>("202100-4749");
    refused::<SchoolUnitCode>("3127929");
    refused::<SchoolYear>("2026/2028");
    refused::<Week>("2027-W53");
    refused::<Date>("2026-02-30");
    refused::<Timestamp>("2026-02-01");
    refused::<Locale>("tlh");
}

fn any_date() -> impl Strategy<Value = Date> {
    (0..=9999, 1..=12_u8, 1..=31_u8).prop_filter_map("not in the calendar", |(y, m, d)| Date::new(y, m, d))
}

fn swedish_phone() -> impl Strategy<Value = String> {
    prop_oneof!["07[02369][0-9]{7}", "08[0-9]{6,8}", "0(31|46|90|11)[0-9]{5,7}", "0(498|240|771)[0-9]{5,6}"]
}

proptest! {
    #[test]
    fn no_text_makes_a_parser_panic(text in any::<String>(), today in any_date()) {
        read_as_everything(&text, today);
    }

    #[test]
    fn no_likely_text_makes_a_parser_panic(
        text in "[0-9]{0,8}[-+ ()./TFtfWZ@a-zåé\u{a0}]{0,3}[0-9]{0,6}[-:.TZ@+]?[0-9a-z]{0,5}[.:]?[0-9a-z]{0,4}Z?",
        today in any_date(),
    ) {
        read_as_everything(&text, today);
    }

    #[test]
    fn swedish_phones_travel_and_read_alike(typed in swedish_phone(), gap in "[ \u{a0}.()/\u{2013}-]{0,2}", at in 2..6_usize) {
        let phone = Phone::parse(&typed).unwrap();
        let stored = format!("+46{}", &typed[1..]);
        travels(&phone, &stored);
        prop_assert_eq!(Phone::parse(&phone.display()), Ok(phone.clone()));
        prop_assert_eq!(Phone::parse(&format!("{}{gap}{}", &typed[..at], &typed[at..])), Ok(phone.clone()));
        prop_assert_eq!(Phone::parse(&format!("0046 (0){}", &typed[1..])), Ok(phone.clone()));
        let shown = format!("{phone:?}");
        prop_assert!(!shown.contains(|c: char| c.is_ascii_digit()));
    }

    #[test]
    fn foreign_phones_travel_and_read_alike(stored in "\\+(1[2-9][0-9]{9}|45[1-9][0-9]{7}|358[1-9][0-9]{5,9}|9[0-5][0-9]{8,13})") {
        let phone = Phone::parse(&stored).unwrap();
        travels(&phone, &stored);
        prop_assert_eq!(Phone::parse(&phone.display()), Ok(phone.clone()));
        prop_assert!(!phone.display().split(' ').skip(1).any(|group| group.len() < 2));
        prop_assert!(!phone.is_mobile());
    }

    #[test]
    fn addresses_travel(local in "[a-z0-9+_-]{1,20}(\\.[a-z0-9]{1,20})?", domain in "[a-zåäö0-9]{1,20}\\.(se|com|nu)") {
        let email = Email::parse(&format!(" {local}@{} ", domain.to_uppercase())).unwrap();
        travels(&email, &format!("{local}@{domain}"));
        let shown = format!("{email:?}");
        prop_assert_eq!(shown, "Email(****)");
    }

    #[test]
    fn codes_travel(postal in "[1-9][0-9]{4}", unit in "[0-9]{8}", year in 0..=9998, week in 1..=52_u8) {
        let code = PostalCode::parse(&postal).unwrap();
        travels(&code, &postal);
        let shown = format!("{code:?}");
        prop_assert!(!shown.contains(|c: char| c.is_ascii_digit()));
        travels(&SchoolUnitCode::parse(&unit).unwrap(), &unit);
        travels(&SchoolYear::starting(year).unwrap(), &format!("{year:04}/{:04}", year + 1));
        if year > 0 {
            travels(&Week::new(year, week).unwrap(), &format!("{year:04}-W{week:02}"));
        }
        travels(&OrganisationNumber::parse("202100-4748").unwrap(), "2021004748");
    }

    #[test]
    fn one_wrong_digit_in_an_organisation_number_is_found(place in 0..10_usize, digit in 0..10_u8) {
        let mut mistyped = *b"2021004748";
        if std::mem::replace(&mut mistyped[place], b'0' + digit) != b'0' + digit {
            let mistyped = String::from_utf8(mistyped.to_vec()).unwrap();
            prop_assert_eq!(OrganisationNumber::parse(&mistyped), Err(Code::NotAnOrganisationNumber));
        }
    }

    #[test]
    fn days_count_both_ways(date in any_date(), days in -800_000..800_000) {
        let later = date.add_days(days);
        travels(&date, &format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day()));
        if later != Date::MIN && later != Date::MAX {
            prop_assert_eq!(later.days_since(date), days);
            prop_assert_eq!(later.add_days(-days), date);
            prop_assert_eq!(later > date, days > 0);
            let ahead = i32::from(later.weekday().number()) - i32::from(date.weekday().number());
            prop_assert_eq!((days - ahead).rem_euclid(7), 0);
        }
    }

    #[test]
    fn weeks_follow_each_other(date in any_date().prop_filter("edges", |date| (2..9998).contains(&date.year()))) {
        let week = Week::containing(date);
        prop_assert_eq!((week.year(), week.number()), date.iso_week());
        let monday = week.monday();
        prop_assert_eq!(monday.weekday().number(), 1);
        prop_assert!((0..7).contains(&date.days_since(monday)));
        let next = Week::containing(monday.add_days(7));
        prop_assert!(next > week);
        prop_assert!(next.number() == week.number() + 1 || (next.number() == 1 && next.year() == week.year() + 1));
        prop_assert!((next.year() - date.year()).abs() <= 1);
    }

    #[test]
    fn each_day_is_in_one_school_year(date in any_date().prop_filter("edges", |date| (1..9999).contains(&date.year()))) {
        let year = SchoolYear::containing(date);
        prop_assert!(year.first_day() <= date && date <= year.last_day());
        // The calendar ends with the year 9999, so the school year that begins in 9998 has none after it.
        let has_next = year.last_day().year() < 9999;
        prop_assert_eq!(year.next() != year, has_next);
        prop_assert!(!has_next || year.next().first_day() == year.last_day().add_days(1));
    }

    #[test]
    fn age_grows_by_one_each_birthday(birth in any_date(), years in 0..120) {
        let birthday = birth.add_years(years);
        if birthday.year() < 9999 && birthday > Date::MIN {
            prop_assert_eq!(birth.age_on(birthday), years);
            prop_assert_eq!(birth.age_on(birthday.add_days(-1)), years - 1);
        }
    }

    #[test]
    fn instants_travel(millis in -62_167_219_200_000..=253_402_300_799_999_i64, later in any::<i64>()) {
        let instant = Timestamp::from_millis(millis);
        prop_assert_eq!(instant.as_millis(), millis);
        travels(&instant, &instant.to_string());
        prop_assert_eq!(&instant.to_string()[..10], instant.date_utc().to_string());
        prop_assert_eq!(instant.plus_millis(later) >= instant, later >= 0 || instant.plus_millis(later) == instant);
    }
}
