//! A real link, so that it can be opened in a new tab, copied and read by a screen reader.

use super::routes::{Routes, use_router};
use crate::live::tap;
use leptos::ev::MouseEvent;
use leptos::prelude::*;

/// A link to a page of the same program. Only a plain click is handled here; the rest is the browser's.
/// More attributes go on as `attr:aria-current=…`.
#[component]
pub fn Link<R: Routes>(
    /// Where it leads.
    to: R,
    /// Its classes.
    #[prop(optional, into)]
    class: &'static str,
    /// What it says.
    children: Children,
) -> impl IntoView {
    let router = use_router::<R>();
    let href = to.to_path();
    let follow = move |event: MouseEvent| {
        if is_plain_click(&event) {
            event.prevent_default();
            router.go(&to);
        }
    };
    view! { <a class=class href=href on:click=tap(follow)>{children()}</a> }
}

/// A [`Link`] whose destination follows what it reads.
#[component]
pub fn LiveLink<R: Routes>(
    /// Where it leads.
    #[prop(into)]
    to: Signal<R>,
    /// Its classes.
    #[prop(optional, into)]
    class: &'static str,
    /// What it says.
    children: Children,
) -> impl IntoView {
    let router = use_router::<R>();
    let follow = move |event: MouseEvent| {
        if is_plain_click(&event) {
            event.prevent_default();
            router.go(&to.get_untracked());
        }
    };
    view! {
        <a class=class href=move || to.with(Routes::to_path) on:click=tap(follow)>
            {children()}
        </a>
    }
}

/// True for a click of the main button without a key that means "open elsewhere", unless somebody has taken it already.
pub fn is_plain_click(event: &MouseEvent) -> bool {
    let elsewhere = event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key();
    event.button() == 0 && !elsewhere && !event.default_prevented()
}
