//! The page where one form is built.

use super::act::act_panel;
use super::bench::{Bench, Tab};
use super::checks::{checks, errors, findings};
use super::field::field_panel;
use super::import::export;
use super::inputs::{pair, text_at, tick};
use super::outline::outline;
use super::preview::{beside, preview};
use super::publish::publish;
use super::saving::Kept;
use crate::api::client;
use crate::i18n::{clock_time, locale, number, t, t_with};
use crate::router::{Link, page_title, use_router};
use crate::staff::pages::inventory::saving_failed;
use crate::staff::routes::Route;
use crate::staff::words;
use crate::state::{Remote, fetch_into};
use crate::ui::{Icon, Notice, NoticeKind, Skeleton, toast};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{DiscardDraft, DiscardIn, DraftOut, GetCatalogue, GetDraft, Nothing};
use skolstart_shared::form::FormDefinition;
use skolstart_shared::form::builder::Spot;
use skolstart_shared::form::check::Finding;
use skolstart_shared::id::DraftId;

/// A draft.
#[component]
pub(crate) fn DraftPage(draft: DraftId) -> impl IntoView {
    let found = RwSignal::new(Remote::<DraftOut>::Loading);
    let catalogue = RwSignal::new(Remote::Loading);
    let ask = move || fetch_into::<GetDraft>(found, draft, Nothing {});
    ask();
    fetch_into::<GetCatalogue>(catalogue, (), Nothing {});
    page_title(|| t("builder.title"));
    move || match found.get() {
        Remote::Ready(draft) => untrack(|| room(Bench::new(draft, catalogue))),
        Remote::Failed(failure) => words::failure(&failure, ask),
        Remote::Loading => view! { <Skeleton label=t("common.loading")/> }.into_any(),
    }
}

fn room(bench: Bench) -> AnyView {
    let found = findings(bench);
    let title = move || {
        let title = bench.form.with(|form| form.title.get(locale()).to_owned());
        if title.trim().is_empty() { t("builder.no-words") } else { title }
    };
    let body = move || match bench.tab.get() {
        Tab::Build => build(bench),
        Tab::Try => preview(bench),
        Tab::Check => checks(bench, found),
        Tab::Publish => publish(bench, found),
    };
    view! {
        <header class="desk__head">
            <div class="pagehead">
                <p class="crumbs"><Link<Route> to=Route::Builder>{t("builder.title")}</Link<Route>></p>
                <h1>{title}</h1>
                {kept(bench)}
            </div>
        </header>
        {conflict(bench)}
        {tabs(bench, found)}
        {body}
    }
    .into_any()
}

fn tabs(bench: Bench, found: Memo<Vec<Finding>>) -> AnyView {
    let tab = move |tab: Tab, words: String, count: Option<Memo<String>>| {
        let pressed = move || if bench.tab.get() == tab { "true" } else { "false" };
        view! {
            <button class="chip" type="button" aria-pressed=pressed on:click=move |_| bench.tab.set(tab)>
                {words}{count.map(|count| view! { " "<b>{count}</b> })}
            </button>
        }
    };
    let wrong = Memo::new(move |_| number(found.with(|found| errors(found)) as u64));
    view! {
        <div class="chips" role="group" aria-label=t("builder.views")>
            {tab(Tab::Build, t("builder.tab.build"), None)}
            {tab(Tab::Try, t("builder.tab.try"), None)}
            {tab(Tab::Check, t("builder.tab.check"), Some(wrong))}
            {tab(Tab::Publish, t("builder.tab.publish"), None)}
        </div>
    }
    .into_any()
}

/// Where what was typed is right now.
fn kept(bench: Bench) -> AnyView {
    let said = move || match bench.saver.kept.get() {
        Kept::Saved => t_with("builder.kept.saved", &[("time", &clock_time(bench.saver.at.get()))]),
        Kept::Saving => t("builder.kept.saving"),
        Kept::Offline => t("builder.kept.offline"),
        Kept::Stale => t("builder.kept.stale"),
        Kept::Closed => t("builder.kept.closed"),
        Kept::Failed(failure) => saving_failed(&failure),
    };
    let icon = move || match bench.saver.kept.get() {
        Kept::Saved => view! { <Icon name="check"/> }.into_any(),
        Kept::Saving => view! { <Icon name="clock"/> }.into_any(),
        _ => view! { <Icon name="warning"/> }.into_any(),
    };
    view! { <p class="savestate" role="status">{icon}{said}</p> }.into_any()
}

