//! The addresses of the staff program. Ids and the state of lists, never a name: addresses end up in logs and
//! histories. So what is typed into a search field stays on the page.

use super::list::ListState;
use crate::router::{Query, Routes};
use skolstart_shared::id::{ApplicationId, DraftId, GroupId, PersonId, TodoId, UnitId};

/// Where the server serves this program.
const BASE: &str = "/personal";

/// A page of the staff program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The reader's units and their groups.
    Units,
    /// A group, perhaps with one child beside the list.
    Group {
        /// The group.
        group: GroupId,
        /// The child in the panel.
        child: Option<PersonId>,
        /// What the list shows and in what order.
        list: ListState,
    },
    /// What may be shown of the children of a group.
    Pictures(GroupId),
    /// Who may collect the children of a group.
    Collecting(GroupId),
    /// Who stands in for whom at a unit.
    Substitutes(UnitId),
    /// One child on a page of its own.
    Child(PersonId),
    /// A code for one who decides for a child.
    Code(PersonId, PersonId),
    /// The applications that the reader has a task with.
    Applications,
    /// What answers have set in motion and the reader has the task of.
    Todos,
    /// One of them.
    Todo(PersonId, TodoId),
    /// The children that are hidden from others.
    Protected,
    /// Who eats something else at a unit.
    Kitchen,
    /// One application of a child.
    Application(PersonId, ApplicationId),
    /// All units of the municipality.
    Municipality,
    /// The element catalogue, perhaps with one element beside the list.
    Elements(Option<String>),
    /// The inventory of forms, perhaps with one form beside the list.
    Forms(Option<String>),
    /// Which elements are asked on which forms.
    Overlap,
    /// The forms that are published, and drafts.
    Builder,
    /// One draft.
    Draft(DraftId),
    /// The rounds that ask forms.
    Rounds,
    /// Where the reader is signed in.
    Sessions,
    /// Lists that leave the house, and alarms.
    Bulk,
    /// What is erased when its time is over, and what is held.
    Retention,
    /// Roles that are given by hand.
    Mandates,
    /// Who has seen and changed how much.
    Review,
}

impl Routes for Route {
    fn parse(path: &str, query: &Query) -> Option<Self> {
        let rest = path.strip_prefix(BASE)?;
        if !rest.is_empty() && !rest.starts_with('/') {
            return None;
        }
        let parts: Vec<&str> = rest.split('/').filter(|part| !part.is_empty()).collect();
        let list = ListState::read(query);
        match parts.as_slice() {
            // Where the server sends somebody who could not be signed in; once she is, she begins where everybody does.
            [] | ["sign-in", _] => Some(Self::Units),
            ["municipality"] => Some(Self::Municipality),
            ["elements"] => Some(Self::Elements(None)),
            ["elements", key] => Some(Self::Elements(Some(plain(key)?))),
            ["forms"] => Some(Self::Forms(None)),
            ["forms", "overlap"] => Some(Self::Overlap),
            ["forms", "inventory", code] => Some(Self::Forms(Some(plain(code)?))),
            ["applications"] => Some(Self::Applications),
            ["todos"] => Some(Self::Todos),
            ["protected"] => Some(Self::Protected),
            ["kitchen"] => Some(Self::Kitchen),
            ["children", child, "applications", id] => {
                Some(Self::Application(child.parse().ok()?, id.parse().ok()?))
            }
            ["children", child, "todos", todo] => Some(Self::Todo(child.parse().ok()?, todo.parse().ok()?)),
            ["children", child, "codes", guardian] => {
                Some(Self::Code(child.parse().ok()?, guardian.parse().ok()?))
            }
            ["builder"] => Some(Self::Builder),
            ["builder", "drafts", draft] => Some(Self::Draft(draft.parse().ok()?)),
            ["rounds"] => Some(Self::Rounds),
            ["sessions"] => Some(Self::Sessions),
            ["lists"] => Some(Self::Bulk),
            ["retention"] => Some(Self::Retention),
            ["access"] => Some(Self::Mandates),
            ["review"] => Some(Self::Review),
            ["units", unit, "substitutes"] => Some(Self::Substitutes(unit.parse().ok()?)),
            ["children", child] => Some(Self::Child(child.parse().ok()?)),
            ["groups", group] => Some(Self::Group { group: group.parse().ok()?, child: None, list }),
            ["groups", group, "consents"] => Some(Self::Pictures(group.parse().ok()?)),
            ["groups", group, "collecting"] => Some(Self::Collecting(group.parse().ok()?)),
            ["groups", group, "children", child] => {
                Some(Self::Group { group: group.parse().ok()?, child: Some(child.parse().ok()?), list })
            }
            _ => None,
        }
    }

