//! A part of a program that is fetched when it is first needed and not with the first page. The build cuts it off where
//! `bin/guardian.rs` says; the staff program has everything at once.
//!
//! Called by pages and widgets. Must not: know what the part holds.

use crate::i18n::t;
use crate::ui::{El, NoticeKind, button, el, notice, p, skeleton};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;
use std::pin::Pin;

/// Fetches the part, unless it is here; false when it could not be had. It may be called again.
pub type Fetch = fn() -> Pin<Box<dyn Future<Output = bool>>>;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stand {
    Away,
    OnItsWay,
    Here,
    NotToBeHad,
}

/// Whether the part is here.
#[derive(Clone, Copy)]
pub struct Later {
    fetch: Fetch,
    stand: RwSignal<Stand>,
}

impl Later {
    /// For the whole program, as a context. Call once.
    pub fn start(fetch: Fetch) -> Self {
        let later = Self { fetch, stand: RwSignal::new(Stand::Away) };
        provide_context(later);
        later
    }

    /// Waits for the part; false when it could not be had.
    pub async fn here(self) -> bool {
        let is_here = (self.fetch)().await;
        self.stand.set(if is_here { Stand::Here } else { Stand::NotToBeHad });
        is_here
    }

    /// Fetches the part while there is a network, unless it is here or on its way, so that it is here when the network is gone.
    pub fn soon(self) {
        if window().navigator().on_line() {
            self.ask_once();
        }
    }

    fn ask_once(self) {
        if matches!(self.stand.get_untracked(), Stand::Away | Stand::NotToBeHad) {
            self.ask();
        }
    }

    fn ask(self) {
        self.stand.set(Stand::OnItsWay);
        spawn_local(async move {
            self.here().await;
        });
    }
}

/// What `build` builds from the part: at once where it is here or the program has no such part, otherwise when it has come.
/// Until then `around` gets what stands in its place.
pub fn later(around: fn(El) -> El, build: impl Fn() -> El + 'static) -> El {
    later_boxed(around, Box::new(build))
}

fn later_boxed(around: fn(El) -> El, build: Box<dyn Fn() -> El>) -> El {
    let Some(later) = use_context::<Later>() else { return build() };
    later.ask_once();
    // Drawn again only when something else is to be seen.
    let stand = Memo::new(move |_| later.stand.get());
    // An element of its own: whoever hides or moves it needs one.
    el("div", "later").part(move || match stand.get() {
        Stand::Here => untrack(&build),
        Stand::NotToBeHad => {
            let again = button("button button--secondary button--small", &t("common.try-again"));
            let inside = El::several().with(p("", &t("common.error.offline")));
            around(notice(NoticeKind::Info, "", inside.with(again.tap(move || later.ask()))))
        }
        _ => around(skeleton(&t("common.loading"))),
    })
}
