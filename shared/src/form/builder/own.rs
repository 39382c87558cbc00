//! Elements of a municipality's own: made of a question in the builder, kept in the form until it is published, and carried by every
//! form that asks them, so that another municipality gets them with the file.

use super::edit::free_key;
use super::kinds::kind_name;
use super::spot::Spot;
use crate::fact::{Catalogue, Element, ElementKey, Merge, Sensitivity, Sharing, Source, Subject};
use crate::form::{ActKind, Field, FieldKind, FormDefinition};
use std::collections::BTreeSet;

/// For how many days a confirmation of a new element holds unless somebody says otherwise: until the next school start.
const HOLDS_DAYS: u16 = 365;

/// True when an answer to the field can be known for longer than this form: a question of an act, not a column, that takes an answer
/// other than a consent or a receipt.
pub fn can_be_element(form: &FormDefinition, spot: &Spot) -> bool {
    let Some(field) = spot.field_of(form) else { return false };
    let is_consent = spot.act_of(form).is_some_and(|act| act.kind == ActKind::Consent);
    let other = matches!(field.kind, FieldKind::Consent { .. } | FieldKind::Acknowledge { .. });
    !spot.handler && spot.path.len() == 1 && field.kind.is_asked() && !is_consent && !other
}

fn each_field<'a>(form: &'a FormDefinition) -> impl Iterator<Item = &'a Field> {
    let own = |field: &'a Field| std::iter::once(field).chain(field.kind.columns());
    let handlers = form.acts.iter().flat_map(|act| &act.decision).flat_map(|decision| &decision.fields);
    form.acts.iter().flat_map(|act| &act.fields).chain(handlers).flat_map(own)
}

impl FormDefinition {
    /// Makes a new element of the question at this place: called as it asks, of its kind, kept and seen as the part is. `None` where
    /// there can be none.
    pub fn make_element(&mut self, spot: &Spot, known: &Catalogue) -> Option<ElementKey> {
        if !can_be_element(self, spot) {
            return None;
        }
        let (act, field) = (spot.act_of(self)?, spot.field_of(self)?);
        let subject = match act.subject {
            Subject::Child => "child.",
            Subject::Guardian => "guardian.",
        };
        let taken: Vec<String> = known
            .iter()
            .map(|element| &element.key)
            .chain(self.elements.iter().map(|element| &element.key))
            .filter_map(|key| key.as_str().strip_prefix(subject))
            .map(str::to_owned)
            .collect();
        // Words of no Latin letter have a name too.
        let words = free_key(field.label.0.values().next().map_or("", String::as_str), &[]);
        let key = ElementKey([subject, &free_key(&["own-", &words].concat(), &taken)].concat());
        let element = Element {
            key: key.clone(),
            subject: act.subject,
            sensitivity: Sensitivity::Personal,
            holds_days: Some(HOLDS_DAYS),
            merge: Merge::Latest,
            sharing: Sharing::Guardians,
            retention: act.retention.clone(),
            label: field.label.clone(),
            sources: vec![Source::Guardian, Source::Staff],
            audience: act.audience.clone(),
            kind: Some(kind_name(&field.kind).to_owned()),
        };
        spot.field_in(self)?.element = Some(key.clone());
        self.elements.push(element);
        Some(key)
    }

    /// What the form says about an element of its own, to be changed.
    pub fn element_in(&mut self, key: &ElementKey) -> Option<&mut Element> {
        self.elements.iter_mut().find(|element| element.key == *key)
    }

    /// The elements that questions, columns and decisions name.
    pub fn named_elements(&self) -> BTreeSet<ElementKey> {
        let asked = each_field(self).filter_map(|field| field.element.clone());
        let decisions = self.acts.iter().flat_map(|act| &act.decision);
        let granted =
            decisions.flat_map(|decision| decision.grants.iter().map(|grant| grant.element.clone()));
        asked.chain(granted).collect()
    }

    /// Drops what nothing names any more. What is left is of the kind that the first question about it is.
    pub(super) fn keep_named_elements(&mut self) {
        let named = self.named_elements();
        self.elements.retain(|element| named.contains(&element.key));
        for at in 0..self.elements.len() {
            let key = &self.elements[at].key;
            let asking = each_field(self).find(|field| field.element.as_ref() == Some(key));
            if let Some(kind) = asking.map(|field| kind_name(&field.kind).to_owned()) {
                self.elements[at].kind = Some(kind);
            }
        }
    }

