use super::paper::{Paper, fields, list, papers};
use super::place::{find, library};
use serde_json::Value;
use std::collections::BTreeMap;

/// Why something on paper is not in the library.
const REASONS: [&str; 6] =
    ["known-from-register", "sign-in", "known-elsewhere", "law", "plain-language", "not-needed"];

type Library = BTreeMap<String, Value>;

/// What is wrong with one entry of a map.
fn faults(library: &Library, name: &str, entry: &Value) -> Vec<String> {
    let places = list(&entry["to"]);
    let mut faults: Vec<String> = places
        .iter()
        .filter_map(|place| find(library, place.as_str().unwrap_or_default()).err())
        .map(|fault| format!("{name}: {fault}"))
        .collect();
    let words = entry["words"].as_str().unwrap_or_default();
    match entry["deviation"].as_str() {
        Some(reason) if !REASONS.contains(&reason) => faults.push(format!("{name}: {reason} is no reason")),
        Some("known-elsewhere") if places.is_empty() && words.is_empty() => {
            faults.push(format!("{name}: where is it known?"));
        }
        Some(_) if words.is_empty() => faults.push(format!("{name}: a deviation without words")),
        None if places.is_empty() => faults.push(format!("{name}: neither a place nor a reason")),
        _ => {}
    }
    faults
}

/// Holds a list on paper against a list of the map.
fn listed(library: &Library, paper: &Paper, part: &str) -> Vec<String> {
    let (real, mapped) = (list(&paper.form[part]), list(&paper.map[part]));
    let mut found = Vec::new();
    if real.len() != mapped.len() {
        found.push(format!("{part}: {} on paper, {} in the map", real.len(), mapped.len()));
    }
    for (at, entry) in mapped.iter().enumerate() {
        found.extend(faults(library, &format!("{part} {}", at + 1), entry));
    }
    found
}

fn named(library: &Library, paper: &Paper, part: &str, names: &[String]) -> Vec<String> {
    let mapped = paper.map[part].as_object().unwrap();
    let lost = names.iter().filter(|name| !mapped.contains_key(*name));
    let mut found: Vec<String> = lost.map(|name| format!("{part}: {name} is not mapped")).collect();
    for (name, entry) in mapped {
        if !names.contains(name) {
            found.push(format!("{part}: {name} is not on the paper"));
        }
        found.extend(faults(library, name, entry));
    }
    found
}

fn says_no(test: &str, check: impl Fn(&Library, &Paper) -> Vec<String>) {
    let library = library();
    let wrong: Vec<String> = papers()
        .iter()
        .flat_map(|paper| check(&library, paper).into_iter().map(|fault| format!("{}: {fault}", paper.id)))
        .collect();
    assert!(wrong.is_empty(), "{test}:\n{}", wrong.join("\n"));
}

#[test]
fn all_eighteen_real_forms_are_here_and_the_json_is_the_yaml() {
    let papers = papers();
    assert_eq!(papers.len(), 18);
    for paper in &papers {
        let labels = paper.yaml.lines().filter(|line| line.trim_start().starts_with("- label:")).count();
        assert_eq!(labels, fields(&paper.form).len(), "{}", paper.id);
        assert_eq!(paper.form["id"].as_str(), Some(paper.id.as_str()));
        let wraps = |text: &str| text.split_whitespace().collect::<String>().replace("''", "'");
        let yaml = wraps(&paper.yaml);
        for (_, field) in fields(&paper.form) {
            assert!(yaml.contains(&wraps(field["label"].as_str().unwrap())), "{}: {field}", paper.id);
        }
    }
}

/// Papers that the demo municipality has replaced with another form than the one they are read into, and why.
const REPLACED_OTHERWISE: [(&str, &str); 1] =
    [("contact-details", "the paper is a cooperative's, the municipality asks its own")];

