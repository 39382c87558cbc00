use super::*;
use crate::access::Function;
use crate::form::FieldKey;
use uuid::Uuid;

fn person(n: u128) -> PersonId {
    PersonId(Uuid::from_u128(n))
}

fn at(n: u128, outcome: Outcome, millis: i64) -> SignerAnswer {
    SignerAnswer::new(person(n), outcome, Timestamp::from_millis(millis))
}

fn answer(n: u128, outcome: Outcome) -> SignerAnswer {
    at(n, outcome, 0)
}

/// A pupil (7) of nine with two guardians (1, 2).
fn evidence<'a>(
    rule: &'a SignersRule,
    answers: &'a [SignerAnswer],
    guardians: &'a [PersonId],
) -> Evidence<'a> {
    let family = Family { pupil: person(7), age: Some(9), guardians, settled: false };
    Evidence { rule, family, answers, joint: false, around: Around::default() }
}

fn status_of(rule: SignersRule, answers: &[SignerAnswer]) -> TaskStatus {
    status(&evidence(&rule, answers, &[person(1), person(2)]))
}

fn aged(rule: SignersRule, age: u8, answers: &[SignerAnswer]) -> TaskStatus {
    let guardians = [person(1), person(2)];
    let mut evidence = evidence(&rule, answers, &guardians);
    evidence.family.age = Some(age);
    status(&evidence)
}

#[test]
fn one_no_counts_before_the_other_has_answered() {
    let no = [answer(1, Outcome::Refused)];
    assert_eq!(status_of(SignersRule::AllGuardians, &no), TaskStatus::Declined);
    let both = [answer(1, Outcome::Refused), answer(2, Outcome::Answered)];
    assert_eq!(status_of(SignersRule::AllGuardians, &both), TaskStatus::Declined);
}

#[test]
fn all_guardians_wait_for_the_other_and_any_does_not() {
    let one = [answer(1, Outcome::Answered)];
    assert_eq!(status_of(SignersRule::AllGuardians, &one), TaskStatus::WaitingForOther);
    assert_eq!(status_of(SignersRule::AnyGuardian, &one), TaskStatus::Complete);
    assert_eq!(status_of(SignersRule::AllGuardians, &[]), TaskStatus::NotStarted);
}

#[test]
fn answers_of_somebody_who_no_longer_decides_do_not_count() {
    let former = [answer(9, Outcome::Answered)];
    assert_eq!(status_of(SignersRule::AnyGuardian, &former), TaskStatus::NotStarted);
    let former_no = [answer(9, Outcome::Refused)];
    assert_eq!(status_of(SignersRule::AllGuardians, &former_no), TaskStatus::NotStarted);
}

#[test]
fn at_eighteen_the_pupil_stands_in_the_guardians_place() {
    let guardian = [answer(1, Outcome::Answered)];
    let pupil = [answer(7, Outcome::Answered)];
    assert_eq!(aged(SignersRule::AnyGuardian, 17, &guardian), TaskStatus::Complete);
    assert_eq!(aged(SignersRule::AnyGuardian, 18, &guardian), TaskStatus::NotStarted);
    assert_eq!(aged(SignersRule::AllGuardians, 18, &pupil), TaskStatus::Complete);
}

#[test]
fn the_pupil_has_a_say_of_her_own_from_an_age() {
    let pupil = [answer(7, Outcome::Answered)];
    assert_eq!(aged(SignersRule::PupilFrom(15), 14, &pupil), TaskStatus::NotStarted);
    assert_eq!(aged(SignersRule::PupilFrom(15), 15, &pupil), TaskStatus::Complete);
    let all = [answer(1, Outcome::Answered), answer(2, Outcome::Answered)];
    assert_eq!(aged(SignersRule::WithPupilFrom(15), 14, &all), TaskStatus::Complete);
    assert_eq!(aged(SignersRule::WithPupilFrom(15), 15, &all), TaskStatus::WaitingForOther);
}

