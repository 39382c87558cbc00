//! The signed receipt of a decision. What is signed are the bytes of its JSON as they are sent.

use super::read::notice;
use super::rules::Rules;
use crate::i18n::t;
use crate::policy::{Grant, ReadOwnSubmissions};
use crate::store::{ChildRecord, ConsentRecord, ReceiptKey, Store, StoreError};
use crate::usecase::ReadError;
use skolstart_shared::consent::{
    ConsentReceipt, PiiProcessing, RECEIPT_ALGORITHM, RECEIPT_SCHEMA, ReceiptEvent, ReceiptParty,
    ReceiptPurpose, ReceiptSignature, SignedReceipt,
};
use skolstart_shared::form::{Act, Field, FieldKind, FormDefinition, FormRef};
use skolstart_shared::{Date, Locale};

/// Why a receipt does not show what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// It is no receipt, or something was added to one.
    #[error("this is not a receipt of a consent")]
    Unreadable,
    /// It was signed with another key: in another municipality, or nowhere.
    #[error("the receipt was not signed with the key of this municipality")]
    ForeignKey,
    /// What it says was altered after it was signed.
    #[error("the receipt has been altered")]
    Altered,
}

const CONTROLLER: &str = "controller";
const CHILD: &str = "child";
const DECIDED: &str = "decided";

/// The receipt of a decision that the actor of the grant made herself.
///
/// # Errors
/// [`ReadError::NotFound`] for a record that is not hers; otherwise when it could not be read, or the reading not noted.
pub async fn receipt(
    store: &Store,
    grant: Grant<ReadOwnSubmissions>,
    record: i64,
) -> Result<SignedReceipt, ReadError> {
    let today = store.clock().today();
    let file = store.consents(&grant, today).await?.ok_or(ReadError::NotFound)?;
    let is_it = |found: &&ConsentRecord| found.decision.seq == record && found.decision.by == grant.actor();
    let record = file.records.iter().find(is_it).ok_or(ReadError::NotFound)?;
    store.note(vec![grant.audit("consent-receipt", Some(file.child.id.0))]).await?;
    let published = store.published();
    let purpose = &record.decision.purpose;
    let then = FormRef { key: purpose.form.clone(), version: record.decision.form_version };
    let form = published.form(&then).ok_or(ReadError::NotFound)?;
    let act = form.act(&purpose.act).ok_or(ReadError::NotFound)?;
    let field = act.field(&purpose.field).ok_or(ReadError::NotFound)?;
    let rules = Rules::new(store, &published, today);
    let until = rules.ask(&file.child, false, form, act, field, |case| case.ends(&record.decision));
    let draft = Draft {
        record,
        child: &file.child,
        text: notice(&published, record).unwrap_or_default(),
        controller: store.municipality_name().await?,
        until: until.filter(|_| record.decision.choice.is_yes()),
    };
    let receipt = draft.receipt(form, act, field);
    Ok(sign(&store.receipt_key(), receipt)?)
}

fn bytes(receipt: &ConsentReceipt) -> Result<Vec<u8>, StoreError> {
    serde_json::to_vec(receipt).map_err(|_| StoreError::Corrupt("consent_decision"))
}

fn sign(key: &ReceiptKey, receipt: ConsentReceipt) -> Result<SignedReceipt, StoreError> {
    let signature = ReceiptSignature {
        algorithm: RECEIPT_ALGORITHM.to_owned(),
        public_key: key.public(),
        value: key.sign(&bytes(&receipt)?),
    };
    Ok(SignedReceipt { receipt, signature })
}

/// Says whether a receipt was signed with this key and has not been altered since.
///
/// # Errors
/// See [`ReceiptError`].
pub fn verify(key: &ReceiptKey, file: &[u8]) -> Result<SignedReceipt, ReceiptError> {
    let signed: SignedReceipt = serde_json::from_slice(file).map_err(|_| ReceiptError::Unreadable)?;
    if signed.signature.algorithm != RECEIPT_ALGORITHM
        || !key.all_public().contains(&signed.signature.public_key)
    {
        return Err(ReceiptError::ForeignKey);
    }
    let said = bytes(&signed.receipt).map_err(|_| ReceiptError::Unreadable)?;
    if key.has_signed(&said, &signed.signature.value) { Ok(signed) } else { Err(ReceiptError::Altered) }
}

