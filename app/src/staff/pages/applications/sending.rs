//! Sending a step from the page of an application. Decides nothing.

use crate::api::{ApiFailure, client, new_id};
use crate::i18n::t;
use crate::state::{Session, clock, use_session};
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
    /// What was sent last and not yet taken: sent again it keeps its id.
    tried: RwSignal<Option<(ApplicationStepIn, ChangeId)>>,
    /// What to say when it was not taken.
    pub(super) trouble: RwSignal<String>,
    /// Somebody else has decided meanwhile.
    pub(super) lost: RwSignal<Option<Box<ApiError>>>,
    session: Session,
}

impl Sending {
    pub(super) fn new(application: &ApplicationOut, again: Callback<()>) -> Self {
        Self {
            child: application.line.child,
            application: application.line.application,
            seen: application.seen,
            again,
            tried: RwSignal::new(None),
            trouble: RwSignal::new(String::new()),
            lost: RwSignal::new(None),
            session: use_session(),
        }
    }

    pub(super) fn reload(self) {
        self.again.run(());
    }

    pub(super) fn send(self, step: ApplicationStep) {
        let input = ApplicationStepIn { seen: self.seen, step };
        let before = self.tried.get_untracked().filter(|(same, _)| *same == input).map(|(_, id)| id);
        let Some(id) = before.or_else(|| new_id(clock::now())) else { return };
        self.tried.set(Some((input.clone(), id)));
        spawn_local(async move {
            let path = (self.child, self.application, id);
            let sent = client::call::<PutApplicationStep>(&path, &input).await;
            if let Err(failure) = &sent {
                self.session.heed(failure);
            }
            // The page may be gone.
            let _ = self.trouble.try_set(sent.as_ref().err().map(said).unwrap_or_default());
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
        ApiFailure::Offline => t("staff.handle.offline"),
        ApiFailure::Refused(error) => match error.code {
            ErrorCode::Stale => t("staff.application.moved"),
            ErrorCode::AlreadyDecided => String::new(),
            ErrorCode::Invalid => t("staff.application.wrong"),
            _ => t("staff.handle.refused"),
        },
        _ => t("common.error.unexpected"),
    }
}

/// The handler's own fields among all answers.
pub(super) fn own(answers: &Answers, keys: &[FieldKey]) -> Answers {
    let mine = answers.0.iter().filter(|(key, _)| keys.contains(key));
    mine.map(|(key, value)| (key.clone(), value.clone())).collect()
}
