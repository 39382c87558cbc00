use super::*;
use skolstart_shared::form::{FormKey, Texts};
use skolstart_shared::id::RoundId;
use skolstart_shared::school::{Grade, SchoolYear};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A round that is open from one day of September to another, with one form. `grade`: for these children only.
fn round(number: u128, days: (u8, u8), form: &str, grade: Option<u8>) -> Arc<Round> {
    let day = |day| Date::new(2026, 9, day).unwrap();
    Arc::new(Round {
        id: RoundId(Uuid::from_u128(number)),
        title: Texts::default(),
        school_year: SchoolYear::starting(2026).unwrap(),
        opens: day(days.0),
        closes: day(days.1),
        forms: vec![FormRef { key: FormKey(form.to_owned()), version: 1 }],
        school_forms: Vec::new(),
        grades: grade.into_iter().filter_map(Grade::new).collect(),
        units: Vec::new(),
        groups: Vec::new(),
    })
}

/// Rounds by the day they open, as they are read.
fn published(rounds: Vec<Arc<Round>>) -> Published {
    Published {
        forms: BTreeMap::new(),
        rounds,
        catalogue: Default::default(),
        inventory: Default::default(),
        inventory_generation: None,
        told: Default::default(),
    }
}

fn in_grade(grade: u8) -> impl Fn(&Round) -> bool {
    move |round| round.grades.is_empty() || round.grades.contains(&Grade(grade))
}

fn number(round: Option<&Arc<Round>>) -> Option<u128> {
    round.map(|round| round.id.0.as_u128())
}

const TODAY: u8 = 20;

fn today() -> Date {
    Date::new(2026, 9, TODAY).unwrap()
}

#[test]
fn an_open_round_for_everybody_is_met_whatever_else_has_opened() {
    let rounds = published(vec![
        round(1, (1, 30), "start", None),
        round(2, (5, 6), "autumn", None),
        round(3, (10, 30), "bike", Some(2)),
    ]);
    assert_eq!(
        number(rounds.met_by(today(), in_grade(4))),
        Some(1),
        "one that has closed since opened later"
    );
    assert_eq!(number(rounds.met_by(today(), in_grade(2))), Some(1), "what is left in another comes before");
    assert_eq!(number(rounds.current_at(today(), in_grade(2))), Some(1));
    assert_eq!(number(rounds.current_for(today(), in_grade(2))), Some(3), "a class page follows the class");
    assert_eq!(number(rounds.current_for(today(), in_grade(4))), Some(1));
}

#[test]
fn a_closed_round_for_everybody_is_met_before_an_open_one_for_others() {
    let rounds = published(vec![
        round(1, (1, 9), "start", None),
        round(2, (5, 9), "autumn", None),
        round(3, (10, 30), "bike", Some(2)),
        round(4, (25, 30), "late", None),
    ]);
    for grade in [2, 4] {
        assert_eq!(number(rounds.met_by(today(), in_grade(grade))), Some(2), "the last that has opened");
    }
    assert_eq!(number(rounds.current(today())), Some(2), "few are not the municipality");
    assert_eq!(number(rounds.current_for(today(), in_grade(4))), Some(2));
    assert_eq!(number(rounds.current_for(today(), in_grade(2))), Some(3));
    assert_eq!(number(rounds.current_at(today(), in_grade(4))), Some(2));
    assert_eq!(number(rounds.current_at(today(), in_grade(2))), Some(3));
}

#[test]
fn without_a_round_for_everybody_it_is_one_that_asks_them_and_an_open_one_first() {
    let rounds = published(vec![
        round(1, (1, 30), "bike", Some(2)),
        round(2, (5, 6), "bike", Some(2)),
        round(3, (7, 8), "swim", Some(4)),
        round(4, (10, 30), "ski", Some(5)),
    ]);
    assert_eq!(number(rounds.met_by(today(), in_grade(2))), Some(1));
    assert_eq!(number(rounds.met_by(today(), in_grade(4))), Some(3), "closed, and theirs");
    assert_eq!(number(rounds.met_by(today(), in_grade(9))), Some(4), "only for what stands beside it");
    let none_yet = published(vec![round(1, (25, 30), "start", None)]);
    assert_eq!(number(none_yet.met_by(today(), in_grade(2))), Some(1), "the first to come");
    assert_eq!(number(published(Vec::new()).current(today())), None);
}

#[test]
fn earlier_answers_are_looked_for_only_where_something_is_left_out() {
    let rounds = published(vec![round(1, (1, 9), "start", None), round(2, (10, 30), "start", None)]);
    assert!(rounds.rounds().iter().all(|round| !rounds.leaves_out(round)));
    assert_eq!(rounds.opened_for_some(today()).count(), 0);
    let rounds = published(vec![round(1, (1, 9), "start", None), round(2, (10, 30), "bike", None)]);
    assert!(rounds.rounds().iter().all(|round| rounds.leaves_out(round)));
    let rounds = published(vec![round(1, (1, 9), "start", None), round(2, (10, 30), "start", Some(2))]);
    let leaves_out: Vec<bool> = rounds.rounds().iter().map(|round| rounds.leaves_out(round)).collect();
    assert_eq!(leaves_out, [false, true], "a sibling is not asked");
    assert_eq!(number(rounds.opened_for_some(today()).next()), Some(2));
}
