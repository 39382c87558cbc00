//! The rules of the personal number by example. Every number is published for tests by Skatteverket, or stands as the
//! example in a public specification.

use super::*;

/// Published example of a samordningsnummer: the check digit is computed with 60 added to the day.
const SAMORDNINGSNUMMER: &str = "701063-2391";

fn date(text: &str) -> Date {
    Date::parse_iso(text).unwrap()
}

fn today() -> Date {
    date("2026-08-17")
}

fn parse(input: &str) -> Result<String, Code> {
    PersonalNumber::parse(input, today()).map(|number| number.as_str12().to_owned())
}

#[test]
fn reads_every_spelling() {
    for spelling in [
        "201701012393",
        "20170101-2393",
        "170101-2393",
        "1701012393",
        " 170101 2393 ",
        "20170101\u{a0}2393",
        "170101 \u{2013} 2393",
        "2017 01 01 23 93",
        "\u{202d}170101-2393\u{202c}",
    ] {
        assert_eq!(parse(spelling).as_deref(), Ok("201701012393"), "{spelling}");
    }
}

#[test]
fn says_what_is_wrong() {
    for (wrong, code) in [
        ("", Code::PersonalNumberLength),
        ("170101", Code::PersonalNumberLength),
        ("170101-239", Code::PersonalNumberLength),
        ("0201701012393", Code::PersonalNumberLength),
        ("17-01012393", Code::PersonalNumberLength),
        ("170101--2393", Code::PersonalNumberLength),
        ("2017-0101-2393", Code::PersonalNumberLength),
        ("170101-239a", Code::PersonalNumberLength),
        ("170101TF01", Code::PersonalNumberLength),
        ("17010１2393", Code::PersonalNumberLength),
        ("20170132-2393", Code::PersonalNumberDate),
        ("20170001-2393", Code::PersonalNumberDate),
        ("20170161-2393", Code::PersonalNumberCheckDigit),
        ("17170101-2393", Code::PersonalNumberDate),
        ("20170101-2394", Code::PersonalNumberCheckDigit),
        ("20170101-0000", Code::PersonalNumberCheckDigit),
    ] {
        assert_eq!(parse(wrong), Err(code), "{wrong}");
    }
}

#[test]
fn birth_number_000_is_refused_although_the_check_digit_holds() {
    assert!(luhn_holds(b"1701010009"));
    assert_eq!(parse("170101-0009"), Err(Code::PersonalNumberCheckDigit));
}

#[test]
fn nobody_is_born_in_the_future() {
    let day_before = date("2016-12-31");
    assert_eq!(PersonalNumber::parse("201701012393", day_before), Err(Code::PersonalNumberInFuture));
    assert!(PersonalNumber::parse("201701012393", date("2017-01-01")).is_ok());
    let century_before = PersonalNumber::parse("170101-2393", day_before).unwrap();
    assert_eq!(century_before.birth_date(), date("1917-01-01"));
}

#[test]
fn plus_counts_from_new_year_of_the_hundredth_year() {
    let number = PersonalNumber::parse("198512282388", today()).unwrap();
    let (before, after) = (date("2084-12-31"), date("2085-01-01"));
    assert_eq!(number.format_short(before), "851228-2388");
    assert_eq!(number.format_short(after), "851228+2388");
    assert_eq!(PersonalNumber::parse("851228+2388", after), Ok(number.clone()));
    assert_eq!(PersonalNumber::parse("19851228+2388", after), Ok(number));
    assert_eq!(PersonalNumber::parse("19851228+2388", before), Err(Code::PersonalNumberDate));
}

#[test]
fn samordningsnummer_adds_sixty_to_the_day() {
    let number = PersonalNumber::parse(SAMORDNINGSNUMMER, today()).unwrap();
    assert_eq!(number.kind(), PersonalNumberKind::Samordningsnummer);
    assert_eq!(number.birth_date(), date("1970-10-03"));
    assert_eq!(number.as_str12(), "197010632391");
    assert_eq!(number.format_short(today()), SAMORDNINGSNUMMER);
    assert_eq!(PersonalNumber::parse_stored(number.as_str12()), Ok(number));
}

#[test]
fn temporary_number_of_a_school_register() {
    let number = PersonalNumber::parse("20130101-tf01", today()).unwrap();
    assert_eq!(number.kind(), PersonalNumberKind::Temporary);
    assert_eq!(number.birth_date(), date("2013-01-01"));
    assert_eq!((number.as_str12(), number.masked().as_str()), ("20130101TF01", "20130101-****"));
    assert_eq!(PersonalNumber::parse(&number.format_short(today()), today()), Ok(number));
    assert_eq!(parse("20130161TF01"), Err(Code::PersonalNumberDate));
    assert_eq!(parse("20130101TFA1"), Err(Code::PersonalNumberLength));
    assert_eq!(parse("20990101TF01"), Err(Code::PersonalNumberInFuture));
}

#[test]
fn stored_form_is_exact() {
    for wrong in ["170101-2393", "1701012393", "20170101-239", "20130101tf01", ""] {
        assert!(PersonalNumber::parse_stored(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn masks_and_redacts() {
    let number = PersonalNumber::parse("201701012393", today()).unwrap();
    assert_eq!(number.masked(), "20170101-****");
    assert_eq!(format!("{number:?}"), "PersonalNumber(****)");
    assert_eq!(number.kind(), PersonalNumberKind::Personnummer);
}