#[test]
fn all_the_first_time_then_one_until_a_named_field_changes() {
    let rule = SignersRule::AllThenAny(vec![FieldKey("persons".into())]);
    let guardians = [person(1), person(2)];
    let first = [at(1, Outcome::Answered, 10)];
    assert_eq!(status(&evidence(&rule, &first, &guardians)), TaskStatus::WaitingForOther);
    let mut settled = evidence(&rule, &first, &guardians);
    settled.family.settled = true;
    assert_eq!(status(&settled), TaskStatus::Complete);
    // The first guardian changes the named field after both had answered: the other must answer again.
    let mut changed = [at(1, Outcome::Answered, 30), at(2, Outcome::Answered, 20)];
    changed[0].renewed = Some(Timestamp::from_millis(30));
    assert_eq!(status(&evidence(&rule, &changed, &guardians)), TaskStatus::WaitingForOther);
    assert_eq!(my_part(&evidence(&rule, &changed, &guardians), person(2)), MyPart::ToDo);
    changed[1].at = Timestamp::from_millis(40);
    assert_eq!(status(&evidence(&rule, &changed, &guardians)), TaskStatus::Complete);
}

#[test]
fn different_answers_to_something_joint_are_a_conflict() {
    let mut both = [answer(1, Outcome::Answered), answer(2, Outcome::Answered)];
    (both[0].digest, both[1].digest) = (Some(1), Some(2));
    let guardians = [person(1), person(2)];
    let mut evidence = evidence(&SignersRule::AllGuardians, &both, &guardians);
    assert_eq!(status(&evidence), TaskStatus::Complete);
    evidence.joint = true;
    assert_eq!(status(&evidence), TaskStatus::Conflict);
}

#[test]
fn a_returned_answer_is_to_do_again() {
    let mut returned = [answer(1, Outcome::Answered)];
    returned[0].returned = true;
    let guardians = [person(1), person(2)];
    let evidence = evidence(&SignersRule::AnyGuardian, &returned, &guardians);
    assert_eq!(status(&evidence), TaskStatus::Returned);
    assert_eq!(my_part(&evidence, person(1)), MyPart::ToDo);
}

#[test]
fn staff_answer_in_the_number_that_the_form_asks_for() {
    let rule = SignersRule::Staff(Function::Mentor, 2);
    assert_eq!(status_of(rule.clone(), &[]), TaskStatus::WaitingForStaff);
    assert_eq!(status_of(rule.clone(), &[answer(20, Outcome::Answered)]), TaskStatus::WaitingForStaff);
    let two = [answer(20, Outcome::Answered), answer(21, Outcome::Answered)];
    assert_eq!(status_of(rule.clone(), &two), TaskStatus::Complete);
    assert_eq!(my_part(&evidence(&rule, &[], &[person(1)]), person(1)), MyPart::Waits);
}

#[test]
fn what_stands_around_a_task_counts_only_while_nobody_has_answered() {
    let (rule, guardians) = (SignersRule::AnyGuardian, [person(1)]);
    let around = |around: Around, answers: &[SignerAnswer]| {
        let evidence = Evidence { around, ..evidence(&rule, answers, &guardians) };
        (status(&evidence), my_part(&evidence, person(1)))
    };
    let exempt = Around { exempt: true, ..Around::default() };
    let not_yet = Around { not_yet: true, ..Around::default() };
    let on_demand = Around { on_demand: true, ..Around::default() };
    assert_eq!(around(exempt, &[]), (TaskStatus::Exempt, MyPart::MayDo));
    assert_eq!(around(not_yet, &[]), (TaskStatus::NotYet, MyPart::Waits));
    assert_eq!(around(on_demand, &[]), (TaskStatus::Voluntary, MyPart::MayDo));
    let answered = [answer(1, Outcome::Answered)];
    for each in [exempt, not_yet, on_demand] {
        assert_eq!(around(each, &answered), (TaskStatus::Complete, MyPart::Done));
    }
}
