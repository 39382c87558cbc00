//! Adding one: a name, the browser's own question, and the server's yes.

use super::name::{NameField, usable};
use crate::api::{ApiFailure, client, new_id};
use crate::i18n::t;
use crate::staff::passkeys::{adding_failed, create, device_failed};
use crate::state::{Session, clock, use_session};
use crate::ui::toast;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{AddPasskey, BeginPasskey, Nothing, PasskeyIn};
use skolstart_shared::id::PasskeyId;

/// What the form holds. Copy it freely.
#[derive(Clone, Copy)]
struct Adding {
    name: RwSignal<String>,
    trouble: RwSignal<String>,
    input: NodeRef<Input>,
    /// The browser is asking, or the server is.
    busy: RwSignal<bool>,
    /// What the device has made and nobody knows whether the server has. It is sent again, and the device is not asked twice.
    made: RwSignal<Option<(PasskeyId, String)>>,
    session: Session,
    again: Callback<()>,
}

impl Adding {
    fn submit(self) {
        if self.busy.get_untracked() {
            return;
        }
        let Some(name) = usable(self.name, self.trouble, self.input) else { return };
        self.busy.set(true);
        self.trouble.set(String::new());
        spawn_local(async move {
            let why = self.add(name).await.err().unwrap_or_default();
            // The page may be gone.
            let _ = self.trouble.try_set(why);
            let _ = self.busy.try_set(false);
        });
    }

    /// Adds it, or says why not.
    async fn add(self, name: String) -> Result<(), String> {
        let (id, credential) = match self.made.get_untracked() {
            Some(made) => made,
            None => self.make().await?,
        };
        let sent = PasskeyIn { name, credential: credential.clone() };
        let answer = client::call::<AddPasskey>(&id, &sent).await;
        let keeps = match &answer {
            Err(ApiFailure::Offline | ApiFailure::Busy(_) | ApiFailure::SignedOut) => true,
            Err(ApiFailure::Refused(error)) => error.violations.iter().any(|wrong| wrong.path == "name"),
            _ => false,
        };
        let _ = self.made.try_set(keeps.then_some((id, credential)));
        if let Err(failure) = answer {
            self.session.heed(&failure);
            return Err(adding_failed(&failure));
        }
        let _ = self.name.try_set(String::new());
        toast(t("passkeys.added"));
        self.again.run(());
        Ok(())
    }

    async fn make(self) -> Result<(PasskeyId, String), String> {
        let asked = client::call::<BeginPasskey>(&(), &Nothing {}).await.map_err(|failure| {
            self.session.heed(&failure);
            adding_failed(&failure)
        })?;
        let credential = create(&asked.options).await.map_err(device_failed)?;
        let id = new_id(clock::now()).ok_or_else(|| t("common.error.unexpected"))?;
        Ok((id, credential))
    }
}

/// The form.
#[component]
pub(super) fn Add(again: Callback<()>) -> impl IntoView {
    let (name, trouble, input, busy, made) = Default::default();
    let adding = Adding { name, trouble, input, busy, made, session: use_session(), again };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        adding.submit();
    };
    view! {
        <form class="stack stack--tight" on:submit=submit novalidate>
            <NameField id="passkey-name".to_owned() label=t("passkeys.name") help=t("passkeys.name-help") name trouble input/>
            <p>
                <button class="button" type="submit" aria-disabled=move || busy.get().to_string()>
                    {t("passkeys.add")}
                </button>
            </p>
            <p class="soft" role="status">{move || busy.get().then(|| t("passkeys.waiting"))}</p>
        </form>
    }
}
