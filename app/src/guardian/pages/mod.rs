//! The pages of the guardian program, one per file. Each builds its `<main>`, and its bar at the bottom if it has one.

mod application;
mod child;
mod child_consents;
mod code_entry;
mod consents;
mod device_question;
mod home;
mod not_found;
mod offer;
mod parts;
#[cfg_attr(not(feature = "demo"), path = "no_personas.rs")]
mod personas;
mod readers;
mod receipt;
mod receipts;
mod review;
mod review_send;
mod say;
mod sessions;
mod sign_in;
mod sign_out;
mod step;
mod step_parts;
mod told;
mod waiting;

pub(super) use application::application_page;
pub(super) use child::child_page;
pub(super) use code_entry::code_form;
pub(super) use consents::consents_page;
pub(super) use device_question::device_question;
pub(super) use home::home;
pub(super) use not_found::not_found;
pub(super) use offer::opening;
pub(super) use parts::{banner, loading, page};
pub(super) use readers::readers_page;
pub(super) use receipt::receipt_page;
pub(super) use receipts::receipts;
pub(super) use review::review;
pub(super) use sessions::sessions_page;
pub(super) use sign_in::sign_in;
pub(super) use sign_out::sign_out;
pub(super) use step::step_page;
pub(super) use waiting::{lost, remembered, waiting_count, waiting_page};

use crate::api::ApiFailure;
use crate::guardian::work::{Work, use_work};
use crate::i18n::t;
use crate::state::{Remote, use_online};
use crate::ui::{El, NoticeKind, button, notice, p};
use leptos::prelude::*;

/// What to say when something could not be had.
pub(super) fn failure_text(failure: &ApiFailure) -> String {
    match failure {
        ApiFailure::Offline => t("common.error.offline"),
        ApiFailure::Busy(_) => t("common.error.busy"),
        ApiFailure::SignedOut => t("common.ended.text"),
        ApiFailure::Refused(_) => t("common.error.refused"),
        ApiFailure::Unexpected(_) => t("common.error.unexpected"),
    }
}

/// What stands in the place of a page until all of hers is there: that it is being fetched, or why it could not be and what to do.
pub(super) fn not_yet(work: Work) -> Option<El> {
    work.home.with(|home| match home {
        Remote::Ready(_) => None,
        Remote::Loading => Some(parts::loading()),
        Remote::Failed(failure) => {
            Some(parts::page().with(parts::h1(&t("common.error.heading"))).with(missing(failure)))
        }
    })
}

/// Says why something is not here. That the school cannot be reached is a state and no error. What was `parts::asked` comes
/// when the school answers.
pub(super) fn missing(failure: &ApiFailure) -> El {
    let (work, online) = (use_work(), use_online());
    let is_away = failure.is_away();
    let again = button("button button--secondary button--small", &t("common.try-again")).tap(move || {
        work.remembered.set(true);
        online.try_again();
    });
    let (kind, words) = match is_away {
        true => (NoticeKind::Info, t("offline.missing")),
        false => (NoticeKind::Error, failure_text(failure)),
    };
    if is_away {
        untrack(|| work.remembered.set(true));
    }
    notice(kind, "", El::several().with(p("", &words)).with(again))
}
