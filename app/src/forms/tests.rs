//! The session from the outside: what a guardian can do, in any order.

use super::fixture::{ALVA, at, home, session, step, today};
use super::*;
use proptest::prelude::*;
use skolstart_shared::Map;
use skolstart_shared::api::PurposeState;
use skolstart_shared::consent;
use skolstart_shared::contact::Phone;
use skolstart_shared::date::Timestamp;
use skolstart_shared::fact::{Provenance, Value};
use skolstart_shared::form::{Alternative, FieldKey, FormKey};
use skolstart_shared::locale::Locale;
use skolstart_shared::round::MyPart;
use skolstart_shared::violation::Code;
use std::sync::Arc;

fn key(name: &str) -> FieldKey {
    FieldKey(name.to_owned())
}

fn typed(text: &str) -> Input {
    Input::Typed(text.to_owned())
}

fn codes(session: &Session, step: &StepKey) -> Vec<(String, Code)> {
    session.violations(step).into_iter().map(|violation| (violation.path, violation.code)).collect()
}

fn confirm_all(session: &mut Session, step: &StepKey) {
    for field in session.act(step).unwrap().taken_for_right() {
        session.confirm(step, &field, at(1));
    }
}

/// The taps by name.
impl Session {
    fn set(&mut self, step: &StepKey, field: &FieldKey, input: Input, now: Timestamp) {
        self.write(step, field, Doing::Set(input), now);
    }

    fn confirm(&mut self, step: &StepKey, field: &FieldKey, now: Timestamp) {
        self.write(step, field, Doing::Confirm, now);
    }

    fn edit(&mut self, step: &StepKey, field: &FieldKey, now: Timestamp) {
        self.write(step, field, Doing::Edit, now);
    }

    fn keep_known(&mut self, step: &StepKey, field: &FieldKey, now: Timestamp) {
        self.write(step, field, Doing::Keep, now);
    }
}

fn row(name: &str, phone: &str) -> Map<String, Input> {
    Map::from([("name".to_owned(), typed(name)), ("phone".to_owned(), typed(phone))])
}

#[test]
fn steps_come_in_order_and_have_addresses() {
    let steps = session().steps();
    assert_eq!(steps.len(), 5);
    assert_eq!(steps[0], step("own", None));
    for step in steps {
        assert_eq!(StepKey::parse(&step.to_string()), Some(step));
    }
    assert_eq!(StepKey::parse("all"), None);
    assert_eq!(StepKey::parse("all/own/not-an-id"), None);
}

#[test]
fn all_known_is_one_tap() {
    let (mut session, own) = (session(), step("own", None));
    assert_eq!(session.act(&own).unwrap().standing().unconfirmed.len(), 2);
    confirm_all(&mut session, &own);
    assert!(session.act(&own).unwrap().is_complete());
    let content = session.content(Locale::Sv).unwrap();
    assert_eq!(content.acts.len(), 1, "only what is complete is sent");
    assert_eq!(content.acts[0].answers.0.len(), 2);
    assert_eq!(content.acts[0].base[&key("phone")], 3);
    assert_eq!(session.next_step(Some(&own)), Some(step("child", Some(ALVA))));
}

#[test]
fn sources_that_differ_are_asked_and_one_tap_is_enough() {
    let (mut session, own) = (session(), step("own", None));
    let other = Alternative {
        value: Value::Phone(Phone::parse("070-174 06 09").unwrap()),
        since: at(0),
        from: Provenance::You,
    };
    let known = Arc::make_mut(&mut session.home).tasks[0].known.get_mut(&key("phone")).unwrap();
    known.others.push(other.clone());
    confirm_all(&mut session, &own);
    assert_eq!(codes(&session, &own), [("phone".to_owned(), Code::Contradicted)]);
    assert!(!session.act(&own).unwrap().is_complete(), "nothing is taken for granted");

    let mut kept = session.clone();
    kept.confirm(&own, &key("phone"), at(2));
    assert!(kept.act(&own).unwrap().is_complete());
    session.write(&own, &key("phone"), Doing::Take(0), at(2));
    assert!(session.act(&own).unwrap().is_complete());
    let sent = &session.content(Locale::Sv).unwrap().acts[0];
    assert_eq!((sent.answers.0[&key("phone")].clone(), sent.base[&key("phone")]), (other.value, 3));
}

