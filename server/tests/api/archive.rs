//! What the municipality hands over to its archive: a child with everything, or the children of a round, whole and closed.

use crate::answering::{answer_loudly, bytes, submission};
use crate::applications::{applied, decide, done};
use crate::decisions::{page, put};
use crate::files::held;
use crate::on_both;
use crate::site::Site;
use crate::taken_down::paper;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use serde_json::Value as Json;
use skolstart_server::archive::verify;
use skolstart_server::demo::Cast;
use skolstart_server::store::classes::{Archive, Table, Type, tables};
use skolstart_server::usecase::archive::{ArchivingError, archive_child};
use skolstart_shared::api::{Endpoint, GetFile, GetHome, PutConsentAnswer, PutSubmission, SaidConsent};
use skolstart_shared::fact::Value;
use skolstart_shared::form::DecisionOutcome;
use skolstart_shared::id::{ChangeId, FileId, PersonId};
use skolstart_shared::{Locale, PersonalNumber};
use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use uuid::Uuid;

on_both! {
    everything_that_is_classified_for_the_archive_is_in_it
    what_was_sent_is_whole_and_others_are_named
    the_files_are_there_byte_for_byte_and_closed
}

const WORD: &str = "kanariefagel";
const HIS: &str = "gransingare";
const SIBLING: &str = "tallbit";

fn ella() -> PersonId {
    PersonId(Cast::EllaLindqvist.id())
}

/// Both guardians answer everything about Ella, and one about her brother; they apply for leave and have a decision; one sends a
/// file, and one answers on paper.
async fn lived_in(site: &Site) -> FileId {
    let nils = PersonId(Cast::NilsLindqvist.id());
    let told = [
        (Cast::SaraLindqvist, WORD, vec![None, Some(ella())]),
        (Cast::JohanLindqvist, HIS, vec![None, Some(ella())]),
        (Cast::SaraLindqvist, SIBLING, vec![Some(nils)]),
    ];
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let answer = paper(PersonId(Cast::JohanLindqvist.id()), "web", SaidConsent::Yes, (2026, 9, 3));
    let taken = ChangeId(submission(900).0);
    done(&lars.put::<PutConsentAnswer>(&(ella(), taken), serde_json::to_vec(&answer).unwrap()).await);
    let mut number = 1;
    for (who, word, about) in told {
        let mut guardian = site.sign_in(who).await;
        for child in about {
            let home = guardian.get::<GetHome>(&()).await;
            done(
                &guardian
                    .put::<PutSubmission>(&submission(number), bytes(answer_loudly(&home, child, word)))
                    .await,
            );
            number += 1;
        }
    }
    let monday = site.clock.today().add_days(14);
    let leave = [
        ("days", Value::Days(monday, monday.add_days(1))),
        ("off", Value::Number(0)),
        ("reason", Value::Text("Mormor fyller 80 år".to_owned())),
    ];
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let mut johan = site.sign_in(Cast::JohanLindqvist).await;
    let id = applied(&mut sara, 20, "leave", ella(), &leave).await;
    applied(&mut johan, 21, "leave", ella(), &leave).await;
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let seen = page(&mut anna, ella(), id).await.seen;
    let no = decide(
        DecisionOutcome::Refused,
        "Nationella prov den veckan",
        &[("earlier", Value::Number(0))],
        None,
    );
    done(&put(&mut anna, (ella(), id), 1, seen, no).await);
    held(&mut sara, ella(), 30).await
}

/// The number of somebody, as the operator types it.
pub(crate) async fn number(site: &Site, who: PersonId) -> PersonalNumber {
    let extract = site.store.extract(who, None, Locale::Sv).await.unwrap().unwrap();
    let section = extract.sections.iter().find(|section| section.table == "person_identifier").unwrap();
    let number = &section.rows[0].iter().find(|(name, _)| name == "sealed").unwrap().1;
    PersonalNumber::parse_stored(number.as_str().unwrap()).unwrap()
}

async fn archived(site: &Site, who: PersonId) -> PathBuf {
    let folder = site.folder.path().join("archive");
    let done = archive_child(&site.store, &number(site, who).await, &folder).await.unwrap();
    assert_eq!(done.children, 1);
    folder
}

