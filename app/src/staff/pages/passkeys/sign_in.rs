//! Signing in with a passkey, where the municipality has them and the browser can.

use crate::api::client;
use crate::i18n::t;
use crate::staff::passkeys::{device_failed, get, sign_in_failed};
use crate::state::use_session;
use crate::ui::{Notice, NoticeKind};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{BeginPasskeySignIn, Nothing, PasskeyProof, SignInWithPasskey};

/// The button, and why nobody was signed in.
#[component]
pub(in crate::staff::pages) fn WithPasskey() -> impl IntoView {
    let session = use_session();
    let (why, busy) = (RwSignal::new(String::new()), RwSignal::new(false));
    let enter = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        why.set(String::new());
        spawn_local(async move {
            match signed_in().await {
                Ok(()) => session.load().await,
                Err(words) => {
                    let _ = why.try_set(words);
                }
            }
            let _ = busy.try_set(false);
        });
    };
    let told = move || {
        let words = why.get();
        (!words.is_empty())
            .then(|| view! { <Notice kind=NoticeKind::Error icon="info"><p>{words}</p></Notice> })
    };
    view! {
        <p>
            <button class="button button--secondary" type="button" on:click=enter
                aria-disabled=move || busy.get().to_string()>{t("passkeys.sign-in")}</button>
        </p>
        <div role="alert">{told}</div>
    }
}

async fn signed_in() -> Result<(), String> {
    let failed = |failure| sign_in_failed(&failure);
    let asked = client::call::<BeginPasskeySignIn>(&(), &Nothing {}).await.map_err(failed)?;
    let credential = get(&asked.options).await.map_err(device_failed)?;
    client::call::<SignInWithPasskey>(&(), &PasskeyProof { credential }).await.map_err(failed)?;
    Ok(())
}