#[test]
fn what_comes_to_contradict_an_answer_is_asked_alone() {
    let (mut session, own) = (session(), step("own", None));
    let task = &mut Arc::make_mut(&mut session.home).tasks[0];
    task.answered = Some(at(0));
    let known = task.known.get_mut(&key("phone")).unwrap();
    let value = Value::Phone(Phone::parse("070-174 06 09").unwrap());
    known.others.push(Alternative { value, since: at(0), from: Provenance::Register });
    let act = session.act(&own).unwrap();
    assert_eq!(act.standing().unconfirmed, [key("phone")]);
}

#[test]
fn a_confirmation_does_not_hold_for_a_newer_value() {
    let (mut session, own) = (session(), step("own", None));
    confirm_all(&mut session, &own);
    Arc::make_mut(&mut session.home).tasks[0].known.get_mut(&key("phone")).unwrap().version = 4;
    assert_eq!(session.act(&own).unwrap().standing().unconfirmed, [key("phone")]);
}

#[test]
fn what_was_typed_on_an_older_value_stays_based_on_it() {
    let (mut session, own) = (session(), step("own", None));
    confirm_all(&mut session, &own);
    session.set(&own, &key("phone"), typed("070-174 06 06"), at(2));
    Arc::make_mut(&mut session.home).tasks[0].known.get_mut(&key("phone")).unwrap().version = 7;
    session.set(&own, &key("phone"), typed("070-174 06 07"), at(3));
    assert_eq!(session.content(Locale::Sv).unwrap().acts[0].base[&key("phone")], 3);
    session.settle(&own, &key("phone"), 7, Some(typed("070-174 06 07")), at(4));
    assert_eq!(session.content(Locale::Sv).unwrap().acts[0].base[&key("phone")], 7);
}

#[test]
fn taking_a_change_back_keeps_what_was_typed() {
    let (mut session, own) = (session(), step("own", None));
    session.edit(&own, &key("phone"), at(1));
    assert_eq!(session.act(&own).unwrap().field(&key("phone")).input, Some(&typed("070-174 06 05")));
    session.set(&own, &key("phone"), typed("0701"), at(2));
    session.keep_known(&own, &key("phone"), at(3));
    session.edit(&own, &key("phone"), at(4));
    assert_eq!(session.act(&own).unwrap().field(&key("phone")).input, Some(&typed("0701")));
}

#[test]
fn conditions_show_hide_and_leave_out() {
    let (mut session, child) = (session(), step("child", Some(ALVA)));
    let asks = |session: &Session, path: &str| session.act(&child).unwrap().standing().is_visible(path);
    assert!(!asks(&session, "why") && !asks(&session, "rows"));
    session.set(&child, &key("has"), Input::Flag(true), at(1));
    assert!(asks(&session, "why") && asks(&session, "rows"));
    session.set(&child, &key("why"), typed("därför"), at(2));
    session.set(&child, &key("has"), Input::Flag(false), at(3));
    let act = session.act(&child).unwrap();
    assert_eq!(act.answers().get(&key("why")), None);
    session.set(&child, &key("has"), Input::Flag(true), at(4));
    let answers = session.act(&child).unwrap().answers();
    assert_eq!(answers.get(&key("why")), Some(&Value::Text("därför".to_owned())));
}

#[test]
fn every_kind_says_what_is_wrong() {
    let (mut session, child) = (session(), step("child", Some(ALVA)));
    session.set(&child, &key("has"), Input::Flag(true), at(1));
    session.set(&child, &key("name"), typed("elva tecken"), at(1));
    session.set(&child, &key("why"), typed("mer än tjugo tecken är för långt"), at(1));
    session.set(&child, &key("count"), typed("tio"), at(1));
    session.set(&child, &key("day"), typed("2026-02-30"), at(1));
    session.set(&child, &key("rows"), Input::Rows(vec![row("", ""), row("Bo", "0812")]), at(1));
    let expected = [
        ("name", Code::TooLong),
        ("why", Code::TooLong),
        ("count", Code::NotANumber),
        ("day", Code::NotADate),
        ("many", Code::Required),
        ("rows.1.phone", Code::NotAPhone),
    ];
    let expected: Vec<_> = expected.into_iter().map(|(path, code)| (path.to_owned(), code)).collect();
    assert_eq!(codes(&session, &child), expected);
}

#[test]
fn rows_that_are_blank_do_not_count_and_places_are_those_on_the_screen() {
    let (mut session, child) = (session(), step("child", Some(ALVA)));
    session.set(&child, &key("has"), Input::Flag(true), at(1));
    session.set(&child, &key("rows"), Input::Rows(vec![row("", " ")]), at(1));
    assert!(codes(&session, &child).contains(&("rows".to_owned(), Code::Required)));
    session.set(&child, &key("rows"), Input::Rows(vec![row("", ""), row("Bo", "")]), at(2));
    assert!(codes(&session, &child).contains(&("rows.1.phone".to_owned(), Code::Required)));
}

