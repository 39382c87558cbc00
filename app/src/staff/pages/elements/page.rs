//! The page: the catalogue, and the chosen element beside it.

use super::detail::ElementPanel;
use super::table::ElementTable;
use crate::i18n::{t, t_count};
use crate::router::{Router, page_title, use_router};
use crate::staff::routes::Route;
use crate::staff::words;
use crate::state::{Remote, fetch_into};
use crate::ui::{Icon, TableSkeleton};
use leptos::prelude::*;
use skolstart_shared::api::{CatalogueOut, GetCatalogue, Nothing};

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub(super) catalogue: RwSignal<Remote<CatalogueOut>>,
    pub(super) router: Router<Route>,
    /// The element in the panel, from the address.
    pub(super) chosen: Memo<Option<String>>,
    pub(super) search: RwSignal<String>,
}

impl Desk {
    pub(super) fn close(self) {
        self.router.go(&Route::Elements(None));
    }
}

/// The element catalogue.
#[component]
pub(crate) fn ElementsPage() -> impl IntoView {
    let router = use_router::<Route>();
    let chosen = Memo::new(move |_| match router.get() {
        Some(Route::Elements(key)) => key,
        _ => None,
    });
    let catalogue = RwSignal::new(Remote::Loading);
    let ask = move || fetch_into::<GetCatalogue>(catalogue, (), Nothing {});
    ask();
    page_title(|| t("staff.elements.title"));
    let desk = Desk { catalogue, router, chosen, search: RwSignal::new(String::new()) };
    let ready = Memo::new(move |_| catalogue.with(|catalogue| catalogue.ready().is_some()));
    let failed = Memo::new(move |_| {
        catalogue.with(|catalogue| match catalogue {
            Remote::Failed(failure) => Some(failure.clone()),
            _ => None,
        })
    });
    let body = move || match (ready.get(), failed.get()) {
        (true, _) => view! { <List desk/> }.into_any(),
        (false, Some(failure)) => words::failure(&failure, ask),
        (false, None) => view! { <TableSkeleton label=t("common.loading") rows=12/> }.into_any(),
    };
    let is_nothing =
        move || failed.with(|failed| failed.as_ref().is_some_and(|failure| failure.is_not_found()));
    view! {
        <header class="desk__head" hidden=is_nothing>
            <div class="pagehead"><h1>{t("staff.elements.title")}</h1><p class="soft">{t("staff.elements.intro")}</p></div>
        </header>
        {body}
    }
}

#[component]
fn List(desk: Desk) -> impl IntoView {
    let count = move || {
        let all = desk.catalogue.with(|found| found.ready().map_or(0, |catalogue| catalogue.elements.len()));
        t_count("staff.elements.count", all as u64, &[])
    };
    let panel = move || {
        let key = desk.chosen.get()?;
        let line = desk.catalogue.with(|found| {
            found.ready()?.elements.iter().find(|line| line.element.key.as_str() == key).cloned()
        })?;
        Some(view! { <ElementPanel desk line/> })
    };
    view! {
        <div class="toolbar" role="search">
            <label class="search">
                <Icon name="search"/>
                <span class="visually-hidden">{t("staff.elements.search")}</span>
                <input
                    class="input search__input" type="search" placeholder=t("staff.elements.search")
                    autocomplete="off" prop:value=desk.search
                    on:input=move |event| desk.search.set(event_target_value(&event))
                />
            </label>
            <p class="soft">{count}</p>
        </div>
        <div class=move || if desk.chosen.get().is_some() { "desk__split desk__split--wide" } else { "" }>
            <ElementTable desk/>
            {panel}
        </div>
    }
}
