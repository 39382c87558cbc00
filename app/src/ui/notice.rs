//! Something the whole page should know: no network, signed out, an error.

use super::element::{El, el};
use super::host::{shown, viewed};
use leptos::prelude::*;

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// Good to know.
    Info,
    /// Something is waited for.
    Waiting,
    /// Something went wrong.
    Error,
    /// Something is done.
    Done,
}

impl NoticeKind {
    fn class_and_icon(self) -> (&'static str, &'static str) {
        match self {
            Self::Info => ("notice notice--info", "info"),
            Self::Waiting => ("notice notice--waiting", "clock"),
            Self::Error => ("notice notice--error", "warning"),
            Self::Done => ("notice notice--done", "check"),
        }
    }

    fn role(self) -> &'static str {
        if self == Self::Error { "alert" } else { "status" }
    }
}

/// A notice with paragraphs, and a button where something can be done. What comes while the page stands is read out: errors
/// at once, the rest when the reader pauses. `icon` is empty for the kind's own.
pub fn notice(kind: NoticeKind, icon: &str, inside: El) -> El {
    let (class, own) = kind.class_and_icon();
    el("div", class)
        .attr("role", kind.role())
        .with(El::icon(if icon.is_empty() { own } else { icon }))
        .with(el("div", "notice__body").with(inside))
}

/// As [`notice`].
#[component]
pub fn Notice(
    /// What it is about.
    kind: NoticeKind,
    /// Another icon than the kind's own.
    #[prop(optional)]
    icon: &'static str,
    /// Paragraphs, and a button where something can be done.
    children: Children,
) -> impl IntoView {
    shown(notice(kind, icon, viewed(children())))
}
