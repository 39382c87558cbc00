use super::Desk;
use crate::store::Published;
use skolstart_shared::api::PersonToReach;
use skolstart_shared::fact::{ElementKey, Row, Value};
use skolstart_shared::form::{Field, FieldKind};
use skolstart_shared::id::PersonId;
use skolstart_shared::round::Round;

/// How a guardian is reached, and whom else to call. Elements that pages know by name.
const PHONE: &str = "guardian.phone";
const EMAIL: &str = "guardian.email";
const CONTACTS: &str = "child.contacts";

/// The elements that the calling order of a child's page shows.
pub const SHOWN_IN_CALLING_ORDER: [&str; 3] = [PHONE, EMAIL, CONTACTS];

impl Desk<'_> {
    /// Those who decide first, then those whom they have named, in the order they were named.
    pub(super) fn to_reach(&self) -> Vec<PersonToReach> {
        let mut guardians: Vec<PersonId> = self.file.child.guardians.clone();
        guardians.retain(|guardian| self.may_show(*guardian));
        guardians.sort_by_key(|guardian| self.name_of(*guardian));
        let mut reach: Vec<PersonToReach> =
            guardians.into_iter().map(|guardian| self.guardian(guardian)).collect();
        for person in self.named() {
            // Two homes often name the same grandmother.
            if !reach.contains(&person) {
                reach.push(person);
            }
        }
        reach
    }

    fn guardian(&self, guardian: PersonId) -> PersonToReach {
        let phones = self.values(guardian, PHONE).into_iter().filter_map(phone);
        PersonToReach {
            name: self.name_of(guardian).unwrap_or_default(),
            relation: self.file.relations.get(&guardian).copied(),
            described: None,
            phones: phones.collect(),
            email: self.values(guardian, EMAIL).into_iter().find_map(email),
        }
    }

    fn named(&self) -> Vec<PersonToReach> {
        let columns = columns_of(self.published, self.round, CONTACTS);
        let values = self.values(self.file.child.id, CONTACTS);
        let rows = values.into_iter().filter_map(|value| match value {
            Value::Rows(rows) => Some(rows),
            _ => None,
        });
        rows.flatten().map(|row| person(row, &columns)).collect()
    }

    fn values(&self, subject: PersonId, element: &str) -> Vec<&Value> {
        let element = self.published.catalogue().get(&ElementKey(element.to_owned()));
        let element = element.filter(|element| self.may_see(element));
        let entries = element.map(|element| self.values_of(element, subject).0);
        entries.into_iter().flatten().map(|entry| &entry.value).collect()
    }
}

/// The columns of persons who are named as `element`, as the form orders them: that of the round, or else the newest that asks for them.
pub(in crate::usecase) fn columns_of<'a>(
    published: &'a Published,
    round: Option<&'a Round>,
    element: &str,
) -> Vec<&'a Field> {
    let acts = round.into_iter().flat_map(|round| published.acts_of(round)).map(|(_, act)| act);
    let newest = published.newest_forms().into_iter().flat_map(|form| &form.acts);
    let mut fields = acts.chain(newest).flat_map(|act| &act.fields);
    let asked = fields.find(|field| field.element.as_ref().is_some_and(|known| known.as_str() == element));
    match asked.map(|field| &field.kind) {
        Some(FieldKind::Rows { fields, .. }) => fields.iter().collect(),
        _ => Vec::new(),
    }
}

/// A row as a person: the first text is the name, the next what she is to the child.
pub(in crate::usecase) fn person(row: &Row, columns: &[&Field]) -> PersonToReach {
    let cells = || columns.iter().filter_map(|column| row.get(column.key.as_str()));
    let mut texts = cells().filter_map(|value| match value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    });
    PersonToReach {
        name: texts.next().unwrap_or_default(),
        relation: None,
        described: texts.next(),
        phones: cells().filter_map(phone).collect(),
        email: cells().find_map(email),
    }
}

fn phone(value: &Value) -> Option<String> {
    match value {
        Value::Phone(phone) => Some(phone.as_str().to_owned()),
        _ => None,
    }
}

fn email(value: &Value) -> Option<String> {
    match value {
        Value::Email(email) => Some(email.as_str().to_owned()),
        _ => None,
    }
}
