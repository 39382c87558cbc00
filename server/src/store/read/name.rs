//! What somebody is called, and who may read which of it.
//!
//! Owns the choice between the real name and the alias that a school uses for a hidden child. Called by every use case that
//! shows a name. Must not give a name out without the caller saying who reads it: staff are given the alias, marked as one.

use skolstart_shared::people::{ALIAS_MARK, Alias};
use std::fmt;

/// A person's name.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Name {
    given: String,
    family: String,
    alias: Option<Alias>,
}

/// A name as somebody reads it.
#[derive(Clone, PartialEq, Eq)]
pub struct ShownName {
    /// Given name.
    pub given: String,
    /// Family name. After that of an alias stands [`ALIAS_MARK`].
    pub family: String,
    is_alias: bool,
}

impl Name {
    pub(in crate::store) fn new(given: String, family: String) -> Self {
        Self { given, family, alias: None }
    }

    pub(super) fn goes_by(&mut self, alias: Alias) {
        self.alias = Some(alias);
    }

    /// As the person and those who decide for her read it: what she is really called.
    pub fn for_family(&self) -> ShownName {
        ShownName { given: self.given.clone(), family: self.family.clone(), is_alias: false }
    }

    /// As staff read it, on every page, in every list and file: the alias, where there is one.
    pub fn for_staff(&self) -> ShownName {
        match &self.alias {
            None => self.for_family(),
            Some(alias) => ShownName {
                given: alias.given.clone(),
                family: [alias.family.as_str(), ALIAS_MARK].join(" "),
                is_alias: true,
            },
        }
    }

    /// As an archive keeps it: what the person is really called. Whoever is protected has a folder apart there.
    pub fn for_archive(&self) -> ShownName {
        self.for_family()
    }

    /// What stands behind an alias. Only for the child's own page, which says both.
    pub fn behind_alias(&self) -> Option<String> {
        self.alias.as_ref().map(|_| self.for_family().full())
    }

    /// True when this would be an alias that tells the name.
    pub fn is_told_by(&self, alias: &Alias) -> bool {
        alias.leads_to(&self.given, &self.family)
    }
}

impl ShownName {
    /// Given name and family name.
    pub fn full(&self) -> String {
        format!("{} {}", self.given, self.family)
    }

    /// Where only the given name is written.
    pub fn first(&self) -> String {
        if self.is_alias { format!("{} {ALIAS_MARK}", self.given) } else { self.given.clone() }
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Name(…)")
    }
}

impl fmt::Debug for ShownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ShownName(…)")
    }
}
