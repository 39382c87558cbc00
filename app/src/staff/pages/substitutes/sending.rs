//! Sends a step about a substitute and has the page asked for anew.

use crate::api::{ApiFailure, client};
use crate::i18n::t;
use crate::staff::once::{Once, why_not};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{ErrorCode, PutSubstitute, SubstituteStep};
use skolstart_shared::id::{ChangeId, UnitId};

/// How steps are sent from one place. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Steps {
    unit: UnitId,
    again: Callback<()>,
    pub(super) once: Once<SubstituteStep, ChangeId>,
}

impl Steps {
    pub(super) fn new(unit: UnitId, again: Callback<()>) -> Self {
        Self { unit, again, once: Once::new() }
    }

    /// Lets somebody stand in under an id of its own.
    pub(super) fn give(self, step: SubstituteStep) {
        let Some(id) = self.once.id(&step) else { return };
        self.send(id, step);
    }

    /// Sends a step about this one.
    pub(super) fn send(self, id: ChangeId, step: SubstituteStep) {
        spawn_local(async move {
            let sent = client::call::<PutSubstitute>(&(self.unit, id), &step).await;
            self.once.heard(&sent, why);
            if sent.is_ok() {
                self.again.run(());
            }
        });
    }
}

fn why(failure: &ApiFailure) -> String {
    match failure {
        ApiFailure::Refused(error) if error.code == ErrorCode::NotFound => t("substitutes.gone"),
        ApiFailure::Refused(error) if error.code == ErrorCode::Invalid => t("substitutes.not-complete"),
        _ => why_not(failure, t("staff.handle.refused")),
    }
}
