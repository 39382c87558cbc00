//! The check list of a form: each fault is found, and a sound form has none.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use serde_json::{Value, json};
use skolstart_shared::fact::{Catalogue, Element};
use skolstart_shared::form::FormDefinition;
use skolstart_shared::form::check::{Callable, FindingCode, check, check_calls, lix, mean_sentence};

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

/// An application whose handler fills in these fields.
fn handled(fields: Value) -> Vec<FindingCode> {
    in_act(|act| {
        act["kind"] = json!("application");
        act["decision"] = json!({"deciders": [{"function": "officer"}], "outcomes": ["granted", "refused"],
            "law": t("Lag"), "fields": fields});
    })
}

#[test]
fn what_a_handler_and_a_row_never_get_to_see() {
    use FindingCode::*;
    let seen_if = |condition: Value| {
        let mut own = field("place", json!({"text": {"max": 9}}));
        own["visible-if"] = condition;
        handled(json!([own]))
    };
    assert_eq!(seen_if(json!({"is": ["outcome", {"choice": "granted"}]})), []);
    assert_eq!(seen_if(json!({"is": ["outcome", {"choice": "partly"}]})), [UnknownAnswer, Unreachable]);
    assert_eq!(seen_if(json!({"is": ["q", {"flag": true}]})), [], "an answer of the family");
    assert_eq!(seen_if(json!({"some": "x"})), [UnknownField, Unreachable]);
    assert_eq!(seen_if(json!({"some": "place"})), [Unreachable], "it hangs on itself");
    let mut column = field("days", json!({"number": {"min": 0, "max": 9}}));
    let mut rows = |condition: Value| {
        column["visible-if"] = condition;
        let rows = json!({"rows": {"fields": [field("name", json!({"text": {"max": 9}})), column], "least": 0,
            "most": 3, "add": t("Fler"), "row": t("Rad")}});
        (handled(json!([field("rows", rows.clone())])), in_field(|field| field["kind"] = rows))
    };
    assert_eq!(rows(json!({"some": "name"})), (vec![], vec![]));
    assert_eq!(rows(json!({"is": ["q", {"flag": false}]})), (vec![], vec![]));
    assert_eq!(rows(json!({"grade": [6, 3]})), (vec![Unreachable], vec![Unreachable]));
    assert_eq!(rows(json!({"at-least": ["days", 1]})), (vec![Unreachable], vec![Unreachable]));
}

