use super::answering::{everything, first_guardian, send};
use super::families::{NUMBERS, child, phone, settle};
use super::site::{Site, on_both, rows, value};
use sea_orm::{ConnectionTrait, FromQueryResult};
use skolstart_server::store::StoreError;
use skolstart_server::store::classes::{Type, tables};
use std::fs;

#[derive(FromQueryResult)]
struct Bytes {
    bytes: Vec<u8>,
}

#[derive(FromQueryResult)]
struct Text {
    text: String,
}

/// Everything that the database holds: what is bytes as bytes, all the rest as text, and the files as they lie.
async fn dump(site: &Site) -> Vec<u8> {
    let raw = site.raw().await;
    let mut all = Vec::new();
    for table in tables().unwrap() {
        for column in &table.columns {
            if matches!(column.is, Type::Blob | Type::Sealed) {
                let sql =
                    format!("SELECT {0} AS bytes FROM {1} WHERE {0} IS NOT NULL", column.name, table.name);
                all.extend(rows::<Bytes>(&raw, &sql).await.into_iter().flat_map(|row| row.bytes));
            } else {
                let sql = format!(
                    "SELECT CAST(\"{0}\" AS TEXT) AS text FROM {1} WHERE \"{0}\" IS NOT NULL",
                    column.name, table.name
                );
                let sql = if column.is == Type::Uuid && site.is_sqlite() { continue } else { sql };
                for row in rows::<Text>(&raw, &sql).await {
                    all.extend(row.text.bytes().chain([b'\n']));
                }
            }
        }
    }
    for file in site.database_files() {
        all.extend(fs::read(file).unwrap());
    }
    all
}

#[test]
fn the_database_holds_no_number_no_contact_and_no_health_in_plain() {
    on_both(|site| async move {
        let store = site.open().await;
        settle(&store, site.folder.path(), 4).await;
        let me = first_guardian(&store, 0).await;
        send(&store, &me, everything(&store, &me, child(0), 2, true).await).await.unwrap();
        let number =
            NUMBERS.lines().find(|line| !line.starts_with('#') && !line.is_empty()).unwrap().replace('-', "");
        let canaries =
            [number, phone(0), phone(2), "ny2@example.se".into(), "vuxen0@example".into(), "svar 2".into()];
        let all = dump(&site).await;
        let holds = |text: &str| all.windows(text.len()).any(|window| window == text.as_bytes());
        assert!(holds("Familj0"), "names are not sealed: so this finds what is there");
        for canary in canaries {
            assert!(!holds(&canary), "found {canary}");
        }
        store.close().await;
    });
}

#[test]
fn a_sealed_value_moved_to_another_row_does_not_open() {
    on_both(|site| async move {
        let store = site.open().await;
        settle(&store, site.folder.path(), 4).await;
        let me = first_guardian(&store, 0).await;
        assert!(!store.snapshots_of_own(&me).await.unwrap().is_empty());
        let raw = site.raw().await;
        let people: i64 = value(&raw, "SELECT COUNT(*) FROM fact_snapshot").await;
        assert!(people > 2);
        let one = "(SELECT sealed FROM fact_snapshot ORDER BY sealed LIMIT 1)";
        raw.execute_unprepared(&format!("UPDATE fact_snapshot SET sealed = {one}")).await.unwrap();
        let mut refused = 0;
        for family in 0..4 {
            let me = first_guardian(&store, family).await;
            refused += u32::from(matches!(
                store.snapshots_of_own(&me).await,
                Err(StoreError::Corrupt("fact_snapshot"))
            ));
        }
        assert!(refused >= 3, "only the row that the value was taken from may open it");
        store.close().await;
    });
}
