//! Sessions for anybody. The demo lets only its personas in, so they are written beside the program: a row as
//! `identity::begin` writes it.

use super::database::database;
use super::guardian::Guardian;
use super::program::Setting;
use anyhow::Result;
use sea_orm::sea_query::Query;
use sea_orm::{ConnectionTrait, TransactionTrait};
use sha2::{Digest, Sha256};
use skolstart_shared::id::PersonId;
use std::time::{SystemTime, UNIX_EPOCH};

const LIFETIME: i64 = 8 * 3_600_000;

/// Begins a session for each person.
pub(crate) async fn sessions(setting: &Setting, persons: &[PersonId]) -> Result<Vec<Guardian>> {
    let db = database(setting).await?;
    let now = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis())?;
    let mut guardians = Vec::with_capacity(persons.len());
    let transaction = db.begin().await?;
    for some in persons.chunks(200) {
        let mut insert = Query::insert();
        insert.into_table("session");
        insert.columns(["token_hash", "person_id", "created_at", "seen_at", "expires_at"]);
        for person in some {
            let mut token = [0; 32];
            getrandom::fill(&mut token)?;
            let hash = Sha256::digest(token).to_vec();
            let row = [hash.into(), person.0.into(), now.into(), now.into(), (now + LIFETIME).into()];
            insert.values(row)?;
            let shown: String = token.iter().map(|byte| format!("{byte:02x}")).collect();
            guardians.push(Guardian { cookie: format!("skolstart-session={shown}") });
        }
        transaction.execute(&insert).await?;
    }
    transaction.commit().await?;
    db.close().await?;
    Ok(guardians)
}
