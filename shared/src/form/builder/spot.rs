//! A place in a form: the form itself, an act, a field of it, a column of a field.

use crate::form::{Act, Field, FieldKind, FormDefinition};

/// See the module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Spot {
    /// Which act, counted from 0. `None`: the form itself.
    pub act: Option<usize>,
    /// Which field of the act, and which columns within it. Empty: the act itself.
    pub path: Vec<usize>,
}

impl Spot {
    /// An act.
    pub fn act(at: usize) -> Self {
        Self { act: Some(at), path: Vec::new() }
    }

    /// What stands in this one at `at`: an act of the form, a field of the act, a column of the field.
    #[must_use]
    pub fn inside(&self, at: usize) -> Self {
        match self.act {
            None => Self::act(at),
            Some(act) => Self { act: Some(act), path: [self.path.as_slice(), &[at]].concat() },
        }
    }

    /// What this one stands in, and at which place there. `None` for the form itself.
    pub fn around(&self) -> Option<(Self, usize)> {
        match self.path.split_last() {
            Some((last, rest)) => Some((Self { act: self.act, path: rest.to_vec() }, *last)),
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
        let mut field = self.act_of(form)?.fields.get(*first)?;
        for at in rest {
            field = field.kind.columns().get(*at)?;
        }
        Some(field)
    }

    /// The same, to be changed.
    pub fn field_in<'a>(&self, form: &'a mut FormDefinition) -> Option<&'a mut Field> {
        let (first, rest) = self.path.split_first()?;
        let mut field = self.act_in(form)?.fields.get_mut(*first)?;
        for at in rest {
            field = match &mut field.kind {
                FieldKind::Rows { fields, .. } => fields.get_mut(*at)?,
                _ => return None,
            };
        }
        Some(field)
    }

    /// The fields or columns that stand in it.
    pub fn fields_of<'a>(&self, form: &'a FormDefinition) -> &'a [Field] {
        if self.path.is_empty() {
            return self.act_of(form).map_or(&[], |act| &act.fields);
        }
        self.field_of(form).map_or(&[], |field| field.kind.columns())
    }

    /// The same, to be changed. `None` where there can be none.
    pub fn fields_in<'a>(&self, form: &'a mut FormDefinition) -> Option<&'a mut Vec<Field>> {
        if self.path.is_empty() {
            return self.act_in(form).map(|act| &mut act.fields);
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
        for part in rest.split('.').filter(|part| !part.is_empty()) {
            let Some(at) = spot.fields_of(form).iter().position(|field| field.key.as_str() == part) else {
                break;
            };
            spot = spot.inside(at);
        }
        spot
    }
}
