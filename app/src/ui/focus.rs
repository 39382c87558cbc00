//! Keeps the focus, and the place in a text, where they were when a part of a page is drawn again.

use js_sys::{Function, Object, Reflect};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Node};

/// What has the focus, by its place: how many siblings stand before it, and before each element around it, from the inside out.
pub(super) struct Focused {
    element: Element,
    places: Vec<usize>,
}

impl Focused {
    /// What has the focus among the children of `parent` that come after `first`, or inside them.
    pub(super) fn between(parent: &Node, first: &Node) -> Option<Self> {
        let element = document().active_element()?;
        let mut places = Vec::new();
        let mut node = Node::from(element.clone());
        loop {
            let around = node.parent_node()?;
            let is_outermost = around == *parent;
            let mut before = 0;
            while let Some(sibling) = node.previous_sibling() {
                node = sibling;
                before += 1;
                if is_outermost && node == *first {
                    places.push(before);
                    return Some(Self { element, places });
                }
            }
            if is_outermost {
                return None;
            }
            places.push(before);
            node = around;
        }
    }

    /// Moves the focus to what stands in the same place now, if it is the same kind of element. Nothing scrolls.
    pub(super) fn restore(self, first: &Node) {
        let mut places = self.places.iter().rev();
        let mut found = places.next().and_then(|place| sibling(first.clone(), *place));
        for place in places {
            found = found.and_then(|around| sibling(around.first_child()?, *place));
        }
        let Some(Ok(found)) = found.map(JsCast::dyn_into::<Element>) else { return };
        if found.tag_name() != self.element.tag_name() {
            return;
        }
        // A heading that was given the focus can take it again.
        if let Some(index) = self.element.get_attribute("tabindex") {
            let _ = found.set_attribute("tabindex", &index);
        }
        focus_quietly(&found);
        // And the place within what is typed there: the next key must not end up at its end.
        for edge in ["selectionStart", "selectionEnd"].map(JsValue::from_str) {
            let place = Reflect::get(&self.element, &edge).unwrap_or_default();
            if place.as_f64().is_some() {
                // Fails only for an input that has no such place.
                let _ = Reflect::set(&found, &edge, &place);
            }
        }
    }
}

fn sibling(first: Node, after: usize) -> Option<Node> {
    (0..after).try_fold(first, |node, _| node.next_sibling())
}

fn focus_quietly(element: &Element) {
    let options = Object::new();
    // Setting a property of a fresh object cannot fail.
    let _ = Reflect::set(&options, &"preventScroll".into(), &JsValue::TRUE);
    let focus =
        Reflect::get(element, &"focus".into()).ok().and_then(|focus| focus.dyn_into::<Function>().ok());
    let _ = focus.map(|focus| focus.call1(element, &options));
}
