//! All receipts, newest first.

use super::failure_text;
use crate::guardian::Route;
use crate::i18n::{date_and_time, t, t_count};
use crate::live::{part, words};
use crate::router::{Link, page_title};
use crate::state::{Remote, fetch_into};
use crate::ui::{Empty, Icon, Notice, NoticeKind, Skeleton};
use leptos::prelude::*;
use skolstart_shared::api::{ListSubmissions, Nothing, SubmissionSummary};

/// The page.
#[component]
pub(in crate::guardian) fn Receipts() -> impl IntoView {
    page_title(|| t("receipts.heading"));
    let list = RwSignal::new(Remote::Loading);
    fetch_into::<ListSubmissions>(list, (), Nothing {});
    view! {
        <main class="page" id="main" tabindex="-1">
            <Link<Route> to=Route::Home class="back"><Icon name="arrow-left"/>{words(|| t("home.title"))}</Link<Route>>
            <h1>{words(|| t("receipts.heading"))}</h1>
            {part(move || match list.get() {
                Remote::Loading => view! { <Skeleton label=t("common.loading")/> }.into_any(),
                Remote::Failed(failure) => view! { <Notice kind=NoticeKind::Error><p>{failure_text(&failure)}</p></Notice> }.into_any(),
                Remote::Ready(list) if list.is_empty() => {
                    view! { <Empty drawing="diary" heading=t("receipts.none.heading") text=t("receipts.none.text")/> }.into_any()
                }
                Remote::Ready(list) => view! { <ol class="tasklist">{list.into_iter().map(line).collect_view()}</ol> }.into_any(),
            })}
        </main>
    }
}

fn line(one: SubmissionSummary) -> impl IntoView {
    view! {
        <li class="task">
            <Link<Route> to=Route::Receipt(one.id) class="task__link">
                <span class="task__name">{one.number}</span>
                <span class="task__note">{date_and_time(one.received)}" · "{t_count("receipts.acts", u64::from(one.acts), &[])}</span>
            </Link<Route>>
        </li>
    }
}