    fn to_path(&self) -> String {
        let mut path = BASE.to_owned();
        match self {
            Self::Units => path.push('/'),
            Self::Municipality => path.push_str("/municipality"),
            Self::Elements(None) => path.push_str("/elements"),
            Self::Elements(Some(key)) => push(&mut path, "/elements/", key.clone()),
            Self::Forms(None) => path.push_str("/forms"),
            Self::Forms(Some(code)) => push(&mut path, "/forms/inventory/", code.clone()),
            Self::Overlap => path.push_str("/forms/overlap"),
            Self::Applications => path.push_str("/applications"),
            Self::Todos => path.push_str("/todos"),
            Self::Protected => path.push_str("/protected"),
            Self::Kitchen => path.push_str("/kitchen"),
            Self::Application(child, id) => {
                push(&mut path, "/children/", child.to_string());
                push(&mut path, "/applications/", id.to_string());
            }
            Self::Todo(child, todo) => {
                push(&mut path, "/children/", child.to_string());
                push(&mut path, "/todos/", todo.to_string());
            }
            Self::Code(child, guardian) => {
                push(&mut path, "/children/", child.to_string());
                push(&mut path, "/codes/", guardian.to_string());
            }
            Self::Builder => path.push_str("/builder"),
            Self::Draft(draft) => push(&mut path, "/builder/drafts/", draft.to_string()),
            Self::Rounds => path.push_str("/rounds"),
            Self::Sessions => path.push_str("/sessions"),
            Self::Bulk => path.push_str("/lists"),
            Self::Retention => path.push_str("/retention"),
            Self::Mandates => path.push_str("/access"),
            Self::Review => path.push_str("/review"),
            Self::Pictures(group) => {
                push(&mut path, "/groups/", group.to_string());
                path.push_str("/consents");
            }
            Self::Collecting(group) => {
                push(&mut path, "/groups/", group.to_string());
                path.push_str("/collecting");
            }
            Self::Substitutes(unit) => {
                push(&mut path, "/units/", unit.to_string());
                path.push_str("/substitutes");
            }
            Self::Child(child) => push(&mut path, "/children/", child.to_string()),
            Self::Group { group, child, list } => {
                push(&mut path, "/groups/", group.to_string());
                if let Some(child) = child {
                    push(&mut path, "/children/", child.to_string());
                }
                return list.write().after(&path);
            }
        }
        path
    }

    fn same_page(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Group { group: one, .. }, Self::Group { group: other, .. }) => one == other,
            (Self::Elements(_), Self::Elements(_)) | (Self::Forms(_), Self::Forms(_)) => true,
            _ => self == other,
        }
    }
}

/// The key of an element or the code of a form.
fn plain(key: &str) -> Option<String> {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.';
    key.chars().all(is_plain).then(|| key.to_owned())
}

fn push(path: &mut String, part: &str, id: String) {
    path.push_str(part);
    path.push_str(&id);
}

#[cfg(test)]
mod tests {
    use super::super::list::{Show, SortBy};
    use super::*;

    const ID: &str = "0190f4c8-0000-7000-8000-000000000001";

    fn parse(address: &str) -> Option<Route> {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        Route::parse(path, &Query::parse(query))
    }

    #[test]
    fn every_page_goes_there_and_back() {
        let (group, child) = (ID.parse().unwrap(), ID.parse().unwrap());
        let list = ListState { show: Show::Waiting, sort: SortBy::Act(2), descending: true };
        for route in [
            Route::Units,
            Route::Municipality,
            Route::Elements(None),
            Route::Elements(Some("guardian.phone".to_owned())),
            Route::Forms(None),
            Route::Forms(Some("special-diet".to_owned())),
            Route::Overlap,
            Route::Applications,
            Route::Todos,
            Route::Protected,
            Route::Kitchen,
            Route::Application(child, ID.parse().unwrap()),
            Route::Builder,
            Route::Draft(ID.parse().unwrap()),
            Route::Rounds,
            Route::Code(child, ID.parse().unwrap()),
            Route::Sessions,
            Route::Bulk,
            Route::Retention,
            Route::Mandates,
            Route::Review,
            Route::Child(child),
            Route::Pictures(group),
            Route::Collecting(group),
            Route::Substitutes(ID.parse().unwrap()),
            Route::Group { group, child: None, list: ListState::default() },
            Route::Group { group, child: Some(child), list },
        ] {
            assert_eq!(parse(&route.to_path()), Some(route));
        }
    }

    #[test]
    fn an_address_says_only_what_differs_from_the_default() {
        let route = Route::Group { group: ID.parse().unwrap(), child: None, list: ListState::default() };
        assert_eq!(route.to_path(), ["/personal/groups/", ID].concat());
    }

    #[test]
    fn what_is_no_page_is_none() {
        for wrong in [
            "/",
            "/personalen",
            "/personal/groups",
            "/personal/groups/1B",
            "/personal/children/x/y",
            "/personal/elements/Å",
            "/personal/forms/inventory/A%20b",
        ] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
        assert_eq!(parse("/personal"), Some(Route::Units));
    }

    #[test]
    fn the_panel_and_the_filter_leave_the_page_as_it_is() {
        let at = |child: Option<&str>, list| Route::Group {
            group: ID.parse().unwrap(),
            child: child.map(|id| id.parse().unwrap()),
            list,
        };
        let sorted = ListState { sort: SortBy::Name, ..ListState::default() };
        assert!(at(None, ListState::default()).same_page(&at(Some(ID), sorted)));
        assert!(!at(None, ListState::default()).same_page(&Route::Units));
    }
}