#[test]
fn what_children_and_limits_rule_out() {
    use FindingCode::*;
    let young = |condition: Value| {
        in_act(|act| {
            act["applies-if"] = json!({"grade": [1, 3]});
            act["fields"][1]["visible-if"] = condition;
        })
    };
    assert_eq!(young(json!({"grade": [3, 6]})), []);
    assert_eq!(young(json!({"grade": [4, 6]})), [Unreachable]);
    assert_eq!(young(json!({"all": [{"grade": [4, 6]}, {"is": ["q", {"flag": true}]}]})), [Unreachable]);
    assert_eq!(young(json!({"any": [{"grade": [4, 6]}, {"is": ["q", {"flag": true}]}]})), []);
    let visible = |condition: Value| in_field(|field| field["visible-if"] = condition);
    assert_eq!(visible(json!({"all": [{"school-form": ["GR"]}, {"school-form": ["GY", "GR"]}]})), []);
    assert_eq!(visible(json!({"all": [{"school-form": ["GR"]}, {"school-form": ["GY"]}]})), [Unreachable]);
    assert_eq!(visible(json!({"all": [{"age": {"from": 15}}, {"age": {"below": 15}}]})), [Unreachable]);
    assert_eq!(visible(json!({"all": [{"age": {"from": 14}}, {"age": {"below": 15}}]})), []);
    let counted = |condition: Value| {
        in_act(|act| {
            act["fields"][0]["kind"] = json!({"number": {"min": 0, "max": 5}});
            act["fields"][1]["visible-if"] = condition;
        })
    };
    assert_eq!(counted(json!({"at-least": ["q", 5]})), []);
    assert_eq!(counted(json!({"at-least": ["q", 6]})), [Unreachable]);
    assert_eq!(counted(json!({"at-most": ["q", -1]})), [Unreachable]);
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

/// The second field asks an element that the form brings, changed by `change`.
fn with_own(change: impl FnOnce(&mut Value)) -> Vec<FindingCode> {
    let mut element = json!({"key": "child.own-card", "subject": "child", "sensitivity": "personal", "holds-days": 365,
        "merge": "latest", "sharing": "guardians", "retention": "r", "label": t("Busskort"), "kind": "text"});
    change(&mut element);
    findings(|form| {
        form["acts"][0]["fields"][1]["element"] = json!("child.own-card");
        form["elements"] = json!([element]);
    })
}

#[test]
fn elements_of_the_form() {
    use FindingCode::*;
    assert_eq!(with_own(|_| ()), []);
    assert_eq!(with_own(|element| element["label"] = json!({"sv": "Busskort"})), [ElementWithoutName]);
    assert_eq!(with_own(|element| element["holds-days"] = json!(0)), [ElementUnfit]);
    assert_eq!(with_own(|element| element["kind"] = json!("yes-no")), [WrongElementKind]);
    assert_eq!(with_own(|element| element["subject"] = json!("guardian")), [WrongSubject]);
    assert_eq!(with_own(|element| element["audience"] = json!({"only": []})), [NobodyReads]);
    assert_eq!(with_own(|element| element["sensitivity"] = json!("health")), [HealthForAll]);
    let health = |element: &mut Value| {
        element["sensitivity"] = json!("health");
        element["audience"] = json!("principal");
    };
    assert_eq!(with_own(health), []);
    assert_eq!(with_own(|element| element["key"] = json!("child.diet")), [UnknownElement]);
    let shipped_key = findings(|form| {
        form["elements"] = json!([{"key": "child.card", "subject": "child", "sensitivity": "personal", "holds-days": 365,
            "merge": "latest", "sharing": "guardians", "retention": "r", "label": t("Busskort")}]);
    });
    assert_eq!(shipped_key, [ElementUnfit], "only a key of the municipality's own can be new");
}

/// A form whose answers call for these, beside every round or in rounds.
fn calling(key: &str, calls: &[&str], on_demand: bool, subject: &str) -> FormDefinition {
    let mut form = sound();
    form["key"] = json!(key);
    let call =
        |form: &&str| json!({"when": {"is": ["q", {"flag": true}]}, "form": form, "why": t("Därför.")});
    form["acts"][0]["calls"] = calls.iter().map(call).collect();
    form["acts"][0]["on-demand"] = json!(on_demand);
    form["acts"][0]["subject"] = json!(subject);
    serde_json::from_value(form).unwrap()
}

#[test]
fn what_an_answer_calls_for_must_be_there_to_be_asked() {
    let published = [
        calling("plan", &[], true, "child"),
        calling("round", &[], false, "child"),
        calling("own", &[], true, "guardian"),
        calling("back", &["between"], true, "child"),
        calling("between", &["f"], true, "child"),
        calling("knot", &["knot-too"], true, "child"),
        calling("knot-too", &["knot"], true, "child"),
    ];
    let published: Vec<Callable> = published.iter().map(Callable::of).collect();
    let found = |calls: &[&str]| {
        let form = calling("f", calls, false, "child");
        assert_eq!(check(&form, &catalogue()), []);
        check_calls(&form, &published).into_iter().map(|finding| finding.code).collect::<Vec<_>>()
    };
    assert_eq!(found(&["plan"]), []);
    // Others that go in a circle end, and are theirs to mend.
    assert_eq!(found(&["knot"]), []);
    assert_eq!(
        found(&["nothing", "round", "own", "f", "back"]),
        [
            FindingCode::CalledUnknown,
            FindingCode::CalledInRounds,
            FindingCode::CalledElsewhere,
            FindingCode::CalledInCircle,
            FindingCode::CalledInCircle,
        ]
    );
}

#[test]
fn what_an_answer_calls_for_looks_at_questions_that_are_there_and_says_why() {
    let call = |field: &str, why: Value| {
        in_act(|act| {
            act["calls"] = json!([{"when": {"is": [field, {"flag": true}]}, "form": "plan", "why": why}])
        })
    };
    assert_eq!(call("q", t("Därför.")), []);
    assert_eq!(call("gone", t("Därför.")), [FindingCode::UnknownField]);
    assert_eq!(call("q", json!({"sv": "Därför."})), [FindingCode::MissingTranslation]);
}
