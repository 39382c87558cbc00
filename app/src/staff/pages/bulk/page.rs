//! The page: one's own lists, those that wait for a second person, and alarms for whoever leads.

use super::alarms::Alarms;
use super::lists::Lists;
use crate::i18n::{number, t, t_with};
use crate::router::page_title;
use crate::staff::pages::builder::focus_later;
use crate::staff::words;
use crate::state::{Remote, fetch_into};
use crate::ui::TableSkeleton;
use leptos::prelude::*;
use skolstart_shared::api::{BulkOut, GetBulk, Nothing};

/// The page.
#[component]
pub(in crate::staff) fn BulkPage() -> impl IntoView {
    let found = RwSignal::new(Remote::<BulkOut>::Loading);
    // Asked in an effect of the page: whoever has sent something stands outside it by then. Holds the id of the heading that takes
    // the focus once the answer is drawn: the button that was pressed is gone then.
    let asked = RwSignal::new("");
    Effect::new(move |_| {
        asked.track();
        fetch_into::<GetBulk>(found, (), Nothing {});
    });
    Effect::new(move |_| {
        found.track();
        focus_later(asked.get_untracked().to_owned());
    });
    let ask = move |heading: &'static str| {
        let _ = asked.try_set(heading);
    };
    page_title(|| t("bulk.title"));
    let again = move |heading: &'static str| Callback::new(move |()| ask(heading));
    let body = move || match found.get() {
        Remote::Loading => view! { <TableSkeleton label=t("common.loading") rows=6/> }.into_any(),
        Remote::Failed(failure) => words::failure(&failure, move || ask("")),
        Remote::Ready(found) => {
            let (waiting, own): (Vec<_>, Vec<_>) = found.exports.into_iter().partition(|line| !line.mine);
            let limits = t_with(
                "bulk.limits",
                &[
                    ("alone", &number(found.most_alone.into())),
                    ("most", &number(found.most_exported.into())),
                    ("pages", &number(found.most_opened.into())),
                ],
            );
            view! {
                <p>{limits}</p>
                {found.leads.then(|| view! { <Alarms alarms=found.alarms today=found.today again=again("alarms")/><Lists id="waiting" heading=t("bulk.waiting") none=t("bulk.none-waiting") lines=waiting again=again("waiting")/> })}
                <Lists id="own" heading=t("bulk.own") none=t("bulk.none-own") lines=own again=again("own")/>
            }
            .into_any()
        }
    };
    view! {
        <header class="desk__head">
            <div class="pagehead"><h1>{t("bulk.title")}</h1><p class="soft">{t("bulk.intro")}</p></div>
        </header>
        {body}
    }
}
