//! Who has seen the child, by name: for the principal, asked for when she opens it.

use crate::i18n::{date_and_time, t};
use crate::readers::{reader, reading};
use crate::staff::words;
use crate::state::{Remote, fetch_into};
use crate::ui::Skeleton;
use leptos::prelude::*;
use skolstart_shared::api::{Nothing, ReaderLine, StaffReaders};
use skolstart_shared::id::PersonId;

/// The list, closed at first: opening it is noted too.
#[component]
pub(super) fn Readers(child: PersonId) -> impl IntoView {
    let (asked, found) = (RwSignal::new(false), RwSignal::new(Remote::Loading));
    Effect::new(move |_| {
        if asked.get() {
            fetch_into::<StaffReaders>(found, child, Nothing {});
        }
    });
    let show = move || asked.set(true);
    let body = move || match (asked.get(), found.get()) {
        (false, _) => ().into_any(),
        (true, Remote::Loading) => view! { <Skeleton label=t("common.loading")/> }.into_any(),
        (true, Remote::Failed(failure)) => words::failure(&failure, show),
        (true, Remote::Ready(lines)) => {
            view! { <ol class="timeline">{lines.into_iter().map(line).collect_view()}</ol> }.into_any()
        }
    };
    view! {
        <section class="card">
            <h2>{t("staff.readers.title")}</h2>
            <p class="soft">{t("staff.readers.text")}</p>
            {move || (!asked.get()).then(|| view! {
                <button class="button button--secondary" type="button" on:click=move |_| show()>
                    {t("staff.readers.show")}
                </button>
            })}
            {body}
        </section>
    }
}

fn line(line: ReaderLine) -> impl IntoView {
    view! {
        <li class="timeline__item">
            <p class="timeline__when">
                <time datetime=line.at.to_string()>{date_and_time(line.at)}</time>" · "{reader(&line)}
            </p>
            <p>{reading(&line)}</p>
        </li>
    }
}
