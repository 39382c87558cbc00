//! The page: the forms that are published, the drafts, and beginning on a new one.

use super::import::import;
use super::words;
use crate::api::{ApiFailure, client, new_id};
use crate::i18n::{date_and_time, locale_now, number, t, t_with};
use crate::router::{Link, Router, page_title, use_router};
use crate::staff::pages::inventory::saving_failed;
use crate::staff::routes::Route;
use crate::staff::words as staff_words;
use crate::state::{Remote, Session, clock, fetch_into, use_session};
use crate::ui::{Empty, TableSkeleton, toast};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{
    DraftIn, DraftLine, FormsOut, GetPublishedForm, ListForms, Nothing, PublishedForm, PutDraft,
};
use skolstart_shared::form::builder::{DraftState, free_key, new_form};
use skolstart_shared::form::{FormDefinition, FormKey, FormRef, Texts};
use skolstart_shared::id::DraftId;

/// What the parts of the page share. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Shelf {
    pub(super) forms: RwSignal<Remote<FormsOut>>,
    router: Router<Route>,
    session: Session,
}

impl Shelf {
    /// The keys that are taken: of published forms and of drafts.
    pub(super) fn taken(self) -> Vec<String> {
        self.forms.with_untracked(|forms| {
            let forms = forms.ready();
            let published =
                forms.iter().flat_map(|forms| forms.published.iter().map(|form| form.form.key.0.clone()));
            let drafts = forms.iter().flat_map(|forms| forms.drafts.iter().map(|draft| draft.key.0.clone()));
            published.chain(drafts).collect()
        })
    }

    /// Saves a form as a new draft and opens it. A draft of the same form that is there already is opened instead.
    pub(super) fn begin(self, form: FormDefinition) {
        let there = self.forms.with_untracked(|forms| {
            forms.ready()?.drafts.iter().find(|draft| draft.key == form.key).map(|draft| draft.id)
        });
        if let Some(draft) = there {
            return self.router.go(&Route::Draft(draft));
        }
        let Some(id) = new_id::<DraftId>(clock::now()) else { return };
        spawn_local(async move {
            match client::call::<PutDraft>(&id, &DraftIn { base: 0, form }).await {
                Ok(_) => self.router.go(&Route::Draft(id)),
                Err(failure) => self.failed(&failure),
            }
        });
    }

    pub(super) fn failed(self, failure: &ApiFailure) {
        self.session.heed(failure);
        toast(saving_failed(failure));
    }

    /// Begins the next version of a published form.
    fn next_version(self, form: FormRef) {
        spawn_local(async move {
            match client::call::<GetPublishedForm>(&(form.key, form.version), &Nothing {}).await {
                Ok(mut form) => {
                    // Said of each version anew.
                    form.acts.iter_mut().for_each(|act| act.reworded = false);
                    self.begin(form);
                }
                Err(failure) => self.failed(&failure),
            }
        });
    }
}

/// The forms and drafts.
#[component]
pub(crate) fn BuilderPage() -> impl IntoView {
    let forms = RwSignal::new(Remote::Loading);
    let shelf = Shelf { forms, router: use_router::<Route>(), session: use_session() };
    let ask = move || fetch_into::<ListForms>(forms, (), Nothing {});
    ask();
    page_title(|| t("builder.title"));
    let body = move || {
        forms.with(|forms| match forms {
            Remote::Ready(found) => {
                view! { {drafts(&found.drafts)} {published(shelf, &found.published)} }.into_any()
            }
            Remote::Failed(failure) => staff_words::failure(failure, ask),
            Remote::Loading => view! { <TableSkeleton label=t("common.loading") rows=8/> }.into_any(),
        })
    };
    let is_nothing =
        move || forms.with(|forms| matches!(forms, Remote::Failed(failure) if failure.is_not_found()));
    view! {
        <header class="desk__head" hidden=is_nothing>
            <div class="pagehead"><h1>{t("builder.title")}</h1><p class="soft">{t("builder.intro")}</p></div>
            <Link<Route> to=Route::Rounds class="button button--secondary">{t("rounds.title")}</Link<Route>>
        </header>
        <div hidden=is_nothing>{begin(shelf)}</div>
        {body}
    }
}

