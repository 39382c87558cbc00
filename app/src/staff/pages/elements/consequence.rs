//! What follows from a change of an element, as far as the program itself makes it true. Pure.

use skolstart_shared::fact::{Audience, Element, Merge, Sensitivity, Sharing};

/// One thing that follows when the change is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Consequence {
    /// It is called something else in the catalogue; the questions of forms stay as published.
    Renamed,
    /// A confirmation stands for so many days, counted from when it was given.
    HoldsFor(u16),
    /// A confirmation stands until it is changed.
    HoldsForever,
    /// Only the principal sees it.
    PrincipalOnly,
    /// Only those with certain tasks see it.
    FunctionsOnly,
    /// Everybody with a task at the unit sees it.
    WholeUnit,
    /// From now on another guardian sees only her own.
    GiverOnly,
    /// Guardians see each other's answers.
    Shared,
    /// Everybody's answers stand beside each other.
    SideBySide,
    /// The newest stands, and sources that differ are asked about.
    NewestStands,
    /// Health data: from now on it cannot be made less while a form asks for it. All values are sealed either way.
    Health,
    /// Another class; sealing stays the same.
    OtherClass,
    /// When sources differ they are shown in another order.
    OtherTrust,
    /// Another class of the document plan.
    OtherRetention,
}

/// What follows from saving `after` where `before` stands.
pub(super) fn consequences(before: &Element, after: &Element) -> Vec<Consequence> {
    let mut found = Vec::new();
    if before.label != after.label {
        found.push(Consequence::Renamed);
    }
    if before.holds_days != after.holds_days {
        found.push(after.holds_days.map_or(Consequence::HoldsForever, Consequence::HoldsFor));
    }
    if before.audience != after.audience {
        found.push(match after.audience {
            Audience::Principal => Consequence::PrincipalOnly,
            Audience::Only(_) => Consequence::FunctionsOnly,
            Audience::Unit => Consequence::WholeUnit,
        });
    }
    if before.sharing != after.sharing {
        found.push(match after.sharing {
            Sharing::GiverOnly => Consequence::GiverOnly,
            Sharing::Guardians => Consequence::Shared,
        });
    }
    if before.merge != after.merge {
        found.push(match after.merge {
            Merge::Union => Consequence::SideBySide,
            Merge::Latest => Consequence::NewestStands,
        });
    }
    if before.sensitivity != after.sensitivity {
        let is_health = after.sensitivity == Sensitivity::Health;
        found.push(if is_health { Consequence::Health } else { Consequence::OtherClass });
    }
    if before.sources != after.sources {
        found.push(Consequence::OtherTrust);
    }
    if before.retention != after.retention {
        found.push(Consequence::OtherRetention);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn element() -> Element {
        serde_json::from_str(
            r#"{"key":"child.x","subject":"child","sensitivity":"contact","holds-days":365,"merge":"latest",
                "sharing":"guardians","retention":"r"}"#,
        )
        .unwrap()
    }

    #[test]
    fn tells_of_what_changes_and_of_nothing_else() {
        assert_eq!(consequences(&element(), &element()), []);
        let after = Element {
            holds_days: Some(30),
            audience: Audience::Principal,
            sharing: Sharing::GiverOnly,
            merge: Merge::Union,
            sensitivity: Sensitivity::Health,
            ..element()
        };
        let told = consequences(&element(), &after);
        let expected = [
            Consequence::HoldsFor(30),
            Consequence::PrincipalOnly,
            Consequence::GiverOnly,
            Consequence::SideBySide,
            Consequence::Health,
        ];
        assert_eq!(told, expected);
        let back = consequences(&after, &Element { holds_days: None, ..element() });
        assert_eq!(back.first(), Some(&Consequence::HoldsForever));
        assert!(back.contains(&Consequence::OtherClass) && !back.contains(&Consequence::Health));
    }
}
