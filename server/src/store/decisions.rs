//! Decisions about consents, as rows and as the domain knows them. Called by the store's own reading.

use super::StoreError;
use super::entity::consent_decision;
use super::together::Source;
use skolstart_shared::Timestamp;
use skolstart_shared::consent::{ConsentChoice, ConsentDecision, ConsentPurpose};
use skolstart_shared::form::{ActKey, FieldKey, FormKey};
use skolstart_shared::id::PersonId;

/// Each person's latest decision about each purpose, for children. What stands is decided by the latest; what came before is
/// history, and grows for thirteen years.
pub(super) const LATEST: Source<consent_decision::Model> = Source {
    sql: "SELECT seq, child_id, form_key, act_key, field_key, by_id, choice, form_version, at, submission_id, \
          locale, text_hash, role, identified, recorded_by FROM consent_decision WHERE seq IN (SELECT MAX(seq) FROM consent_decision WHERE child_id IN ({ids}) \
          GROUP BY child_id, form_key, act_key, field_key, by_id)",
    person: |row| row.child_id,
};

/// A row as the domain knows it.
pub(super) fn decision(row: &consent_decision::Model) -> Result<ConsentDecision, StoreError> {
    Ok(ConsentDecision {
        purpose: ConsentPurpose {
            form: FormKey(row.form_key.clone()),
            act: ActKey(row.act_key.clone()),
            field: FieldKey(row.field_key.clone()),
        },
        by: PersonId(row.by_id),
        choice: ConsentChoice::from_name(&row.choice).ok_or(StoreError::Corrupt("consent_decision"))?,
        at: Timestamp::from_millis(row.at),
        seq: row.seq,
        form_version: u32::try_from(row.form_version).unwrap_or(0),
    })
}
