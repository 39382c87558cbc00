//! The document of one child: JSON that says everything by itself, with the questions in Swedish beside the answers.

use super::codes::{CODES, LABELS};
use super::titles::Titles;
use super::{answers, codes};
use crate::store::{
    ArchiveOf, ArchivedChild, ArchivedFile, ArchivedForm, ArchivedPerson, ArchivedRole, Archiving, Published,
    Section, Store, StoreError,
};
use crate::usecase::extract::LABELS as COLUMNS;
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};
use skolstart_shared::form::{FormDefinition, FormRef};
use skolstart_shared::id::RoundId;
use skolstart_shared::submission::ContentHash;
use skolstart_shared::{Locale, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

const ABOUT: &str = "Det här är allt som kommunen har i Skolstart om ett barn, eller det som hör till en omgång, så som det var \
när uttaget gjordes. Tider är i UTC. Id:n på personer, enheter och grupper förklaras under people och places, koder under codes, \
kolumner under labels. Frågorna står vid svaren, och hela blanketterna under forms; exakt som de publicerades ligger de i mappen forms. \
content-hash är SHA-256 av allt som skickades på en gång, också svar om syskon, som står i deras dokument.";

const PROTECTED: &str = "Här finns uppgifter om någon med skyddade personuppgifter (sekretessmarkering, skyddad folkbokföring eller \
skolans eget skydd). Pröva varje utlämnande särskilt: OSL 21 kap. 3 §, 22 kap. 1 § och 23 kap. Förvara mappen så att bara de som måste når den.";

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
            ArchiveOf::Child(_) => "Ett barn".to_owned(),
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
        let titles = Titles::of(&self.published, &child.sections);
        json!({
            "format": "skolstart-archive-child 1",
            "about": ABOUT,
            "municipality": self.municipality,
            "made-at": self.made_at(),
            "of": self.of(),
            "protection": {
                "protected": protected, "people": who, "what-to-do": protected.then_some(PROTECTED),
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
            "titles": titles.to_json(),
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
        ArchivedRole::Child => "barnet".to_owned(),
        ArchivedRole::Responsible(kind) => codes::word("kind", kind).to_owned(),
        ArchivedRole::Staff(duty, unit) if unit.is_empty() => duty.clone(),
        ArchivedRole::Staff(duty, unit) => format!("{duty}, {unit}"),
    };
    let name = person.name.for_archive();
    json!({
        "id": person.id, "name": name.full(), "given-name": name.given,
        "family-name": name.family, "born": person.born, "numbers": person.numbers,
        "roles": person.roles.iter().map(role).collect::<Vec<_>>(),
        "protection": codes::word("marking", person.marking.code()),
        "close-to-somebody-protected": person.shielded,
        "protected": person.is_protected(),
    })
}

fn table(section: &Section) -> Json {
    let row = |row: &Vec<(String, Json)>| Json::Object(row.iter().cloned().collect());
    json!({
        "table": section.table, "title": codes::title(&section.table),
        "rows": section.rows.iter().map(row).collect::<Vec<_>>(),
    })
}

fn labels() -> Json {
    let all = COLUMNS.iter().chain(LABELS);
    Json::Object(all.map(|(column, label)| ((*column).to_owned(), Json::from(*label))).collect())
}

fn codes() -> Json {
    let mut all: Map<String, Json> = Map::new();
    for (column, code, word) in CODES {
        let of = all.entry(*column).or_insert_with(|| json!({}));
        if let Some(of) = of.as_object_mut() {
            of.insert((*code).to_owned(), (*word).into());
        }
    }
    Json::Object(all)
}

#[cfg(test)]
mod tests {
    use super::super::codes::TITLES;
    use super::*;
    use crate::store::classes::{Archive, Type, tables};

    #[test]
    fn every_table_and_column_of_an_archive_has_a_name_for_people() {
        for table in tables().unwrap() {
            if !matches!(table.archive, Some(Archive::Rows(..) | Archive::Via)) {
                continue;
            }
            assert!(TITLES.iter().any(|(name, _)| *name == table.name), "{}", table.name);
            for column in table.columns.iter().filter(|column| column.is != Type::Blob) {
                let known = COLUMNS.iter().chain(LABELS).any(|(name, _)| *name == column.name);
                assert!(known, "{}.{}", table.name, column.name);
            }
        }
    }
}
