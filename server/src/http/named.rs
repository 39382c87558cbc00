//! What the address of a request names, and that it was refused, for the audit trail: the one place that notes what use cases refuse. Called
//! by the adapter. Must not know a use case.

use crate::policy::{self, Principal};
use crate::store::{AuditEntry, Store};
use http::StatusCode;
use skolstart_shared::api::{Endpoint, Method, PathArgs};
use uuid::Uuid;

/// What there is before somebody asks for it. Other ids (of a step, a change, an answer) are made up by whoever sends it.
const THINGS: [&str; 11] = [
    "child",
    "application",
    "todo",
    "submission",
    "file",
    "group",
    "unit",
    "draft",
    "round",
    "passkey",
    "session",
];
/// Things that an address calls `{id}`, by what stands before that.
const LISTED: [(&str, &str); 4] =
    [("exports", "list"), ("alarms", "alarm"), ("mandates", "mandate"), ("holds", "hold")];

/// What is to be noted if this request is refused.
pub(super) struct Named {
    store: Store,
    entry: AuditEntry,
}

impl Named {
    /// `None`: the address names nothing, and what is one's own and is not there is no refusal.
    pub(super) fn of<E: Endpoint>(store: &Store, principal: &Principal, path: &E::Path) -> Option<Self> {
        let named = named::<E>(path)?;
        Some(Self { store: store.clone(), entry: policy::refusal_of(principal, E::ACTION, named) })
    }

    /// Notes it when access was refused: what does not exist for her, and what she may not do. A page that asks for a reason before it opens
    /// (403 to somebody who reads) refuses nothing. That it could not be noted changes no answer.
    pub(super) async fn note<E: Endpoint>(self, status: StatusCode) {
        let is_refused = match status {
            StatusCode::NOT_FOUND => true,
            StatusCode::FORBIDDEN => E::METHOD != Method::Get,
            _ => false,
        };
        let Some(who) = self.entry.actor.filter(|_| is_refused) else { return };
        if let Err(error) = self.store.note_later_refusal(who, self.entry).await {
            tracing::warn!(%error, "a refusal was not noted");
        }
    }
}

/// The narrowest thing that the address of an endpoint names: of a child's application, the application. `None`: it names nothing that
/// has an id.
fn named<E: Endpoint>(path: &E::Path) -> Option<(&'static str, Uuid)> {
    narrowest(E::PATH, &path.parts())
}

fn narrowest(template: &'static str, parts: &[String]) -> Option<(&'static str, Uuid)> {
    let (mut found, mut before, mut parts) = (None, "", parts.iter());
    for segment in template.split('/') {
        if let Some(name) = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            let part = parts.next()?;
            let listed = LISTED.iter().find(|(list, _)| name == "id" && *list == before);
            let kind = listed.map(|(_, kind)| *kind).or_else(|| THINGS.contains(&name).then_some(name));
            if let (Some(kind), Ok(id)) = (kind, Uuid::parse_str(part)) {
                found = Some((kind, id));
            }
        }
        before = segment;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use skolstart_shared::api::described;

    const ID: &str = "01900000-0000-7000-8000-000000000001";
    const OTHER: &str = "01900000-0000-7000-8000-000000000002";

    fn kind(template: &'static str, parts: &[&str]) -> Option<(&'static str, String)> {
        let parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
        narrowest(template, &parts).map(|(kind, id)| (kind, id.to_string()))
    }

    #[test]
    fn the_narrowest_thing_is_named_and_nothing_that_is_made_up() {
        let of = |kind, id: &str| Some((kind, id.to_owned()));
        assert_eq!(
            kind("/a/children/{child}/applications/{application}/steps/{step}", &[ID, OTHER, ID]),
            of("application", OTHER)
        );
        assert_eq!(kind("/a/children/{child}/withholdings/{id}", &[ID, OTHER]), of("child", ID));
        assert_eq!(kind("/a/exports/{id}/{kind}", &[ID, "csv"]), of("list", ID));
        assert_eq!(kind("/a/children/{child}/consents/{record}", &[ID, "7"]), of("child", ID));
        assert_eq!(kind("/a/forms/{form}", &["leave"]), None);
    }

    #[test]
    fn every_thing_is_named_by_some_address() {
        let endpoints = described();
        let paths = || endpoints.iter().map(|endpoint| endpoint.path);
        for thing in THINGS {
            assert!(paths().any(|path| path.contains(&format!("{{{thing}}}"))), "{thing}");
        }
        for (list, _) in LISTED {
            assert!(paths().any(|path| path.contains(&format!("/{list}/{{id}}"))), "{list}");
        }
    }
}