    /// The same with all elements of the municipality's own that it names, and no others. As the catalogue describes them, where it
    /// does: what is known here stands.
    #[must_use]
    pub fn carrying(mut self, known: &Catalogue) -> Self {
        let own = std::mem::take(&mut self.elements);
        let named = self.named_elements().into_iter().filter(ElementKey::is_own);
        let described = |key: ElementKey| {
            let of_form = || own.iter().find(|element| element.key == key);
            known.get(&key).or_else(of_form).cloned()
        };
        self.elements = named.filter_map(described).collect();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Locale;
    use crate::form::builder::{new_act, new_field, new_form, plain_kind};
    use crate::form::{FormKey, Texts};

    fn words(text: &str) -> Texts {
        Texts([(Locale::Sv, text.to_owned())].into())
    }

    /// A form with one question, and where it stands.
    fn asking(kind: &str) -> (FormDefinition, Spot) {
        let mut form = new_form(FormKey("prov".to_owned()), words("Prov"));
        form.acts.push(new_act(&form, ActKind::Confirmation, words("Resa")));
        let spot = Spot::act(0);
        let field = new_field(&[], words("Har barnet busskort?"), plain_kind(kind, None).unwrap());
        let at = form.add_field(&spot, field).unwrap();
        (form, at)
    }

    #[test]
    fn an_element_is_made_of_a_question_and_goes_with_it() {
        let (mut form, at) = asking("yes-no");
        let key = form.make_element(&at, &Catalogue::default()).unwrap();
        assert_eq!(key.as_str(), "child.own-har-barnet-busskort");
        assert!(key.is_own() && !ElementKey("child.swims".into()).is_own());
        let (mut other, place) = asking("yes-no");
        place.field_in(&mut other).unwrap().label = words("هل؟");
        assert!(other.make_element(&place, &Catalogue::default()).unwrap().is_own());
        let second = form.make_element(&at, &Catalogue::default()).unwrap();
        assert_eq!(second.as_str(), "child.own-har-barnet-busskort-2", "a key is made once");
        let tidy = form.clone().tidied();
        assert_eq!(tidy.elements.len(), 1, "what no question names is dropped");
        assert_eq!(tidy.elements[0].kind.as_deref(), Some("yes-no"));
        at.field_in(&mut form).unwrap().kind = plain_kind("text", None).unwrap();
        assert_eq!(form.clone().tidied().elements[0].kind.as_deref(), Some("text"));
        let removed = form.remove(&at).unwrap();
        assert_eq!(form.clone().tidied().elements, []);
        form.restore(removed);
        assert_eq!(form.tidied().elements[0].key, second, "and is there again when the question is put back");
    }

    #[test]
    fn what_is_known_here_stands_and_travels() {
        let (mut form, at) = asking("yes-no");
        let key = form.make_element(&at, &Catalogue::default()).unwrap();
        let here = Element { holds_days: Some(30), ..form.elements[0].clone() };
        let catalogue = Catalogue::new(vec![here]);
        assert_eq!(form.clone().carrying(&catalogue).elements[0].holds_days, Some(30));
        let elsewhere = form.clone().carrying(&Catalogue::default());
        assert_eq!(elsewhere.elements[0].holds_days, Some(365));
        form.elements.clear();
        assert_eq!(
            form.clone().carrying(&catalogue).elements[0].key,
            key,
            "another form that asks it brings it too"
        );
        at.field_in(&mut form).unwrap().element = Some(ElementKey("child.swims".into()));
        assert_eq!(form.carrying(&catalogue).elements, [], "what ships with the program is everywhere");
    }

    #[test]
    fn consents_receipts_and_columns_are_no_elements() {
        for kind in ["consent", "acknowledge", "information", "calculated"] {
            let (mut form, at) = asking(kind);
            assert_eq!(form.make_element(&at, &Catalogue::default()), None, "{kind}");
        }
        let (mut form, at) = asking("rows");
        let column = form.add_field(&at, new_field(&[], words("Namn"), plain_kind("text", None).unwrap()));
        assert_eq!(form.make_element(&column.unwrap(), &Catalogue::default()), None);
        assert!(form.make_element(&at, &Catalogue::default()).is_some());
    }
}
