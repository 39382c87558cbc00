//! The document of one child: JSON that says everything by itself, with the questions in Swedish beside the answers.

use super::answers;
use super::words::{codes, labels, t, title, word};
use crate::store::{
    ArchiveOf, ArchivedChild, ArchivedFile, ArchivedForm, ArchivedPerson, ArchivedRole, Archiving, Published,
    Section, Store, StoreError,
};
use crate::usecase::rows::Titles;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use skolstart_shared::form::{FormDefinition, FormRef};
use skolstart_shared::id::RoundId;
use skolstart_shared::submission::ContentHash;
use skolstart_shared::{Locale, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Everything that is the same for all children.
pub(super) struct Desk {
    pub(super) published: Arc<Published>,
    municipality: String,
    made: Timestamp,
    of: ArchiveOf,
    forms: BTreeMap<FormRef, ArchivedForm>,
}

pub(super) fn form_path(form: &FormRef) -> String {
    format!("forms/{}-{}.json", form.key.as_str(), form.version)
}

/// What the document says of a file.
pub(super) fn file(file: &ArchivedFile, path: &str, sha256: &str) -> Json {
    let place =
        file.place.as_ref().map(|(form, act, field)| json!({"form": form, "act": act, "field": field}));
    json!({
        "id": file.id, "path": path, "sha256": sha256, "bytes": file.bytes,
        "media-type": file.kind.media_type(), "name-as-sent": file.name, "sent-by": file.uploader,
        "about": file.child, "submission": file.submission, "answers": place,
    })
}

impl Desk {
    pub(super) async fn new(store: &Store, reading: &Archiving, of: ArchiveOf) -> Result<Self, StoreError> {
        let municipality = store.municipality_name().await?;
        let (published, made) = (reading.published().clone(), store.clock().now());
        Ok(Self { published, municipality, made, of, forms: BTreeMap::new() })
    }

    pub(super) fn municipality(&self) -> &str {
        &self.municipality
    }

    pub(super) fn made_at(&self) -> String {
        self.made.to_string()
    }

    pub(super) fn of(&self) -> Json {
        match self.of {
            ArchiveOf::Child(child) => json!({"kind": "child", "id": child}),
            ArchiveOf::Round(round) => {
                json!({"kind": "round", "id": round, "title": self.round_title(round)})
            }
        }
    }

    pub(super) fn title(&self) -> String {
        match self.of {
            ArchiveOf::Child(_) => t("archive.one-child").to_owned(),
            ArchiveOf::Round(round) => self.round_title(round),
        }
    }

    fn round_title(&self, round: RoundId) -> String {
        self.published.round(round).map(|round| round.title.get(Locale::Sv).to_owned()).unwrap_or_default()
    }

    pub(super) fn forms(&self) -> impl Iterator<Item = (&FormRef, &ArchivedForm)> {
        self.forms.iter()
    }

    /// Reads the forms that were answered, each once.
    pub(super) async fn learn_forms(
        &mut self,
        reading: &Archiving,
        child: &ArchivedChild,
    ) -> Result<(), StoreError> {
        for form in forms_of(child) {
            if !self.forms.contains_key(&form) && self.published.form(&form).is_some() {
                let published = reading.form(&form).await?;
                self.forms.insert(form, published);
            }
        }
        Ok(())
    }

    pub(super) fn document(&self, child: &ArchivedChild, protected: bool, files: Vec<Json>) -> Json {
        let is_protected = |person: &&ArchivedPerson| person.is_protected();
        let who: Vec<Json> =
            child.people.iter().filter(is_protected).map(|person| json!(person.id)).collect();
        let named = answers::missing(child, &files);
        let titles = Titles::of(&self.published, &child.sections, Locale::Sv);
        json!({
            "format": "skolstart-archive-child 1",
            "about": t("archive.about"),
            "municipality": self.municipality,
            "made-at": self.made_at(),
            "of": self.of(),
            "protection": {
                "protected": protected, "people": who, "what-to-do": protected.then(|| t("archive.protected")),
            },
            "child": child.id,
            "people": child.people.iter().map(person).collect::<Vec<_>>(),
            "places": child.places,
            "rounds": self.rounds(child),
            "submissions": answers::submissions(&self.published, child),
            "consents": answers::consents(&self.published, child),
            "files": files,
            "files-that-are-gone": named,
            "tables": child.sections.iter().map(table).collect::<Vec<_>>(),
            "forms": forms_of(child).iter().filter_map(|form| self.form(form)).collect::<Vec<_>>(),
            "titles": titles,
            "labels": labels(),
            "codes": codes(),
        })
    }

    fn form(&self, form: &FormRef) -> Option<Json> {
        let (published, known) = (self.forms.get(form)?, self.published.form(form)?);
        let swedish = FormDefinition::clone(known).in_locale(Locale::Sv);
        Some(json!({
            "key": form.key, "version": form.version, "published-at": published.published.to_string(),
            "sha256": ContentHash::of_digest(&Sha256::digest(published.definition.as_bytes())),
            "published-as": form_path(form),
            "definition": swedish,
        }))
    }

    fn rounds(&self, child: &ArchivedChild) -> Vec<Json> {
        let mut ids: BTreeSet<RoundId> = child.submissions.iter().map(|sent| sent.round).collect();
        let rows = child.sections.iter().flat_map(|section| &section.rows);
        let named = rows.flatten().filter(|(column, _)| column == "round_id");
        ids.extend(named.filter_map(|(_, value)| serde_json::from_value::<RoundId>(value.clone()).ok()));
        let rounds = ids.iter().filter_map(|id| self.published.round(*id));
        rounds
            .map(|round| {
                json!({
                    "id": round.id, "title": round.title.get(Locale::Sv),
                    "school-year": round.school_year.to_string(), "opens": round.opens, "closes": round.closes,
                })
            })
            .collect()
    }
}

/// The versions that were answered or decided about.
fn forms_of(child: &ArchivedChild) -> BTreeSet<FormRef> {
    let acts = child.submissions.iter().flat_map(|sent| &sent.acts);
    let mut forms: BTreeSet<FormRef> = acts.map(|act| act.form.clone()).collect();
    for row in child.sections.iter().flat_map(|section| &section.rows) {
        let of = |name: &str| row.iter().find(|(column, _)| column == name).map(|(_, value)| value);
        let key = of("form_key").and_then(Json::as_str);
        let version = of("form_version").and_then(Json::as_u64).and_then(|version| version.try_into().ok());
        if let Some((key, version)) = key.zip(version) {
            forms.insert(FormRef { key: skolstart_shared::form::FormKey(key.to_owned()), version });
        }
    }
    forms
}

fn person(person: &ArchivedPerson) -> Json {
    let role = |role: &ArchivedRole| match role {
        ArchivedRole::Child => t("archive.role.child").to_owned(),
        ArchivedRole::Responsible(kind) => word("kind", kind).to_owned(),
        ArchivedRole::Staff(duty, unit) if unit.is_empty() => duty.clone(),
        ArchivedRole::Staff(duty, unit) => format!("{duty}, {unit}"),
    };
    let name = person.name.for_archive();
    json!({
        "id": person.id, "name": name.full(), "given-name": name.given,
        "family-name": name.family, "born": person.born, "numbers": person.numbers,
        "roles": person.roles.iter().map(role).collect::<Vec<_>>(),
        "protection": word("marking", person.marking.code()),
        "close-to-somebody-protected": person.shielded,
        "protected": person.is_protected(),
    })
}

fn table(section: &Section) -> Json {
    let row = |row: &Vec<(String, Json)>| Json::Object(row.iter().cloned().collect());
    json!({
        "table": section.table, "title": title(&section.table),
        "rows": section.rows.iter().map(row).collect::<Vec<_>>(),
    })
}
