//! The pages of the guardian program, one per file. Each builds its `<main>`, and its bar at the bottom if it has one.

mod application;
mod child;
mod child_consents;
mod consents;
mod device_question;
mod home;
mod not_found;
mod offer;
mod parts;
mod receipt;
mod receipts;
mod review;
mod review_send;
mod sign_in;
mod sign_out;
mod step;
mod step_parts;
mod told;
mod waiting;

pub(super) use application::application_page;
pub(super) use child::child_page;
pub(super) use consents::consents_page;
pub(super) use device_question::device_question;
pub(super) use home::home;
pub(super) use not_found::not_found;
pub(super) use parts::{loading, page};
pub(super) use receipt::receipt_page;
pub(super) use receipts::receipts;
pub(super) use review::review;
pub(super) use sign_in::sign_in;
pub(super) use sign_out::sign_out;
pub(super) use step::step_page;
pub(super) use waiting::{remembered, waiting_count, waiting_page};

use crate::api::ApiFailure;
use crate::i18n::t;

/// What to say when something could not be had.
pub(super) fn failure_text(failure: &ApiFailure) -> String {
    match failure {
        ApiFailure::Offline => t("common.error.offline"),
        ApiFailure::SignedOut => t("common.ended.text"),
        ApiFailure::Refused(_) => t("common.error.refused"),
        ApiFailure::Unexpected(_) => t("common.error.unexpected"),
    }
}
