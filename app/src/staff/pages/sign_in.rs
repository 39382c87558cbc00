//! Signing in: the ways that the municipality has set up, and in the demo also whom to be. Where there is neither, this page
//! says that sign-in is not set up.

use super::passkeys::WithPasskey;
use super::personas::Personas;
use crate::api::client;
use crate::i18n::{t, t_or, t_with};
use crate::router::page_title;
use crate::staff::passkeys::is_supported;
use crate::staff::shell::BareRail;
use crate::staff::words;
use crate::state::Remote;
use crate::ui::{Empty, Notice, NoticeKind, Skeleton};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{
    BeginSignIn, GetPasskeySignIn, ListSignInWays, Nothing, SignInIn, SignInWay, WayKey,
};

/// Where the server sends somebody who could not be signed in, followed by why.
const REFUSED: &str = "/personal/sign-in/";

/// Shown in the place of any page while nobody is signed in; the address stays, so signing in leads to it.
#[component]
pub(crate) fn SignIn() -> impl IntoView {
    page_title(|| t("staff.sign-in.title"));
    view! {
        <BareRail/>
        <main class="desk" id="main" tabindex="-1">
            <Offered/>
        </main>
    }
}

#[component]
fn Offered() -> impl IntoView {
    let offered = RwSignal::new(Remote::Loading);
    let ask = move || {
        spawn_local(async move {
            let ways = client::call::<ListSignInWays>(&(), &Nothing {}).await;
            let personas = Personas::ask().await;
            let answer = match ways {
                Ok(ways) => Ok((ways, personas, has_passkeys().await)),
                Err(failure) => Err(failure),
            };
            let _ = offered.try_set(answer.map_or_else(Remote::Failed, Remote::Ready));
        });
    };
    ask();
    let shown = move || match offered.get() {
        Remote::Loading => {
            view! { <h1>{t("staff.sign-in.title")}</h1><Skeleton label=t("common.loading")/> }.into_any()
        }
        Remote::Failed(failure) => view! {
            <h1>{t("staff.sign-in.title")}</h1>
            {words::failure(&failure, ask)}
        }
        .into_any(),
        Remote::Ready((ways, personas, passkeys)) => choices(ways, personas, passkeys),
    };
    view! { <div class="stack">{shown}</div> }
}

/// True where one can sign in with a passkey, here and in this browser.
async fn has_passkeys() -> bool {
    is_supported()
        && client::call::<GetPasskeySignIn>(&(), &Nothing {}).await.is_ok_and(|answer| answer.offered)
}

fn choices(ways: Vec<SignInWay>, personas: Personas, passkeys: bool) -> AnyView {
    let ways: Vec<SignInWay> = ways.into_iter().filter(|way| way.staff).collect();
    if ways.is_empty() && personas.is_empty() {
        return view! {
            <h1>{t("staff.sign-in.title")}</h1>
            <Empty drawing="door" heading=t("staff.sign-in.none") text=t("staff.sign-in.none-text")/>
        }
        .into_any();
    }
    let with_ways = (!ways.is_empty()).then(|| view! { <TheWays ways/> });
    let alone = with_ways.is_none();
    let with_passkey = passkeys.then(|| view! { <WithPasskey/> });
    let with_personas = (!personas.is_empty()).then(|| personas.choose(alone));
    // Below the heading of whatever stands first.
    match alone {
        true => view! { {with_personas}{with_passkey} }.into_any(),
        false => view! { {with_ways}{with_passkey}{with_personas} }.into_any(),
    }
}

#[component]
fn TheWays(ways: Vec<SignInWay>) -> impl IntoView {
    let here = window().location().pathname().unwrap_or_default();
    let why = RwSignal::new(here.strip_prefix(REFUSED).unwrap_or_default().to_owned());
    let told = move || {
        let words = t_or(&["staff.sign-in.why.", &why.get()].concat(), "");
        (!words.is_empty())
            .then(|| view! { <Notice kind=NoticeKind::Info icon="info"><p>{words}</p></Notice> })
    };
    let button = move |way: SignInWay| {
        let name = t_with("staff.sign-in.with", &[("name", &way.name)]);
        let enter = move |_| {
            let key = way.key.clone();
            spawn_local(async move {
                match begin(&key).await {
                    Some(there) => drop(window().location().set_href(&there)),
                    None => why.set("down".to_owned()),
                }
            });
        };
        view! { <p><button class="button" type="button" on:click=enter>{name}</button></p> }
    };
    view! {
        <h1>{t("staff.sign-in.title")}</h1>
        {told}
        {ways.into_iter().map(button).collect_view()}
    }
}

async fn begin(way: &WayKey) -> Option<String> {
    let location = window().location();
    let here = [location.pathname().unwrap_or_default(), location.search().unwrap_or_default()].concat();
    let back = if here.starts_with(REFUSED) { "/personal/".to_owned() } else { here };
    Some(client::call::<BeginSignIn>(way, &SignInIn { back }).await.ok()?.address)
}
