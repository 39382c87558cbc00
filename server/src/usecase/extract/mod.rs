//! An extract of what is held about somebody (GDPR article 15), as JSON for programs and as a page for people.
//!
//! Called by `skolstart extract`. Must not decide what is given: `store::extract` does.

mod html;

use crate::i18n::t;
use crate::store::{Extract, Section, Store, StoreError};
use serde_json::{Value as Json, json};
use skolstart_shared::id::PersonId;
use skolstart_shared::{Locale, PersonalNumber};

/// The two files of an extract.
pub struct ExtractFiles {
    /// For programs.
    pub json: String,
    /// For people.
    pub html: String,
    /// What the files are called, without an ending.
    pub name: String,
}

/// Why there is no extract.
#[derive(Debug, thiserror::Error)]
pub enum ExtractError {
    /// Nobody has the number.
    #[error("nobody has this number")]
    NotFound,
    /// Something about the child is kept from the guardian whom it was to be given to (OSL 12:3).
    #[error("something about this child is kept from this guardian")]
    Withheld,
    /// Not read or noted.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What is held about the person with this number, in the language of whoever reads it. Whoever something about a child is kept from
/// is given none of it: what she may have, an officer picks out.
///
/// # Errors
/// See [`ExtractError`].
pub async fn of_number(
    store: &Store,
    number: &PersonalNumber,
    give_to: Option<PersonId>,
    locale: Locale,
) -> Result<ExtractFiles, ExtractError> {
    let who = store.person_of_number(number).await?.ok_or(ExtractError::NotFound)?;
    if let Some(to) = give_to
        && store.kept_from(to, store.clock().today()).await?.contains_key(&who)
    {
        return Err(ExtractError::Withheld);
    }
    let extract = store.extract(who, give_to, locale).await?.ok_or(ExtractError::NotFound)?;
    let day = store.clock().day_of(extract.at);
    Ok(ExtractFiles {
        json: to_json(&extract, locale),
        html: html::page(&extract, &store.published(), day, locale),
        name: format!("{}-{day}", t("extract.file", locale)),
    })
}

fn to_json(extract: &Extract, locale: Locale) -> String {
    let section = |section: &Section| {
        let rows: Vec<Json> =
            section.rows.iter().map(|row| Json::Object(row.iter().cloned().collect())).collect();
        let title = html::title(&section.table, locale);
        json!({"table": section.table, "title": title, "withheld": section.withheld, "rows": rows})
    };
    let sections: Vec<Json> = extract.sections.iter().map(section).collect();
    let whole = json!({"person": extract.person, "at": extract.at.to_string(), "sections": sections});
    serde_json::to_string_pretty(&whole).unwrap_or_default()
}
