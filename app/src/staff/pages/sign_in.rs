//! Signing in. In the demo one chooses a person; where the server has no personas, this page says that sign-in is not
//! set up. The real sign-in takes the place of [`Personas`] and leaves the rest.

use crate::api::client;
use crate::i18n::t;
use crate::router::page_title;
use crate::staff::shell::{StaffLanguage, ThemeSwitch};
use crate::staff::words;
use crate::state::{Remote, fetch_into, use_session};
use crate::ui::{Brand, Drawing, Empty, Skeleton, toast};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{ListPersonas, Nothing, Persona, PersonaKind, SignInAsPersona};
use skolstart_shared::id::PersonId;

/// Shown in the place of any page while nobody is signed in; the address stays, so signing in leads to it.
#[component]
pub(crate) fn SignIn() -> impl IntoView {
    page_title(|| t("staff.sign-in.title"));
    view! {
        <nav class="rail" aria-label=t("staff.rail.label")>
            <Brand href="/personal/"/>
            <div class="rail__foot"><StaffLanguage/><ThemeSwitch/></div>
        </nav>
        <main class="desk" id="main" tabindex="-1">
            <Personas/>
        </main>
    }
}

#[component]
fn Personas() -> impl IntoView {
    let personas = RwSignal::new(Remote::Loading);
    let ask = move || fetch_into::<ListPersonas>(personas, (), Nothing {});
    ask();
    let list = move || match personas.get() {
        Remote::Loading => {
            view! { <h1>{t("staff.sign-in.title")}</h1><Skeleton label=t("common.loading")/> }.into_any()
        }
        Remote::Failed(failure) if failure.is_not_found() => view! {
            <h1>{t("staff.sign-in.title")}</h1>
            <Empty drawing="door" heading=t("staff.sign-in.none") text=t("staff.sign-in.none-text")/>
        }
        .into_any(),
        Remote::Failed(failure) => view! {
            <h1>{t("staff.sign-in.title")}</h1>
            {words::failure(&failure, ask)}
        }
        .into_any(),
        Remote::Ready(personas) => view! { <Choose personas/> }.into_any(),
    };
    view! { <div class="stack">{list}</div> }
}

#[component]
fn Choose(personas: Vec<Persona>) -> impl IntoView {
    let staff = personas.into_iter().filter(|persona| persona.kind == PersonaKind::Staff);
    view! {
        <div class="withdrawing">
            <header class="pagehead">
                <h1>{t("staff.sign-in.demo")}</h1>
                <p class="lead">{t("staff.sign-in.demo-text")}</p>
            </header>
            <Drawing name="pencil"/>
        </div>
        <ul class="personas">{staff.map(|persona| view! { <li><Face persona/></li> }).collect_view()}</ul>
    }
}

#[component]
fn Face(persona: Persona) -> impl IntoView {
    let session = use_session();
    let initials: String = persona.name.split(' ').filter_map(|word| word.chars().next()).take(2).collect();
    let person = persona.person;
    let enter = move |_| {
        spawn_local(async move {
            if !sign_in_as(person).await {
                toast(t("staff.sign-in.failed"));
                return;
            }
            session.load().await;
        });
    };
    view! {
        <button class="persona" type="button" on:click=enter>
            <span class="persona__face" aria-hidden="true">{initials}</span>
            <span class="persona__name">{persona.name}</span>
            <span class="persona__role">{persona.about}</span>
        </button>
    }
}

async fn sign_in_as(person: PersonId) -> bool {
    client::call::<SignInAsPersona>(&person, &Nothing {}).await.is_ok()
}
