//! The page: who stands in, letting somebody in, and who has.

use super::give::Give;
use super::table::{Ended, Holding};
use crate::i18n::t;
use crate::router::{Link, page_title};
use crate::staff::routes::Route;
use crate::staff::words;
use crate::state::{Remote, fetch_into};
use crate::ui::TableSkeleton;
use leptos::prelude::*;
use skolstart_shared::api::{GetSubstitutes, Nothing, SubstitutesOut};
use skolstart_shared::id::UnitId;

/// The page.
#[component]
pub(in crate::staff) fn SubstitutesPage(unit: UnitId) -> impl IntoView {
    let found = RwSignal::new(Remote::<SubstitutesOut>::Loading);
    // Asked in an effect of the page: whoever has sent something stands outside it by then.
    let asked = RwSignal::new(0_u32);
    Effect::new(move |_| {
        asked.track();
        fetch_into::<GetSubstitutes>(found, unit, Nothing {});
    });
    let ask = move || {
        let _ = asked.try_update(|times| *times += 1);
    };
    page_title(|| t("substitutes.title"));
    let again = Callback::new(move |()| ask());
    let name = move || found.with(|found| found.ready().map(|found| found.unit_name.clone()));
    let body = move || match found.get() {
        Remote::Loading => view! { <TableSkeleton label=t("common.loading") rows=4/> }.into_any(),
        Remote::Failed(failure) => words::failure(&failure, ask),
        Remote::Ready(found) => view! {
            <Holding unit substitutes=found.holding again/>
            <Give unit groups=found.groups candidates=found.candidates again/>
            <Ended substitutes=found.ended/>
        }
        .into_any(),
    };
    let is_nothing =
        move || found.with(|found| matches!(found, Remote::Failed(failure) if failure.is_not_found()));
    view! {
        <div hidden=is_nothing>
            <ol class="crumbs">
                <li><Link<Route> to=Route::Units>{t("staff.units.title")}</Link<Route>></li>
                <li>{t("substitutes.title")}</li>
            </ol>
            <header class="desk__head">
                <div class="pagehead">
                    <p class="pagehead__over">{name}</p>
                    <h1>{t("substitutes.title")}</h1>
                    <p class="soft">{t("substitutes.intro")}</p>
                </div>
            </header>
        </div>
        {body}
    }
}
