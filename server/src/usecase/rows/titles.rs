//! What forms, acts and fields that rows name by their keys are called, so that the keys can be read.

use crate::store::{Published, Section};
use serde::{Deserialize, Serialize};
use skolstart_shared::Locale;
use skolstart_shared::fact::ElementKey;
use skolstart_shared::form::{ActKey, FieldKey, FormKey};
use std::collections::BTreeMap;

/// By key; an act is `form/act`, a field `form/act/field`.
#[derive(Default, Deserialize, Serialize)]
pub(in crate::usecase) struct Titles(BTreeMap<String, BTreeMap<String, String>>);

impl Titles {
    /// Of what these rows name, in the newest version that has it.
    pub(in crate::usecase) fn of(published: &Published, sections: &[Section], locale: Locale) -> Self {
        let mut titles = Self::default();
        for row in sections.iter().flat_map(|section| &section.rows) {
            let of = |name: &str| {
                row.iter().find(|(column, _)| column == name).and_then(|(_, value)| value.as_str())
            };
            if let Some(key) = of("element") {
                let label =
                    published.catalogue().get(&ElementKey(key.to_owned())).map(|element| &element.label);
                titles.add("element", key, label.map(|label| label.get(locale)));
            }
            let Some(form) = of("form_key") else { continue };
            let newest = published.newest(&FormKey(form.to_owned()));
            titles.add("form", form, newest.map(|form| form.title.get(locale)));
            let Some(act) = of("act_key") else { continue };
            let found = published.newest_with(&FormKey(form.to_owned()), &ActKey(act.to_owned()));
            let found = found.map(|(_, act)| act);
            titles.add("act", &format!("{form}/{act}"), found.map(|act| act.title.get(locale)));
            let Some(field) = of("field_key") else { continue };
            let asked = found.and_then(|act| act.field(&FieldKey(field.to_owned())));
            let asked = asked.map(|field| field.label.get(locale));
            titles.add("field", &format!("{form}/{act}/{field}"), asked);
        }
        titles
    }

    fn add(&mut self, kind: &str, key: &str, title: Option<&str>) {
        if let Some(title) = title.filter(|title| !title.is_empty()) {
            self.0.entry(kind.to_owned()).or_default().insert(key.to_owned(), title.to_owned());
        }
    }

    pub(super) fn get(&self, kind: &str, key: &str) -> Option<&str> {
        self.0.get(kind)?.get(key).map(String::as_str)
    }
}
