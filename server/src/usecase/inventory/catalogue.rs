use super::InventoryError;
use crate::policy::{EditInventory, Grant, ReadInventory};
use crate::store::classes::Rules;
use crate::store::{Description, Inventoried, Published, Redescribed, Redescribing, Store, StoreError};
use crate::usecase::child_page::SHOWN_IN_CALLING_ORDER;
use skolstart_shared::Locale;
use skolstart_shared::api::{
    CatalogueOut, ChangedBy, ElementIn, ElementLine, ElementUse, ElementVersion, PaperUse, RetentionOption,
};
use skolstart_shared::fact::{Element, ElementKey};
use skolstart_shared::inventory::check_element;
use std::collections::BTreeSet;

/// The catalogue with what uses each element.
///
/// # Errors
/// When the reading could not be noted.
pub async fn read_catalogue(
    store: &Store,
    grant: Grant<ReadInventory>,
    locale: Locale,
) -> Result<CatalogueOut, StoreError> {
    store.note(vec![grant.audit("catalogue", None)]).await?;
    let published = store.published();
    let elements = published.elements().iter().map(|described| line(&published, described, locale));
    Ok(CatalogueOut { elements: elements.collect(), retentions: retentions(&published, locale)? })
}

/// The classes that elements and parts of published forms have. Those of tables are no choice.
fn retentions(published: &Published, locale: Locale) -> Result<Vec<RetentionOption>, StoreError> {
    let of_elements = published.elements().iter().map(|described| &described.what.retention);
    let forms = published.newest_forms();
    let of_acts = forms.iter().flat_map(|form| &form.acts).map(|act| &act.retention);
    let classes: BTreeSet<&String> = of_elements.chain(of_acts).collect();
    let rules = Rules::shipped()?;
    let mut options: Vec<RetentionOption> = classes
        .into_iter()
        .map(|class| {
            let title = rules.get(class).map_or(class.as_str(), |rule| rule.title.get(locale));
            RetentionOption { class: class.clone(), title: title.to_owned() }
        })
        .collect();
    options.sort_by_cached_key(|option| option.title.to_lowercase());
    Ok(options)
}

/// Changes an element, when that is safe: see [`check_element`].
///
/// # Errors
/// See [`InventoryError`].
pub async fn change_element(
    store: &Store,
    grant: Grant<EditInventory>,
    key: &ElementKey,
    input: ElementIn,
    locale: Locale,
) -> Result<ElementLine, InventoryError> {
    let published = store.published();
    let before = published.element(key).ok_or(InventoryError::NotFound)?;
    let asked = !fields_of(&published, key, locale).is_empty();
    let violations = check_element(&before.what, &input.element, asked);
    if !violations.is_empty() {
        return Err(InventoryError::Invalid(violations));
    }
    let definition = serde_json::to_string(&input.element).map_err(|_| StoreError::Corrupt("element"))?;
    let change = Redescribed { key: key.0.clone(), base: Some(input.base), definition };
    match store.redescribe(&grant, Inventoried::Element, vec![change]).await? {
        Redescribing::Stale => Err(InventoryError::Stale),
        Redescribing::Done => {
            let published = store.published();
            let after = published.element(key).ok_or(InventoryError::NotFound)?;
            Ok(line(&published, after, locale))
        }
    }
}

/// How an element has been described over time, newest first.
///
/// # Errors
/// [`InventoryError::NotFound`] when there is no such element.
pub async fn element_history(
    store: &Store,
    grant: Grant<ReadInventory>,
    key: &ElementKey,
) -> Result<Vec<ElementVersion>, InventoryError> {
    store.published().element(key).ok_or(InventoryError::NotFound)?;
    let history = store.element_history(&grant, key.as_str()).await?;
    store.note(vec![grant.audit("element", None)]).await?;
    let me = grant.actor();
    let by = |described: &Description<Element>| match described.by {
        None => ChangedBy::Program,
        Some(person) if person == me => ChangedBy::You,
        Some(_) => ChangedBy::Other,
    };
    let version = |described: Description<Element>| ElementVersion {
        version: described.version,
        at: described.at,
        by: by(&described),
        element: described.what,
    };
    Ok(history.into_iter().map(version).collect())
}

fn line(published: &Published, described: &Description<Element>, locale: Locale) -> ElementLine {
    let key = &described.what.key;
    let asking = published.paper_forms().iter().filter(|form| form.what.asks.contains(key));
    ElementLine {
        name: name_of(published, key, locale),
        element: described.what.clone(),
        version: described.version,
        fields: fields_of(published, key, locale),
        paper: asking
            .map(|form| PaperUse { code: form.what.code.clone(), name: form.what.name.clone() })
            .collect(),
        calling: SHOWN_IN_CALLING_ORDER.contains(&key.as_str()),
    }
}

/// Where published forms ask for an element.
fn fields_of(published: &Published, key: &ElementKey, locale: Locale) -> Vec<ElementUse> {
    let mut uses = Vec::new();
    for form in published.newest_forms() {
        for act in &form.acts {
            let asking = act.fields.iter().filter(|field| field.element.as_ref() == Some(key));
            uses.extend(asking.map(|field| ElementUse {
                form: form.reference(),
                title: form.title.get(locale).to_owned(),
                act: act.title.get(locale).to_owned(),
                field: field.label.get(locale).to_owned(),
            }));
        }
    }
    uses
}

/// What an element is called: as the catalogue says, otherwise as the first form that asks for it does, otherwise its key.
pub(super) fn name_of(published: &Published, key: &ElementKey, locale: Locale) -> String {
    let label =
        published.element(key).map(|described| &described.what.label).filter(|label| !label.is_empty());
    match label {
        Some(label) => label.get(locale).to_owned(),
        None => {
            let asked = fields_of(published, key, locale).into_iter().next();
            asked.map_or_else(|| key.0.clone(), |found| found.field)
        }
    }
}
