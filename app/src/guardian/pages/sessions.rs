//! Where she is signed in.

use super::parts::{link, page};
use crate::guardian::Route;
use crate::i18n::t;
use crate::router::page_title;
use crate::sessions::sessions;
use crate::ui::El;

/// The page.
pub(in crate::guardian) fn sessions_page() -> El {
    page_title(|| t("sessions.title"));
    let back = link(Route::Home, "back").with(El::icon("arrow-left")).words(|| t("home.title"));
    page().with(back).with(sessions())
}
