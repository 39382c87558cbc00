//! The staff program: fetches its texts and starts it in the page, nothing else.

use leptos::prelude::*;
use skolstart_app::{i18n, mount, staff::StaffApp};

fn main() {
    wasm_bindgen_futures::spawn_local(async {
        if i18n::start().await {
            mount::mount(|| view! { <StaffApp/> });
        } else {
            mount::give_up();
        }
    });
}
