//! What nobody has to answer: the list of it, and the moment while one of the forms is fetched.

use super::{NotFound, failure_text};
use crate::forms::StepKey;
use crate::guardian::Route;
use crate::guardian::work::Work;
use crate::i18n::t;
use crate::live::{part, tap};
use crate::router::Link;
use crate::ui::{Notice, NoticeKind, Skeleton};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{HomeOut, OfferOut};
use skolstart_shared::id::PersonId;

/// What is there for a child, or for the guardian herself.
pub(super) fn offers(home: &HomeOut, child: Option<PersonId>) -> Option<impl IntoView + use<>> {
    let lines: Vec<_> = home.offers.iter().filter(|offer| offer.child == child).map(line).collect();
    (!lines.is_empty()).then(|| {
        view! {
            <section class="stack stack--tight offers">
                <h2>{t("offers.heading")}</h2>
                <p class="soft">{t("offers.lead")}</p>
                <ul class="tasklist">{lines}</ul>
            </section>
        }
    })
}

fn line(offer: &OfferOut) -> impl IntoView + use<> {
    let step = StepKey { form: offer.form.clone(), act: offer.act.clone(), child: offer.child };
    let title = offer.title.clone();
    view! {
        <li class="task">
            <Link<Route> to=Route::Step(step) class="task__link"><span class="task__name">{title}</span></Link<Route>>
        </li>
    }
}

/// A step that is not there yet: fetched when its form is on offer and has not been fetched.
pub(super) fn opening(work: Work, step: &StepKey) -> AnyView {
    let form = step.form.clone();
    let is_offered = work.home.with_untracked(|home| {
        home.ready().is_some_and(|home| home.offers.iter().any(|offer| offer.form == form))
    });
    let is_open = work.opened.with_untracked(|opened| opened.iter().any(|opened| opened.form.key == form));
    if !is_offered || is_open {
        return view! { <NotFound/> }.into_any();
    }
    let failed = RwSignal::new(None);
    let fetch = move || {
        failed.set(None);
        let form = form.clone();
        spawn_local(async move {
            // The page may have been left meanwhile.
            if let Err(failure) = work.open(form).await {
                failed.try_set(Some(failure));
            }
        });
    };
    fetch();
    view! {
        <main class="page" id="main" tabindex="-1">
            {part(move || match failed.get() {
                None => view! { <Skeleton label=t("common.loading")/> }.into_any(),
                Some(failure) => {
                    let again = fetch.clone();
                    view! {
                        <h1>{t("offers.failed")}</h1>
                        <Notice kind=NoticeKind::Error><p>{failure_text(&failure)}</p></Notice>
                        <button class="button" type="button" on:click=tap(move |_| again())>{t("common.try-again")}</button>
                    }.into_any()
                }
            })}
        </main>
    }
    .into_any()
}
