//! Where one is signed in, and the passkeys that one comes back with.

use super::passkeys::Passkeys;
use crate::i18n::t;
use crate::router::page_title;
use crate::sessions::sessions;
use crate::ui::Host;
use leptos::prelude::*;

/// The page.
#[component]
pub(in crate::staff) fn SessionsPage() -> impl IntoView {
    page_title(|| t("sessions.title"));
    view! {
        <Host element=sessions() class="stack"/>
        <Passkeys/>
    }
}
