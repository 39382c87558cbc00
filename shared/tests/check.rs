//! The check list of a form: each fault is found, and a sound form has none.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use serde_json::{Value, json};
use skolstart_shared::fact::{Catalogue, Element};
use skolstart_shared::form::FormDefinition;
use skolstart_shared::form::check::{FindingCode, check, lix, mean_sentence};

fn t(text: &str) -> Value {
    json!({"sv": text, "en": text})
}

fn field(key: &str, kind: Value) -> Value {
    json!({"key": key, "label": t("Fråga"), "kind": kind})
}

fn catalogue() -> Catalogue {
    let element = |key: &str, subject: &str, sensitivity: &str| -> Element {
        let element = json!({"key": key, "subject": subject, "sensitivity": sensitivity, "holds-days": null,
            "merge": "latest", "sharing": "guardians", "retention": "r"});
        serde_json::from_value(element).unwrap()
    };
    Catalogue::new(vec![
        element("guardian.phone", "guardian", "contact"),
        element("child.diet", "child", "health"),
    ])
}

fn sound() -> Value {
    json!({"key": "f", "version": 1, "title": t("Rubrik"), "intro": t("Om"), "acts": [{
        "key": "a", "kind": "notification", "subject": "child", "title": t("Rubrik"), "purpose": t("Varför"),
        "readers": t("Vem"), "legal-basis": "public-interest", "law": t("Lag"), "signers": "any-guardian",
        "retention": "r", "fields": [field("q", json!({"yes-no": {}})), field("w", json!({"text": {"max": 9}}))]}]})
}

fn findings(change: impl FnOnce(&mut Value)) -> Vec<FindingCode> {
    let mut form = sound();
    change(&mut form);
    let form: FormDefinition = serde_json::from_value(form).unwrap();
    let mut codes: Vec<_> = check(&form, &catalogue()).into_iter().map(|finding| finding.code).collect();
    codes.dedup();
    codes
}

/// The one act of the form.
fn in_act(change: impl FnOnce(&mut Value)) -> Vec<FindingCode> {
    findings(|form| change(&mut form["acts"][0]))
}

/// The second field of the act.
fn in_field(change: impl FnOnce(&mut Value)) -> Vec<FindingCode> {
    in_act(|act| change(&mut act["fields"][1]))
}

#[test]
fn a_sound_form_has_no_findings() {
    assert_eq!(findings(|_| ()), []);
}

#[test]
fn keys_references_and_limits() {
    use FindingCode::*;
    assert_eq!(in_field(|field| field["key"] = json!("q")), [DuplicateKey]);
    let visible = |condition: Value| in_field(|field| field["visible-if"] = condition);
    assert_eq!(visible(json!({"is": ["x", {"flag": true}]})), [UnknownField, Unreachable]);
    assert_eq!(visible(json!({"is": ["q", {"choice": "x"}]})), [UnknownAnswer, Unreachable]);
    assert_eq!(visible(json!({"is": ["q", {"flag": true}]})), []);
    assert_eq!(visible(json!({"some": "w"})), [Unreachable], "a field that hangs on itself");
    let both = json!({"all": [{"is": ["q", {"flag": true}]}, {"is": ["q", {"flag": false}]}]});
    assert_eq!(visible(both), [Unreachable]);
    assert_eq!(visible(json!({"grade": [6, 3]})), [Unreachable]);
    assert_eq!(in_act(|act| act["after"] = json!("a")), [UnknownAct]);
    assert_eq!(in_act(|act| act["fields"] = json!([])), [EmptyAct]);
    assert_eq!(in_act(|act| act["rules"] = json!([{"distinct": ["x", "y"]}])), [UnknownField]);
    assert_eq!(in_field(|field| field["kind"] = json!({"number": {"min": 2, "max": 1}})), [ImpossibleLimits]);
    assert_eq!(in_field(|field| field["element"] = json!("child.none")), [UnknownElement]);
    assert_eq!(in_field(|field| field["element"] = json!("guardian.phone")), [WrongSubject]);
    assert_eq!(in_act(|act| act["title"] = json!({"sv": "Bara svenska"})), [MissingTranslation]);
}

fn as_consent(act: &mut Value) {
    act["kind"] = json!("consent");
    act["legal-basis"] = json!("consent");
    act["until"] = t("Tills du ändrar dig");
    act["fields"] = json!([field("web", json!({"consent": {"audience": t("Alla")}}))]);
}

fn in_consent(change: impl FnOnce(&mut Value)) -> Vec<FindingCode> {
    in_act(|act| {
        as_consent(act);
        change(act);
    })
}