fn rights(locale: Locale) -> Vec<String> {
    [
        t("consents.right.withdraw", locale),
        t("consents.right.know", locale),
        t("consents.right.correct", locale),
        t("consents.right.erase", locale),
    ]
    .map(str::to_owned)
    .into()
}

/// What a receipt is made from.
struct Draft<'a> {
    record: &'a ConsentRecord,
    child: &'a ChildRecord,
    text: Vec<String>,
    controller: String,
    until: Option<Date>,
}

impl Draft<'_> {
    fn receipt(&self, form: &FormDefinition, act: &Act, field: &Field) -> ConsentReceipt {
        let id = format!("{}/{}", self.record.came_with, field.key.as_str());
        ConsentReceipt {
            schema_version: RECEIPT_SCHEMA.to_owned(),
            receipt_id: format!("receipt/{id}"),
            record_id: format!("record/{id}"),
            pii_principal_id: self.child.id,
            pii_processing: self.processing(form, act, field),
            party_identification: self.parties(),
            event: vec![self.event()],
        }
    }

    fn processing(&self, form: &FormDefinition, act: &Act, field: &Field) -> PiiProcessing {
        let locale = self.record.locale.unwrap_or_default();
        let audience = match &field.kind {
            FieldKind::Consent { audience } => vec![audience.get(locale).to_owned()],
            _ => Vec::new(),
        };
        let until = act.until.as_ref().map(|until| until.get(locale).to_owned());
        let purpose = ReceiptPurpose {
            purpose: format!("{}: {}", act.title.get(locale), field.label.get(locale)),
            purpose_type: format!("{}/{}/{}", form.key.as_str(), act.key.as_str(), field.key.as_str()),
            lawful_basis: act.law.get(locale).to_owned(),
            pii_information: vec![field.help.as_ref().unwrap_or(&field.label).get(locale).to_owned()],
            pii_controllers: vec![CONTROLLER.to_owned()],
            collection_method: self.collected(locale).to_owned(),
            storage_locations: vec![t("consents.storage", locale).to_owned()],
            retention_period: until.unwrap_or_else(|| t("consents.retention", locale).to_owned()),
            recipient_third_parties: audience,
            withdrawal_method: t("consents.withdrawal", locale).to_owned(),
            privacy_rights: rights(locale),
        };
        PiiProcessing {
            privacy_notice: self.text.clone(),
            privacy_notice_sha256: self.record.hash.as_ref().map(|hash| hash.0.clone()),
            privacy_notice_version: format!("{} {}", form.key.as_str(), form.version),
            language: locale,
            purposes: vec![purpose],
            jurisdiction: "SE".to_owned(),
            authority_party: t("consents.authority", locale).to_owned(),
        }
    }

    fn collected(&self, locale: Locale) -> &'static str {
        use skolstart_shared::consent::Identified;
        match self.record.identified {
            Identified::SignedPaper => t("consents.answered.on-paper", locale),
            Identified::SpokenToStaff => t("consents.answered.spoken", locale),
            Identified::Demo
            | Identified::Eid
            | Identified::Account
            | Identified::SchoolCode
            | Identified::NotNoted => t("consents.answered.in-service", locale),
        }
    }

    /// Persons are not named: the receipt may be shown to others.
    fn parties(&self) -> Vec<ReceiptParty> {
        let party = |id: &str, name: &str, role: &str, kind: &str| ReceiptParty {
            party_id: id.to_owned(),
            party_name: name.to_owned(),
            party_role: role.to_owned(),
            party_type: kind.to_owned(),
        };
        let role = if self.record.pupil { "pupil" } else { "guardian" };
        vec![
            party(CONTROLLER, &self.controller, "controller", "organisation"),
            party(CHILD, "", "pii-principal", "person"),
            party(DECIDED, "", role, "person"),
        ]
    }

    fn event(&self) -> ReceiptEvent {
        ReceiptEvent {
            event_time: self.record.decision.at,
            valid_until: self.until,
            entity_id: DECIDED.to_owned(),
            event_type: "explicit".to_owned(),
            event_state: self.record.decision.choice.as_str().to_owned(),
            authentication: self.record.identified,
            recorded_by_staff: self.record.recorded_by.is_some(),
        }
    }
}
