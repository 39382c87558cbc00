//! The list, and what can be done with it now. Where the municipality has no passkeys there is nothing to see.

use super::add::Add;
use super::change::Line;
use crate::i18n::t;
use crate::staff::passkeys::is_supported;
use crate::staff::words;
use crate::state::{Remote, fetch_into, use_session};
use crate::ui::{Notice, NoticeKind, Skeleton, toast};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{GetPasskeys, Nothing, PasskeysOut};

/// The section of the page.
#[component]
pub(in crate::staff::pages) fn Passkeys() -> impl IntoView {
    let found = RwSignal::new(Remote::<PasskeysOut>::Loading);
    let asked = RwSignal::new(0_u32);
    // After a change the list is drawn anew, and what had the focus is gone.
    let changed = RwSignal::new(false);
    Effect::new(move |_| {
        asked.track();
        fetch_into::<GetPasskeys>(found, (), Nothing {});
    });
    let ask = move || {
        let _ = asked.try_update(|times| *times += 1);
    };
    let again = Callback::new(move |()| {
        let _ = changed.try_set(true);
        ask();
    });
    move || match found.get() {
        Remote::Loading => view! { <Skeleton label=t("common.loading")/> }.into_any(),
        Remote::Failed(failure) if failure.is_not_found() => ().into_any(),
        Remote::Failed(failure) => words::failure(&failure, ask),
        Remote::Ready(found) => view! { <Inside found again changed/> }.into_any(),
    }
}

#[component]
fn Inside(found: PasskeysOut, again: Callback<()>, changed: RwSignal<bool>) -> impl IntoView {
    let heading = NodeRef::<leptos::html::H2>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get().filter(|_| changed.get_untracked()) {
            changed.set(false);
            let _ = heading.focus();
        }
    });
    let (fresh, supported) = (found.fresh, is_supported());
    let many = u32::try_from(found.passkeys.len()).unwrap_or(u32::MAX);
    let none = found.passkeys.is_empty().then(|| view! { <p class="soft">{t("passkeys.none")}</p> });
    let lines = found.passkeys.into_iter().map(|line| view! { <Line line fresh again/> }).collect_view();
    let list = none.is_none().then(|| view! { <ul class="tasklist">{lines}</ul> });
    let more = match (fresh, supported, many < found.most) {
        (false, ..) => view! { <SignInAgain/> }.into_any(),
        (_, false, _) => said(t("passkeys.device.not-supported")),
        (.., false) => said(t("passkeys.too-many")),
        _ => view! { <Add again/> }.into_any(),
    };
    view! {
        <section class="stack" aria-labelledby="passkeys">
            <h2 id="passkeys" tabindex="-1" node_ref=heading>{t("passkeys.title")}</h2>
            <p>{t("passkeys.lead")}</p>
            {none}
            {list}
            {more}
        </section>
    }
}

fn said(words: String) -> AnyView {
    view! { <Notice kind=NoticeKind::Info icon="info"><p>{words}</p></Notice> }.into_any()
}

/// Why nothing can be changed now, with the way to change that: this page comes back after it.
#[component]
fn SignInAgain() -> impl IntoView {
    let session = use_session();
    let leave = move |_| {
        spawn_local(async move {
            if session.end().await.is_err() {
                toast(t("common.sign-out-failed"));
            }
        });
    };
    view! {
        <Notice kind=NoticeKind::Info icon="lock">
            <p>{t("passkeys.not-fresh")}</p>
            <p>
                <button class="button button--secondary button--small" type="button" on:click=leave>
                    {t("passkeys.sign-in-again")}
                </button>
            </p>
        </Notice>
    }
}
