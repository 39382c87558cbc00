//! The pages of the guardian program, one per file. Each draws its `<main>`, and its bar at the bottom if it has one.

mod child;
mod child_consents;
mod home;
mod not_found;
mod offer;
mod receipt;
mod receipts;
mod review;
mod review_send;
mod sign_in;
mod sign_out;
mod step;
mod step_parts;

pub(super) use child::ChildPage;
pub(super) use home::Home;
pub(super) use not_found::NotFound;
pub(super) use receipt::ReceiptPage;
pub(super) use receipts::Receipts;
pub(super) use review::Review;
pub(super) use sign_in::SignIn;
pub(super) use sign_out::SignOut;
pub(super) use step::StepPage;

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
