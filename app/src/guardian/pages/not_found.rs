//! An address that names nothing, or nothing for this guardian.

use super::parts::{link, page};
use crate::guardian::Route;
use crate::i18n::t;
use crate::router::page_title;
use crate::ui::{El, el};

/// The page.
pub(in crate::guardian) fn not_found() -> El {
    page_title(|| t("common.not-found.heading"));
    page()
        .with(el("h1", "").words(|| t("common.not-found.heading")))
        .with(el("p", "").words(|| t("common.not-found.text")))
        .with(link(Route::Home, "button").words(|| t("common.not-found.home")))
}
