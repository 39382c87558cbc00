//! What a guardian says about herself, and whom to call and hand the child over to. Called by `letter`.

use super::family::{Adult, Child};
use super::turnout::{Year, age, chance};
use crate::demo::cast::{Cast, cast};
use crate::demo::contacts::any_mobile;
use crate::demo::random::Random;
use crate::demo::words::{Sex, Words, origin_of_family, pick};
use skolstart_shared::contact::{Email, Phone};
use skolstart_shared::fact::{Row, Value};
use std::collections::BTreeMap;

/// Of a thousand guardians, this many have another telephone number than a year ago.
const NEW_PHONE: usize = 60;
/// Of a thousand answers about who may collect or be called, this many are different this year.
const NEW_PERSONS: usize = 50;

const WOMEN: [&str; 6] = ["mormor", "farmor", "moster", "faster", "granne", "storasyster"];
const MEN: [&str; 6] = ["morfar", "farfar", "morbror", "farbror", "granne", "storebror"];

/// Answers by field key.
pub(super) type Raw = BTreeMap<&'static str, Value>;

/// How to reach the guardian.
pub(super) fn own(seed: u64, adult: &Adult, year: Year) -> Raw {
    let mut random = chance(seed, adult.id, "own");
    let language = language(adult, &mut random);
    let interpreter = random.per_mille(500) || adult.id == Cast::HudaAlMasri.id();
    let moved = random.per_mille(NEW_PHONE) && year == Year::This;
    let phone = if moved { Some(any_mobile(&mut random)) } else { adult.phone.clone() };
    let mut raw = Raw::from([
        ("language", Value::Choice(language.to_owned())),
        ("interpreter", Value::Flag(interpreter)),
    ]);
    if let Some(phone) = phone.and_then(|phone| Phone::parse(&phone).ok()) {
        raw.insert("phone", Value::Phone(phone));
    }
    if let Some(email) = adult.email.as_ref().and_then(|email| Email::parse(email).ok()) {
        raw.insert("email", Value::Email(email));
    }
    if !raw.contains_key("phone") && !raw.contains_key("email") {
        raw.extend(Phone::parse(&any_mobile(&mut random)).ok().map(|phone| ("phone", Value::Phone(phone))));
    }
    raw
}

fn language(adult: &Adult, random: &mut Random) -> &'static str {
    let known = cast().into_iter().find(|persona| persona.id == adult.id).map(|persona| persona.language);
    let reads_it_best = random.per_mille(350);
    known.unwrap_or(match origin_of_family(&adult.family_name) {
        Some(origin) if reads_it_best => match origin {
            "swedish" => "sv",
            "finnish" => "fi",
            "arabic" => "ar",
            "somali" => "so",
            "persian" => "fa",
            "polish" => "pl",
            "tigrinya" => "ti",
            "ukrainian" => "uk",
            "english" => "en",
            _ => "other",
        },
        _ => "sv",
    })
}

/// Whom to call when no guardian answers.
pub(super) fn to_reach(seed: u64, adult: &Adult, child: &Child, year: Year, words: &Words) -> Raw {
    persons(seed, adult, child, year, words, ["to-reach", "has"], 700)
}

/// Who may collect the child, and whether it goes home alone.
pub(super) fn collect(seed: u64, adult: &Adult, child: &Child, year: Year, words: &Words) -> Raw {
    let mut raw = persons(seed, adult, child, year, words, ["collect", "others"], 550);
    // From about nine a child goes home alone; most of the older ones do.
    let alone = age(child, year) >= 9 && chance(seed, child.id, "alone").per_mille(800);
    raw.insert("alone", Value::Flag(alone));
    raw
}

fn persons(
    seed: u64,
    adult: &Adult,
    child: &Child,
    year: Year,
    words: &Words,
    [about, question]: [&'static str; 2],
    share: usize,
) -> Raw {
    // Brothers and sisters have the same grandmother: what differs between children is only whether it was said.
    let mut random = chance(seed, adult.id, about);
    let said = random.per_mille(share) || adult.id == Cast::SaraLindqvist.id();
    if year == Year::This && chance(seed, child.id, about).per_mille(NEW_PERSONS) {
        random = chance(!seed, adult.id, about);
    }
    if !said {
        return Raw::from([(question, Value::Flag(false))]);
    }
    let rows = (0..1 + random.below(2)).map(|_| person(words, adult, &mut random)).collect();
    Raw::from([(question, Value::Flag(true)), ("persons", Value::Rows(rows))])
}

fn person(words: &Words, adult: &Adult, random: &mut Random) -> Row {
    let sex = Sex::any(random);
    let relation = pick(if sex == Sex::Female { &WOMEN } else { &MEN }, random);
    let given = words.named(origin_of_family(&adult.family_name).unwrap_or("swedish"), sex, random);
    let mut row = Row::from([
        ("name".to_owned(), Value::Text(format!("{given} {}", adult.family_name))),
        ("relation".to_owned(), Value::Text(relation.to_owned())),
    ]);
    row.extend(Phone::parse(&any_mobile(random)).ok().map(|phone| ("phone".to_owned(), Value::Phone(phone))));
    row
}
