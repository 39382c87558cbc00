//! Which of the staff see something, as a choice: everybody at the unit, the principal, or those who have certain tasks.
//!
//! Called by the element catalogue and the form builder. Decides nothing: the server says who sees what.

use crate::i18n::t;
use crate::letter;
use skolstart_shared::access::Function;
use skolstart_shared::fact::Audience;

/// The sorts of audiences.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Few {
    Unit,
    Principal,
    Only,
}

impl Few {
    pub(super) fn of(audience: &Audience) -> Self {
        match audience {
            Audience::Unit => Self::Unit,
            Audience::Principal => Self::Principal,
            Audience::Only(_) => Self::Only,
        }
    }

    /// The audience, with these tasks where tasks count.
    pub(super) fn with(self, functions: Vec<Function>) -> Audience {
        match self {
            Self::Unit => Audience::Unit,
            Self::Principal => Audience::Principal,
            Self::Only => Audience::Only(functions),
        }
    }

    /// All of them, in words.
    pub(super) fn options() -> Vec<(Self, String)> {
        vec![
            (Self::Unit, t("staff.element.unit")),
            (Self::Principal, t("staff.element.principal")),
            (Self::Only, t("staff.element.only-some")),
        ]
    }
}

/// The tasks that count. Empty where none is named.
pub(super) fn functions_of(audience: &Audience) -> Vec<Function> {
    match audience {
        Audience::Only(functions) => functions.clone(),
        Audience::Unit | Audience::Principal => Vec::new(),
    }
}

/// Every task, in words.
pub(super) fn functions() -> Vec<(Function, String)> {
    Function::ALL.map(|function| (function, letter::title(function))).to_vec()
}
