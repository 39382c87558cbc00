//! A small builder of elements: one shape for every page of the guardian program, where `view!` would copy code for each
//! (docs: what a kilobyte costs). What happens to them is in `listen`, what follows signals in `redraw`.

use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};

const SVG: &str = "http://www.w3.org/2000/svg";

/// An element under construction. Cloning gives another handle on the same element.
#[derive(Clone)]
pub struct El(Element);

/// A new element.
pub fn el(tag: &str, class: &str) -> El {
    El::new(tag, class)
}

/// A paragraph.
pub fn p(class: &str, text: &str) -> El {
    El::new("p", class).text(text)
}

/// A button with words on it.
pub fn button(class: &str, text: &str) -> El {
    El::new("button", class).attr("type", "button").text(text)
}

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

    /// A new element of a drawing.
    pub fn svg(tag: &str, class: &str) -> Self {
        let element = document().create_element_ns(Some(SVG), tag);
        let element = Self(element.unwrap_or_else(|_| wasm_bindgen::UnwrapThrowExt::unwrap_throw(None)));
        if class.is_empty() { element } else { element.attr("class", class) }
    }

    /// Nothing, or several elements beside each other: what is added stands where this is added.
    pub fn several() -> Self {
        Self(document().create_document_fragment().unchecked_into())
    }

    /// A drawing of the sprite.
    pub fn sprite(class: &str, name: &str) -> Self {
        let using = Self::svg("use", "").attr("href", &["/icons.svg#", name].concat());
        Self::svg("svg", class).attr("aria-hidden", "true").with(using)
    }

    /// An icon of the sprite.
    pub fn icon(name: &str) -> Self {
        Self::sprite("icon", name)
    }

    /// A drawing of one path.
    pub fn drawn(class: &str, view_box: &str, path: &str) -> Self {
        let line = Self::svg("path", "").attr("pathLength", "1").attr("d", path);
        Self::svg("svg", class).attr("viewBox", view_box).attr("aria-hidden", "true").with(line)
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

    /// Adds a child that nobody needs later.
    #[must_use = "returns the same element"]
    pub fn with(self, child: Self) -> Self {
        self.add(&child);
        self
    }

    /// Adds a child, if there is one.
    #[must_use = "returns the same element"]
    pub fn maybe(self, child: Option<Self>) -> Self {
        if let Some(child) = &child {
            self.add(child);
        }
        self
    }

    /// Adds children.
    #[must_use = "returns the same element"]
    pub fn all(self, children: impl IntoIterator<Item = Self>) -> Self {
        children.into_iter().for_each(|child| self.add(&child));
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

    /// Moves the focus here.
    pub fn focus(&self) {
        if let Some(element) = self.0.dyn_ref::<HtmlElement>() {
            let _ = element.focus();
        }
    }

    /// The element itself, for what the browser offers and this does not.
    pub fn node(&self) -> &Element {
        &self.0
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

impl From<Element> for El {
    fn from(element: Element) -> Self {
        Self(element)
    }
}
