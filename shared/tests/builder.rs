//! Building a form: edits, the difference between versions, and what a change means for those who have answered.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use proptest::prelude::*;
use serde_json::{Value, json};
use skolstart_shared::Locale;
use skolstart_shared::form::builder::{
    Change, ChangeCode, KINDS, Meaning, Reason, Spot, diff, effects, free_key, new_act, new_field, new_form,
    plain_kind,
};
use skolstart_shared::form::{ActKind, FormDefinition, FormKey, Texts, example_answers, normalise, validate};
use std::collections::BTreeSet;

fn t(text: &str) -> Value {
    json!({"sv": text, "en": text})
}

fn field(key: &str, kind: Value) -> Value {
    json!({"key": key, "label": t(key), "kind": kind})
}

fn options(keys: &[&str]) -> Value {
    json!({"choice": {"options": keys.iter().map(|key| json!({"key": key, "label": t(key)})).collect::<Vec<_>>()}})
}

fn act(key: &str, fields: Vec<Value>) -> Value {
    json!({"key": key, "kind": "notification", "subject": "child", "title": t(key), "purpose": t("Varför"),
        "readers": t("Vem"), "legal-basis": "public-interest", "law": t("Lag"), "signers": "any-guardian",
        "retention": "r", "fields": fields})
}

fn base() -> Value {
    let rows = json!({"rows": {"fields": [field("name", json!({"text": {"max": 40}}))], "least": 0, "most": 3,
        "add": t("Lägg till"), "row": t("Rad")}});
    json!({"key": "f", "version": 1, "title": t("Rubrik"), "intro": t("Om"), "acts": [
        act("a", vec![
            field("q", options(&["x", "y"])),
            field("w", json!({"text": {"max": 50}})),
            field("n", json!({"number": {"min": 0, "max": 9}})),
            field("r", rows),
        ]),
        act("b", vec![field("d", json!({"date": {}}))]),
    ]})
}

fn form(value: Value) -> FormDefinition {
    serde_json::from_value(value).unwrap()
}

fn changed(change: impl FnOnce(&mut Value)) -> (FormDefinition, FormDefinition) {
    let mut after = base();
    change(&mut after);
    (form(base()), form(after))
}

fn codes(change: impl FnOnce(&mut Value)) -> Vec<(ChangeCode, String)> {
    let (before, after) = changed(change);
    diff(&before, &after, Locale::Sv).into_iter().map(|Change { code, path, .. }| (code, path)).collect()
}

fn meaning(change: impl FnOnce(&mut Value)) -> Meaning {
    let (before, after) = changed(change);
    effects(&before, &after)[0].meaning
}

#[test]
fn each_difference_is_said_where_it_is() {
    let said = |code, path: &str| (code, path.to_owned());
    assert_eq!(codes(|_| ()), []);
    assert_eq!(codes(|form| form["version"] = json!(2)), []);
    assert_eq!(codes(|form| form["title"]["en"] = json!("Heading")), [said(ChangeCode::Text, "")]);
    let required = |form: &mut Value| form["acts"][0]["fields"][1]["required"] = json!(true);
    assert_eq!(codes(required), [said(ChangeCode::Required, "a/w")]);
    let option = |form: &mut Value| form["acts"][0]["fields"][0]["kind"] = options(&["x", "z"]);
    let both = [said(ChangeCode::OptionAdded, "a/q"), said(ChangeCode::OptionRemoved, "a/q")];
    assert_eq!(codes(option), both);
    let limits = |form: &mut Value| form["acts"][0]["fields"][2]["kind"]["number"]["max"] = json!(20);
    assert_eq!(codes(limits), [said(ChangeCode::Limits, "a/n")]);
    let column = |form: &mut Value| {
        form["acts"][0]["fields"][3]["kind"]["rows"]["fields"][0]["label"]["sv"] = json!("Namn");
    };
    assert_eq!(codes(column), [said(ChangeCode::Text, "a/r.name")]);
    let gone = |form: &mut Value| drop(form["acts"].as_array_mut().unwrap().remove(1));
    assert_eq!(codes(gone), [said(ChangeCode::ActRemoved, "")]);
    let swapped = |form: &mut Value| form["acts"].as_array_mut().unwrap().swap(0, 1);
    assert_eq!(codes(swapped), [said(ChangeCode::ActsMoved, "")]);
    let kind = |form: &mut Value| form["acts"][1]["fields"][0]["kind"] = json!({"days": {}});
    assert_eq!(codes(kind), [said(ChangeCode::Kind, "b/d")]);
    let rule = |form: &mut Value| form["acts"][0]["rules"] = json!([{"at-least-one-of": ["q", "w"]}]);
    assert_eq!(codes(rule), [said(ChangeCode::Rules, "a")]);
    let siblings = |form: &mut Value| form["acts"][0]["fields"][1]["same-for-siblings"] = json!(true);
    assert_eq!(codes(siblings), [said(ChangeCode::Other, "a/w")]);
}

