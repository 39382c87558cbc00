//! Sending something so that it happens once: what is sent again after a lost answer keeps its id. Says why it was not taken.
//!
//! Called by the pages of staff that change something. Decides nothing.

use crate::api::{ApiFailure, new_id};
use crate::i18n::t;
use crate::state::{Session, clock, use_session};
use leptos::prelude::*;
use std::str::FromStr;

/// What is sent from one place of a page. Copy it freely.
pub(super) struct Once<T: 'static, I: 'static> {
    /// What was sent last and not yet taken.
    tried: RwSignal<Option<(T, I)>>,
    /// What to say when it was not taken.
    pub(super) trouble: RwSignal<String>,
    session: Session,
}

impl<T, I> Clone for Once<T, I> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, I> Copy for Once<T, I> {}

impl<T, I> Once<T, I>
where
    T: Clone + PartialEq + Send + Sync,
    I: Copy + FromStr + Send + Sync,
{
    pub(super) fn new() -> Self {
        Self::saying(RwSignal::new(String::new()))
    }

    /// One that says why where others of the page do too.
    pub(super) fn saying(trouble: RwSignal<String>) -> Self {
        Self { tried: RwSignal::new(None), trouble, session: use_session() }
    }

    /// The id to send this under. `None` where the browser gives no random numbers.
    pub(super) fn id(self, input: &T) -> Option<I> {
        let before = self.tried.get_untracked().filter(|(same, _)| same == input).map(|(_, id)| id);
        let id = before.or_else(|| new_id(clock::now()))?;
        self.tried.set(Some((input.clone(), id)));
        Some(id)
    }

    /// Takes in what came of it. `why` turns a refusal into words.
    pub(super) fn heard<O>(self, sent: &Result<O, ApiFailure>, why: impl Fn(&ApiFailure) -> String) {
        // The page may be gone.
        match sent {
            Ok(_) => {
                let _ = self.trouble.try_set(String::new());
                let _ = self.tried.try_set(None);
            }
            Err(failure) => {
                self.session.heed(failure);
                let _ = self.trouble.try_set(why(failure));
            }
        }
    }
}

/// Why something was not taken, where there is nothing more to say about a refusal than this.
pub(super) fn why_not(failure: &ApiFailure, refused: String) -> String {
    match failure {
        ApiFailure::Offline => t("staff.handle.offline"),
        ApiFailure::Busy(_) => t("common.error.busy"),
        ApiFailure::Refused(_) => refused,
        _ => t("common.error.unexpected"),
    }
}

/// The words, where they are read out when they come.
#[component]
pub(super) fn Trouble(said: RwSignal<String>, #[prop(optional, into)] id: Option<String>) -> impl IntoView {
    view! { <p class="field__error" id=id role="alert" hidden=move || said.get().is_empty()>{move || said.get()}</p> }
}
