//! Finds guardians in the register files of the demo municipality, one per family, so that no two of them answer for the
//! same child.

use serde_json::Value;
use skolstart_shared::id::PersonId;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Up to `most` guardians who share no child, in the order of the files.
pub(crate) fn families(folder: &Path, most: usize) -> Vec<PersonId> {
    let children = children(folder);
    let mut of_guardian: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (child, guardians) in children.iter().enumerate() {
        for guardian in guardians {
            of_guardian.entry(guardian).or_default().push(child);
        }
    }
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let mut chosen = Vec::new();
    for guardians in &children {
        let free = guardians
            .iter()
            .find(|guardian| of_guardian[guardian.as_str()].iter().all(|c| !taken.contains(c)));
        if let Some(guardian) = free {
            taken.extend(&of_guardian[guardian.as_str()]);
            chosen.extend(guardian.parse::<PersonId>().ok());
        }
        if chosen.len() == most {
            break;
        }
    }
    chosen
}

/// The guardians of each child.
fn children(folder: &Path) -> Vec<Vec<String>> {
    let mut pages: Vec<_> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("persons")))
        .collect();
    pages.sort();
    let mut children = Vec::new();
    for page in pages {
        let page: Value =
            serde_json::from_slice(&std::fs::read(page).unwrap_or_default()).unwrap_or_default();
        for person in page["data"].as_array().into_iter().flatten() {
            let responsible = person["responsibles"].as_array().into_iter().flatten();
            let deciding = responsible.filter(|one| one["relationType"] == "Vårdnadshavare");
            let guardians: Vec<String> =
                deciding.filter_map(|one| one["person"]["id"].as_str().map(str::to_owned)).collect();
            if !guardians.is_empty() {
                children.push(guardians);
            }
        }
    }
    children
}
