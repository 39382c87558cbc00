//! The chosen one beside the list, with the list still in view.

use super::icon::Icon;
use leptos::html;
use leptos::prelude::*;

/// A panel with a heading and a button that closes it. The heading takes the focus when the panel opens.
#[component]
pub fn Panel(
    /// The heading.
    #[prop(into)]
    heading: String,
    /// What stands under the heading. Reactive: it may come later than the name.
    #[prop(into)]
    about: Signal<String>,
    /// The words on the button that closes.
    #[prop(into)]
    close_label: String,
    /// Called when it is to be closed, by the button or by Escape.
    close: impl Fn() + Clone + 'static,
    /// Sections: `<section class="panel__part">`.
    children: Children,
) -> impl IntoView {
    let heading_node = NodeRef::<html::H2>::new();
    Effect::new(move |_| {
        if let Some(node) = heading_node.get().filter(|_| was_opened() || is_below_the_list()) {
            let _ = node.focus();
        }
    });
    let by_key = close.clone();
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            by_key();
        }
    };
    view! {
        <aside class="panel" aria-labelledby="panel-name" on:keydown=on_key>
            <header class="panel__head">
                <div>
                    <h2 id="panel-name" tabindex="-1" node_ref=heading_node>{heading}</h2>
                    <p class="soft small">{about}</p>
                </div>
                <button class="iconbutton" type="button" on:click=move |_| close()>
                    <Icon name="cross"/>
                    <span class="visually-hidden">{close_label}</span>
                </button>
            </header>
            {children()}
        </aside>
    }
}

/// True when somebody opened the panel: then something in the page has the focus. A page that was loaded with its panel
/// keeps the focus where the browser puts it.
fn was_opened() -> bool {
    let active = document().active_element();
    active.is_some_and(|element| element.tag_name() != "BODY")
}

/// True on a narrow window, where the panel comes below the list and has to be scrolled to. As in `panel.css`.
fn is_below_the_list() -> bool {
    let narrow = window().match_media("(max-width: 75rem)").ok().flatten();
    narrow.is_some_and(|narrow| narrow.matches())
}
