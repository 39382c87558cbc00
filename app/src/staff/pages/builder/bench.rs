//! The bench: the form that is built, what of it is chosen, and that it is saved while one works.

use super::saving::{Kept, Saver};
use crate::i18n::t;
use crate::state::Remote;
use crate::ui::toast_with;
use leptos::prelude::*;
use skolstart_shared::api::{CatalogueOut, DraftOut, ReviewLine};
use skolstart_shared::fact::{Catalogue, Element};
use skolstart_shared::form::builder::{ActWords, DraftState, Removed, Spot};
use skolstart_shared::form::check::Callable;
use skolstart_shared::form::{ActKind, FormDefinition};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// What the page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tab {
    Build,
    Try,
    Check,
    Publish,
}

/// See the module. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Bench {
    /// The form as it stands.
    pub(super) form: RwSignal<FormDefinition>,
    /// What is edited.
    pub(super) chosen: RwSignal<Spot>,
    /// Moves on when the parts of the form are others, so that what shows them is drawn anew.
    pub(super) shape: RwSignal<u32>,
    pub(super) tab: RwSignal<Tab>,
    /// The form as a family meets it stands beside what is edited.
    pub(super) beside: RwSignal<bool>,
    pub(super) saver: Saver,
    pub(super) catalogue: RwSignal<Remote<CatalogueOut>>,
    pub(super) published: RwSignal<Option<FormDefinition>>,
    pub(super) state: RwSignal<DraftState>,
    pub(super) reviews: RwSignal<Vec<ReviewLine>>,
    removed: RwSignal<Option<Removed>>,
    words: StoredValue<Vec<ActWords>>,
    callable: StoredValue<Vec<Callable>>,
}

impl Bench {
    pub(super) fn new(draft: DraftOut, catalogue: RwSignal<Remote<CatalogueOut>>) -> Self {
        let form = RwSignal::new(draft.form);
        let first =
            if form.with_untracked(|form| form.acts.is_empty()) { Spot::default() } else { Spot::act(0) };
        Self {
            saver: Saver::start(draft.id, draft.revision, draft.changed, form),
            form,
            chosen: RwSignal::new(first),
            shape: RwSignal::new(0),
            tab: RwSignal::new(Tab::Build),
            beside: RwSignal::new(is_wide()),
            catalogue,
            published: RwSignal::new(draft.published),
            state: RwSignal::new(draft.state),
            reviews: RwSignal::new(draft.reviews),
            removed: RwSignal::new(None),
            words: StoredValue::new(draft.words),
            callable: StoredValue::new(draft.callable),
        }
    }

    /// Changes what stands in a part. What shows the parts stays as it is.
    pub(super) fn edit(self, change: impl FnOnce(&mut FormDefinition)) {
        self.form.update(change);
        self.touched();
    }

    /// Changes which parts there are, and chooses one of them.
    pub(super) fn reshape(self, change: impl FnOnce(&mut FormDefinition) -> Option<Spot>) -> Option<Spot> {
        let spot = self.form.try_update(change).flatten()?;
        self.chosen.set(spot.clone());
        self.redraw();
        self.touched();
        Some(spot)
    }

    /// Draws the parts anew: another kind has other limits to set.
    pub(super) fn redraw(self) {
        let focused = document().active_element().map(|element| element.id()).unwrap_or_default();
        self.shape.update(|shape| *shape += 1);
        if !focused.is_empty() {
            focus_later(focused);
        }
    }

    /// Whoever changes a draft takes the question about it back.
    fn touched(self) {
        if self.state.get_untracked() != DraftState::Editing {
            self.state.set(DraftState::Editing);
        }
        self.saver.touched();
    }

    /// Takes a part away. It can be put back, from the message and from the button that stays.
    pub(super) fn remove(self, spot: &Spot) {
        let around = spot.around().map(|(around, _)| around).unwrap_or_default();
        let mut taken = None;
        let done = self.reshape(|form| {
            taken = form.remove(spot);
            taken.is_some().then_some(around)
        });
        if done.is_some() {
            self.removed.set(taken);
            toast_with(t("builder.removed"), t("builder.undo"), move || self.put_back());
        }
    }

    pub(super) fn can_put_back(self) -> bool {
        self.removed.with(Option::is_some)
    }

    pub(super) fn put_back(self) {
        if let Some(removed) = self.removed.try_update(Option::take).flatten() {
            self.reshape(|form| form.restore(removed));
        }
    }

    /// The element catalogue, empty until it is here. Reactive.
    pub(super) fn elements(self) -> Catalogue {
        Catalogue::new(self.catalogue.with(elements_of))
    }

    /// The same, without following it.
    pub(super) fn elements_published(self) -> Catalogue {
        Catalogue::new(self.catalogue.with_untracked(elements_of))
    }

    /// The catalogue and what this form brings to it, without following either.
    pub(super) fn elements_now(self) -> Catalogue {
        self.form.with_untracked(|form| self.elements_published().with(&form.elements))
    }

    /// What a part of this kind begins by saying.
    pub(super) fn words(self, kind: ActKind) -> Option<ActWords> {
        self.words.with_value(|words| words.iter().find(|words| words.kind == kind).cloned())
    }

    /// The published forms, which answers may call for.
    pub(super) fn callable(self) -> Vec<Callable> {
        self.callable.get_value()
    }

    /// The form as a file that another municipality can read: with the elements that it asks about.
    pub(super) fn file(self) -> FormDefinition {
        let known = self.elements_published();
        self.form.get_untracked().tidied().carrying(&known)
    }

    /// Takes what the server says after a step about publishing.
    pub(super) fn take(self, draft: DraftOut) {
        self.published.set(draft.published);
        self.reviews.set(draft.reviews);
        self.state.set(draft.state);
    }

    /// Takes over what somebody else has saved.
    pub(super) fn replace(self, draft: DraftOut) {
        self.saver.rebase(draft.revision, draft.changed);
        self.chosen.set(Spot::default());
        self.form.set(draft.form.clone());
        self.redraw();
        self.take(draft);
        self.saver.kept.set(Kept::Saved);
    }
}

/// True where there is room for it.
fn is_wide() -> bool {
    let width = window().inner_width().ok().and_then(|width| width.as_f64());
    width.is_some_and(|width| width >= 1200.0)
}

/// Moves the focus once the page is drawn.
pub(in crate::staff::pages) fn focus_later(id: String) {
    request_animation_frame(move || {
        let found = document().get_element_by_id(&id);
        if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            // Fails only for an element that takes no focus.
            let _ = element.focus();
        }
    });
}

fn elements_of(found: &Remote<CatalogueOut>) -> Vec<Element> {
    let lines = found.ready().map(|found| found.elements.as_slice()).unwrap_or_default();
    lines.iter().map(|line| line.element.clone()).collect()
}
