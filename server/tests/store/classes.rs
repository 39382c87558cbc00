//! The classification of columns against the schema of a real database.

use super::site::{Site, on_both, rows};
use sea_orm::FromQueryResult;
use skolstart_server::store::classes::{Archive, Kind, Seen, Type, tables};
use std::collections::BTreeSet;

#[derive(FromQueryResult)]
struct Found {
    place: String,
    kind: String,
}

const SQLITE: &str = "SELECT m.name || '.' || c.name AS place, LOWER(c.type) AS kind FROM sqlite_master m \
    JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite!_%' ESCAPE '!'";
const POSTGRES: &str = "SELECT table_name || '.' || column_name AS place, data_type::text AS kind \
    FROM information_schema.columns WHERE table_schema = 'public'";

async fn schema(site: &Site) -> Vec<Found> {
    rows(&site.raw().await, if site.is_sqlite() { SQLITE } else { POSTGRES }).await
}

#[test]
fn every_column_of_the_database_is_classified_and_none_that_is_gone() {
    on_both(|site| async move {
        site.open().await.close().await;
        let found: BTreeSet<String> = schema(&site).await.into_iter().map(|row| row.place).collect();
        assert!(found.contains("person.given_name") && found.contains("fact.value"));
        let tables = tables().unwrap();
        let named = tables
            .iter()
            .flat_map(|table| table.columns.iter().map(|column| format!("{}.{}", table.name, column.name)));
        let named: BTreeSet<String> = named.collect();
        let missing: Vec<_> = found.difference(&named).collect();
        let gone: Vec<_> = named.difference(&found).collect();
        assert!(missing.is_empty(), "classify in server/src/store/classes/columns.toml: {missing:?}");
        assert!(gone.is_empty(), "not in the database any more: {gone:?}");
    });
}

#[test]
fn a_column_is_kept_as_the_classification_says() {
    on_both(|site| async move {
        site.open().await.close().await;
        let schema = schema(&site).await;
        for table in tables().unwrap() {
            for column in &table.columns {
                let place = format!("{}.{}", table.name, column.name);
                let kind = &schema.iter().find(|row| row.place == place).unwrap().kind;
                let right: &[&str] = match column.is {
                    Type::Uuid => &["uuid", "uuid_text"],
                    Type::Text | Type::Day => &["text", "varchar", "character varying"],
                    Type::Time | Type::Int => &["bigint", "integer"],
                    Type::Bool => &["boolean"],
                    Type::Blob | Type::Sealed => &["blob", "bytea"],
                };
                assert!(right.iter().any(|right| kind.starts_with(right)), "{place} is {kind}");
            }
        }
    });
}

#[test]
fn what_is_about_somebody_is_given_to_her_or_it_is_said_why_not() {
    for table in tables().unwrap() {
        let name = &table.name;
        let has = |wanted: &str| table.columns.iter().any(|column| column.name == wanted);
        assert!(table.about.iter().chain(&table.row).chain(&table.part).all(|column| has(column)), "{name}");
        let reached = !table.about.is_empty() || table.via.is_some();
        for column in &table.columns {
            let place = format!("{name}.{}", column.name);
            let personal = column.kind != Kind::Operational;
            assert!(!personal || column.out != (column.reason.len() > 10), "{place}: out, or no and why");
            assert!(!column.out || reached, "{place}: about whom?");
            // A plain column says nothing that only its owner may know, but for what lists and rights are made of.
            let plain = column.is != Type::Sealed && column.kind == Kind::Sensitive;
            assert!(
                !plain
                    || ["person.marking", "person.shielded", "protection_event.kind", "task.hidden"]
                        .contains(&place.as_str()),
                "{place}: seal it"
            );
            assert!(column.is != Type::Sealed || table.row.is_some(), "{place}: bound to which row?");
            // Reasons of staff for a hold or a list are no person's own.
            let is_of_staff = ["retention_hold", "list_export"].contains(&name.as_str());
            let is_somebodys = table.sealed_for.is_some() || is_of_staff;
            assert!(column.is != Type::Sealed || is_somebodys, "{place}: sealed with whose key?");
        }
        if let Some((own, other, there)) = &table.via {
            let other = tables().unwrap().into_iter().find(|table| table.name == *other).unwrap();
            assert!(has(own) && other.columns.iter().any(|column| column.name == *there), "{name}");
        }
    }
}

#[test]
fn what_is_about_somebody_is_archived_or_it_is_said_why_not() {
    for table in tables().unwrap() {
        let name = &table.name;
        let has = |wanted: &str| table.columns.iter().any(|column| column.name == wanted);
        let reached = !table.about.is_empty() || table.via.is_some();
        match &table.archive {
            None => assert!(!reached, "{name}: which rows are in the archive of a child, or no and why?"),
            Some(Archive::No(reason)) => assert!(reason.len() > 10, "{name}: why not?"),
            Some(Archive::Rows(column, tie)) => {
                assert!(has(column) && tie.iter().all(|tie| has(tie)), "{name}")
            }
            Some(Archive::Via) => assert!(table.via.is_some(), "{name}: of which row?"),
            Some(Archive::Sent) => {}
        }
    }
}

#[test]
fn what_is_about_somebody_is_guarded_or_it_is_said_why_not() {
    for table in tables().unwrap() {
        let name = &table.name;
        let has = |wanted: &str| table.columns.iter().any(|column| column.name == wanted);
        let is_about_people = !table.about.is_empty() || table.via.is_some() || table.sealed_for.is_some();
        match &table.unguarded {
            Some(reason) => assert!(reason.len() > 10, "{name}: why not?"),
            None => assert_eq!(is_about_people, !table.seen.is_empty(), "{name}: whose are its rows?"),
        }
        for seen in &table.seen {
            match seen {
                Seen::Person(column) => assert!(has(column), "{name}"),
                Seen::With(own, other, there) => {
                    let other = tables().unwrap().into_iter().find(|table| table.name == *other).unwrap();
                    assert!(!other.seen.is_empty(), "{name}: {} is not guarded itself", other.name);
                    assert!(has(own) && other.columns.iter().any(|column| column.name == *there), "{name}");
                }
            }
        }
    }
}