#[test]
fn a_text_says_what_it_was_and_what_it_is() {
    let (before, after) = changed(|form| form["acts"][0]["title"]["sv"] = json!("Ny rubrik"));
    let found = diff(&before, &after, Locale::Sv);
    let told: Vec<_> = found[0].params.iter().map(|(name, text)| (*name, text.as_str())).collect();
    assert_eq!(
        told,
        [("after", "Ny rubrik"), ("before", "a"), ("language", "Svenska"), ("name", "Ny rubrik")]
    );
}

#[test]
fn a_sound_change_lets_answers_stand() {
    assert_eq!(meaning(|_| ()), Meaning::Stands);
    assert_eq!(meaning(|form| form["acts"][0]["title"]["sv"] = json!("Ny")), Meaning::Stands);
    let more = |form: &mut Value| form["acts"][0]["fields"][0]["kind"] = options(&["x", "y", "z"]);
    assert_eq!(meaning(more), Meaning::Stands);
    let optional = |form: &mut Value| {
        form["acts"][0]["fields"].as_array_mut().unwrap().push(field("new", json!({"yes-no": {}})));
    };
    assert_eq!(meaning(optional), Meaning::Stands);
    let fewer = |form: &mut Value| drop(form["acts"][0]["fields"].as_array_mut().unwrap().remove(1));
    assert_eq!(meaning(fewer), Meaning::Stands);
}

#[test]
fn an_unsound_change_asks_anew_and_says_why() {
    let anew = |reason| Meaning::AskedAnew(reason);
    let required = |form: &mut Value| form["acts"][0]["fields"][1]["required"] = json!(true);
    assert_eq!(meaning(required), anew(Reason::MoreRequired));
    let gone = |form: &mut Value| form["acts"][0]["fields"][0]["kind"] = options(&["x", "z"]);
    assert_eq!(meaning(gone), anew(Reason::AnswerGone));
    let narrower = |form: &mut Value| form["acts"][0]["fields"][2]["kind"]["number"]["max"] = json!(5);
    assert_eq!(meaning(narrower), anew(Reason::AnswerGone));
    let rule = |form: &mut Value| form["acts"][0]["rules"] = json!([{"at-least-one-of": ["q", "w"]}]);
    assert_eq!(meaning(rule), anew(Reason::RuleChanged));
    assert_eq!(meaning(|form| form["acts"][0]["kind"] = json!("confirmation")), anew(Reason::KindChanged));
    assert_eq!(meaning(|form| form["acts"][0]["key"] = json!("c")), Meaning::New);
}

#[test]
fn a_consent_is_asked_anew_when_its_words_are_others() {
    let consent = |label: &str| {
        let mut form = base();
        form["acts"][0]["kind"] = json!("consent");
        form["acts"][0]["legal-basis"] = json!("consent");
        form["acts"][0]["fields"] = json!([field(label, json!({"consent": {"audience": t("Alla")}}))]);
        form["acts"][0]["fields"][0]["key"] = json!("web");
        form
    };
    let of = |before: &str, after: &str| effects(&form(consent(before)), &form(consent(after)))[0].meaning;
    assert_eq!(of("Bild på webben", "Bild på webben "), Meaning::Stands, "a blank says nothing");
    assert_eq!(of("Bild på webben", "Film på webben"), Meaning::AskedAnew(Reason::ConsentChanged));
}

#[test]
fn places_are_named_as_the_check_list_names_them() {
    let form = form(base());
    assert_eq!(Spot::named(&form, ""), Spot::default());
    assert_eq!(Spot::named(&form, "b"), Spot::act(1));
    assert_eq!(Spot::named(&form, "a/r.name"), Spot::act(0).inside(3).inside(0));
    assert_eq!(Spot::named(&form, "a/none"), Spot::act(0), "the nearest place around it");
    assert_eq!(Spot::named(&form, "a/r.name").field_of(&form).unwrap().key.as_str(), "name");
}

#[test]
fn keys_are_free_and_plain() {
    assert_eq!(free_key("Kan barnet simma?", &[]), "kan-barnet-simma");
    assert_eq!(free_key("Kan barnet simma?", &["kan-barnet-simma".to_owned()]), "kan-barnet-simma-2");
    assert_eq!(free_key("…", &[]), "a");
}

/// One edit: what, where.
#[derive(Clone, Copy, Debug)]
enum Edit {
    AddAct,
    AddField(usize),
    Remove(usize, usize),
    Move(usize, usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        Just(Edit::AddAct),
        (0..KINDS.len()).prop_map(Edit::AddField),
        (0usize..4, 0usize..6).prop_map(|(act, at)| Edit::Remove(act, at)),
        (0usize..6, 0usize..6).prop_map(|(from, to)| Edit::Move(from, to)),
    ]
}

