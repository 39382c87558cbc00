//! The head of a guardian's page, and the name of the service that both programs carry.

use super::element::{El, el};
use super::host::shown;
use leptos::prelude::*;

/// Logo and name, as a link to the start.
fn brand(href: &str) -> El {
    el("a", "brand")
        .attr("href", href)
        .with(El::sprite("brand__mark", "mark"))
        .with(el("span", "brand__word").text("Skolstart"))
}

/// As in [`app_bar`]: logo and name, as a link to the start. The click is handled by the caller, who knows the routes.
#[component]
pub fn Brand(
    /// Where the start is.
    href: &'static str,
) -> impl IntoView {
    shown(brand(href))
}

/// Name to the left, tools to the right (language, sign out), where one is below: child, school, class. Empty: the line is
/// left out.
pub fn app_bar(home: &str, place: impl Fn() -> String + Copy + 'static, tools: El) -> El {
    el("header", "appbar")
        .with(brand(home))
        .with(el("div", "appbar__tools").with(tools))
        .with(el("p", "appbar__where").shown(move || !place().is_empty()).words(place))
}
