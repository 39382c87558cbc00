//! What a delivery of the register does not name any more. A record that is not sent says nothing by itself, so this looks at what all
//! records together name.
//!
//! Owns when a delivery is whole, and how much may end at once. Called at the end of an import. Must not take a record that was left
//! out for one that was not sent.

use super::ImportError;
use super::report::ImportReport;
use crate::register::ss12000::{Folder, Resource};
use crate::store::{Emptied, Pointed, Store};
use std::collections::{BTreeMap, HashSet};
use std::fmt;
use uuid::Uuid;

/// The kinds that can end, in the order in which they do: what hangs on others first.
const KINDS: [Resource; 4] = [Resource::Duties, Resource::Placements, Resource::Groups, Resource::Persons];
/// One in so many may end without anybody having said so. Half an export is missing more.
const ONE_IN: usize = 5;
/// So many may end however few there are.
const FEW: usize = 5;

/// What comes of what is not named any more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unnamed {
    /// It ends, unless it is so much that the delivery may be half.
    #[default]
    EndFew,
    /// It ends however much it is: somebody has looked.
    EndMany,
    /// It stays: the folder holds a part of the register.
    Keep,
}

/// How much of a kind is not named any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The kind.
    pub kind: Resource,
    /// How much is not named.
    pub missing: usize,
    /// Of how much.
    pub of: usize,
}

/// Why something was not ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotEnded {
    /// Kinds that the register has told of before have no file: the folder holds a part.
    Part(Vec<Resource>),
    /// It is too much.
    TooMuch(Vec<Missing>),
    /// Most of the children of these units are not named any more: a school that was left out of an export is too few to be too much.
    Units(Vec<Emptied>),
    /// Records of this kind have no id that can be read, so that nobody knows what they name.
    Unreadable(Resource, u64),
}

impl fmt::Display for NotEnded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Part(kinds) => {
                let kinds: Vec<_> = kinds.iter().map(|kind| kind.name()).collect();
                let kinds = kinds.join(", ");
                write!(
                    f,
                    "nothing was ended: the folder has no file of {kinds}, so it holds a part of the register"
                )
            }
            Self::TooMuch(missing) => {
                f.write_str("nothing was ended: the delivery does not name any more ")?;
                for (at, Missing { kind, missing, of }) in missing.iter().enumerate() {
                    let comma = if at == 0 { "" } else { ", " };
                    write!(f, "{comma}{missing} of {of} {kind}")?;
                }
                f.write_str(END_MANY)
            }
            Self::Units(units) => {
                f.write_str("nothing was ended: the delivery does not name any more ")?;
                for (at, Emptied { name, missing, of }) in units.iter().enumerate() {
                    let comma = if at == 0 { "" } else { ", " };
                    write!(f, "{comma}{missing} of {of} places at {name}")?;
                }
                f.write_str(END_MANY)
            }
            Self::Unreadable(kind, many) => {
                write!(f, "no {kind} were ended: of {many} of the records left out the id cannot be read")
            }
        }
    }
}

const END_MANY: &str =
    ". If that is right, import it again with --end-many; if it is not, the delivery is not whole";

/// What the records of a run name.
#[derive(Default)]
pub(super) struct Named {
    by_kind: BTreeMap<Resource, HashSet<Uuid>>,
    rejected: BTreeMap<Resource, Vec<Uuid>>,
    unreadable: BTreeMap<Resource, u64>,
}

impl Named {
    /// A record has come in.
    pub(super) fn taken(&mut self, kind: Resource, id: Uuid, points_to: Pointed) {
        self.name(kind, [id]);
        self.point(points_to);
    }

    /// A record was left out.
    pub(super) fn rejected(&mut self, kind: Resource, id: Option<Uuid>) {
        match id {
            Some(id) => {
                self.name(kind, [id]);
                self.rejected.entry(kind).or_default().push(id);
            }
            None => *self.unreadable.entry(kind).or_default() += 1,
        }
    }

    fn name(&mut self, kind: Resource, ids: impl IntoIterator<Item = Uuid>) {
        self.by_kind.entry(kind).or_default().extend(ids);
    }

    fn point(&mut self, pointed: Pointed) {
        self.name(Resource::Persons, pointed.persons);
        self.name(Resource::Groups, pointed.groups);
    }

    /// Ends what is not named, where the delivery is whole and it is not too much, and reports it.
    pub(super) async fn end_the_others(
        mut self,
        store: &Store,
        folder: &Folder,
        unnamed: Unnamed,
        report: &mut ImportReport,
    ) -> Result<(), ImportError> {
        if unnamed == Unnamed::Keep {
            return Ok(());
        }
        for (kind, ids) in std::mem::take(&mut self.rejected) {
            self.point(store.pointed_to(kind, &ids).await?);
        }
        let (mut ends, mut lacking, mut too_much) = (Vec::new(), Vec::new(), Vec::new());
        for kind in KINDS {
            let standing = store.standing(kind).await?;
            if folder.files(kind).is_empty() {
                lacking.extend((!standing.is_empty()).then_some(kind));
                continue;
            }
            if let Some(many) = self.unreadable.get(&kind) {
                report.not_ended.push(NotEnded::Unreadable(kind, *many));
                continue;
            }
            let of = standing.len();
            let named = self.by_kind.entry(kind).or_default();
            let ids: Vec<Uuid> = standing.into_iter().filter(|id| !named.contains(id)).collect();
            if ids.len() > FEW && ids.len() * ONE_IN > of {
                too_much.push(Missing { kind, missing: ids.len(), of });
            }
            ends.push((kind, ids));
        }
        if !lacking.is_empty() {
            report.not_ended = vec![NotEnded::Part(lacking)];
            return Ok(());
        }
        if unnamed == Unnamed::EndFew {
            if !too_much.is_empty() {
                report.not_ended.push(NotEnded::TooMuch(too_much));
                return Ok(());
            }
            let of = |which| ends.iter().find(|(kind, _)| *kind == which).map_or(&[][..], |(_, ids)| ids);
            let emptied = store.emptied(of(Resource::Persons), of(Resource::Placements), FEW).await?;
            if !emptied.is_empty() {
                report.not_ended.push(NotEnded::Units(emptied));
                return Ok(());
            }
        }
        for (kind, ids) in ends {
            store.end_unnamed(report.run, kind, &ids).await?;
            report.counts.entry(kind.name()).or_default().ended = ids.len() as u64;
        }
        Ok(())
    }
}
