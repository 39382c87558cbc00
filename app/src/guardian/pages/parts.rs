//! Pieces that every page is made of.

use crate::guardian::Route;
use crate::guardian::work::use_work;
use crate::i18n::t;
use crate::live::whenever;
use crate::router::{Routes, use_router};
use crate::ui::{El, NoticeKind, button, drawing, el, notice, p, skeleton};
use leptos::prelude::*;

/// The page itself.
pub(in crate::guardian) fn page() -> El {
    el("main", "page").attr("id", "main").attr("tabindex", "-1")
}

/// A page that waits for an answer.
pub(in crate::guardian) fn loading() -> El {
    el("main", "page").attr("id", "main").with(waiting())
}

/// A part of a page that waits for an answer.
pub(super) fn waiting() -> El {
    skeleton(&t("common.loading"))
}

/// Asks the school: now, when what `ask` reads changes, and when the school can be reached again.
pub(super) fn asked(ask: impl Fn() + 'static) {
    asked_boxed(Box::new(ask));
}

fn asked_boxed(ask: Box<dyn Fn()>) {
    let (work, owner) = (use_work(), Owner::current());
    let is_away = Memo::new(move |_| work.remembered.get());
    let mut was_asked = false;
    whenever(move || {
        if (!is_away.get() || !was_asked)
            && let Some(owner) = &owner
        {
            was_asked = true;
            owner.with(&ask);
        }
    });
}

/// A notice under the head of every page.
pub(in crate::guardian) fn banner(notice: El) -> El {
    el("div", "banner").with(notice)
}

/// A link to a page. Only a plain click is handled here; the rest is the browser's.
pub(super) fn link(to: Route, class: &str) -> El {
    let router = use_router::<Route>();
    crate::ui::link(class, &to.to_path(), move || router.go(&to))
}

/// A link with words.
pub(super) fn link_to(to: Route, class: &str, text: &str) -> El {
    link(to, class).text(text)
}

/// The link to the page before.
pub(super) fn back(to: Route, text: &str) -> El {
    link(to, "back").with(El::icon("arrow-left")).text(text)
}

/// A heading.
pub(super) fn h1(text: &str) -> El {
    el("h1", "").text(text)
}

/// A heading of a part.
pub(super) fn h2(text: &str) -> El {
    el("h2", "").text(text)
}

/// The head of a page with a drawing that gives way where it is narrow.
pub(super) fn drawn_head(head: El, name: &str) -> El {
    el("div", "withdrawing").with(head).with(drawing(name))
}

/// A notice of one sentence.
pub(super) fn says(kind: NoticeKind, text: &str) -> El {
    notice(kind, "", p("", text))
}

/// A button as wide as the page.
pub(super) fn wide_button(class: &str, text: &str) -> El {
    button(&["button ", class, " button--wide"].concat(), text)
}

/// A line of a list of facts.
pub(super) fn fact(name: &str, value: El) -> El {
    el("div", "").with(el("dt", "").text(name)).with(el("dd", "").with(value))
}

/// The bar at the bottom, in thumb reach.
pub(super) fn bottom_bar(inside: El) -> El {
    el("footer", "bottombar").with(el("div", "bottombar__in").with(inside))
}
