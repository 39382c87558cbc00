//! Sends a step and has the page asked for anew.

use crate::api::{ApiFailure, client};
use crate::i18n::t;
use crate::staff::once::{Once, why_not};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{AliasIn, ErrorCode, ProtectionStep, PutAlias, PutProtection};
use skolstart_shared::id::{ChangeId, PersonId};
use skolstart_shared::people::Alias;

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

/// What is typed as an alias, and how it is sent. It outlives a redrawing of the page. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Names {
    child: PersonId,
    /// Asks for the child's page anew.
    again: Callback<()>,
    /// Asks for what stands now, and leaves the page as it is.
    look: Callback<()>,
    pub(super) given: RwSignal<String>,
    pub(super) family: RwSignal<String>,
    pub(super) once: Once<AliasIn, ChangeId>,
}

impl Names {
    pub(super) fn new(child: PersonId, again: Callback<()>, look: Callback<()>) -> Self {
        let (given, family) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
        Self { child, again, look, given, family, once: Once::new() }
    }

    pub(super) fn typed(self) -> Alias {
        Alias { given: self.given.get_untracked(), family: self.family.get_untracked() }.tidy()
    }

    /// Whoever changes an alias begins with what stands, unless she has written something.
    pub(super) fn begin_with(self, stands: Option<&Alias>) {
        if let (Some(alias), true) = (stands, self.typed().is_empty()) {
            self.given.set(alias.given.clone());
            self.family.set(alias.family.clone());
        }
    }

    /// True when something else is typed than what stands.
    pub(super) fn is_changed(self, stands: Option<&Alias>) -> bool {
        let typed = self.typed();
        !typed.is_empty() && Some(&typed) != stands
    }

    pub(super) fn send(self, input: AliasIn) {
        let Some(id) = self.once.id(&input) else { return };
        spawn_local(async move {
            let sent = client::call::<PutAlias>(&(self.child, id), &input).await;
            self.once.heard(&sent, why_no_alias);
            match &sent {
                Ok(_) => self.again.run(()),
                Err(ApiFailure::Refused(error)) if error.code == ErrorCode::Stale => self.look.run(()),
                Err(_) => {}
            }
        });
    }
}

fn why_no_alias(failure: &ApiFailure) -> String {
    match failure {
        ApiFailure::Refused(error) if error.code == ErrorCode::Invalid => t("staff.alias.real"),
        ApiFailure::Refused(error) if error.code == ErrorCode::Stale => t("staff.alias.stale"),
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