#[test]
fn consents() {
    use FindingCode::*;
    assert_eq!(in_consent(|_| ()), []);
    assert_eq!(in_act(|act| act["legal-basis"] = json!("consent")), [ConsentBasis]);
    assert_eq!(in_consent(|act| act["legal-basis"] = json!("public-interest")), [ConsentBasis]);
    assert_eq!(in_consent(|act| act["until"] = Value::Null), [ConsentWithoutEnd]);
    assert_eq!(
        in_consent(|act| act["fields"][0]["kind"] = json!({"acknowledge": {"text": t("Ja")}})),
        [RequiredConsent]
    );
    assert_eq!(in_consent(|act| act["rules"] = json!([{"at-least-one-of": ["web"]}])), [RequiredConsent]);
    let must =
        json!([{"must": {"holds": {"is": ["web", {"flag": true}]}, "at": "web", "says": t("Säg ja")}}]);
    assert_eq!(in_consent(|act| act["rules"] = must), [RequiredConsent]);
    assert_eq!(in_consent(|act| act["fields"][0]["same-for-siblings"] = json!(true)), [FilledConsent]);
    assert_eq!(in_consent(|act| act["fields"][0]["kind"] = json!({"yes-no": {}})), [ConsentMixed]);
    assert_eq!(in_consent(|act| act["signers"] = json!({"staff": ["mentor", 1]})), [StaffConsent]);
    assert_eq!(in_consent(|act| act["fields"][0]["label"] = t("Webben och sociala medier")), [ManyPurposes]);
    assert_eq!(in_consent(|act| act["fields"][0]["label"] = t("Närvaro med kamera")), [OtherBasisApplies]);
}

#[test]
fn what_the_law_says_about_other_acts() {
    use FindingCode::*;
    assert_eq!(in_act(|act| act["kind"] = json!("application")), [NobodyDecides]);
    assert_eq!(in_act(|act| act["audience"] = json!({"only": []})), [NobodyReads]);
    assert_eq!(in_act(|act| act["audience"] = json!({"only": ["school-health"]})), []);
    let decision =
        json!({"deciders": [{"function": "officer"}], "outcomes": ["granted", "refused"], "law": t("Lag")});
    assert_eq!(in_act(|act| act["decision"] = decision), [DecisionWithoutApplication]);
    assert_eq!(in_field(|field| field["key"] = json!("diet")), [ElementExists]);
    assert_eq!(in_field(|field| field["label"] = t("Elevens personnummer")), [RegisterKnows]);
    assert_eq!(in_field(|field| field["label"] = t("Vilken sjukdom?")), [HealthInFreeText]);
    let sealed = |field: &mut Value| {
        field["label"] = t("Vilken sjukdom?");
        field["element"] = json!("child.diet");
    };
    assert_eq!(in_field(sealed), []);
    assert_eq!(
        in_field(|field| field["kind"] = json!({"long-text": {"max": 9, "caution": t(" ")}})),
        [MissingTranslation, NoCaution]
    );
    assert_eq!(in_field(|field| field["kind"] = json!({"personal-number": {}})), [NumberWithoutReason]);
    let other = |field: &mut Value| {
        field["label"] = t("Den andra vårdnadshavarens telefon");
        field["kind"] = json!({"phone": {}});
        field["required"] = json!(true);
    };
    assert_eq!(in_field(other), [OtherParent]);
    let receipt = |act: &mut Value| {
        act["kind"] = json!("acknowledgement");
        act["title"] = t("Låna dator");
        act["purpose"] = t("Du ska betala om den går sönder");
    };
    assert_eq!(in_act(receipt), [CostPromise]);
}

#[test]
fn reading_level() {
    let easy = "Du kan svara nu. ".repeat(12);
    assert_eq!(lix(&easy), Some(4));
    let heavy = "Vårdnadshavarens medgivande förutsätter erforderlig identitetskontroll avseende sökanden "
        .repeat(10);
    assert!(lix(&heavy).unwrap() > 100);
    assert_eq!(lix("För kort."), None);
    assert_eq!(mean_sentence(&"You can now answer. ".repeat(12)), Some(4));
    assert_eq!(
        findings(|form| form["intro"] = json!({"sv": heavy, "en": "About"})),
        [FindingCode::HeavySwedish]
    );
    let long = format!("{} end.", "word ".repeat(200));
    assert_eq!(findings(|form| form["intro"] = json!({"sv": "Om", "en": long})), [FindingCode::LongEnglish]);
}

proptest! {
    /// What an answer can bring up is never said to be out of reach.
    #[test]
    fn a_field_that_hangs_on_an_option_is_reachable_exactly_when_the_option_is_there(count in 2_usize..6, at in 0_usize..8) {
        let options: Vec<Value> = (0..count).map(|n| json!({"key": format!("o{n}"), "label": t("Val")})).collect();
        let found = in_act(|act| {
            act["fields"][0]["kind"] = json!({"choice": {"options": options}});
            act["fields"][1]["visible-if"] = json!({"is": ["q", {"choice": format!("o{at}")}]});
        });
        prop_assert_eq!(found.contains(&FindingCode::Unreachable), at >= count);
    }
}

#[test]
fn codes_have_one_name_each() {
    let mut names: Vec<_> = FindingCode::ALL.iter().map(|code| code.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), FindingCode::ALL.len());
}
