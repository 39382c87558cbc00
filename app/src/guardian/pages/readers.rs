//! Who has seen what is known about a child: roles and not names, in the school's words.

use super::child::moment_of;
use super::missing;
use super::parts::{asked, back, h1, page, waiting};
use crate::guardian::Route;
use crate::guardian::work::use_work;
use crate::i18n::{locale, t};
use crate::readers::{reader, reading};
use crate::router::page_title;
use crate::state::{Remote, fetch_into};
use crate::ui::{El, el, p};
use leptos::prelude::*;
use skolstart_shared::api::{GetReaders, Nothing};
use skolstart_shared::id::PersonId;

/// The page.
pub(in crate::guardian) fn readers_page(child: PersonId) -> El {
    let work = use_work();
    page_title(|| t("readers.title"));
    let found = RwSignal::new(Remote::Loading);
    asked(move || {
        locale();
        fetch_into::<GetReaders>(found, child, Nothing {});
    });
    page().part(move || {
        let head = el("header", "pagehead").with(h1(&t("readers.title")));
        El::several()
            .with(back(Route::Child(child), &work.child_name(Some(child))))
            .with(head.with(p("lead", &t("readers.lead"))))
            .with(found.with(|found| match found {
                Remote::Loading => waiting(),
                Remote::Failed(failure) => missing(failure),
                Remote::Ready(lines) if lines.is_empty() => p("soft", &t("readers.none")),
                Remote::Ready(lines) => el("ol", "timeline").all(
                    lines.iter().map(|line| moment_of(line.at, &reader(line)).with(p("", &reading(line)))),
                ),
            }))
    })
}
