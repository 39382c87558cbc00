//! A place in a form: the form itself, an act, a field of it, a column of a field.

use crate::form::{Act, Field, FieldKind, FormDefinition};

/// See the module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Spot {
    /// Which act, counted from 0. `None`: the form itself.
    pub act: Option<usize>,
    /// Which field of the act, and which columns within it. Empty: the act itself.
    pub path: Vec<usize>,
    /// Among the fields that whoever handles an application fills in, instead of those of the act.
    pub handler: bool,
}

impl Spot {
    /// An act.
    pub fn act(at: usize) -> Self {
        Self { act: Some(at), path: Vec::new(), handler: false }
    }

    /// What whoever handles the application of this act fills in.
    #[must_use]
    pub fn of_handler(&self) -> Self {
        Self { act: self.act, path: Vec::new(), handler: true }
    }

    /// What stands in this one at `at`: an act of the form, a field of the act, a column of the field.
    #[must_use]
    pub fn inside(&self, at: usize) -> Self {
        match self.act {
            None => Self::act(at),
            Some(_) => Self { path: [self.path.as_slice(), &[at]].concat(), ..self.clone() },
        }
    }

    /// What this one stands in, and at which place there. `None` for the form itself.
    pub fn around(&self) -> Option<(Self, usize)> {
        match self.path.split_last() {
            Some((last, rest)) => Some((Self { path: rest.to_vec(), ..self.clone() }, *last)),
            None => self.act.map(|act| (Self::default(), act)),
        }
    }

    /// The act that it is in, or is.
    pub fn act_of<'a>(&self, form: &'a FormDefinition) -> Option<&'a Act> {
        form.acts.get(self.act?)
    }

    /// The same, to be changed.
    pub fn act_in<'a>(&self, form: &'a mut FormDefinition) -> Option<&'a mut Act> {
        form.acts.get_mut(self.act?)
    }

    /// The field that it is.
    pub fn field_of<'a>(&self, form: &'a FormDefinition) -> Option<&'a Field> {
        let (first, rest) = self.path.split_first()?;
        let mut field = self.questions_of(form).get(*first)?;
        for at in rest {
            field = field.kind.columns().get(*at)?;
        }
        Some(field)
    }

    /// The same, to be changed.
    pub fn field_in<'a>(&self, form: &'a mut FormDefinition) -> Option<&'a mut Field> {
        let (first, rest) = self.path.split_first()?;
        let mut field = self.questions_in(form)?.get_mut(*first)?;
        for at in rest {
            field = match &mut field.kind {
                FieldKind::Rows { fields, .. } => fields.get_mut(*at)?,
                _ => return None,
            };
        }
        Some(field)
    }

    /// The fields of the act, or of whoever handles it.
    fn questions_of<'a>(&self, form: &'a FormDefinition) -> &'a [Field] {
        let Some(act) = self.act_of(form) else { return &[] };
        match &act.decision {
            Some(rule) if self.handler => &rule.fields,
            _ if self.handler => &[],
            _ => &act.fields,
        }
    }

    fn questions_in<'a>(&self, form: &'a mut FormDefinition) -> Option<&'a mut Vec<Field>> {
        let act = self.act_in(form)?;
        if self.handler { act.decision.as_mut().map(|rule| &mut rule.fields) } else { Some(&mut act.fields) }
    }

    /// The fields whose keys a new one here must not have: those beside it, and where a handler answers on top of what was applied
    /// for those too.
    pub fn beside(&self, form: &FormDefinition) -> Vec<Field> {
        let mut beside = self.fields_of(form).to_vec();
        if self.path.is_empty()
            && let Some(act) = self.act_of(form)
        {
            let rule = act.decision.iter().flat_map(|rule| &rule.fields);
            beside.extend(act.fields.iter().chain(rule).cloned());
        }
        beside
    }

    /// The fields or columns that stand in it.
    pub fn fields_of<'a>(&self, form: &'a FormDefinition) -> &'a [Field] {
        if self.path.is_empty() {
            return self.questions_of(form);
        }
        self.field_of(form).map_or(&[], |field| field.kind.columns())
    }

    /// The same, to be changed. `None` where there can be none.
    pub fn fields_in<'a>(&self, form: &'a mut FormDefinition) -> Option<&'a mut Vec<Field>> {
        if self.path.is_empty() {
            return self.questions_in(form);
        }
        match &mut self.field_in(form)?.kind {
            FieldKind::Rows { fields, .. } => Some(fields),
            _ => None,
        }
    }

    /// The place that a finding of the check list names: nothing for the form, `act`, `act/field`, `act/field.column`. What
    /// is not found is the nearest place around it.
    pub fn named(form: &FormDefinition, path: &str) -> Self {
        let (act, rest) = path.split_once('/').unwrap_or((path, ""));
        let Some(act) = form.acts.iter().position(|one| one.key.as_str() == act) else {
            return Self::default();
        };
        let mut spot = Self::act(act);
        let first = rest.split('.').next().unwrap_or_default();
        let is_named = |spot: &Self| spot.fields_of(form).iter().any(|field| field.key.as_str() == first);
        if !is_named(&spot) && is_named(&spot.of_handler()) {
            spot = spot.of_handler();
        }
        for part in rest.split('.').filter(|part| !part.is_empty()) {
            let Some(at) = spot.fields_of(form).iter().position(|field| field.key.as_str() == part) else {
                break;
            };
            spot = spot.inside(at);
        }
        spot
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Locale;
    use crate::form::builder::{new_act, new_field, new_form, plain_kind};
    use crate::form::{ActKind, FormKey, Texts};

    fn words(text: &str) -> Texts {
        Texts([(Locale::Sv, text.to_owned())].into())
    }

    #[test]
    fn what_a_handler_fills_in_is_built_like_questions_and_beside_them() {
        let mut form = new_form(FormKey("prov".to_owned()), words("Prov"));
        form.acts.push(new_act(&form, ActKind::Application, words("Ansökan")));
        let (act, handler) = (Spot::act(0), Spot::act(0).of_handler());
        let mut add = |into: &Spot, label: &str| {
            let field = new_field(&into.beside(&form), words(label), plain_kind("number", None).unwrap());
            form.add_field(into, field).unwrap()
        };
        let asked = add(&act, "Dagar");
        let own = add(&handler, "Dagar");
        let other = add(&handler, "Plats");
        assert_eq!((act.fields_of(&form).len(), handler.fields_of(&form).len()), (1, 2));
        let key = |spot: &Spot| spot.field_of(&form).unwrap().key.0.clone();
        assert_ne!(key(&asked), key(&own), "an answer of the family and one of the handler are told apart");
        assert_eq!(Spot::named(&form, &format!("ansokan/{}", key(&own))), own);
        assert_eq!(Spot::named(&form, &format!("ansokan/{}", key(&asked))), asked);
        assert_eq!(form.move_to(&other, 0), Some(own.clone()));
        let removed = form.remove(&own).unwrap();
        assert_eq!(handler.fields_of(&form).len(), 1);
        assert_eq!(form.restore(removed), Some(own));
        assert_eq!(handler.fields_of(&form).len(), 2);
        assert!(Spot::act(0).of_handler().field_of(&form).is_none());
    }

    #[test]
    fn an_act_that_nobody_decides_has_no_handler() {
        let mut form = new_form(FormKey("prov".to_owned()), words("Prov"));
        form.acts.push(new_act(&form, ActKind::Notification, words("Del")));
        let handler = Spot::act(0).of_handler();
        assert!(handler.fields_of(&form).is_empty() && handler.fields_in(&mut form).is_none());
    }
}
