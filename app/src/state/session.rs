//! Who is signed in, and what happens when that ends.

use crate::api::{ApiFailure, client};
use leptos::prelude::*;
use skolstart_shared::api::{EndSession, GetSession, Nothing, SessionOut};
use skolstart_shared::id::PersonId;

/// Who is in front of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// Not asked yet.
    Unknown,
    /// Nobody.
    Nobody,
    /// This person.
    SignedIn(SessionOut),
    /// This person until the session ended. The page stays, with a way to sign in again; `SessionOut` is what was
    /// known, so that a sign-in as somebody else is noticed.
    Ended(SessionOut),
    /// The server could not be asked.
    Unreachable(ApiFailure),
}

/// The session. Copy it freely.
#[derive(Clone, Copy)]
pub struct Session {
    who: RwSignal<Who>,
}

impl Session {
    /// Offers itself as a context. Call once, in the program's root, then [`Self::load`].
    pub fn start() -> Self {
        let session = Self { who: RwSignal::new(Who::Unknown) };
        provide_context(session);
        session
    }

    /// Asks the server who is signed in.
    pub async fn load(self) {
        let who = match client::call::<GetSession>(&(), &Nothing {}).await {
            Ok(session) => Who::SignedIn(session),
            Err(ApiFailure::SignedOut) => Who::Nobody,
            Err(failure) => Who::Unreachable(failure),
        };
        self.who.set(who);
    }

    /// Asks whether somebody has signed in in another tab. What stands stays where nobody has.
    pub async fn ask_again(self) -> bool {
        let answer = client::call::<GetSession>(&(), &Nothing {}).await;
        answer.map(|session| self.who.set(Who::SignedIn(session))).is_ok()
    }

    /// Says who it is, where that was found out otherwise.
    pub fn set(self, who: Who) {
        self.who.set(who);
    }

    /// Goes on as this person without asking the server, who was not reached: on her own device. The server still checks
    /// every request.
    pub fn go_on_as(self, person: SessionOut) {
        if matches!(self.who.get_untracked(), Who::Unknown | Who::Unreachable(_)) {
            self.who.set(Who::SignedIn(person));
        }
    }

    /// True when this person is signed in, or was until the session ended.
    pub fn is_untracked(self, person: PersonId) -> bool {
        self.who.with_untracked(|who| match who {
            Who::SignedIn(session) | Who::Ended(session) => session.person == person,
            _ => false,
        })
    }

    /// Who it is, without following it.
    pub fn who_untracked(self) -> Who {
        self.who.get_untracked()
    }

    /// Who it is. Reactive.
    pub fn who(self) -> Who {
        self.who.get()
    }

    /// Who is signed in, or was until the session ended. Reactive.
    pub fn person(self) -> Option<SessionOut> {
        self.who.with(|who| match who {
            Who::SignedIn(person) | Who::Ended(person) => Some(person.clone()),
            _ => None,
        })
    }

    /// True when the session has ended while the page was open. Reactive.
    pub fn has_ended(self) -> bool {
        self.who.with(|who| matches!(who, Who::Ended(_)))
    }

    /// As [`Self::has_ended`], without following it.
    pub fn has_ended_untracked(self) -> bool {
        self.who.with_untracked(|who| matches!(who, Who::Ended(_)))
    }

    /// Notices that the server no longer knows who is asking. Call it with every failure.
    pub fn heed(self, failure: &ApiFailure) {
        if *failure != ApiFailure::SignedOut {
            return;
        }
        let ended = match self.who.get_untracked() {
            Who::SignedIn(person) | Who::Ended(person) => Who::Ended(person),
            Who::Unknown | Who::Nobody | Who::Unreachable(_) => Who::Nobody,
        };
        if self.who.get_untracked() != ended {
            self.who.set(ended);
        }
    }

    /// Signs out at the server.
    ///
    /// # Errors
    /// The server was not reached: the person is still signed in and must be told so.
    pub async fn end(self) -> Result<(), ApiFailure> {
        match client::call::<EndSession>(&(), &Nothing {}).await {
            Ok(_) | Err(ApiFailure::SignedOut) => {
                self.who.set(Who::Nobody);
                Ok(())
            }
            Err(failure) => Err(failure),
        }
    }
}

/// The program's session.
///
/// # Panics
/// Outside the program's root, which is a fault in the program and shows at the first run.
pub fn use_session() -> Session {
    expect_context::<Session>()
}
