//! What the school calls a hidden child: setting, changing and taking away its alias.

use super::sending::Names;
use crate::i18n::t;
use crate::staff::once::Trouble;
use crate::staff::pages::inventory::Input;
use leptos::prelude::*;
use skolstart_shared::api::{AliasIn, AliasOut, AliasStep};
use skolstart_shared::id::ChangeId;
use skolstart_shared::people::{ALIAS_MARK, AliasFault};

/// `stands`: what the child is called now.
#[component]
pub(super) fn SchoolName(stands: Option<AliasOut>, names: Names) -> impl IntoView {
    names.begin_with(stands.as_ref().map(|stands| &stands.alias));
    let now = match &stands {
        Some(AliasOut { alias, .. }) => {
            let name = [alias.given.as_str(), alias.family.as_str(), ALIAS_MARK].join(" ");
            view! { <p><b>{name}</b></p> }.into_any()
        }
        None => view! { <p class="soft">{t("staff.alias.none")}</p> }.into_any(),
    };
    let seen = stands.as_ref().map(|stands| stands.change);
    let clear = stands.is_some().then(|| {
        let clear = move |_| names.send(AliasIn { step: AliasStep::Clear, seen });
        view! { <button class="button button--secondary button--small" type="button" on:click=clear>{t("staff.alias.clear")}</button> }
    });
    let summary = if stands.is_some() { t("staff.alias.change") } else { t("staff.alias.set") };
    // What was typed stays when it was not taken, also when somebody else has set another alias meanwhile.
    let open = names.is_changed(stands.map(|stands| stands.alias).as_ref());
    view! {
        <h3>{t("staff.alias.title")}</h3>
        <p class="soft">{t("staff.alias.text")}</p>
        {now}
        <details open=open>
            <summary>{summary}</summary>
            <Fields names seen/>
        </details>
        <Trouble said=names.once.trouble/>
        <p>{clear}</p>
    }
}

#[component]
fn Fields(names: Names, seen: Option<ChangeId>) -> impl IntoView {
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let alias = names.typed();
        match alias.check() {
            Ok(()) => names.send(AliasIn { step: AliasStep::Set(alias), seen }),
            Err(fault) => names.once.trouble.set(why(fault)),
        }
    };
    view! {
        <form class="stack stack--tight" novalidate on:submit=send>
            <Input label=t("staff.alias.given") help=t("staff.alias.help") value=names.given/>
            <Input label=t("staff.alias.family") value=names.family/>
            <p><button class="button button--small" type="submit">{t("staff.alias.save")}</button></p>
        </form>
    }
}

fn why(fault: AliasFault) -> String {
    match fault {
        AliasFault::Missing => t("staff.alias.missing"),
        AliasFault::Long => t("staff.alias.long"),
        AliasFault::Letters => t("staff.alias.letters"),
        AliasFault::Real => t("staff.alias.real"),
    }
}
