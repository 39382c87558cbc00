use super::InventoryError;
use super::catalogue::name_of;
use crate::policy::{EditInventory, Grant, ReadInventory};
use crate::store::{Description, Inventoried, Published, Redescribed, Redescribing, Store, StoreError};
use crate::usecase::names::natural;
use skolstart_shared::api::{DigitalForm, ElementName, InventoryOut, PaperFormIn, PaperFormLine};
use skolstart_shared::fact::ElementKey;
use skolstart_shared::inventory::{PaperForm, elements_of};
use skolstart_shared::{Code, Locale, Violation};
use std::collections::BTreeSet;

/// The inventory, with the published forms beside it.
///
/// # Errors
/// When the reading could not be noted.
pub async fn read_inventory(
    store: &Store,
    grant: Grant<ReadInventory>,
    locale: Locale,
) -> Result<InventoryOut, StoreError> {
    store.note(vec![grant.audit("inventory", None)]).await?;
    let published = store.published();
    let mut forms: Vec<PaperFormLine> = published.paper_forms().iter().map(line).collect();
    forms.sort_by_key(|line| natural(&line.form.name));
    let digital: Vec<DigitalForm> = published
        .newest_forms()
        .into_iter()
        .map(|form| DigitalForm {
            key: form.key.clone(),
            title: form.title.get(locale).to_owned(),
            asks: elements_of(form).into_iter().collect(),
        })
        .collect();
    let asked =
        forms.iter().flat_map(|line| &line.form.asks).chain(digital.iter().flat_map(|form| &form.asks));
    let catalogue = published.elements().iter().map(|described| &described.what.key);
    let keys: BTreeSet<&ElementKey> = asked.chain(catalogue).collect();
    let name = |key: &ElementKey| ElementName { key: key.clone(), name: name_of(&published, key, locale) };
    let elements = keys.into_iter().map(name).collect();
    Ok(InventoryOut { forms, digital, elements })
}

fn line(described: &Description<PaperForm>) -> PaperFormLine {
    PaperFormLine { form: described.what.clone(), version: described.version, changed: described.at }
}

/// Describes a form, new or known.
///
/// # Errors
/// See [`InventoryError`].
pub async fn change_form(
    store: &Store,
    grant: Grant<EditInventory>,
    code: &str,
    input: PaperFormIn,
) -> Result<PaperFormLine, InventoryError> {
    let form = tidy(input.form);
    let mut violations = form.check();
    if form.code != code {
        violations.push(Violation::new("code", Code::WrongKind));
    }
    if !is_published(&store.published(), &form) {
        violations.push(Violation::new("replaced-by", Code::UnknownOption));
    }
    if !violations.is_empty() {
        return Err(InventoryError::Invalid(violations));
    }
    let change = Redescribed { base: Some(input.base), ..change_of(&form)? };
    match store.redescribe(&grant, Inventoried::Form, vec![change]).await? {
        Redescribing::Stale => Err(InventoryError::Stale),
        Redescribing::Done => {
            let published = store.published();
            let stands = published.paper_forms().iter().find(|described| described.what.code == code);
            Ok(line(stands.ok_or(InventoryError::NotFound)?))
        }
    }
}

/// True unless it is replaced by a form that is not published.
pub(super) fn is_published(published: &Published, form: &PaperForm) -> bool {
    let newest = published.newest_forms();
    form.replaced_by.as_ref().is_none_or(|key| newest.iter().any(|published| published.key == *key))
}

/// A form to be put on top of whatever stands.
pub(super) fn change_of(form: &PaperForm) -> Result<Redescribed, StoreError> {
    let definition = serde_json::to_string(form).map_err(|_| StoreError::Corrupt("inventory"))?;
    Ok(Redescribed { key: form.code.clone(), base: None, definition })
}

/// Without blanks around texts, and each element once, in order: the same form is the same text.
pub(super) fn tidy(mut form: PaperForm) -> PaperForm {
    for text in [
        &mut form.name,
        &mut form.owner,
        &mut form.process,
        &mut form.purpose,
        &mut form.legal_basis,
        &mut form.recipients,
    ] {
        *text = text.trim().to_owned();
    }
    form.asks.sort();
    form.asks.dedup();
    form
}
