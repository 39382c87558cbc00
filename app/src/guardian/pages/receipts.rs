//! All receipts, newest first.

use super::missing;
use super::parts::{asked, link, page, waiting};
use crate::guardian::Route;
use crate::guardian::work::use_work;
use crate::i18n::{date_and_time, t, t_count};
use crate::router::page_title;
use crate::state::{Remote, fetch_into};
use crate::ui::{El, el, empty};
use leptos::prelude::*;
use skolstart_shared::api::{ListSubmissions, Nothing, SubmissionSummary};

/// The page.
pub(in crate::guardian) fn receipts() -> El {
    page_title(|| t("receipts.heading"));
    let list = RwSignal::new(Remote::Loading);
    let work = use_work();
    asked(move || {
        // What has waited here has a receipt now.
        work.arrived.track();
        fetch_into::<ListSubmissions>(list, (), Nothing {});
    });
    let back = link(Route::Home, "back").with(El::icon("arrow-left")).words(|| t("home.title"));
    page().with(back).with(el("h1", "").words(|| t("receipts.heading"))).part(move || {
        list.with(|list| match list {
            Remote::Loading => waiting(),
            Remote::Failed(failure) => missing(failure),
            Remote::Ready(list) if list.is_empty() => {
                empty("diary", &t("receipts.none.heading"), &t("receipts.none.text"))
            }
            Remote::Ready(list) => el("ol", "tasklist").all(list.iter().map(line)),
        })
    })
}

fn line(one: &SubmissionSummary) -> El {
    let note = [date_and_time(one.received), t_count("receipts.acts", u64::from(one.acts), &[])].join(" · ");
    let link = link(Route::Receipt(one.id), "task__link")
        .with(el("span", "task__name").text(&one.number))
        .with(el("span", "task__note").text(&note));
    el("li", "task").with(link)
}
