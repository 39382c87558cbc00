//! How far something has come: an icon and a word, never colour alone.

use super::element::{El, el};
use super::host::shown;
use leptos::prelude::*;

/// What a status looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusKind {
    /// Done, yes.
    Complete,
    /// Waits for somebody else.
    Waiting,
    /// Needs somebody to act.
    Action,
    /// No.
    Declined,
    /// Nothing yet.
    None,
    /// Begun.
    Progress,
    /// Protected identity.
    Protected,
}

impl StatusKind {
    fn classes_and_icon(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Complete => ("status status--complete", "status status--complete status--bare", "check"),
            Self::Waiting => ("status status--waiting", "status status--waiting status--bare", "clock"),
            Self::Action => ("status status--action", "status status--action status--bare", "warning"),
            Self::Declined => ("status status--declined", "status status--declined status--bare", "cross"),
            Self::None => ("status status--none", "status status--none status--bare", "minus"),
            Self::Progress => ("status status--progress", "status status--progress status--bare", "pencil"),
            Self::Protected => {
                ("status status--protected", "status status--protected status--bare", "shield")
            }
        }
    }
}

/// An icon and a word; bare: without a background, for tables.
pub fn status(kind: StatusKind, word: &str, bare: bool) -> El {
    let (full, without, icon) = kind.classes_and_icon();
    el("span", if bare { without } else { full }).with(El::icon(icon)).text(word)
}

/// As [`status`].
#[component]
pub fn Status(
    /// What it looks like.
    kind: StatusKind,
    /// The word.
    #[prop(into)]
    word: String,
    /// Without a background, for tables.
    #[prop(optional)]
    bare: bool,
) -> impl IntoView {
    shown(status(kind, &word, bare))
}
