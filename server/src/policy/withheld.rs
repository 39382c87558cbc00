//! What is kept from a guardian about a child she decides for (OSL 12:3). She is shown everything as if nobody but she herself and
//! the register had said anything of it.

use crate::store::Published;
use skolstart_shared::fact::{ElementKey, Entry, Source};
use skolstart_shared::form::FormKey;
use skolstart_shared::id::PersonId;
use std::collections::BTreeSet;

/// What is kept from one guardian about one child.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Withheld {
    /// Everything.
    Everything,
    /// What was answered in these forms, and the values that they ask for.
    Forms(BTreeSet<FormKey>),
}

impl Withheld {
    /// Two decisions together keep what either keeps.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Forms(mut one), Self::Forms(other)) => {
                one.extend(other);
                Self::Forms(one)
            }
            _ => Self::Everything,
        }
    }

    /// True when what others have answered in this form is kept.
    pub fn keeps_form(&self, form: &FormKey) -> bool {
        match self {
            Self::Everything => true,
            Self::Forms(forms) => forms.contains(form),
        }
    }

    /// True when what others have said of this element is kept, wherever they were asked for it.
    pub fn keeps_element(&self, published: &Published, element: &ElementKey) -> bool {
        let Self::Forms(forms) = self else { return true };
        let mut kept = published.newest_forms().into_iter().filter(|form| forms.contains(&form.key));
        kept.any(|form| {
            form.acts.iter().flat_map(|act| &act.fields).any(|field| field.element.as_ref() == Some(element))
        })
    }

    /// True for what she is shown all the same: her own word, and the register's.
    pub fn is_hers(entry: &Entry, me: PersonId) -> bool {
        entry.by == Some(me) || entry.source == Source::Register
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_decisions_keep_what_either_keeps() {
        let form = |key: &str| FormKey(key.to_owned());
        let of = |key: &str| Withheld::Forms([form(key)].into());
        let both = of("diet").and(of("leave"));
        assert!(
            both.keeps_form(&form("diet")) && both.keeps_form(&form("leave")) && !both.keeps_form(&form("x"))
        );
        assert_eq!(both.and(Withheld::Everything), Withheld::Everything);
    }
}
