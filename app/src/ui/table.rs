//! Heads of columns that sort. Rows and cells are plain HTML in the pages.

use super::icon::Icon;
use leptos::prelude::*;

/// How a column is sorted now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortOrder {
    /// By another column.
    Not,
    /// A to Ö, least first.
    Ascending,
    /// Ö to A, most first.
    Descending,
}

impl SortOrder {
    /// The value of `aria-sort`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Not => "none",
            Self::Ascending => "ascending",
            Self::Descending => "descending",
        }
    }

    fn icon(self) -> &'static str {
        if self == Self::Not { "sort" } else { "chevron-down" }
    }
}

/// The head of a column, with a button that sorts by it.
#[component]
pub fn SortHead(
    /// The name of the column.
    #[prop(into)]
    label: String,
    /// How it is sorted now.
    #[prop(into)]
    order: Signal<SortOrder>,
    /// Called when it is pressed.
    sort: impl Fn() + 'static,
    /// Classes of the head.
    #[prop(optional)]
    class: &'static str,
    /// Over how many columns it stands: a figure and its bar are two.
    #[prop(default = 1)]
    span: u8,
) -> impl IntoView {
    let (scope, span) = if span > 1 { ("colgroup", Some(span.to_string())) } else { ("col", None) };
    view! {
        <th scope=scope colspan=span class=class aria-sort=move || order.get().as_str()>
            <button class="table__sort" type="button" on:click=move |_| sort()>
                {label}
                {move || view! { <Icon name=order.get().icon()/> }}
            </button>
        </th>
    }
}
