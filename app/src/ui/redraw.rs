//! What follows signals: a text, an attribute, a part of a page that is drawn again. All of it ends with the reactive
//! owner in which it was made.

use super::element::El;
use super::focus::Focused;
use leptos::prelude::*;
use web_sys::Node;

/// Runs `update` now and whenever a signal that it read changes. One boxed shape, so that each use costs no new code.
pub fn follow(update: impl Fn() + 'static) {
    follow_boxed(Box::new(update));
}

fn follow_boxed(update: Box<dyn Fn()>) {
    // `Render` runs at once: a widget is right before it is seen.
    let effect = RenderEffect::new(move |_| update());
    StoredValue::new_local(effect);
}

impl El {
    /// Adds what `text` says, and follows what it reads.
    #[must_use = "returns the same element"]
    pub fn words(self, text: impl Fn() -> String + 'static) -> Self {
        words_boxed(&self, Box::new(text));
        self
    }

    /// Gives an attribute the value that `value` gives, and follows what it reads.
    #[must_use = "returns the same element"]
    pub fn follows(self, name: &'static str, value: impl Fn() -> &'static str + 'static) -> Self {
        let own = self.clone();
        follow(move || own.set(name, value()));
        self
    }

    /// Shows while `shown` is true, and follows what it reads.
    #[must_use = "returns the same element"]
    pub fn shown(self, shown: impl Fn() -> bool + 'static) -> Self {
        let own = self.clone();
        follow(move || own.show(shown()));
        self
    }

    /// Adds a part that is drawn again when what `draw` reads changes. What was drawn before ends, with everything that
    /// follows or listens in it; what had the focus keeps it if the same stands in its place.
    #[must_use = "returns the same element"]
    pub fn part(self, draw: impl Fn() -> Self + 'static) -> Self {
        part_boxed(&self, Box::new(draw));
        self
    }
}

fn words_boxed(place: &El, text: Box<dyn Fn() -> String>) {
    let words = document().create_text_node("");
    let _ = place.node().append_child(&words);
    follow(move || {
        let text = text();
        if words.node_value().as_ref() != Some(&text) {
            words.set_node_value(Some(&text));
        }
    });
}

fn part_boxed(place: &El, draw: Box<dyn Fn() -> El>) {
    let marks = [(); 2].map(|()| Node::from(document().create_text_node("")));
    for mark in &marks {
        let _ = place.node().append_child(mark);
    }
    follow(move || {
        let [first, last] = &marks;
        let drawn = draw();
        let Some(parent) = last.parent_node() else { return };
        let focused = Focused::between(&parent, first);
        while let Some(old) = first.next_sibling().filter(|next| next != last) {
            let _ = parent.remove_child(&old);
        }
        let _ = parent.insert_before(drawn.node(), Some(last));
        if let Some(focused) = focused {
            focused.restore(first);
        }
    });
}

/// Draws what is inside an element, and draws it again when the number that it depends on changes. What was drawn before
/// ends.
pub fn redrawn(inside: &El, of: impl Fn() -> usize + 'static, draw: impl Fn(usize) -> Vec<El> + 'static) {
    redrawn_boxed(inside.clone(), Box::new(of), Box::new(draw));
}

fn redrawn_boxed(inside: El, of: Box<dyn Fn() -> usize>, draw: Box<dyn Fn(usize) -> Vec<El>>) {
    let parent = Owner::current();
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
