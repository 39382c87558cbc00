//! Sends a step and has the page asked for anew.

use crate::api::{ApiFailure, client};
use crate::i18n::t;
use crate::staff::once::{Once, why_not};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{ErrorCode, ProtectionStep, PutProtection};
use skolstart_shared::id::{ChangeId, PersonId};

/// How steps are sent from one page. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Steps {
    child: PersonId,
    again: Callback<()>,
    pub(super) once: Once<ProtectionStep, ChangeId>,
}

impl Steps {
    pub(super) fn new(child: PersonId, again: Callback<()>) -> Self {
        Self { child, again, once: Once::new() }
    }

    pub(super) fn send(self, step: ProtectionStep) {
        let Some(id) = self.once.id(&step) else { return };
        spawn_local(async move {
            let sent = client::call::<PutProtection>(&(self.child, id), &step).await;
            self.once.heard(&sent, why);
            if sent.is_ok() {
                self.again.run(());
            }
        });
    }
}

fn why(failure: &ApiFailure) -> String {
    match failure {
        ApiFailure::Refused(error) if error.code == ErrorCode::Forbidden => {
            t("staff.protection.other-person")
        }
        _ => why_not(failure, t("staff.handle.refused")),
    }
}

/// A button that takes a step.
#[component]
pub(super) fn StepButton(steps: Steps, step: ProtectionStep, word: String) -> impl IntoView {
    view! {
        <button class="button button--secondary button--small" type="button" on:click=move |_| steps.send(step)>{word}</button>
    }
}
