//! The page: who holds a role now, giving one, and who has held one.

use super::give::Give;
use super::table::{Ended, Holding};
use crate::i18n::t;
use crate::router::page_title;
use crate::staff::words;
use crate::state::{Remote, fetch_into};
use crate::ui::TableSkeleton;
use leptos::prelude::*;
use skolstart_shared::api::{GetMandates, MandatesOut, Nothing};

/// The page.
#[component]
pub(in crate::staff) fn MandatesPage() -> impl IntoView {
    let found = RwSignal::new(Remote::<MandatesOut>::Loading);
    // Asked in an effect of the page: whoever has sent something stands outside it by then.
    let asked = RwSignal::new(0_u32);
    Effect::new(move |_| {
        asked.track();
        fetch_into::<GetMandates>(found, (), Nothing {});
    });
    let ask = move || {
        let _ = asked.try_update(|times| *times += 1);
    };
    page_title(|| t("mandates.title"));
    let again = Callback::new(move |()| ask());
    let body = move || match found.get() {
        Remote::Loading => view! { <TableSkeleton label=t("common.loading") rows=4/> }.into_any(),
        Remote::Failed(failure) => words::failure(&failure, ask),
        Remote::Ready(found) => view! {
            <Holding mandates=found.holding again/>
            <Give candidates=found.candidates units=found.units again/>
            <Ended mandates=found.ended/>
        }
        .into_any(),
    };
    let is_nothing =
        move || found.with(|found| matches!(found, Remote::Failed(failure) if failure.is_not_found()));
    view! {
        <header class="desk__head" hidden=is_nothing>
            <div class="pagehead"><h1>{t("mandates.title")}</h1><p class="soft">{t("mandates.intro")}</p></div>
        </header>
        {body}
    }
}
