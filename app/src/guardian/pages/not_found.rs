//! An address that names nothing, or nothing for this guardian.

use crate::guardian::Route;
use crate::i18n::t;
use crate::live::words;
use crate::router::{Link, page_title};
use leptos::prelude::*;

/// The page.
#[component]
pub(in crate::guardian) fn NotFound() -> impl IntoView {
    page_title(|| t("common.not-found.heading"));
    view! {
        <main class="page" id="main" tabindex="-1">
            <h1>{words(|| t("common.not-found.heading"))}</h1>
            <p>{words(|| t("common.not-found.text"))}</p>
            <Link<Route> to=Route::Home class="button">{words(|| t("common.not-found.home"))}</Link<Route>>
        </main>
    }
}
