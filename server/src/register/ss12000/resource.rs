use std::fmt;

/// The kinds of record that the import reads, in the order in which it needs them: a record only points backwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Resource {
    /// Huvudman and units: `organisations*.json`.
    Organisations,
    /// Children, guardians and staff: `persons*.json`.
    Persons,
    /// Classes, departments and other groups: `groups*.json`.
    Groups,
    /// Who works where: `duties*.json`.
    Duties,
    /// Children in preschool and after-school care: `placements*.json`.
    Placements,
}

impl Resource {
    /// Every resource, in reading order.
    pub const ALL: [Self; 5] =
        [Self::Organisations, Self::Persons, Self::Groups, Self::Duties, Self::Placements];

    /// The name in SS 12000, which is also how the names of its files begin.
    pub fn name(self) -> &'static str {
        match self {
            Self::Organisations => "organisations",
            Self::Persons => "persons",
            Self::Groups => "groups",
            Self::Duties => "duties",
            Self::Placements => "placements",
        }
    }

    /// The resource that a file with this name holds. After the resource's name only digits, `-`, `_` and `.` may
    /// stand, so that `persons-0001.json` is a page and `persons-old-copy.json` is not read by mistake.
    pub fn of_file(name: &str) -> Option<Self> {
        let stem = name.strip_suffix(".json")?;
        Self::ALL.into_iter().find(|resource| {
            stem.strip_prefix(resource.name())
                .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit() || b"-_.".contains(&byte)))
        })
    }
}

impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