/// The documents in a folder of an archive.
pub(crate) fn documents(folder: &Path) -> Vec<(PathBuf, Json)> {
    let mut found = Vec::new();
    for place in ["children", "protected"] {
        for child in fs::read_dir(folder.join(place)).into_iter().flatten() {
            let path = child.unwrap().path();
            let text = fs::read(path.join("child.json")).unwrap();
            found.push((path, serde_json::from_slice(&text).unwrap()));
        }
    }
    found
}

fn document(folder: &Path) -> Json {
    let mut found = documents(folder);
    assert_eq!(found.len(), 1);
    found.remove(0).1
}

pub(crate) fn list<'a>(of: &'a Json, key: &str) -> &'a [Json] {
    of[key].as_array().unwrap()
}

pub(crate) async fn ids(site: &Site, sql: &str, value: Uuid) -> BTreeSet<String> {
    #[derive(FromQueryResult)]
    struct Found {
        id: Uuid,
    }
    let db = site.raw().await;
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [value.into()]);
    Found::find_by_statement(statement)
        .all(&db)
        .await
        .unwrap()
        .into_iter()
        .map(|row| row.id.to_string())
        .collect()
}

/// How many rows of a table the archive of a child has by the classification.
async fn rows_of(site: &Site, table: &Table, child: PersonId) -> Option<usize> {
    let all = tables().unwrap();
    let column = |table: &Table| match &table.archive {
        Some(Archive::Rows(column, _)) => Some(column.clone()),
        _ => None,
    };
    let filter = match &table.archive {
        Some(Archive::Rows(column, _)) => format!("{column} = $1"),
        Some(Archive::Via) => {
            let (own, other, there) = table.via.clone().unwrap();
            let column = column(all.iter().find(|table| table.name == other).unwrap()).unwrap();
            format!("{own} IN (SELECT {there} FROM {other} WHERE {column} = $1)")
        }
        _ => return None,
    };
    let db = site.raw().await;
    let sql = format!("SELECT COUNT(*) FROM {} WHERE {filter}", table.name);
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [child.0.into()]);
    let count: i64 = db.query_one_raw(statement).await.unwrap().unwrap().try_get_by_index(0).unwrap();
    Some(usize::try_from(count).unwrap())
}

