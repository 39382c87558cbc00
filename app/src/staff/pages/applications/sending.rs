//! Sending a step from the page of an application. Decides nothing.

use crate::api::{ApiFailure, client};
use crate::i18n::t;
use crate::staff::once::{Once, why_not};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{
    ApiError, ApplicationOut, ApplicationStep, ApplicationStepIn, ErrorCode, PutApplicationStep,
};
use skolstart_shared::form::{Answers, FieldKey};
use skolstart_shared::id::{ApplicationId, ChangeId, PersonId};

/// How steps are sent from one page. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Sending {
    child: PersonId,
    application: ApplicationId,
    seen: u32,
    /// Asks for the page anew.
    again: Callback<()>,
    pub(super) once: Once<ApplicationStepIn, ChangeId>,
    /// Somebody else has decided meanwhile.
    pub(super) lost: RwSignal<Option<Box<ApiError>>>,
}

impl Sending {
    pub(super) fn new(application: &ApplicationOut, again: Callback<()>) -> Self {
        Self {
            child: application.line.child,
            application: application.line.application,
            seen: application.seen,
            again,
            once: Once::new(),
            lost: RwSignal::new(None),
        }
    }

    pub(super) fn reload(self) {
        self.again.run(());
    }

    pub(super) fn send(self, step: ApplicationStep) {
        let input = ApplicationStepIn { seen: self.seen, step };
        let Some(id) = self.once.id(&input) else { return };
        spawn_local(async move {
            let path = (self.child, self.application, id);
            let sent = client::call::<PutApplicationStep>(&path, &input).await;
            self.once.heard(&sent, said);
            match sent {
                Ok(_) => self.reload(),
                Err(ApiFailure::Refused(error)) if error.code == ErrorCode::AlreadyDecided => {
                    let _ = self.lost.try_set(Some(error));
                }
                Err(_) => {}
            }
        });
    }
}

fn said(failure: &ApiFailure) -> String {
    match failure {
        ApiFailure::Refused(error) => match error.code {
            ErrorCode::Stale => t("staff.application.moved"),
            ErrorCode::AlreadyDecided => String::new(),
            ErrorCode::Invalid => t("staff.application.wrong"),
            _ => t("staff.handle.refused"),
        },
        _ => why_not(failure, String::new()),
    }
}

/// The handler's own fields among all answers.
pub(super) fn own(answers: &Answers, keys: &[FieldKey]) -> Answers {
    let mine = answers.0.iter().filter(|(key, _)| keys.contains(key));
    mine.map(|(key, value)| (key.clone(), value.clone())).collect()
}