#[test]
fn a_consent_needs_an_answer_and_takes_no() {
    let (mut session, pictures) = (session(), step("pictures", Some(ALVA)));
    assert_eq!(codes(&session, &pictures).len(), 2);
    session.set(&pictures, &key("web"), Input::Flag(false), at(1));
    session.set(&pictures, &key("print"), Input::Flag(true), at(1));
    assert!(session.act(&pictures).unwrap().is_complete());
}

#[test]
fn a_protected_child_is_never_published() {
    let mut home = home();
    let blocked = |_: &FieldKey, purpose: &mut PurposeState| purpose.standing = consent::Standing::Blocked;
    home.tasks[2].purposes.iter_mut().for_each(|(key, purpose)| blocked(key, purpose));
    let mut session = Session::new(home.into(), None, today()).unwrap();
    let pictures = step("pictures", Some(ALVA));
    session.set(&pictures, &key("web"), Input::Flag(true), at(1));
    let answers = session.act(&pictures).unwrap().answers();
    assert_eq!(answers.get(&key("web")), Some(&Value::Flag(false)));
    assert_eq!(answers.get(&key("print")), Some(&Value::Flag(false)));
}

#[test]
fn changing_one_answer_asks_for_that_alone() {
    let mut session = session();
    Arc::make_mut(&mut session.home).tasks[0].mine = MyPart::Done;
    session.draft.only = Some(step("own", None).to_string());
    assert_eq!(session.steps(), [step("own", None)]);
    assert!(session.act(&step("own", None)).unwrap().is_complete(), "what is answered needs no new tap");
    session.set(&step("own", None), &key("email"), typed("ny@example.se"), at(1));
    assert_eq!(session.content(Locale::Sv).unwrap().acts[0].base[&key("email")], 2);
}

