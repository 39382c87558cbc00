//! The page: all forms of the municipality, and the chosen one beside them.

use super::detail::FormPanel;
use super::edit::EditForm;
use super::file;
use super::import::Import;
use super::table::{FormTable, Totals};
use crate::api::client;
use crate::i18n::t;
use crate::router::{Link, Router, page_title, use_router};
use crate::staff::routes::Route;
use crate::staff::words;
use crate::state::{Remote, fetch_into, use_session};
use crate::ui::{Icon, Panel, TableSkeleton, toast};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{ExportInventory, GetInventory, InventoryOut, Nothing, SheetKind};
use skolstart_shared::inventory::PaperForm;

/// What stands beside the list, apart from a chosen form.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Beside {
    Nothing,
    Import,
    New,
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub(super) inventory: RwSignal<Remote<InventoryOut>>,
    pub(super) router: Router<Route>,
    /// The form in the panel, from the address.
    pub(super) chosen: Memo<Option<String>>,
    pub(super) beside: RwSignal<Beside>,
}

impl Desk {
    pub(super) fn close(self) {
        self.beside.set(Beside::Nothing);
        if self.chosen.get_untracked().is_some() {
            self.router.go(&Route::Forms(None));
        }
    }

    /// Asks anew, and does the rest when the answer is there: what is chosen then is in the list.
    pub(super) fn ask_again(self, then: impl FnOnce() + 'static) {
        spawn_local(async move {
            let answer = client::call::<GetInventory>(&(), &Nothing {}).await;
            let _ = self.inventory.try_set(match answer {
                Ok(found) => Remote::Ready(found),
                Err(failure) => Remote::Failed(failure),
            });
            then();
        });
    }

    pub(super) fn ask(self) {
        fetch_into::<GetInventory>(self.inventory, (), Nothing {});
    }

    fn open(self, beside: Beside) {
        self.close();
        self.beside.set(beside);
    }
}

/// The inventory of forms.
#[component]
pub(crate) fn InventoryPage() -> impl IntoView {
    let router = use_router::<Route>();
    let chosen = Memo::new(move |_| match router.get() {
        Some(Route::Forms(code)) => code,
        _ => None,
    });
    let inventory = RwSignal::new(Remote::Loading);
    let desk = Desk { inventory, router, chosen, beside: RwSignal::new(Beside::Nothing) };
    desk.ask();
    page_title(|| t("staff.forms.title"));
    let frame = Memo::new(move |_| {
        inventory.with(|inventory| match inventory {
            Remote::Ready(_) => Some(None),
            Remote::Failed(failure) => Some(Some(failure.clone())),
            Remote::Loading => None,
        })
    });
    let body = move || match frame.get() {
        Some(None) => view! { <List desk/> }.into_any(),
        Some(Some(failure)) => words::failure(&failure, move || desk.ask()),
        None => view! { <TableSkeleton label=t("common.loading") rows=12/> }.into_any(),
    };
    let is_nothing = move || matches!(frame.get(), Some(Some(failure)) if failure.is_not_found());
    view! {
        <header class="desk__head" hidden=is_nothing>
            <div class="pagehead"><h1>{t("staff.forms.title")}</h1><p class="soft">{t("staff.forms.intro")}</p></div>
            <Link<Route> to=Route::Overlap class="button button--secondary">{t("staff.overlap.open")}</Link<Route>>
        </header>
        {body}
    }
}

#[component]
fn List(desk: Desk) -> impl IntoView {
    let session = use_session();
    let take = move |kind: SheetKind| {
        spawn_local(async move {
            match client::call::<ExportInventory>(&kind, &Nothing {}).await {
                Ok(found) => file::save(&found),
                Err(failure) => {
                    session.heed(&failure);
                    toast(super::saving_failed(&failure));
                }
            }
        });
    };
    let is_split = move || desk.chosen.get().is_some() || desk.beside.get() != Beside::Nothing;
    view! {
        <Totals desk/>
        <div class="toolbar">
            <button class="button button--secondary" type="button" on:click=move |_| desk.open(Beside::Import)>{t("staff.import.open")}</button>
            <button class="button button--secondary" type="button" on:click=move |_| desk.open(Beside::New)>
                <Icon name="plus"/>{t("staff.forms.add")}
            </button>
            <span class="toolbar__end"></span>
            <button class="button button--quiet" type="button" on:click=move |_| take(SheetKind::Xlsx)>{t("staff.forms.export-xlsx")}</button>
            <button class="button button--quiet" type="button" on:click=move |_| take(SheetKind::Csv)>{t("staff.forms.export-csv")}</button>
        </div>
        <div class=move || if is_split() { "desk__split desk__split--wide" } else { "" }>
            <FormTable desk/>
            {move || beside(desk)}
        </div>
    }
}

fn beside(desk: Desk) -> Option<AnyView> {
    if let Some(code) = desk.chosen.get() {
        let line = desk
            .inventory
            .with(|inventory| inventory.ready()?.forms.iter().find(|line| line.form.code == code).cloned())?;
        return Some(view! { <FormPanel desk line/> }.into_any());
    }
    match desk.beside.get() {
        Beside::Nothing => None,
        Beside::Import => Some(view! { <Import desk/> }.into_any()),
        Beside::New => {
            let (about, heading) = (t("staff.forms.add-note"), t("staff.forms.add"));
            let done = move |code: String| desk.router.go(&Route::Forms(Some(code)));
            Some(
                view! {
                    <Panel heading about close_label=t("common.close") close=move || desk.close()>
                        <EditForm desk form=PaperForm::default() base=0 done cancel=move || desk.close()/>
                    </Panel>
                }
                .into_any(),
            )
        }
    }
}
