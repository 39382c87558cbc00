//! In a demo: whom to be. Called by `sign_in`. A release has `no_personas` in its place.

use crate::api::client;
use crate::i18n::t;
use crate::state::use_session;
use crate::ui::{Drawing, toast};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{ListPersonas, Nothing, Persona, PersonaKind, SignInAsPersona};
use skolstart_shared::id::PersonId;

/// Whom one can be here.
#[derive(Clone)]
pub(super) struct Personas(Vec<Persona>);

impl Personas {
    /// Asks the server. Nobody where it is no demo.
    pub(super) async fn ask() -> Self {
        Self(client::call::<ListPersonas>(&(), &Nothing {}).await.unwrap_or_default())
    }

    /// True where there is nobody to be.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Staff as a list of buttons, under a heading. `alone`: nothing stands above it.
    pub(super) fn choose(self, alone: bool) -> AnyView {
        view! { <Choose personas=self alone/> }.into_any()
    }
}

#[component]
fn Choose(personas: Personas, alone: bool) -> impl IntoView {
    let heading = || t("staff.sign-in.demo");
    let heading = match alone {
        true => view! { <h1>{heading()}</h1> }.into_any(),
        false => view! { <h2>{heading()}</h2> }.into_any(),
    };
    let staff = personas.0.into_iter().filter(|persona| persona.kind == PersonaKind::Staff);
    view! {
        <div class="withdrawing">
            <header class="pagehead">
                {heading}
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
