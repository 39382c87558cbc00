//! Roles that hold, each with a way to end it, and roles that have ended.

use super::sending::Steps;
use super::title;
use crate::i18n::{date_and_time, number, t, t_count, t_with};
use crate::staff::once::Trouble;
use leptos::prelude::*;
use skolstart_shared::api::{MandateOut, MandateStep};

/// The roles that hold.
#[component]
pub(super) fn Holding(mandates: Vec<MandateOut>, again: Callback<()>) -> impl IntoView {
    let steps = Steps::new(again);
    let rows = mandates.into_iter().map(|one| {
        let id = one.id;
        let word = t_with("mandates.end-whose", &[("name", &one.name), ("role", &title(one.kind))]);
        let end = view! {
            <button class="button button--secondary button--small" type="button" aria-label=word
                on:click=move |_| steps.send(id, MandateStep::End)>
                {t("mandates.end")}
            </button>
        };
        let until = date_and_time(one.until);
        view! { <tr class="table__row">{cells(&one)}<td>{until}</td><td class="no-print">{end}</td></tr> }
    });
    let rows = rows.collect_view();
    let body = if rows.is_empty() {
        view! { <p class="soft">{t("mandates.none")}</p> }.into_any()
    } else {
        let heads = view! { {heads()}<th scope="col">{t("mandates.until")}</th><th scope="col" class="no-print"><span class="visually-hidden">{t("mandates.end")}</span></th> };
        framed("mandates-holding", heads.into_any(), rows.into_any())
    };
    view! {
        <section class="stack stack--tight">
            <h2 id="mandates-holding">{t("mandates.holding")}</h2>
            <Trouble said=steps.once.trouble/>
            {body}
        </section>
    }
}

/// The roles that have ended, as long as they are kept.
#[component]
pub(super) fn Ended(mandates: Vec<MandateOut>) -> impl IntoView {
    let rows = mandates.into_iter().map(|one| {
        let ended = match &one.ended {
            Some((at, by)) => t_with("mandates.ended-by", &[("time", &date_and_time(*at)), ("name", by)]),
            None => t_with("mandates.ended-itself", &[("time", &date_and_time(one.until))]),
        };
        view! { <tr class="table__row">{cells(&one)}<td>{ended}</td></tr> }
    });
    let rows = rows.collect_view();
    (!rows.is_empty()).then(|| {
        let heads = view! { {heads()}<th scope="col">{t("mandates.ended-when")}</th> };
        view! {
            <section class="stack stack--tight">
                <h2 id="mandates-ended">{t("mandates.ended")}</h2>
                {framed("mandates-ended", heads.into_any(), rows.into_any())}
            </section>
        }
    })
}

fn framed(label: &'static str, heads: AnyView, rows: AnyView) -> AnyView {
    view! {
        <div class="tablewrap" tabindex="0" role="region" aria-labelledby=label>
            <table class="table table--words"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>
        </div>
    }
    .into_any()
}

fn heads() -> impl IntoView {
    view! {
        <th scope="col">{t("mandates.who")}</th>
        <th scope="col">{t("mandates.role")}</th>
        <th scope="col">{t("mandates.why")}</th>
        <th scope="col">{t("mandates.given")}</th>
        <th scope="col" class="table__num">{t("mandates.used")}</th>
    }
}

fn cells(one: &MandateOut) -> impl IntoView + use<> {
    let whole = if one.kind.is_at_a_unit() { t("mandates.whole") } else { String::new() };
    let place = if one.unit.is_empty() { whole } else { one.unit.clone() };
    let given = t_with("mandates.given-by", &[("time", &date_and_time(one.since)), ("name", &one.by)]);
    let times = t_count("mandates.times", one.used, &[]);
    view! {
        <th scope="row">{one.name.clone()}</th>
        <td>{title(one.kind)}<br/><span class="soft">{place}</span></td>
        <td>{one.reason.clone()}</td>
        <td>{given}</td>
        <td class="table__num"><span aria-hidden="true">{number(one.used)}</span><span class="visually-hidden">{times}</span></td>
    }
}
