//! What nobody has to answer, and what was answered before and is not asked now: the lists of it, and the moment while one of the
//! forms is fetched.

use super::parts::{asked, h1, h2, link, page, waiting};
use super::{missing, not_found};
use crate::forms::StepKey;
use crate::guardian::Route;
use crate::guardian::work::Work;
use crate::i18n::t;
use crate::ui::{El, el, p};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{HomeOut, OfferOut};
use skolstart_shared::id::PersonId;

/// What is there for a child, or for the guardian herself: first what was answered before and can be changed.
pub(super) fn offers(home: &HomeOut, child: Option<PersonId>) -> El {
    let section = |answered: bool, heading: &str, lead: &str| {
        let is_it = |offer: &&OfferOut| offer.child == child && offer.answered == answered;
        let mut offers = home.offers.iter().filter(is_it).peekable();
        offers.peek()?;
        let section = el("section", "stack stack--tight offers").with(h2(heading)).with(p("soft", lead));
        Some(section.with(el("ul", "tasklist").all(offers.map(line))))
    };
    El::several().maybe(section(true, &t("answered.heading"), &t("answered.lead"))).maybe(section(
        false,
        &t("offers.heading"),
        &t("offers.lead"),
    ))
}

fn line(offer: &OfferOut) -> El {
    let step = StepKey { form: offer.form.clone(), act: offer.act.clone(), child: offer.child };
    let name = el("span", "task__name").text(&offer.title);
    el("li", "task").with(link(Route::Step(step), "task__link").with(name))
}

/// A step that is not there yet: fetched when its form is on offer and has not been fetched.
pub(in crate::guardian) fn opening(work: Work, step: &StepKey) -> El {
    let form = step.form.clone();
    let is_offered = work.home.with_untracked(|home| {
        home.ready().is_some_and(|home| home.offers.iter().any(|offer| offer.form == form))
    });
    let is_open = work.opened.with_untracked(|opened| opened.iter().any(|opened| opened.form.key == form));
    if !is_offered || is_open {
        return not_found();
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
    asked(fetch);
    page().part(move || match failed.get() {
        None => waiting(),
        Some(failure) => El::several().with(h1(&t("offers.failed"))).with(missing(&failure)),
    })
}
