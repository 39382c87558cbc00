//! The staff program: starts it in the page, nothing else.

use leptos::prelude::*;

fn main() {
    skolstart_app::mount::mount(|| view! { <main><h1>"Skolstart"</h1></main> });
}
