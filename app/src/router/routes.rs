//! Which page stands now, and moving to another.

use super::arrival;
use super::query::Query;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// The addresses of one program.
pub trait Routes: Clone + PartialEq + Send + Sync + 'static {
    /// What an address names. `None`: nothing; the program shows its page for that.
    fn parse(path: &str, query: &Query) -> Option<Self>;

    /// The address, with its query.
    fn to_path(&self) -> String;

    /// True when going from `self` to `other` leaves the page as it is and changes a part of it: then the page neither
    /// scrolls to its top nor moves the focus to its heading.
    fn same_page(&self, other: &Self) -> bool {
        self == other
    }
}

/// Where the program stands. Copy it freely.
pub struct Router<R: Routes> {
    current: RwSignal<Option<R>>,
}

impl<R: Routes> Clone for Router<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: Routes> Copy for Router<R> {}

impl<R: Routes> Router<R> {
    /// Reads the address, follows back and forward, and offers itself as a context. Call once, in the program's root.
    pub fn start() -> Self {
        let router = Self { current: RwSignal::new(read()) };
        let listener = window_event_listener(leptos::ev::popstate, move |_| router.arrive(read()));
        on_cleanup(move || listener.remove());
        provide_context(router);
        router
    }

    /// The route. Reactive. `None`: the address names nothing.
    pub fn get(self) -> Option<R> {
        self.current.get()
    }

    /// The route, without following it.
    pub fn get_untracked(self) -> Option<R> {
        self.current.get_untracked()
    }

    /// Goes to a page; the one before stays in the history.
    pub fn go(self, to: &R) {
        self.write(to, false);
    }

    /// Changes the address of where one is, without a new entry in the history: for filters and sorting.
    pub fn replace(self, to: &R) {
        self.write(to, true);
    }

    fn write(self, to: &R, replacing: bool) {
        if self.current.get_untracked().as_ref() == Some(to) {
            return;
        }
        if let Ok(history) = window().history() {
            let path = to.to_path();
            // Browsers refuse after some hundred changes a minute; the page still changes.
            let _ = if replacing {
                history.replace_state_with_url(&JsValue::NULL, "", Some(&path))
            } else {
                history.push_state_with_url(&JsValue::NULL, "", Some(&path))
            };
        }
        self.arrive(Some(to.clone()));
    }

    fn arrive(self, to: Option<R>) {
        let stays = match (self.current.get_untracked(), &to) {
            (Some(from), Some(to)) => from.same_page(to),
            _ => false,
        };
        self.current.set(to);
        if !stays {
            arrival::arrived();
        }
    }
}

/// The program's router.
///
/// # Panics
/// Outside the program's root, which is a fault in the program and shows at the first run.
pub fn use_router<R: Routes>() -> Router<R> {
    expect_context::<Router<R>>()
}

fn read<R: Routes>() -> Option<R> {
    let location = window().location();
    let query = Query::parse(&location.search().unwrap_or_default());
    R::parse(&location.pathname().unwrap_or_default(), &query)
}
