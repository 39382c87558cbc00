//! A small builder of elements. Listeners and effects end with the reactive owner in which they were made.

use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlElement};

const SVG: &str = "http://www.w3.org/2000/svg";

/// An element under construction. Cloning gives another handle on the same element.
#[derive(Clone)]
pub struct El(Element);

impl El {
    /// A new element.
    pub fn new(tag: &str, class: &str) -> Self {
        // Fails only for a tag that is no name; tags are literals.
        let element = document()
            .create_element(tag)
            .unwrap_or_else(|_| wasm_bindgen::UnwrapThrowExt::unwrap_throw(None));
        let element = Self(element);
        if class.is_empty() { element } else { element.attr("class", class) }
    }

    /// An icon of the sprite.
    pub fn icon(name: &str) -> Self {
        let (svg, using) = (svg("svg"), svg("use"));
        using.set("href", &["/icons.svg#", name].concat());
        svg.attr("class", "icon").attr("aria-hidden", "true").child(&using)
    }

    /// A drawing of one path.
    pub fn drawn(class: &str, view_box: &str, path: &str) -> Self {
        let line = svg("path").attr("pathLength", "1").attr("d", path);
        svg("svg").attr("class", class).attr("viewBox", view_box).attr("aria-hidden", "true").child(&line)
    }

    /// Sets an attribute.
    #[must_use = "returns the same element"]
    pub fn attr(self, name: &str, value: &str) -> Self {
        self.set(name, value);
        self
    }

    /// Sets an attribute later.
    pub fn set(&self, name: &str, value: &str) {
        // Fails only for a name that is none; names are literals.
        let _ = self.0.set_attribute(name, value);
    }

    /// Sets or takes away an attribute without a value.
    pub fn flag(&self, name: &str, on: bool) {
        let _ = if on { self.0.set_attribute(name, "") } else { self.0.remove_attribute(name) };
    }

    /// Shows or hides.
    pub fn show(&self, shown: bool) {
        self.flag("hidden", !shown);
    }

    /// Adds text.
    #[must_use = "returns the same element"]
    pub fn text(self, text: &str) -> Self {
        let _ = self.0.append_with_str_1(text);
        self
    }

    /// Replaces what is inside by text.
    pub fn say(&self, text: &str) {
        if self.0.text_content().as_deref() != Some(text) {
            self.0.set_text_content(Some(text));
        }
    }

    /// Adds a child.
    #[must_use = "returns the same element"]
    pub fn child(self, child: &Self) -> Self {
        self.add(child);
        self
    }

    /// Adds a child later.
    pub fn add(&self, child: &Self) {
        let _ = self.0.append_child(&child.0);
    }

    /// Takes everything inside away.
    pub fn clear(&self) {
        self.0.set_text_content(None);
    }

    /// True when nothing is inside.
    pub fn is_empty(&self) -> bool {
        self.0.first_child().is_none()
    }

    /// Calls `handle` on an event until the owner ends.
    #[must_use = "returns the same element"]
    pub fn on(self, event: &str, handle: impl FnMut(Event) + 'static) -> Self {
        self.listen(event, Box::new(handle));
        self
    }

    fn listen(&self, event: &str, handle: Box<dyn FnMut(Event)>) {
        let closure = Closure::wrap(handle);
        let _ = self.0.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
        // Lives as long as the owner.
        StoredValue::new_local(Listener { element: self.0.clone(), event: event.to_owned(), closure });
    }

    /// Moves the focus here.
    pub fn focus(&self) {
        if let Some(element) = self.0.dyn_ref::<HtmlElement>() {
            let _ = element.focus();
        }
    }

    /// The element of the page with this id.
    pub fn by_id(id: &str) -> Option<Self> {
        document().get_element_by_id(id).map(Self)
    }

    /// The first input of a part of a field, which has no id of its own: those inside begin with it.
    pub fn first_part(id: &str) -> Option<Self> {
        let inside = [":is(input,select)[id^=\"", id, "-\"]"].concat();
        document().query_selector(&inside).ok().flatten().map(Self)
    }

    /// The value of an input.
    pub fn value(&self) -> String {
        let value = js_sys::Reflect::get(&self.0, &"value".into());
        value.ok().and_then(|value| value.as_string()).unwrap_or_default()
    }

    /// True for a chosen radio button or check box.
    pub fn is_checked(&self) -> bool {
        let checked = js_sys::Reflect::get(&self.0, &"checked".into());
        checked.ok().and_then(|checked| checked.as_bool()).unwrap_or(false)
    }

    /// Sets a property, such as `value` or `checked`.
    pub fn property(&self, name: &str, value: &JsValue) {
        let _ = js_sys::Reflect::set(&self.0, &name.into(), value);
    }

    /// The first element inside that a CSS selector finds.
    pub fn find(&self, selector: &str) -> Option<Self> {
        self.0.query_selector(selector).ok().flatten().map(Self)
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

fn svg(tag: &str) -> El {
    let element = document().create_element_ns(Some(SVG), tag);
    El(element.unwrap_or_else(|_| wasm_bindgen::UnwrapThrowExt::unwrap_throw(None)))
}

/// Runs `update` now and whenever a signal that it read changes. One boxed shape, so that each use costs no new code.
pub fn follow(update: impl Fn() + 'static) {
    follow_boxed(Box::new(update));
}

fn follow_boxed(update: Box<dyn Fn()>) {
    // `Render` runs at once: a widget is right before it is seen.
    let effect = RenderEffect::new(move |_| update());
    StoredValue::new_local(effect);
}

/// Draws what is inside an element, and draws it again when the number that it depends on changes. What was drawn before
/// ends.
pub fn redrawn(inside: &El, of: impl Fn() -> usize + 'static, draw: impl Fn(usize) -> Vec<El> + 'static) {
    let (inside, parent) = (inside.clone(), Owner::current());
    let drawn = std::cell::RefCell::new(None::<(usize, Owner)>);
    follow(move || {
        let now = of();
        if drawn.borrow().as_ref().is_some_and(|(before, _)| *before == now) {
            return;
        }
        if let Some((_, before)) = drawn.take() {
            before.cleanup();
        }
        let owner = parent.as_ref().map_or_else(Owner::new, Owner::child);
        inside.clear();
        owner.with(|| untrack(|| draw(now).iter().for_each(|one| inside.add(one))));
        drawn.replace(Some((now, owner)));
    });
}

/// Puts built elements into a page of `view!`.
#[component]
pub fn Host(
    /// What to show.
    element: El,
    /// The class of the element around it.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let element = StoredValue::new_local(element);
    let host = move |node: Element| {
        // Drawn again with another element, the former one goes.
        element.with_value(|element| node.replace_children_with_node_1(&element.0));
    };
    view! { <div class=class use:host></div> }
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

impl From<Element> for El {
    fn from(element: Element) -> Self {
        Self(element)
    }
}
