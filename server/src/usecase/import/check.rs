use crate::register::ss12000::{Duty, Group, Organisation, Person, Placement, Reason, ReasonCode};
use crate::store::{Pointed, References};
use std::collections::HashSet;
use uuid::Uuid;

/// A record that can point to others.
pub(super) trait Checked {
    /// The record's own id.
    fn id(&self) -> Uuid;

    /// Why it cannot be taken in: it points to something that was never seen.
    fn fault(&self, known: &References) -> Option<Reason>;

    /// People and groups that it points to.
    fn points_to(&self) -> Pointed {
        Pointed::default()
    }

    /// Takes away parts that point to something that was never seen, where the rest is right without them.
    fn leave_out(&mut self, _: &References) -> Vec<Reason> {
        Vec::new()
    }
}

fn missing(ids: &HashSet<Uuid>, id: Uuid, field: impl Into<String>) -> Option<Reason> {
    (!ids.contains(&id)).then(|| Reason::new(ReasonCode::UnknownReference, field))
}

impl Checked for Organisation {
    fn id(&self) -> Uuid {
        self.id
    }

    // The one above may stand later in the file.
    fn fault(&self, _: &References) -> Option<Reason> {
        None
    }
}

impl Checked for Person {
    fn id(&self) -> Uuid {
        self.id
    }

    fn points_to(&self) -> Pointed {
        let persons = self.responsibles.iter().map(|each| each.person.id).collect();
        Pointed { persons, ..Pointed::default() }
    }

    fn fault(&self, known: &References) -> Option<Reason> {
        let units = self.enrolments.iter().enumerate().find_map(|(at, each)| {
            missing(&known.organisations, each.enroled_at.id, format!("enrolments[{at}].enroledAt"))
        });
        units.or_else(|| {
            self.responsibles.iter().enumerate().find_map(|(at, each)| {
                missing(&known.persons, each.person.id, format!("responsibles[{at}].person"))
            })
        })
    }
}

impl Checked for Group {
    fn id(&self) -> Uuid {
        self.id
    }

    fn points_to(&self) -> Pointed {
        let persons = self.group_memberships.iter().map(|each| each.person.id).collect();
        Pointed { persons, ..Pointed::default() }
    }

    fn fault(&self, known: &References) -> Option<Reason> {
        missing(&known.organisations, self.organisation.id, "organisation")
    }

    /// One child whose record is broken must not cost the others their class.
    fn leave_out(&mut self, known: &References) -> Vec<Reason> {
        let mut reasons = Vec::new();
        let mut at = 0;
        self.group_memberships.retain(|each| {
            let field = format!("groupMemberships[{at}].person");
            at += 1;
            let fault = missing(&known.persons, each.person.id, field);
            let is_known = fault.is_none();
            reasons.extend(fault);
            is_known
        });
        reasons
    }
}

impl Checked for Duty {
    fn id(&self) -> Uuid {
        self.id
    }

    fn points_to(&self) -> Pointed {
        let groups = self.assignment_role.iter().map(|each| each.group.id).collect();
        Pointed { persons: vec![self.person.id], groups }
    }

    fn fault(&self, known: &References) -> Option<Reason> {
        missing(&known.persons, self.person.id, "person")
            .or_else(|| missing(&known.organisations, self.duty_at.id, "dutyAt"))
            .or_else(|| {
                self.assignment_role.iter().enumerate().find_map(|(at, each)| {
                    missing(&known.groups, each.group.id, format!("assignmentRole[{at}].group"))
                })
            })
    }
}

impl Checked for Placement {
    fn id(&self) -> Uuid {
        self.id
    }

    fn points_to(&self) -> Pointed {
        let persons = self.owners.iter().chain([&self.child]).map(|each| each.id).collect();
        Pointed { persons, groups: self.group.iter().map(|group| group.id).collect() }
    }

    fn fault(&self, known: &References) -> Option<Reason> {
        missing(&known.persons, self.child.id, "child")
            .or_else(|| missing(&known.organisations, self.placed_at.id, "placedAt"))
            .or_else(|| self.group.and_then(|group| missing(&known.groups, group.id, "group")))
    }
}
