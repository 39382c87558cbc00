use crate::register::ss12000::{Duty, Group, Organisation, Person, Placement, Reason, ReasonCode};
use crate::store::References;
use std::collections::HashSet;
use uuid::Uuid;

/// A record that can point to others.
pub(super) trait Checked {
    /// The record's own id.
    fn id(&self) -> Uuid;

    /// Why it cannot be taken in: it points to something that was never seen.
    fn fault(&self, known: &References) -> Option<Reason>;
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

    fn fault(&self, known: &References) -> Option<Reason> {
        missing(&known.organisations, self.organisation.id, "organisation").or_else(|| {
            self.group_memberships.iter().enumerate().find_map(|(at, each)| {
                missing(&known.persons, each.person.id, format!("groupMemberships[{at}].person"))
            })
        })
    }
}

impl Checked for Duty {
    fn id(&self) -> Uuid {
        self.id
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

    fn fault(&self, known: &References) -> Option<Reason> {
        missing(&known.persons, self.child.id, "child")
            .or_else(|| missing(&known.organisations, self.placed_at.id, "placedAt"))
            .or_else(|| self.group.and_then(|group| missing(&known.groups, group.id, "group")))
    }
}