fn texts(text: &str) -> Texts {
    Texts([(Locale::Sv, text.to_owned())].into())
}

fn apply(form: &mut FormDefinition, edit: Edit) {
    match edit {
        Edit::AddAct => {
            let act = new_act(form, ActKind::Notification, texts("Del"));
            form.add_act(act);
        }
        Edit::AddField(kind) => {
            let into = Spot::act(0);
            let field =
                new_field(into.fields_of(form), texts("Fråga"), plain_kind(KINDS[kind], None).unwrap());
            form.add_field(&into, field);
        }
        Edit::Remove(act, at) => drop(form.remove(&Spot::act(act).inside(at))),
        Edit::Move(from, to) => drop(form.move_to(&Spot::act(0).inside(from), to)),
    }
}

fn keys(form: &FormDefinition) -> Vec<String> {
    let fields = form
        .acts
        .iter()
        .flat_map(|act| act.fields.iter().map(|field| format!("{}/{}", act.key.0, field.key.0)));
    form.acts.iter().map(|act| act.key.0.clone()).chain(fields).collect()
}

proptest! {
    /// However a form is built, no two things have the same key, and what is in the file is read back as it was.
    #[test]
    fn building_never_repeats_a_key(edits in prop::collection::vec(edit(), 0..20)) {
        let mut form = new_form(FormKey("f".to_owned()), texts("Blankett"));
        edits.into_iter().for_each(|edit| apply(&mut form, edit));
        let keys = keys(&form);
        prop_assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len());
        let text = serde_json::to_string(&form).unwrap();
        prop_assert_eq!(serde_json::from_str::<FormDefinition>(&text).unwrap(), form);
    }

    /// What is taken away and put back stands where it stood.
    #[test]
    fn the_last_removal_is_undone(edits in prop::collection::vec(edit(), 1..20), act in 0usize..3, at in 0usize..6) {
        let mut form = new_form(FormKey("f".to_owned()), texts("Blankett"));
        edits.into_iter().for_each(|edit| apply(&mut form, edit));
        let before = form.clone();
        for spot in [Spot::act(act), Spot::act(act).inside(at)] {
            if let Some(removed) = form.remove(&spot) {
                prop_assert_ne!(&form, &before);
                prop_assert_eq!(form.restore(removed), Some(spot));
            }
            prop_assert_eq!(&form, &before);
        }
    }

    /// Two forms that differ always have a difference to read, and equal ones have none.
    #[test]
    fn no_difference_is_passed_over(
        first in prop::collection::vec(edit(), 0..12),
        then in prop::collection::vec(edit(), 0..4),
    ) {
        let mut before = new_form(FormKey("f".to_owned()), texts("Blankett"));
        first.into_iter().for_each(|edit| apply(&mut before, edit));
        let mut after = before.clone();
        then.into_iter().for_each(|edit| apply(&mut after, edit));
        prop_assert_eq!(diff(&before, &after, Locale::Sv).is_empty(), before == after);
    }

    /// Where answers are said to stand, right answers to the version before are right answers to the one after.
    #[test]
    fn answers_that_stand_are_right(change in 0usize..9, variant in 0usize..4) {
        let (before, after) = changed(|form| soundly_or_not(form, change));
        let (old, new) = (&before.acts[0], effects(&before, &after));
        let setting = skolstart_shared::form::Setting::of_nobody(skolstart_shared::Date::new(2026, 9, 7).unwrap());
        let answers = example_answers(old, variant, &setting);
        prop_assert!(validate(old, &answers, &setting).is_empty());
        if new[0].meaning == Meaning::Stands {
            let act = after.act(&old.key).unwrap();
            let kept = normalise(act, &answers, &setting);
            prop_assert_eq!(validate(act, &kept, &setting), vec![]);
        }
    }
}

fn soundly_or_not(form: &mut Value, change: usize) {
    let fields = form["acts"][0]["fields"].as_array_mut().unwrap();
    match change {
        0 => fields[0]["kind"] = options(&["x"]),
        1 => fields[0]["kind"] = options(&["y", "x", "z"]),
        2 => fields[1]["kind"]["text"]["max"] = json!(3),
        3 => fields[1]["kind"]["text"]["max"] = json!(300),
        4 => fields[2]["kind"]["number"]["min"] = json!(4),
        5 => fields.push(field("more", json!({"yes-no": {}}))),
        6 => {
            fields.push(json!({"key": "must", "label": t("Fråga"), "kind": {"phone": {}}, "required": true}))
        }
        7 => fields[3]["kind"]["rows"]["least"] = json!(2),
        _ => drop(fields.remove(0)),
    }
}
