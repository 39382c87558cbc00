//! Sends a step with a role and has the page asked for anew.

use crate::api::{ApiFailure, client};
use crate::i18n::t;
use crate::staff::once::{Once, why_not};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{ErrorCode, MandateStep, PutMandate};
use skolstart_shared::id::ChangeId;

/// How steps are sent from one place. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Steps {
    again: Callback<()>,
    pub(super) once: Once<MandateStep, ChangeId>,
}

impl Steps {
    pub(super) fn new(again: Callback<()>) -> Self {
        Self { again, once: Once::new() }
    }

    /// Gives a role under an id of its own.
    pub(super) fn give(self, step: MandateStep) {
        let Some(id) = self.once.id(&step) else { return };
        self.send(id, step);
    }

    /// Sends a step with the role of this id.
    pub(super) fn send(self, id: ChangeId, step: MandateStep) {
        spawn_local(async move {
            let sent = client::call::<PutMandate>(&id, &step).await;
            self.once.heard(&sent, why);
            if sent.is_ok() {
                self.again.run(());
            }
        });
    }
}

fn why(failure: &ApiFailure) -> String {
    match failure {
        ApiFailure::Refused(error) if error.code == ErrorCode::NotFound => t("mandates.gone"),
        ApiFailure::Refused(error) if error.code == ErrorCode::Invalid => t("mandates.not-complete"),
        _ => why_not(failure, t("staff.handle.refused")),
    }
}
