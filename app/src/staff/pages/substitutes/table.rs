//! Who stands in, each with a way to end it, and who has.

use super::sending::Steps;
use crate::i18n::{date, date_and_time, t, t_with};
use crate::staff::once::Trouble;
use leptos::prelude::*;
use skolstart_shared::api::{SubstituteOut, SubstituteStep};
use skolstart_shared::id::UnitId;

/// Who stands in today, or will.
#[component]
pub(super) fn Holding(unit: UnitId, substitutes: Vec<SubstituteOut>, again: Callback<()>) -> impl IntoView {
    let steps = Steps::new(unit, again);
    let rows = substitutes.into_iter().map(|one| {
        let id = one.id;
        let word = t_with("substitutes.end-whose", &[("name", &one.name), ("group", &one.group)]);
        view! {
            <tr class="table__row">
                {cells(&one)}
                <td class="no-print">
                    <button class="button button--secondary button--small" type="button" aria-label=word
                        on:click=move |_| steps.send(id, SubstituteStep::End)>
                        {t("substitutes.end")}
                    </button>
                </td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let body = if rows.is_empty() {
        view! { <p class="soft">{t("substitutes.none")}</p> }.into_any()
    } else {
        let last = view! { <th scope="col" class="no-print"><span class="visually-hidden">{t("substitutes.end")}</span></th> };
        framed("substitutes-holding", last.into_any(), rows.into_any())
    };
    view! {
        <section class="stack stack--tight">
            <h2 id="substitutes-holding">{t("substitutes.holding")}</h2>
            <Trouble said=steps.once.trouble/>
            {body}
        </section>
    }
}

/// Who has stood in, as long as it is kept.
#[component]
pub(super) fn Ended(substitutes: Vec<SubstituteOut>) -> impl IntoView {
    let rows = substitutes.into_iter().map(|one| {
        let ended = match &one.ended {
            Some((at, by)) => t_with("mandates.ended-by", &[("time", &date_and_time(*at)), ("name", by)]),
            None => t("substitutes.ended-itself"),
        };
        view! { <tr class="table__row">{cells(&one)}<td>{ended}</td></tr> }
    });
    let rows = rows.collect_view();
    (!rows.is_empty()).then(|| {
        let last = view! { <th scope="col">{t("mandates.ended-when")}</th> };
        view! {
            <section class="stack stack--tight">
                <h2 id="substitutes-ended">{t("substitutes.ended")}</h2>
                {framed("substitutes-ended", last.into_any(), rows.into_any())}
            </section>
        }
    })
}

fn framed(label: &'static str, last: AnyView, rows: AnyView) -> AnyView {
    view! {
        <div class="tablewrap" tabindex="0" role="region" aria-labelledby=label>
            <table class="table table--words">
                <thead><tr>
                    <th scope="col">{t("mandates.who")}</th>
                    <th scope="col">{t("substitutes.group")}</th>
                    <th scope="col">{t("substitutes.days")}</th>
                    <th scope="col">{t("substitutes.decided")}</th>
                    {last}
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn cells(one: &SubstituteOut) -> impl IntoView + use<> {
    let days = if one.from == one.to { date(one.from) } else { [date(one.from), date(one.to)].join(" – ") };
    let decided = t_with("mandates.given-by", &[("time", &date_and_time(one.at)), ("name", &one.by)]);
    view! {
        <th scope="row">{one.name.clone()}</th>
        <td>{one.group.clone()}</td>
        <td>{days}</td>
        <td>{decided}</td>
    }
}
