//! Something the whole page should know: no network, signed out, an error.

use super::icon::Icon;
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
}

/// A notice. What comes while the page stands is read out: errors at once, the rest when the reader pauses.
#[component]
pub fn Notice(
    /// What it is about.
    kind: NoticeKind,
    /// Another icon than the kind's own.
    #[prop(optional)]
    icon: Option<&'static str>,
    /// Paragraphs, and a button where something can be done.
    children: Children,
) -> impl IntoView {
    let (class, own) = kind.class_and_icon();
    let role = if kind == NoticeKind::Error { "alert" } else { "status" };
    view! {
        <div class=class role=role>
            <Icon name=icon.unwrap_or(own)/>
            <div class="notice__body">{children()}</div>
        </div>
    }
}
