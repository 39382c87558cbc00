//! In a demo: whom to be. Called by `sign_in`. A release has `no_personas` in its place.

use super::failure_text;
use crate::api::client;
use crate::guardian::Route;
use crate::guardian::work::use_work;
use crate::router::use_router;
use crate::state::use_session;
use crate::ui::{El, button, el, toast};
use leptos::task::spawn_local;
use skolstart_shared::api::{ListPersonas, Nothing, Persona, PersonaKind, SignInAsPersona};
use skolstart_shared::id::PersonId;

/// Whom one can be here.
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

    /// Guardians as a list of buttons.
    pub(super) fn list(&self) -> El {
        let guardians = self.0.iter().filter(|persona| persona.kind == PersonaKind::Guardian);
        el("ul", "personas").all(guardians.map(item))
    }
}

fn item(persona: &Persona) -> El {
    let choose = choosing(persona.person);
    let initials: String = persona.name.split(' ').filter_map(|part| part.chars().next()).take(2).collect();
    let face = el("span", "persona__face").attr("aria-hidden", "true").text(&initials);
    let button = button("persona", "")
        .with(face)
        .with(el("span", "persona__name").text(&persona.name))
        .with(el("span", "persona__role").text(&persona.about));
    el("li", "").with(button.tap(choose))
}

fn choosing(person: PersonId) -> impl Fn() + use<> {
    let (router, session, work) = (use_router::<Route>(), use_session(), use_work());
    move || {
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
    }
}
