//! Sign in. In the demo: choose whom to be. The real sign-in comes behind the same page.

use super::failure_text;
use crate::api::client;
use crate::guardian::Route;
use crate::guardian::work::use_work;
use crate::i18n::{locale, t};
use crate::live::{part, tap, whenever, words};
use crate::router::{page_title, use_router};
use crate::state::{Remote, use_session};
use crate::ui::{Drawing, Notice, NoticeKind, Skeleton, toast};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{ListPersonas, Nothing, Persona, PersonaKind, SignInAsPersona};
use skolstart_shared::id::PersonId;

/// The page.
#[component]
pub(in crate::guardian) fn SignIn() -> impl IntoView {
    page_title(|| t("sign-in.heading"));
    let personas = RwSignal::new(Remote::Loading);
    whenever(move || {
        // The texts about the personas are in the language of the request.
        locale();
        spawn_local(async move {
            let answer = client::call::<ListPersonas>(&(), &Nothing {}).await;
            let _ = personas.try_set(answer.map_or_else(Remote::Failed, Remote::Ready));
        });
    });
    view! {
        <main class="page" id="main" tabindex="-1">
            <div class="withdrawing">
                <header class="pagehead">
                    <h1>{words(|| t("sign-in.heading"))}</h1>
                    <p class="lead">{words(|| t("sign-in.lead"))}</p>
                </header>
                <Drawing name="pencil"/>
            </div>
            {part(move || match personas.get() {
                Remote::Loading => view! { <Skeleton label=t("common.loading")/> }.into_any(),
                Remote::Failed(failure) => {
                    let text = if failure.is_not_found() { t("sign-in.none") } else { failure_text(&failure) };
                    view! { <Notice kind=NoticeKind::Info><p>{text}</p></Notice> }.into_any()
                }
                Remote::Ready(personas) => list(personas).into_any(),
            })}
        </main>
    }
}

fn list(personas: Vec<Persona>) -> impl IntoView {
    let router = use_router::<Route>();
    let session = use_session();
    let work = use_work();
    let choose = move |person: PersonId| {
        spawn_local(async move {
            if let Err(failure) = client::call::<SignInAsPersona>(&person, &Nothing {}).await {
                return toast(failure_text(&failure));
            }
            let before = session.person().map(|before| before.person);
            if before.is_some_and(|before| before != person) {
                work.end().await;
            }
            session.load().await;
            if before == Some(person) {
                work.load();
            }
            if router.get_untracked() == Some(Route::SignIn) {
                router.go(&Route::Home);
            }
        });
    };
    let guardians = personas.into_iter().filter(|persona| persona.kind == PersonaKind::Guardian);
    let item = move |persona: Persona| {
        let initials: String =
            persona.name.split(' ').filter_map(|part| part.chars().next()).take(2).collect();
        let person = persona.person;
        view! {
            <li><button class="persona" type="button" on:click=tap(move |_| choose(person))>
                <span class="persona__face" aria-hidden="true">{initials}</span>
                <span class="persona__name">{persona.name}</span>
                <span class="persona__role">{persona.about}</span>
            </button></li>
        }
    };
    view! { <ul class="personas">{guardians.map(item).collect_view()}</ul> }
}
