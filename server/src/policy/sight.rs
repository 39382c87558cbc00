use uuid::Uuid;

/// Whose rows a request may meet at all, whatever its statements ask for. Coarser than a grant, and not made from one: where a
/// statement has forgotten its filter, this still holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Sight {
    /// Nobody's: it is not known yet who asks.
    #[default]
    Nobody,
    /// Those of some.
    These {
        /// She herself, the children she decides for, and the protected ones she is named to handle.
        people: Vec<Uuid>,
        /// The children who go, went or will go to these units, and those who decide for them.
        units: Vec<Uuid>,
    },
    /// Everybody's: the whole municipality's work, or the operator's.
    Everybody,
}

impl Sight {
    /// That of two together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Everybody, _) | (_, Self::Everybody) => Self::Everybody,
            (Self::Nobody, sight) | (sight, Self::Nobody) => sight,
            (Self::These { mut people, mut units }, Self::These { people: more, units: others }) => {
                people.extend(more);
                units.extend(others);
                Self::These { people, units }
            }
        }
    }
}