async fn everything_that_is_classified_for_the_archive_is_in_it(site: Site) {
    lived_in(&site).await;
    let document = document(&archived(&site, ella()).await);
    let mut met = BTreeSet::new();
    for table in tables().unwrap() {
        let found = list(&document, "tables").iter().find(|found| found["table"] == table.name.as_str());
        let Some(rows) = rows_of(&site, &table, ella()).await else {
            assert!(found.is_none(), "{}", table.name);
            continue;
        };
        let found = found.map(|found| list(found, "rows")).unwrap_or_default();
        assert_eq!(found.len(), rows, "{}", table.name);
        let columns: BTreeSet<&str> = table
            .columns
            .iter()
            .filter(|column| column.is != Type::Blob)
            .map(|column| column.name.as_str())
            .collect();
        for row in found {
            let has: BTreeSet<&str> = row.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(has, columns, "{}", table.name);
        }
        met.extend((rows > 0).then(|| table.name.clone()));
    }
    for table in [
        "person",
        "person_identifier",
        "guardian_relation",
        "enrolment",
        "group_membership",
        "fact",
        "act_answer",
        "consent_decision",
        "consent_evidence",
        "task",
        "application",
        "application_event",
    ] {
        assert!(met.contains(table), "{table} is not tried");
    }
    // As things happened.
    let events =
        list(&document, "tables").iter().find(|found| found["table"] == "application_event").unwrap();
    let kinds: Vec<_> = list(events, "rows").iter().map(|row| row["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["applied", "applied", "decided"]);
    // What is sealed is opened: the decision with its reasons, the paper with its place.
    let text = document.to_string();
    assert!(text.contains("Nationella prov den veckan") && text.contains("Pärm 3 på expeditionen"));
}

async fn what_was_sent_is_whole_and_others_are_named(site: Site) {
    lived_in(&site).await;
    let document = document(&archived(&site, ella()).await);
    // Everything that any row about her came with, and what her guardians said about themselves.
    let sent: BTreeSet<String> =
        list(&document, "submissions").iter().map(|sent| sent["id"].as_str().unwrap().to_owned()).collect();
    let sql = "SELECT submission_id AS id FROM act_answer WHERE subject_id = $1";
    let mut wanted = ids(&site, sql, ella().0).await;
    for guardian in [Cast::SaraLindqvist, Cast::JohanLindqvist] {
        wanted.extend(ids(&site, sql, guardian.id()).await);
    }
    wanted.remove(&submission(900).0.to_string());
    assert!(wanted.len() >= 6 && sent.is_superset(&wanted), "{sent:?} {wanted:?}");
    let text = document.to_string();
    assert!(text.contains(WORD) && text.contains(HIS) && text.contains("Mormor fyller 80 år"));
    assert!(!text.contains(SIBLING), "her brother's answers are his");
    let names: Vec<_> =
        list(&document, "people").iter().map(|person| person["name"].as_str().unwrap()).collect();
    for name in ["Ella Lindqvist", "Sara Lindqvist", "Johan Lindqvist", "Anna Holmgren", "Lars Nyström"] {
        assert!(names.contains(&name), "{names:?}");
    }
    // The question stands beside each answer, and the whole form as it was published beside that.
    for act in list(&document, "submissions").iter().flat_map(|sent| list(sent, "acts")) {
        let is_same = |form: &&Json| (&form["key"], &form["version"]) == (&act["form"], &act["version"]);
        let form = list(&document, "forms").iter().find(is_same).unwrap();
        assert!(list(&form["definition"], "acts").iter().any(|asked| asked["key"] == act["act"]));
        assert!(act["title"].is_string() && act["law"].is_string());
        for field in list(act, "fields") {
            assert!(
                field["question"] != field["key"] && !field["in-words"].as_str().unwrap().is_empty(),
                "{field}"
            );
        }
        let path = site.folder.path().join("archive").join(form["published-as"].as_str().unwrap());
        let sum = Command::new("sha256sum").arg(path).output().unwrap().stdout;
        assert!(String::from_utf8(sum).unwrap().starts_with(form["sha256"].as_str().unwrap()));
    }
    let consents = list(&document, "consents");
    assert!(
        !consents.is_empty() && consents.iter().all(|one| one["text-is-the-noted-one"] == true),
        "{consents:?}"
    );
    let page =
        fs::read_to_string(documents(&site.folder.path().join("archive"))[0].0.join("child.html")).unwrap();
    assert!(page.contains("Nationella prov den veckan") && page.contains(WORD) && !page.contains("<script"));
}

async fn the_files_are_there_byte_for_byte_and_closed(site: Site) {
    let file = lived_in(&site).await;
    let kept = site.sign_in(Cast::SaraLindqvist).await.get_path(&GetFile::path(&file)).await;
    let folder = archived(&site, ella()).await;
    let document = document(&folder);
    let files = list(&document, "files");
    assert_eq!((files.len(), &files[0]["id"]), (1, &Json::from(file.to_string())));
    let path = documents(&folder)[0].0.join(files[0]["path"].as_str().unwrap());
    assert_eq!(fs::read(&path).unwrap(), kept.body);
    assert!(path.ends_with(format!("files/{file}.png")), "no name of anybody: {}", path.display());
    let checked =
        Command::new("sha256sum").args(["--check", "--strict", "SHA256SUMS"]).current_dir(&folder).output();
    assert!(checked.unwrap().status.success());
    assert_eq!(verify(&folder).unwrap().faults, []);
    let mut left = vec![folder.clone()];
    while let Some(path) = left.pop() {
        let found = fs::metadata(&path).unwrap();
        let wanted = if found.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(found.permissions().mode() & 0o777, wanted, "{}", path.display());
        left.extend(fs::read_dir(&path).into_iter().flatten().map(|entry| entry.unwrap().path()));
    }
    // Nothing is written over, and one byte of a file is found.
    let again = archive_child(&site.store, &number(&site, ella()).await, &folder).await;
    assert!(matches!(again, Err(ArchivingError::Files(_))));
    let mut altered = kept.body.clone();
    altered[40] ^= 1;
    fs::write(&path, altered).unwrap();
    assert_eq!(verify(&folder).unwrap().faults.len(), 1);
}
