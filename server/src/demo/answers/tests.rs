//! What the guardians say, checked without a register; and the whole demo played into a store.

use super::family::{Family, families};
use super::letter::Writer;
use super::turnout::{Year, turns};
use crate::clock::Clock;
use crate::demo::municipality::make;
use crate::demo::{Rounds, cast, rounds};
use crate::store::{Store, StoreSettings};
use crate::usecase::publish::{create_round, publish_library};
use skolstart_shared::fact::Value;
use skolstart_shared::form::{ActKey, FieldKey, validate};
use skolstart_shared::submission::{ActAnswer, SubmissionIn};
use skolstart_shared::{Date, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use tempfile::TempDir;
use uuid::Uuid;

const SEED: u64 = 1;
const YEAR: i32 = 2026;

fn now() -> Timestamp {
    Timestamp::parse("2026-08-17T09:00:00Z").unwrap()
}

fn today() -> Date {
    now().date_utc()
}

/// A store with forms and rounds but nobody in it.
async fn published() -> (Store, Rounds, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let settings = StoreSettings {
        database_url: format!("sqlite:{}", folder.path().join("demo.sqlite").display()),
        key_file: folder.path().join("key"),
        person_keys: None,
        read_connections: 4,
        pupil_say: Default::default(),
        pupils_from: None,
    };
    let store = Store::open(&settings, Clock::fixed(now())).await.unwrap();
    let forms = publish_library(&store).await.unwrap();
    let rounds = rounds(SEED, today(), &forms);
    store.clock().set(rounds.beginning());
    for round in [&rounds.previous, &rounds.current] {
        create_round(&store, round).await.unwrap();
    }
    (store, rounds, folder)
}

/// Every letter of a round: whose, and what.
fn letters(store: &Store, rounds: &Rounds, children: usize, year: Year) -> Vec<(Uuid, SubmissionIn)> {
    let made = make(SEED, children, YEAR).unwrap();
    let published = store.published();
    let round = if year == Year::Last { &rounds.previous } else { &rounds.current };
    let writer = Writer { seed: SEED, words: &made.makers.words, published: &published, round, year };
    let of = |family: &Family| -> Vec<_> {
        let turns = turns(SEED, family, round, year, now()).into_iter();
        let write = |turn: super::turnout::Turn| {
            let adult = &family.adults[turn.adult];
            (adult.id, writer.letter(family, adult, turn.unfinished, today()).unwrap().1)
        };
        turns.map(write).collect()
    };
    families(&made).iter().flat_map(of).collect()
}

fn acts<'a>(letters: &'a [(Uuid, SubmissionIn)], act: &str) -> Vec<&'a ActAnswer> {
    let key = ActKey(act.to_owned());
    letters.iter().flat_map(|(_, letter)| &letter.content.acts).filter(|answer| answer.act == key).collect()
}

fn field<'a>(answer: &'a ActAnswer, field: &str) -> Option<&'a Value> {
    answer.answers.get(&FieldKey(field.to_owned()))
}

#[tokio::test]
async fn every_answer_follows_the_rules_of_its_form() {
    let (store, rounds, _folder) = published().await;
    let made = make(SEED, 1500, YEAR).unwrap();
    let children: BTreeMap<Uuid, _> = families(&made)
        .iter()
        .flat_map(|family| family.children.iter().map(|child| (child.id, child.clone())))
        .collect();
    let published = store.published();
    let mut answered = BTreeSet::new();
    for year in [Year::Last, Year::This] {
        for (_, letter) in letters(&store, &rounds, 1500, year) {
            for answer in &letter.content.acts {
                let form = published.form(&answer.form).unwrap();
                let act = form.act(&answer.act).unwrap();
                let setting = match answer.child {
                    Some(child) => children[&child.0].setting(today()),
                    None => skolstart_shared::form::Setting::of_nobody(today()),
                };
                assert_eq!(validate(act, &answer.answers, &setting), [], "{:?}", answer.act);
                answered.extend(answer.answers.0.keys().map(|field| (answer.act.clone(), field.clone())));
            }
        }
    }
    let asked: usize = published.acts_of(&rounds.current).map(|(_, act)| act.fields.len()).sum();
    assert_eq!(answered.len(), asked, "some question is never answered");
}

#[tokio::test]
async fn shares_are_those_of_a_living_municipality() {
    let (store, rounds, _folder) = published().await;
    let made = make(SEED, 4600, YEAR).unwrap();
    let guardians: usize = families(&made).iter().map(|family| family.adults.len()).sum();
    let (last, this) =
        (letters(&store, &rounds, 4600, Year::Last), letters(&store, &rounds, 4600, Year::This));
    let share = |part: usize, all: usize| part * 100 / all;
    assert!((80..=86).contains(&share(last.len(), guardians)), "{} of {guardians}", last.len());
    assert!((56..=64).contains(&share(this.len(), guardians)), "{} of {guardians}", this.len());

    let diets = acts(&this, "diet");
    let special = diets.iter().filter(|answer| field(answer, "special") == Some(&Value::Flag(true))).count();
    assert!((6..=10).contains(&share(special, diets.len())), "{special} of {}", diets.len());
    let kinds: BTreeSet<String> = diets
        .iter()
        .filter_map(|answer| field(answer, "needs"))
        .map(|needs| serde_json::to_string(needs).unwrap())
        .collect();
    assert!(kinds.len() >= 9, "{kinds:?}");

    let pictures = acts(&this, "publish");
    let yes =
        |answer: &&&ActAnswer| answer.answers.0.values().filter(|value| **value == Value::Flag(true)).count();
    let (all, none) =
        (pictures.iter().filter(|a| yes(a) == 4).count(), pictures.iter().filter(|a| yes(a) == 0).count());
    assert!((62..=74).contains(&share(all, pictures.len())), "{all} of {}", pictures.len());
    assert!((7..=14).contains(&share(none, pictures.len())), "{none} of {}", pictures.len());
}

#[tokio::test]
async fn nobody_one_can_sign_in_as_has_answered_this_year() {
    let (store, rounds, _folder) = published().await;
    let personas: BTreeSet<Uuid> = cast().into_iter().map(|persona| persona.id).collect();
    let by_persona = |year| {
        letters(&store, &rounds, 600, year).into_iter().filter(|(who, _)| personas.contains(who)).count()
    };
    assert_eq!((by_persona(Year::Last), by_persona(Year::This)), (6, 0));
}

#[tokio::test]
async fn answers_come_within_the_round_and_most_in_the_first_days() {
    let (_store, rounds, _folder) = published().await;
    let made = make(SEED, 1500, YEAR).unwrap();
    for (round, year) in [(&rounds.previous, Year::Last), (&rounds.current, Year::This)] {
        let families = families(&made);
        let at: Vec<_> = families
            .iter()
            .flat_map(|family| turns(SEED, family, round, year, now()))
            .map(|turn| turn.at)
            .collect();
        assert!(at.iter().all(|at| round.is_open_on(at.date_utc()) && *at < now()));
        let days = round.closes.min(today()).days_since(round.opens) as usize + 1;
        let early = at.iter().filter(|at| at.date_utc().days_since(round.opens) < 5).count();
        assert!(early / 5 * 2 > (at.len() - early) / (days - 5) * 3, "{early} of {}", at.len());
    }
}