/// Beginning on a form from nothing, or from a file.
fn begin(shelf: Shelf) -> AnyView {
    let title = RwSignal::new(String::new());
    let start = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let words = title.get_untracked().trim().to_owned();
        if words.is_empty() {
            return super::bench::focus_later("new-form".to_owned());
        }
        let key = FormKey(free_key(&words, &shelf.taken()));
        shelf.begin(new_form(key, Texts([(locale_now(), words)].into())));
    };
    view! {
        <section class="card" aria-labelledby="begin">
            <h2 id="begin">{t("builder.begin")}</h2>
            <form class="toolbar" on:submit=start>
                <div class="field builder__new">
                    <label class="field__label" for="new-form">{t("builder.form-title")}</label>
                    <input class="input" id="new-form" autocomplete="off" prop:value=title on:input=move |event| title.set(event_target_value(&event))/>
                </div>
                <button class="button" type="submit">{t("builder.begin-empty")}</button>
            </form>
            {import(shelf)}
        </section>
    }
    .into_any()
}

fn drafts(all: &[DraftLine]) -> AnyView {
    if all.is_empty() {
        return view! { <Empty drawing="pencil" heading=t("builder.no-drafts") text=t("builder.no-drafts-text")/> }.into_any();
    }
    let row = |draft: &DraftLine| {
        let state = match (draft.state, draft.mine) {
            (DraftState::Asked, true) => t("builder.state.asked-mine"),
            (state, _) => words::draft_state(state),
        };
        let title = if draft.title.trim().is_empty() { t("builder.no-words") } else { draft.title.clone() };
        view! {
            <tr class="table__row">
                <th scope="row"><Link<Route> to=Route::Draft(draft.id) class="table__name">{title}</Link<Route>></th>
                <td>{t_with("builder.version", &[("n", &number(draft.version.into()))])}</td>
                <td>{state}</td>
                <td>{date_and_time(draft.changed)}</td>
            </tr>
        }
    };
    view! {
        <div class="tablewrap" tabindex="0" role="region" aria-labelledby="drafts">
            <table class="table">
                <caption class="table__caption" id="drafts">{t("builder.drafts")}</caption>
                <thead><tr>
                    <th scope="col">{t("builder.form-title")}</th><th scope="col">{t("builder.version-head")}</th>
                    <th scope="col">{t("builder.state-head")}</th><th scope="col">{t("builder.changed-head")}</th>
                </tr></thead>
                <tbody>{all.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn published(shelf: Shelf, all: &[PublishedForm]) -> AnyView {
    let row = |form: &PublishedForm| {
        let reference = form.form.clone();
        let next = move |_| shelf.next_version(reference.clone());
        let place = if form.on_demand { t("builder.stands-beside") } else { t("builder.asked-in-rounds") };
        let about = [" ", &form.title].concat();
        view! {
            <tr class="table__row">
                <th scope="row">{form.title.clone()}</th>
                <td>{t_with("builder.version", &[("n", &number(form.form.version.into()))])}</td>
                <td class="table__num">{number(form.questions.into())}</td>
                <td>{place}</td>
                <td>
                    <button class="button button--quiet button--small" type="button" on:click=next>
                        {t("builder.next-version")}<span class="visually-hidden">{about}</span>
                    </button>
                </td>
            </tr>
        }
    };
    view! {
        <div class="tablewrap" tabindex="0" role="region" aria-labelledby="published">
            <table class="table">
                <caption class="table__caption" id="published">{t("builder.published")}</caption>
                <thead><tr>
                    <th scope="col">{t("builder.form-title")}</th><th scope="col">{t("builder.version-head")}</th>
                    <th scope="col" class="table__num">{t("builder.questions-head")}</th><th scope="col">{t("builder.place-head")}</th>
                    <th scope="col"><span class="visually-hidden">{t("builder.next-version")}</span></th>
                </tr></thead>
                <tbody>{all.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
