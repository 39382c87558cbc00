//! The page: how it is done, the classes, the holds, the last runs.

use super::classes::Classes;
use super::holds::Holds;
use crate::i18n::{date, number, t, t_with};
use crate::router::page_title;
use crate::staff::words;
use crate::state::{Remote, fetch_into};
use crate::ui::{Notice, NoticeKind, TableSkeleton};
use leptos::prelude::*;
use skolstart_shared::api::{GetRetention, Nothing, RetentionOut, RetentionRun};

/// The page.
#[component]
pub(in crate::staff) fn RetentionPage() -> impl IntoView {
    let found = RwSignal::new(Remote::<RetentionOut>::Loading);
    // Asked in an effect of the page: whoever has sent something stands outside it by then.
    let asked = RwSignal::new(0_u32);
    Effect::new(move |_| {
        asked.track();
        fetch_into::<GetRetention>(found, (), Nothing {});
    });
    let ask = move || {
        let _ = asked.try_update(|times| *times += 1);
    };
    page_title(|| t("retention.title"));
    let again = Callback::new(move |()| ask());
    let body = move || match found.get() {
        Remote::Loading => view! { <TableSkeleton label=t("common.loading") rows=10/> }.into_any(),
        Remote::Failed(failure) => words::failure(&failure, ask),
        Remote::Ready(found) => view! { <Inside found again/> }.into_any(),
    };
    let is_nothing =
        move || found.with(|found| matches!(found, Remote::Failed(failure) if failure.is_not_found()));
    view! {
        <header class="desk__head" hidden=is_nothing>
            <div class="pagehead"><h1>{t("retention.title")}</h1><p class="soft">{t("retention.intro")}</p></div>
        </header>
        {body}
    }
}

#[component]
fn Inside(found: RetentionOut, again: Callback<()>) -> impl IntoView {
    let how = if found.daily { t("retention.daily") } else { t("retention.by-hand") };
    let missing = (!found.without_rule.is_empty()).then(|| {
        let classes = found.without_rule.join(", ");
        view! {
            <Notice kind=NoticeKind::Error>
                <p>{t_with("retention.without-rule", &[("classes", &classes)])}</p>
            </Notice>
        }
    });
    view! {
        <p>{how}</p>
        {missing}
        <Classes classes=found.classes day=found.day/>
        <Holds holds=found.holds rounds=found.rounds again/>
        <Runs runs=found.runs/>
    }
}

#[component]
fn Runs(runs: Vec<RetentionRun>) -> impl IntoView {
    let rows = runs.into_iter().map(|run| {
        let state = if run.finished.is_some() { t("retention.run-done") } else { t("retention.run-stopped") };
        let erased = run.erased.into_iter().map(|(title, n)| {
            view! { <li>{title}": "{number(n)}</li> }
        });
        let erased = erased.collect_view();
        let none = erased.is_empty().then(|| t("retention.run-nothing"));
        view! {
            <tr>
                <th scope="row">{date(run.day)}</th>
                <td>{state}</td>
                <td>{none}<ul>{erased}</ul></td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let body = if rows.is_empty() {
        view! { <p class="soft">{t("retention.no-runs")}</p> }.into_any()
    } else {
        view! {
            <div class="tablewrap" tabindex="0" role="region" aria-labelledby="retention-runs">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t("retention.run-day")}</th>
                            <th scope="col">{t("retention.run-state")}</th>
                            <th scope="col">{t("retention.run-erased")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! { <section class="card"><h2 id="retention-runs">{t("retention.runs")}</h2>{body}</section> }
}