#[test]
fn every_paper_of_the_demo_is_replaced_by_the_form_it_is_read_into() {
    let inventory = include_str!("../../src/demo/data/inventory.csv");
    let mut rows = inventory.lines();
    let heads: Vec<&str> = rows.next().unwrap().split(';').collect();
    let at = |name: &str| heads.iter().position(|head| *head == name).unwrap();
    let papers = papers();
    let mut replaced = 0;
    for row in rows.map(|row| row.split(';').collect::<Vec<_>>()) {
        let (code, by) = (row[at("Beteckning")], row[at("Ersatt av")]);
        let paper =
            papers.iter().find(|paper| paper.id.starts_with(code)).unwrap_or_else(|| panic!("{code}"));
        let is_otherwise = REPLACED_OTHERWISE.iter().any(|(other, _)| *other == code);
        assert_eq!(paper.map["form"].as_str() == Some(by), !is_otherwise, "{code} is replaced by {by:?}");
        assert!(!by.is_empty() && !row[at("Ersatt den")].is_empty(), "{code}");
        replaced += 1;
    }
    assert_eq!(replaced, papers.len());
}

#[test]
fn every_field_has_its_counterpart_or_a_reason() {
    says_no("fields", |library, paper| {
        let names: Vec<String> = fields(&paper.form).into_iter().map(|(path, _)| path).collect();
        named(library, paper, "fields", &names)
    });
}

#[test]
fn every_option_has_its_counterpart_or_a_reason() {
    says_no("options", |library, paper| {
        let all = fields(&paper.form);
        let of = |(path, field): &(String, &Value)| -> Vec<String> {
            let options = list(&field["options"]).iter();
            options.map(|option| format!("{path}/{}", option.as_str().unwrap())).collect()
        };
        named(library, paper, "options", &all.iter().flat_map(of).collect::<Vec<_>>())
    });
}

#[test]
fn signers_attachments_and_oddities_are_all_answered_for() {
    for part in ["signers", "attachments", "oddities"] {
        says_no(part, |library, paper| listed(library, paper, part));
    }
    says_no("decision", |library, paper| match paper.form["decision_part"].as_str() {
        Some(_) => faults(library, "decision", &paper.map["decision"]),
        None => Vec::new(),
    });
}

/// A field that is asked on a condition on paper is asked on a condition here, or signed by others, or left out.
#[test]
fn every_condition_is_kept() {
    says_no("conditions", |library, paper| {
        let conditional = fields(&paper.form).into_iter().filter(|(_, field)| !field["condition"].is_null());
        let kept = |path: &str| {
            let entry = &paper.map["fields"][path];
            !entry["deviation"].is_null()
                || !paper.map["conditions"][path].is_null()
                || list(&entry["to"]).iter().any(|place| is_conditional(library, place.as_str().unwrap()))
        };
        let lost: Vec<_> = conditional.filter(|(path, _)| !kept(path)).map(|(path, _)| path).collect();
        let stated = paper.map["conditions"].as_object().unwrap().iter();
        lost.into_iter().chain(stated.flat_map(|(name, entry)| faults(library, name, entry))).collect()
    });
}

fn is_conditional(library: &Library, place: &str) -> bool {
    let Ok(found) = find(library, place) else { return false };
    let act = place.find(['/', '~']).map(|end| &place[..end]);
    let of_act = |name: &str| act.is_some_and(|act| find(library, &format!("{act}@{name}")).is_ok());
    let own = ["visible-if", "required-if"].iter().any(|name| !found[*name].is_null());
    // A schedule of up to six weeks has each week on condition that the period is that long.
    own || !found["kind"]["schedule"].is_null() || of_act("applies-if") || of_act("after")
}

/// What must be filled in on paper must be answered here, alone or with another field.
#[test]
fn what_is_required_stays_required() {
    says_no("required", |library, paper| {
        let required = fields(&paper.form).into_iter().filter(|(_, field)| field["required"] == true);
        let kept = |path: &str| {
            let entry = &paper.map["fields"][path];
            let is_required = |place: &Value| {
                let place = place.as_str().unwrap();
                find(library, place).is_ok_and(|found| {
                    found["required"] == true || !found["required-if"].is_null() || found["kind"].is_null()
                })
            };
            !entry["deviation"].is_null() || list(&entry["to"]).iter().any(is_required)
        };
        required.filter(|(path, _)| !kept(path)).map(|(path, _)| path).collect()
    });
}
