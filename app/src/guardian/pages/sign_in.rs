//! Sign in. In the demo: choose whom to be. The real sign-in comes behind the same page.

use super::failure_text;
use super::parts::{drawn_head, page, says, waiting};
use crate::api::client;
use crate::guardian::Route;
use crate::guardian::work::use_work;
use crate::i18n::{locale, t};
use crate::live::whenever;
use crate::router::{page_title, use_router};
use crate::state::{Remote, use_session};
use crate::ui::{El, NoticeKind, button, el, toast};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{ListPersonas, Nothing, Persona, PersonaKind, SignInAsPersona};
use skolstart_shared::id::PersonId;

/// The page.
pub(in crate::guardian) fn sign_in() -> El {
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
    let head = el("header", "pagehead")
        .with(el("h1", "").words(|| t("sign-in.heading")))
        .with(el("p", "lead").words(|| t("sign-in.lead")));
    page().with(drawn_head(head, "pencil")).part(move || {
        personas.with(|personas| match personas {
            Remote::Loading => waiting(),
            Remote::Failed(failure) => {
                let text = if failure.is_not_found() { t("sign-in.none") } else { failure_text(failure) };
                says(NoticeKind::Info, &text)
            }
            Remote::Ready(personas) => list(personas),
        })
    })
}

fn list(personas: &[Persona]) -> El {
    let guardians = personas.iter().filter(|persona| persona.kind == PersonaKind::Guardian);
    el("ul", "personas").all(guardians.map(item))
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
