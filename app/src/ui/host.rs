//! Built elements in a page of `view!`, for the staff program, and the other way round.

use super::element::{El, el};
use leptos::prelude::*;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::add_attr::AddAnyAttr;
use leptos::tachys::view::{Position, PositionState};
use web_sys::{Element, Node};

/// Puts built elements into a page of `view!`, inside an element of their own.
#[component]
pub fn Host(
    /// What to show.
    element: El,
    /// The class of the element around it.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    shown(el("div", class).with(element))
}

/// Puts one built element into a page of `view!`. Not for several: what is taken away later must be one.
pub(super) fn shown(element: El) -> impl IntoView {
    Shown(StoredValue::new_local(element))
}

/// Puts a part of a page of `view!` among built elements.
pub(super) fn viewed(view: AnyView) -> El {
    let place = El::several();
    let mut state = view.build();
    state.mount(place.node(), None);
    StoredValue::new_local(state);
    place
}

struct Shown(StoredValue<El, LocalStorage>);

struct Standing(Element);

impl Render for Shown {
    type State = Standing;

    fn build(self) -> Standing {
        Standing(self.0.with_value(|element| element.node().clone()))
    }

    fn rebuild(self, state: &mut Standing) {
        let now = self.build();
        let _ = state.0.replace_with_with_node_1(&now.0);
        *state = now;
    }
}

impl Mountable for Standing {
    fn unmount(&mut self) {
        self.0.remove();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        let _ = parent.insert_before(&self.0, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let parent = self.0.parent_element();
        parent.is_some_and(|parent| child.try_mount(&parent, Some(&self.0)))
    }

    fn elements(&self) -> Vec<Element> {
        vec![self.0.clone()]
    }
}

impl AddAnyAttr for Shown {
    type Output<A: Attribute> = Self;

    fn add_any_attr<A: Attribute>(self, _: A) -> Self
    where
        Self: RenderHtml,
    {
        self
    }
}

/// Nothing is drawn on a server: only what a browser does is there.
impl RenderHtml for Shown {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Standing {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}
