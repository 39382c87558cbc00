//! Keeps a group page up to date: asks for changes every four seconds while somebody looks at it. An unchanged group
//! costs the server one read of a number.

use super::list::{Cell, changes};
use crate::api::client;
use crate::i18n::t_count;
use crate::state::{Remote, clock, use_session};
use crate::ui::announce;
use gloo_timers::callback::{Interval, Timeout};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::Timestamp;
use skolstart_shared::api::{GetGroup, GroupOut, GroupPage, Nothing};
use skolstart_shared::id::GroupId;

const EVERY_MS: u32 = 4_000;
/// How long a changed cell stands out.
const LIT_MS: u32 = 6_000;

/// A group page that follows the server. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Followed {
    group: GroupId,
    /// The page.
    pub(super) page: RwSignal<Remote<GroupPage>>,
    /// The cells that changed a moment ago.
    pub(super) lit: RwSignal<Vec<Cell>>,
    /// When the server last said that this is how it is.
    pub(super) updated: RwSignal<Option<Timestamp>>,
    /// True when the last question was not answered.
    pub(super) lost: RwSignal<bool>,
    revision: StoredValue<i64>,
    asking: StoredValue<bool>,
    session: crate::state::Session,
}

impl Followed {
    /// Starts following; stops when the component is gone. Call it in a component.
    pub(super) fn start(group: GroupId) -> Self {
        let followed = Self {
            group,
            page: RwSignal::new(Remote::Loading),
            lit: RwSignal::new(Vec::new()),
            updated: RwSignal::new(None),
            lost: RwSignal::new(false),
            revision: StoredValue::new(0),
            asking: StoredValue::new(false),
            session: use_session(),
        };
        followed.ask();
        // Owned by the component: dropping it stops it.
        StoredValue::new_local(Interval::new(EVERY_MS, move || {
            if !document().hidden() {
                followed.ask();
            }
        }));
        let seen = window_event_listener(leptos::ev::visibilitychange, move |_| {
            if !document().hidden() {
                followed.ask();
            }
        });
        on_cleanup(move || seen.remove());
        followed
    }

    /// Asks once, unless an answer is awaited already or nobody is signed in.
    pub(super) fn ask(self) {
        if self.asking.try_get_value() != Some(false) || self.session.has_ended_untracked() {
            return;
        }
        self.asking.set_value(true);
        spawn_local(async move {
            let revision = self.revision.try_get_value().unwrap_or_default();
            let answer = client::call::<GetGroup>(&(self.group, revision), &Nothing {}).await;
            // The page may have been left in the meantime.
            if self.asking.try_set_value(false).is_none() {
                self.take(answer);
            }
        });
    }

    fn take(self, answer: Result<GroupOut, crate::api::ApiFailure>) {
        match answer {
            Ok(out) => {
                self.revision.set_value(out.revision);
                self.updated.set(Some(clock::now()));
                if self.lost.get_untracked() {
                    self.lost.set(false);
                }
                if let Some(page) = out.page {
                    self.show(page);
                }
            }
            Err(failure) => {
                self.session.heed(&failure);
                let shown = self.page.with_untracked(|page| page.ready().is_some());
                // What somebody is reading is not taken away because the network is.
                if shown && !failure.is_not_found() {
                    self.lost.set(true)
                } else {
                    self.page.set(Remote::Failed(failure))
                }
            }
        }
    }

    fn show(self, page: GroupPage) {
        let new =
            self.page.with_untracked(|old| old.ready().map(|old| changes(old, &page)).unwrap_or_default());
        self.page.set(Remote::Ready(page));
        if new.is_empty() {
            return;
        }
        announce(t_count("staff.group.announce", new.len() as u64, &[]));
        self.lit.set(new);
        Timeout::new(LIT_MS, move || drop(self.lit.try_set(Vec::new()))).forget();
    }
}
