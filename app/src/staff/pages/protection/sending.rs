//! Sends a step and has the page asked for anew.

use crate::api::{ApiFailure, client, new_id};
use crate::i18n::t;
use crate::state::{Session, clock, use_session};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{ErrorCode, ProtectionStep, PutProtection};
use skolstart_shared::id::{ChangeId, PersonId};

/// How steps are sent from one page. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Steps {
    child: PersonId,
    again: Callback<()>,
    /// What was sent last and not yet taken: sent again it keeps its id.
    tried: RwSignal<Option<(ProtectionStep, ChangeId)>>,
    pub(super) trouble: RwSignal<String>,
    session: Session,
}

impl Steps {
    pub(super) fn new(child: PersonId, again: Callback<()>) -> Self {
        let (tried, trouble) = (RwSignal::new(None), RwSignal::new(String::new()));
        Self { child, again, tried, trouble, session: use_session() }
    }

    pub(super) fn send(self, step: ProtectionStep) {
        let before = self.tried.get_untracked().filter(|(same, _)| *same == step).map(|(_, id)| id);
        let Some(id) = before.or_else(|| new_id(clock::now())) else { return };
        self.tried.set(Some((step, id)));
        spawn_local(async move {
            let sent = client::call::<PutProtection>(&(self.child, id), &step).await;
            let said = match &sent {
                Ok(_) => String::new(),
                Err(ApiFailure::Offline) => t("staff.handle.offline"),
                Err(ApiFailure::Refused(error)) if error.code == ErrorCode::Forbidden => {
                    t("staff.protection.other-person")
                }
                Err(ApiFailure::Refused(_)) => t("staff.handle.refused"),
                Err(_) => t("common.error.unexpected"),
            };
            if let Err(failure) = &sent {
                self.session.heed(failure);
            }
            // The page may be gone.
            let _ = self.trouble.try_set(said);
            if sent.is_ok() {
                let _ = self.tried.try_set(None);
                self.again.run(());
            }
        });
    }
}

/// Why the last step was not taken.
#[component]
pub(super) fn Trouble(steps: Steps) -> impl IntoView {
    view! { <p class="field__error" role="alert" hidden=move || steps.trouble.get().is_empty()>{move || steps.trouble.get()}</p> }
}

/// A button that takes a step.
#[component]
pub(super) fn StepButton(steps: Steps, step: ProtectionStep, word: String) -> impl IntoView {
    view! {
        <button class="button button--secondary button--small" type="button" on:click=move |_| steps.send(step)>{word}</button>
    }
}