#[test]
fn one_decision_is_sent_with_the_others_as_they_stand() {
    let mut session = session();
    let mine = serde_json::from_str(r#"{"choice":"given","at":"2026-08-01T10:00:00.000Z"}"#).unwrap();
    Arc::make_mut(&mut session.home).tasks[2].purposes.get_mut(&key("print")).unwrap().mine = Some(mine);
    let content = session.decision(&step("pictures", Some(ALVA)), &key("web"), false, Locale::Sv).unwrap();
    let answers = &content.acts[0].answers;
    assert_eq!(answers.get(&key("web")), Some(&Value::Flag(false)));
    // Her yes to print is hers to renew, not the program's.
    assert_eq!(answers.get(&key("print")), None);
}

#[test]
fn a_yes_stands_on_what_was_known_when_it_was_said() {
    let (mut session, pictures, web) = (session(), step("pictures", Some(ALVA)), key("web"));
    session.set(&pictures, &web, Input::Flag(true), at(1));
    session.set(&pictures, &key("print"), Input::Flag(true), at(1));
    let said = r#"{"choice":"withdrawn","at":"2026-08-01T10:00:00.000Z","version":9}"#;
    let mine = serde_json::from_str(said).unwrap();
    Arc::make_mut(&mut session.home).tasks[2].purposes.get_mut(&web).unwrap().mine = Some(mine);
    let base = |session: &Session| session.act(&pictures).unwrap().bases().get(&web).copied();
    assert_eq!(base(&session), None, "her no came from another device after that");
    // She has seen it, and says so again: from the list of what has changed, or by a new tap.
    session.settle(&pictures, &web, 0, Some(Input::Flag(true)), at(2));
    assert_eq!(base(&session), Some(9));
    assert_eq!(session.decision(&pictures, &web, true, Locale::Sv).unwrap().acts[0].base[&web], 9);
}

#[test]
fn of_two_decisions_that_wait_the_later_names_the_earlier() {
    let (mut session, pictures, web) = (session(), step("pictures", Some(ALVA)), key("web"));
    let content = session.decision(&pictures, &web, false, Locale::Sv).unwrap();
    assert_eq!(content.supersedes, None);
    let mut no = crate::sync::waiting(1, "x");
    no.body.content = content;
    session.draft.outbox.push(no.clone());
    let yes = session.decision(&pictures, &web, true, Locale::Sv).unwrap();
    assert_eq!(yes.supersedes, Some(no.id));
    let other = session.decision(&pictures, &key("print"), true, Locale::Sv).unwrap();
    assert_eq!(other.supersedes, None, "about something else");
}

#[test]
fn the_server_points_at_places_on_the_screen() {
    let mut session = session();
    confirm_all(&mut session, &step("own", None));
    let content = session.content(Locale::Sv).unwrap();
    let place = place_of(&content, "acts.0.phone").unwrap();
    assert_eq!((place.step.clone(), place.field()), (step("own", None), key("phone")));
    assert_eq!(place_of(&content, "acts.7.phone"), None);
    assert_eq!(place_of(&content, "round"), None);
}

#[test]
fn of_two_tabs_the_later_typing_stands_field_by_field() {
    let (mut one, own) = (session(), step("own", None));
    let mut other = one.clone();
    one.set(&own, &key("phone"), typed("1"), at(5));
    other.set(&own, &key("phone"), typed("2"), at(4));
    other.set(&own, &key("email"), typed("x@"), at(9));
    let (mut left, mut right) = (one.draft.clone(), other.draft.clone());
    left.merge(&other.draft);
    right.merge(&one.draft);
    assert_eq!(left, right, "the order of merging does not matter");
    one.draft = left;
    let act = one.act(&own).unwrap();
    assert_eq!(act.field(&key("phone")).input, Some(&typed("1")));
    assert_eq!(act.field(&key("email")).input, Some(&typed("x@")));
}

/// The school's clock is an hour ahead of the device's, and then an hour behind.
#[test]
fn what_another_tab_sent_is_forgotten_and_later_typing_is_kept_whatever_the_clocks_say() {
    for ahead in [3_600_000, -3_600_000] {
        let (mut session, own, child) = (session(), step("own", None), step("child", Some(ALVA)));
        session.set(&own, &key("phone"), typed("1"), at(1));
        session.set(&own, &key("email"), typed("x@"), at(9));
        session.set(&child, &key("name"), typed("Alva"), at(2));
        // It was pressed at 5 and received a moment later. The child's was answered at another device.
        let (sent, received) = ((at(5).as_millis(), at(ahead + 7).as_millis()), at(ahead + 7));
        let home = Arc::make_mut(&mut session.home);
        home.tasks[0].answered = Some(received);
        home.tasks[1].answered = Some(at(ahead + 8));
        session.forget_sent(&[(at(4).as_millis(), at(ahead + 6).as_millis()), sent]);
        assert_eq!(session.draft.act(&own).unwrap().fields.keys().collect::<Vec<_>>(), [&key("email")]);
        assert!(session.draft.act(&child).is_some(), "{ahead}");
    }
}

#[test]
fn what_is_left_is_told_in_minutes_rounded_up() {
    let home = home();
    let all = left(&home.forms, home.tasks.iter());
    // own: 2 known; per child: 1 known, 5 new and 2 consents.
    assert_eq!((all.acts, all.known, all.new), (5, 4, 14));
    assert_eq!(all.seconds, 2 * 3 + 2 * (3 + 5 * 15 + 2 * 10));
    assert_eq!((minutes(0), minutes(60), minutes(61)), (1, 1, 2));
    assert_eq!(percent(&home, ALVA.parse().unwrap()), 100 / 8);
}

#[test]
fn the_device_record_has_this_shape() {
    let (mut session, own) = (session(), step("own", None));
    session.confirm(&own, &key("email"), at(1));
    session.set(&own, &key("phone"), typed("0701"), at(2));
    let record = session.draft.encode();
    let expected = concat!(
        r#"{"format":1,"person":"00000000-0000-7000-8000-000000000001","#,
        r#""round":"00000000-0000-7000-8000-0000000000ff","acts":{"all/own":{"fields":{"#,
        r#""email":{"mode":"confirmed","base":2,"at":1786000000001},"#,
        r#""phone":{"mode":"changed","input":{"typed":"0701"},"base":3,"at":1786000000002}}}}}"#,
    );
    assert_eq!(record, expected);
    let (person, round) = (session.draft.person, session.draft.round);
    assert_eq!(Draft::decode(&record, person, round), Some(session.draft.clone()));
    assert_eq!(Draft::decode(&record, ALVA.parse().unwrap(), round), None, "not somebody else's");
    assert_eq!(Draft::decode(&record.replace("\"format\":1", "\"format\":2"), person, round), None);
}

#[test]
fn another_round_in_between_costs_nothing_that_was_begun() {
    let (mut session, own) = (session(), step("own", None));
    session.set(&own, &key("phone"), typed("0701"), at(2));
    let offered = StepKey { form: FormKey("offer".to_owned()), ..own.clone() };
    let begun = FieldDraft { mode: Mode::Changed, input: Some(typed("x")), base: 0, at: at(1).as_millis() };
    *session.draft.field_mut(&offered, &key("why")) = begun.clone();
    let person = session.draft.person;
    let special = "00000000-0000-7000-8000-0000000000fe".parse().unwrap();

    // A round that asks for something else opens, and the program is started anew in it.
    let mut other = home();
    other.round.as_mut().unwrap().id = special;
    other.tasks.remove(0);
    let draft = Draft::decode(&session.draft.encode(), person, special);
    let there = Session::new(other.into(), draft, today()).unwrap();
    assert_eq!(there.draft.round, special);
    assert_eq!(there.steps().len(), 4, "what is not asked is no step");
    let kept = there.draft.for_school().expect("the school keeps it too");

    // It is over: at this device from its own record, at another one from the school's.
    for record in [there.draft.encode(), kept] {
        let draft = Draft::decode(&record, person, session.draft.round);
        let back = Session::new(home().into(), draft, today()).unwrap();
        assert_eq!(back.draft.acts, session.draft.acts);
        assert_eq!(back.draft.act(&offered).unwrap().fields[&key("why")], begun);
    }
    // What nothing asks for any more is forgotten after a month, and what is asked is not.
    let later = Session::new(home().into(), Some(session.draft.clone()), today().add_days(60)).unwrap();
    assert_eq!(later.draft.act(&offered), None);
    assert!(later.draft.act(&own).is_some());
}

#[derive(Clone, Debug)]
enum Tap {
    Type(usize, String),
    Confirm(usize),
    ConfirmAll,
    Edit(usize),
    Keep(usize),
    Next,
    Reload,
}

fn taps() -> impl Strategy<Value = Vec<Tap>> {
    let tap = prop_oneof![
        (0..4usize, ".{0,12}").prop_map(|(field, text)| Tap::Type(field, text)),
        (0..4usize).prop_map(Tap::Confirm),
        Just(Tap::ConfirmAll),
        (0..4usize).prop_map(Tap::Edit),
        (0..4usize).prop_map(Tap::Keep),
        Just(Tap::Next),
        Just(Tap::Reload),
    ];
    prop::collection::vec(tap, 0..40)
}

proptest! {
    #[test]
    fn nothing_typed_is_ever_lost(taps in taps()) {
        let fields = [("own", None, "phone"), ("own", None, "email"), ("child", Some(ALVA), "name"),
            ("child", Some(ALVA), "why")];
        let fields = fields.map(|(act, child, field)| (step(act, child), key(field)));
        let mut last: Map<usize, String> = Map::new();
        let mut session = session();
        for (moment, tap) in taps.into_iter().enumerate() {
            let now = at(moment as i64);
            match tap {
                Tap::Type(field, text) => {
                    let (step, key) = &fields[field];
                    session.set(step, key, Input::Typed(text.clone()), now);
                    last.insert(field, text);
                }
                Tap::Confirm(field) => session.confirm(&fields[field].0, &fields[field].1, now),
                Tap::ConfirmAll => confirm_all(&mut session, &fields[0].0),
                Tap::Edit(field) => session.edit(&fields[field].0, &fields[field].1, now),
                Tap::Keep(field) => session.keep_known(&fields[field].0, &fields[field].1, now),
                Tap::Next => drop(session.next_step(None)),
                Tap::Reload => {
                    let (person, round) = (session.draft.person, session.draft.round);
                    let draft = Draft::decode(&session.draft.encode(), person, round);
                    session = Session::new(home().into(), draft, today()).unwrap();
                }
            }
        }
        for (field, text) in last {
            let (step, key) = &fields[field];
            prop_assert_eq!(session.act(step).unwrap().field(key).input.map(Input::typed), Some(text.as_str()));
        }
    }
}

#[test]
fn what_is_typed_stands_also_over_what_a_device_with_a_clock_ahead_typed_before() {
    let (mut ahead, mut here, own) = (session(), session(), step("own", None));
    ahead.set(&own, &key("phone"), typed("070-174 06 06"), at(9_000));
    here.draft.merge(&ahead.draft);
    here.set(&own, &key("phone"), typed("070-174 06 07"), at(5));
    here.draft.merge(&ahead.draft);
    let stands = here.draft.act(&own).unwrap().fields.get(&key("phone")).unwrap();
    assert_eq!(stands.input, Some(typed("070-174 06 07")));
}
