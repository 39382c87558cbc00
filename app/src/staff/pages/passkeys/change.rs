//! One passkey of the list: another name, and taking it away after a question.

use super::name::{NameField, usable};
use crate::api::client;
use crate::i18n::{date_and_time, t, t_with, timestamp_day};
use crate::staff::passkeys::change_failed;
use crate::state::use_session;
use crate::ui::{El, Host, button, dialog, el, toast};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{NamePasskey, Nothing, PasskeyLine, PasskeyName, RemovePasskey};
use skolstart_shared::id::PasskeyId;

/// The line. `fresh`: it can be changed now.
#[component]
pub(super) fn Line(line: PasskeyLine, fresh: bool, again: Callback<()>) -> impl IntoView {
    let renaming = RwSignal::new(false);
    let used = match line.used {
        Some(at) => t_with("passkeys.used", &[("when", &date_and_time(at))]),
        None => t("passkeys.not-used"),
    };
    let added = t_with("passkeys.when", &[("day", &timestamp_day(line.added))]);
    let until = t_with("passkeys.until", &[("day", &timestamp_day(line.until))]);
    let here = line.here.then(|| view! { <span class="task__note">{t("passkeys.here")}</span> });
    let (id, name) = (line.passkey, line.name.clone());
    let actions = fresh.then(|| {
        let which = [": ", &name].concat();
        let expanded = move || renaming.get().to_string();
        view! {
            <div class="task__actions">
                <button class="button button--secondary button--small" type="button" aria-expanded=expanded
                    on:click=move |_| renaming.update(|open| *open = !*open)>
                    {t("passkeys.rename")}<span class="visually-hidden">{which}</span>
                </button>
                <Host element=removing(id, &name, line.here, again)/>
            </div>
        }
    });
    let form = move || renaming.get().then(|| view! { <Rename id name=name.clone() renaming again/> });
    view! {
        <li class="task">
            <span class="task__link">
                <span class="task__name">{line.name}</span>
                <span class="task__note">{[added, used, until].join(" ")}</span>
                {here}
            </span>
            {actions}
            {form}
        </li>
    }
}

#[component]
fn Rename(id: PasskeyId, name: String, renaming: RwSignal<bool>, again: Callback<()>) -> impl IntoView {
    let session = use_session();
    let (typed, trouble) = (RwSignal::new(name), RwSignal::new(String::new()));
    let input = NodeRef::<leptos::html::Input>::new();
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(name) = usable(typed, trouble, input) else { return };
        spawn_local(async move {
            match client::call::<NamePasskey>(&id, &PasskeyName { name }).await {
                Ok(_) => {
                    toast(t("passkeys.renamed"));
                    again.run(());
                }
                Err(failure) => {
                    session.heed(&failure);
                    let _ = trouble.try_set(change_failed(&failure));
                }
            }
        });
    };
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            let _ = input.focus();
        }
    });
    let field = ["passkey-", &id.to_string()].concat();
    view! {
        <form class="stack stack--tight task__whole" on:submit=save novalidate>
            <NameField id=field label=t("passkeys.new-name") name=typed trouble input/>
            <div class="task__actions">
                <button class="button" type="submit">{t("staff.save")}</button>
                <button class="button button--quiet" type="button" on:click=move |_| renaming.set(false)>{t("staff.cancel")}</button>
            </div>
        </form>
    }
}

/// The button, and the question before it is done. Whoever is signed in with it is signed out.
fn removing(id: PasskeyId, name: &str, here: bool, again: Callback<()>) -> El {
    let session = use_session();
    let asking = RwSignal::new(false);
    let remove = move || {
        asking.set(false);
        spawn_local(async move {
            match client::call::<RemovePasskey>(&id, &Nothing {}).await {
                Err(failure) if !failure.is_not_found() => {
                    session.heed(&failure);
                    toast(change_failed(&failure));
                }
                // One that is gone is gone.
                _ => toast(t("passkeys.removed")),
            }
            again.run(());
        });
    };
    let open = button("button button--quiet button--small", &t("passkeys.remove"))
        .with(el("span", "visually-hidden").text(": ").text(name))
        .tap(move || asking.set(true));
    let text = if here { t("passkeys.remove-here") } else { t("passkeys.remove-text") };
    let yes = button("button button--danger", &t("passkeys.remove")).tap(remove);
    let no = button("button button--quiet", &t("staff.cancel")).tap(move || asking.set(false));
    let inside =
        El::several().with(el("p", "").text(&text)).with(el("div", "dialog__actions").with(yes).with(no));
    let heading = t_with("passkeys.remove-heading", &[("name", name)]);
    let id = ["passkey-remove-", &id.to_string()].concat();
    El::several().with(open).with(dialog(asking, &id, move || heading.clone(), inside))
}
