//! What somebody can open who has the key file, the keys of persons and a copy of the database, and has read how it is done: a second
//! reading of the formats, written apart from the program.

use super::site::{Site, rows};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};
use sha2::Sha256;
use skolstart_server::store::classes::tables;
use std::collections::HashMap;
use std::fs;
use uuid::Uuid;

pub(crate) struct Thief {
    seal: XChaCha20Poly1305,
    wrap: XChaCha20Poly1305,
    store: Vec<u8>,
    /// The places of the file of keys, by person.
    places: HashMap<Uuid, Vec<u8>>,
}

/// A sealed cell as it lies.
#[derive(Clone, FromQueryResult)]
pub(crate) struct Cell {
    pub(crate) row: Uuid,
    pub(crate) part: i32,
    pub(crate) person: Option<Uuid>,
    pub(crate) sealed: Vec<u8>,
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len() / 2).map(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).unwrap()).collect()
}

fn open(cipher: &XChaCha20Poly1305, aad: &[u8], bytes: &[u8]) -> Option<Vec<u8>> {
    let (nonce, msg) = bytes.split_first_chunk::<24>()?;
    cipher.decrypt(&XNonce::from(*nonce), Payload { msg, aad }).ok()
}

impl Thief {
    /// With what lies there now. Key 1 of the key file.
    pub(crate) fn at(site: &Site) -> Self {
        let text = fs::read_to_string(&site.settings.key_file).unwrap();
        let line = text.lines().find(|line| line.starts_with("skolstart-key v1 ")).unwrap();
        let words: Vec<&str> = line.split(' ').collect();
        let hkdf = Hkdf::<Sha256>::new(Some(&unhex(words[2])), &unhex(words[3]));
        let cipher = |purpose: &[u8]| {
            let mut key = [0; 32];
            hkdf.expand(purpose, &mut key).unwrap();
            XChaCha20Poly1305::new(&key.into())
        };
        let file = fs::read(site.settings.person_keys()).unwrap_or_default();
        let places = file.chunks_exact(128).skip(1).filter(|place| place[16] > 0);
        Self {
            seal: cipher(b"skolstart seal v1"),
            wrap: cipher(b"skolstart keys of persons v1"),
            store: file.get(32..48).unwrap_or_default().to_vec(),
            places: places.map(|place| (Uuid::from_slice(&place[..16]).unwrap(), place.to_vec())).collect(),
        }
    }

    pub(crate) fn opens(&self, table: &str, column: &str, cell: &Cell) -> Option<Vec<u8>> {
        let bound = if table == "file_part" { format!("{column}-{}", cell.part) } else { column.to_owned() };
        self.part(table, &bound, cell.row, &cell.sealed)
    }

    fn part(&self, table: &str, column: &str, row: Uuid, sealed: &[u8]) -> Option<Vec<u8>> {
        let number = *sealed.get(1)?;
        match *sealed.first()? {
            1 => open(&self.seal, format!("{table}|{column}|{row}|{number}").as_bytes(), &sealed[2..]),
            2 => {
                let person = Uuid::from_slice(&sealed[2..18]).unwrap();
                let place = self.places.get(&person)?;
                let aad = [self.store.as_slice(), person.as_bytes(), &place[16..17]].concat();
                let key = open(&self.wrap, &aad, &place[17..89])?;
                let cipher = XChaCha20Poly1305::new_from_slice(&key).unwrap();
                open(&cipher, format!("{table}|{column}|{row}|{person}|{number}").as_bytes(), &sealed[18..])
            }
            _ => self.sent(row, &sealed[2..]),
        }
    }

    /// What was sent, in one piece as programs before sealed it.
    fn sent(&self, row: Uuid, mut rest: &[u8]) -> Option<Vec<u8>> {
        let mut parts = Vec::new();
        while let Some((length, after)) = rest.split_first_chunk::<4>() {
            let (cell, left) = after.split_at(u32::from_be_bytes(*length) as usize);
            let plain = self.part("submission", &format!("sealed-{}", parts.len()), row, cell)?;
            parts.push(serde_json::from_slice::<serde_json::Value>(&plain).unwrap());
            rest = left;
        }
        let mut frame = parts.remove(0);
        let order: Vec<usize> = serde_json::from_value(frame["parts"].take()).unwrap();
        let acts = order.into_iter().map(|part| parts[part].as_array_mut().unwrap().remove(0)).collect();
        let mut content = frame["content"].take();
        content["acts"] = serde_json::Value::Array(acts);
        Some(serde_json::to_vec(&content).unwrap())
    }
}

/// Everything that is sealed, by table and column.
pub(crate) async fn cells(site: &Site) -> Vec<(String, String, Cell)> {
    let raw = site.raw().await;
    let mut all = Vec::new();
    for table in tables().unwrap() {
        let Some(row) = &table.row else { continue };
        let part = table.part.as_deref().unwrap_or("0");
        let person = table.sealed_for.as_deref().unwrap_or("CAST(NULL AS uuid)");
        for column in table.sealed() {
            let sql = format!(
                "SELECT {row} AS row, {part} AS part, {person} AS person, {0} AS sealed FROM {1} WHERE length({0}) > 1",
                column.name, table.name
            );
            let found = rows::<Cell>(&raw, &sql).await;
            all.extend(found.into_iter().map(|cell| (table.name.clone(), column.name.clone(), cell)));
        }
    }
    all
}

/// Makes of a database what it was before persons had keys: everything sealed with the key of the key file, and no other key.
pub(crate) async fn grow_young(site: &Site) {
    let (thief, raw) = (Thief::at(site), site.raw().await);
    for (table, column, cell) in cells(site).await {
        let plain = thief.opens(&table, &column, &cell).unwrap();
        let bound = if table == "file_part" { format!("{column}-{}", cell.part) } else { column.clone() };
        let aad = format!("{table}|{bound}|{}|1", cell.row);
        let nonce: [u8; 24] = skolstart_server::ids::random().unwrap();
        let payload = Payload { msg: &plain, aad: aad.as_bytes() };
        let sealed = thief.seal.encrypt(&XNonce::from(nonce), payload).unwrap();
        let sealed = [[1, 1].as_slice(), &nonce, &sealed].concat();
        let all = tables().unwrap();
        let described = all.iter().find(|described| described.name == table).unwrap();
        let mut sql =
            format!("UPDATE {table} SET {column} = $1 WHERE {} = $2", described.row.as_ref().unwrap());
        let mut values: Vec<Value> = vec![sealed.into(), cell.row.into()];
        if let Some(part) = &described.part {
            sql.push_str(&format!(" AND {part} = $3"));
            values.push(cell.part.into());
        }
        let statement = Statement::from_sql_and_values(raw.get_database_backend(), sql, values);
        raw.execute_raw(statement).await.unwrap();
    }
    raw.execute_unprepared("DELETE FROM meta WHERE key = 'person-keys'").await.unwrap();
    fs::remove_file(site.settings.person_keys()).unwrap();
}
