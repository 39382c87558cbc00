//! What happens to an element. Listeners end with the reactive owner in which they were made.

use super::element::El;
use leptos::prelude::StoredValue;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event};

impl El {
    /// Calls `handle` on an event until the owner ends.
    #[must_use = "returns the same element"]
    pub fn on(self, event: &str, handle: impl FnMut(Event) + 'static) -> Self {
        self.listen(event, Box::new(handle));
        self
    }

    /// Calls `act` on a click.
    #[must_use = "returns the same element"]
    pub fn tap(self, mut act: impl FnMut() + 'static) -> Self {
        self.on("click", move |_| act())
    }

    fn listen(&self, event: &str, handle: Box<dyn FnMut(Event)>) {
        let closure = Closure::wrap(handle);
        let element = self.node().clone();
        let _ = element.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
        // Lives as long as the owner.
        StoredValue::new_local(Listener { element, event: event.to_owned(), closure });
    }
}

/// A listener that is taken off before it ends: an input that is removed while it has focus still sends `blur`.
struct Listener {
    element: Element,
    event: String,
    closure: Closure<dyn FnMut(Event)>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        let callback = self.closure.as_ref().unchecked_ref();
        let _ = self.element.remove_event_listener_with_callback(&self.event, callback);
    }
}

/// A link whose plain clicks are handled here.
pub fn link(class: &str, href: &str, go: impl Fn() + 'static) -> El {
    El::new("a", class).attr("href", href).on("click", move |event| {
        if event.dyn_ref().is_some_and(crate::router::is_plain_click) {
            event.prevent_default();
            go();
        }
    })
}