/// Two have written at the same time: both are there, and one chooses.
fn conflict(bench: Bench) -> AnyView {
    let take_theirs = move |overwrite: bool| {
        let id = bench.saver.id;
        spawn_local(async move {
            match client::call::<GetDraft>(&id, &Nothing {}).await {
                Ok(theirs) if overwrite => bench.saver.overwrite(theirs.revision),
                Ok(theirs) => bench.replace(theirs),
                Err(failure) => {
                    bench.saver.session.heed(&failure);
                    toast(saving_failed(&failure));
                }
            }
        });
    };
    let mine = move |_| export(&bench.file());
    let notice = move || {
        (bench.saver.kept.get() == Kept::Stale).then(|| view! {
            <Notice kind=NoticeKind::Error>
                <p><b>{t("builder.conflict.heading")}</b>" "{t("builder.conflict.text")}</p>
                <p class="toolbar">
                    <button class="button button--small" type="button" on:click=move |_| take_theirs(false)>{t("builder.conflict.theirs")}</button>
                    <button class="button button--secondary button--small" type="button" on:click=move |_| take_theirs(true)>{t("builder.conflict.mine")}</button>
                    <button class="button button--quiet button--small" type="button" on:click=mine>{t("builder.export")}</button>
                </p>
            </Notice>
        })
    };
    view! { {notice} }.into_any()
}

fn build(bench: Bench) -> AnyView {
    let panel = move || {
        bench.shape.track();
        let spot = bench.chosen.get();
        untrack(|| editor(bench, &spot))
    };
    let class = move || if bench.beside.get() { "bench bench--beside" } else { "bench" };
    let seen = move || bench.beside.get().then(|| untrack(|| beside(bench)));
    let show = tick(t("builder.try.beside"), None, bench.beside.get_untracked(), move |yes| {
        bench.beside.set(yes);
    });
    view! { <div class="toolbar">{show}</div><div class=class>{outline(bench)}{panel}{seen}</div> }.into_any()
}

fn editor(bench: Bench, spot: &Spot) -> AnyView {
    let (heading, inside) = match (spot.act, spot.path.is_empty()) {
        (None, _) => (t("builder.whole-form"), whole(bench)),
        (Some(_), true) => (t("builder.part"), act_panel(bench, spot)),
        (Some(_), false) => (t("builder.question"), field_panel(bench, spot)),
    };
    view! {
        <section class="card bench__panel" aria-labelledby="bench-heading">
            <h2 id="bench-heading" tabindex="-1">{heading}</h2>
            {inside}
        </section>
    }
    .into_any()
}

/// The form itself.
fn whole(bench: Bench) -> AnyView {
    let title = text_at(|form: &mut FormDefinition| Some(&mut form.title));
    let intro = text_at(|form: &mut FormDefinition| Some(&mut form.intro));
    let save = move |_| export(&bench.file());
    let router = use_router::<Route>();
    let discard = move |_| {
        let (id, revision) = (bench.saver.id, bench.saver.revision());
        spawn_local(async move {
            match client::call::<DiscardDraft>(&id, &DiscardIn { revision }).await {
                Ok(_) => {
                    bench.saver.kept.set(Kept::Closed);
                    toast(t("builder.discarded"));
                    router.go(&Route::Builder);
                }
                Err(failure) => {
                    bench.saver.session.heed(&failure);
                    toast(saving_failed(&failure));
                }
            }
        });
    };
    let sure = RwSignal::new(false);
    let ask = move || {
        if sure.get() {
            view! {
                <button class="button button--danger button--small" type="button" on:click=discard>{t("builder.discard-sure")}</button>
                <button class="button button--quiet button--small" type="button" on:click=move |_| sure.set(false)>{t("staff.cancel")}</button>
            }
            .into_any()
        } else {
            view! { <button class="button button--quiet button--small" type="button" on:click=move |_| sure.set(true)>{t("builder.discard")}</button> }
                .into_any()
        }
    };
    view! {
        <div class="stack">
            {pair(bench, t("builder.form-title"), None, false, title)}
            {pair(bench, t("builder.form-intro"), Some(t("builder.form-intro-help")), true, intro)}
            <p class="toolbar">
                <button class="button button--secondary button--small" type="button" on:click=save>{t("builder.export")}</button>
                {ask}
            </p>
        </div>
    }
    .into_any()
}
